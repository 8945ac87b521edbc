"""Parts lists of applications as CycloneDX, JSON or XML: for which application is asked, part by part is compared."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from assets.commands.parts_lists import SAME, take_parts_list
from assets.intake.parts_xml import document_of
from assets.queries.parts_lists import ApplicationRow, all_parts, applications, newest
from assets.rules.parts_lists import PartsChanges, PartsFile, compared, parts_file
from assets.rules.permissions import May
from isms.area import Choice, ImportKind, Outcome, Plan, Question, Upload, Verdict
from isms.intake import Unreadable
from isms.intake.strict_json import read_json
from isms.intake.strict_xml import read_xml
from isms.people import Actor, unit
from isms.rules.errors import Refused
from isms.rules.texts import N_

LIMIT = 32 * 1024 * 1024
BOM = b"\xef\xbb\xbf"
ASKED = "application"
WHICH = N_("Zu welcher Anwendung gehört die Stückliste von {about}?")
CHOOSE = N_("Bitte wählen Sie oben die Anwendung.")
NOBODY = N_("Es gibt noch keine Anwendung. Legen Sie sie als Zielobjekt an und lesen Sie die Stückliste dann ein.")
VERSION, VERSION_BEFORE = N_("Version {version}"), N_("Version {version} statt {before}")
GONE = N_("Nicht mehr enthalten.")


@dataclass(frozen=True)
class Load:
    """What is to be taken over, and for which application."""

    told: PartsFile
    sha256: str
    application: ApplicationRow


async def plan(upload: Upload, *, by: Actor, on: date) -> Plan:
    """What each part would change. Raises Unreadable for a file that is no parts list."""
    place = await unit(upload.unit, seen_by=by, asks=May.MODEL)
    told = await to_thread(read, upload.content)
    offered = await applications(place.institution, seen_by=by)
    if not offered:
        raise Unreadable(NOBODY)
    chosen = next((one for one in offered if str(one.id) == upload.answers.get(ASKED)), None)
    question = _question(told, offered, chosen)
    title = told.about or upload.filename
    if chosen is None:
        return Plan([Verdict(1, Outcome.QUESTION, title, CHOOSE)], [question])
    digest = sha256(upload.content).hexdigest()
    held = await newest(chosen.id)
    if held and held.sha256 == digest:
        verdict = Verdict(1, Outcome.UNCHANGED, title, SAME, {"application": chosen.label})
        return Plan([verdict], [question])
    changes = compared(await all_parts(held) if held else (), told.parts)
    return Plan(list(_verdicts(changes)), [question], load=Load(told, digest, chosen))


def read(content: bytes) -> PartsFile:
    """What a file says, whichever of the two forms it has. Raises Incomplete for what is no parts list."""
    if content.removeprefix(BOM).lstrip()[:1] == b"<":
        return parts_file(document_of(read_xml(content, limit=LIMIT)))
    return parts_file(read_json(content, limit=LIMIT))


async def carry_out(plan: Plan, upload: Upload, *, run: int, by: Actor, on: date) -> None:
    if not isinstance(plan.load, Load):
        raise Refused(CHOOSE)
    load = plan.load
    await take_parts_list(load.application, load.told, sha256=load.sha256, run=run, by=by)


PARTS_LISTS = ImportKind(
    name="parts",
    title=N_("Stückliste einer Anwendung (SBOM, CycloneDX als JSON oder XML)"),
    hint=N_("Bestandteile mit Version, Lizenz und Paketadresse. Eine neuere Liste löst die ältere ab."),
    accepts=".json,.xml,application/json,application/xml",
    asks=May.MODEL,
    plan=plan,
    carry_out=carry_out,
    size_limit=LIMIT,
    home="/objects",
)


def _question(told: PartsFile, offered: Sequence[ApplicationRow], chosen: ApplicationRow | None) -> Question:
    """The chosen one first; before that the one whose name the list knows."""
    words = told.about.casefold().split()
    first = chosen.id if chosen else 0

    def near(one: ApplicationRow) -> tuple[bool, bool]:
        return one.id != first, not any(len(word) > 3 and word in one.label.casefold() for word in words)

    choices = [Choice(str(one.id), one.label) for one in sorted(offered, key=near)]
    return Question(ASKED, WHICH, choices, {"about": told.about or "–"})


def _verdicts(changes: PartsChanges) -> Iterator[Verdict]:
    number = 0
    for outcome, parts in ((Outcome.NEW, changes.added), (Outcome.LEFT_OUT, changes.gone)):
        for part in parts:
            number += 1
            said = VERSION if outcome is Outcome.NEW else GONE
            yield Verdict(number, outcome, part.title, said, {"version": part.version or "–"})
    for part, older in changes.changed:
        number += 1
        values = {"version": part.version or "–", "before": older or "–"}
        yield Verdict(number, Outcome.CHANGED, part.title, VERSION_BEFORE, values)
    for _ in range(changes.same):
        number += 1
        yield Verdict(number, Outcome.UNCHANGED, "")
