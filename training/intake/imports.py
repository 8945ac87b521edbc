"""A ZIP with a course in our layout, or with BITS: what it would bring, and bringing it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from isms.area import Choice, ImportKind, Outcome, Plan, Question, Upload, Verdict
from isms.intake import Unreadable
from isms.intake.archives import Limits, unpack
from isms.intake.tables import MIB
from isms.people import Actor, unit
from isms.rules.texts import N_
from training.commands.courses import import_course, publish
from training.intake.bits import chapters, is_bits, left_out
from training.intake.courses import Files, course_from, has_course
from training.queries.courses import course_of, latest_version
from training.rules.content import CourseText, Mistake, fingerprint
from training.rules.permissions import May

LIMITS = Limits(members=2_000, total=64 * MIB)
TEXTS = (".md", ".yaml", ".yml", ".toml")
LARGEST_TEXT = MIB
LARGE_TEXT = N_("„{name}“ ist größer als {limit} MB. So lang ist keine Lektion; teilen Sie sie auf.")
NO_COURSE = N_(
    "In dem Archiv ist keine Schulung zu erkennen. Erwartet wird eine Datei course.yaml mit ihren Lektionen, "
    "oder BITS mit Ordnern wie „01 lektion e-mails“."
)
EXTENT = N_("Fassung {version}: {lessons} Lektionen, {questions} Fragen")
LOST = N_("{count} Verweise führen in dieser Anwendung nirgendwohin und werden zu Text: {places}")
ATTRIBUTED = N_("Lizenz und Urheber stehen danach auf jeder Seite der Schulungen: {attribution}")
LEFT_OUT = N_("Kein nummeriertes Kapitel; wird nicht als Schulung gebraucht.")
PUBLISH = Question(
    "publish",
    N_("Sollen die neuen Fassungen gleich veröffentlicht werden?"),
    (
        Choice("no", N_("Nein, erst als Entwurf ansehen")),
        Choice("yes", N_("Ja, sofort veröffentlichen")),
    ),
)


@dataclass(frozen=True)
class Found:
    """What an archive holds: courses that can be read, mistakes by where they are, and what else to say."""

    courses: tuple[CourseText, ...]
    mistakes: tuple[Mistake, ...] = ()
    left_out: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


async def plan(upload: Upload, *, by: Actor, on: date) -> Plan:
    """Raises Unreadable for an archive without a course; every mistake is a verdict with file and line."""
    files = dict(unpack(upload.content, LIMITS))
    _refuse_long(files)
    found = found_in(files)
    verdicts = [*(_wrong(mistake) for mistake in found.mistakes)]
    for row, text in enumerate(found.courses, start=1):
        verdicts.append(await _verdict(row, text, upload.unit))
    verdicts += [Verdict(row, Outcome.LEFT_OUT, name, LEFT_OUT) for row, name in enumerate(found.left_out, start=1)]
    news = any(verdict.outcome in (Outcome.NEW, Outcome.CHANGED) for verdict in verdicts)
    return Plan(verdicts, (PUBLISH,) if news else (), _warnings(found), found.courses)


def _refuse_long(files: Files) -> None:
    for name, content in files.items():
        if name.lower().endswith(TEXTS) and len(content) > LARGEST_TEXT:
            raise Unreadable(LARGE_TEXT, name=name, limit=LARGEST_TEXT // MIB)


async def carry_out(plan: Plan, upload: Upload, *, run: int, by: Actor, on: date) -> None:
    place = await unit(upload.unit, seen_by=by, asks=May.MANAGE)
    texts: Sequence[CourseText] = plan.load if isinstance(plan.load, tuple) else ()
    for text in texts:
        version = await import_course(text, unit=place, by=by, run=run)
        if upload.answers.get("publish") == "yes" and version.published_on is None:
            await publish(version, by=by, on=on)


def found_in(files: Files) -> Found:
    if has_course(files) is not None:
        course, mistakes = course_from(files)
        return Found((course,) if course else (), tuple(mistakes))
    if not is_bits(files):
        raise Unreadable(NO_COURSE)
    read = chapters(files)
    return Found(
        tuple(chapter.course for chapter in read if chapter.course),
        tuple(mistake for chapter in read for mistake in chapter.mistakes),
        tuple(left_out(files)),
        tuple(to for chapter in read for to in chapter.lost),
    )


def _wrong(mistake: Mistake) -> Verdict:
    return Verdict(mistake.line or 1, Outcome.WRONG, mistake.file, mistake.message, mistake.values)


async def _verdict(row: int, text: CourseText, unit: int) -> Verdict:
    there = await course_of(text.key, unit)
    latest = await latest_version(there.id) if there else None
    outcome = Outcome.NEW if latest is None else Outcome.CHANGED
    if latest is not None and latest.fingerprint == fingerprint(text):
        outcome = Outcome.UNCHANGED
    extent = {"version": text.version, "lessons": len(text.lessons), "questions": len(text.questions)}
    return Verdict(row, outcome, text.title, EXTENT, extent)


def _warnings(found: Found) -> list[tuple[str, dict[str, object]]]:
    warnings: list[tuple[str, dict[str, object]]] = []
    if found.lost:
        warnings.append((LOST, {"count": len(found.lost), "places": ", ".join(sorted(set(found.lost)))}))
    for attribution in sorted({course.attribution for course in found.courses if course.attribution}):
        warnings.append((ATTRIBUTED, {"attribution": attribution}))
    return warnings


COURSE = ImportKind(
    name="course",
    title=N_("Schulung einspielen"),
    hint=N_(
        "Ein ZIP-Archiv mit course.yaml, den Lektionen als Markdown und quiz.yaml – oder das Archiv von BITS, "
        "dem Behörden-IT-Sicherheitstraining. Die Lizenz der Inhalte bleibt erhalten."
    ),
    accepts=".zip",
    asks=May.MANAGE,
    plan=plan,
    carry_out=carry_out,
    home="/courses",
)
