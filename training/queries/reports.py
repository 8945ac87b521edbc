"""The registers of training as tables for the evidence package: as they stood at the end of a day."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import date

from isms.area import Column, Report
from isms.db.reading import Row, each
from isms.people import ancestors
from isms.rules.roles import Role
from isms.rules.texts import N_
from training.rules.permissions import May
from training.rules.terms import Source


class CompletionLine(Row):
    key: int
    person: str
    unit: str
    course: str
    title: str
    version: str
    completed_on: date
    recorded_on: date
    valid_until: date | None
    source: Source


class AssignmentLine(Row):
    key: int
    course: str
    title: str
    unit: str
    role: Role | None
    starts_on: date
    due_on: date
    ended_on: date | None


class CourseLine(Row):
    key: int
    course: str
    title: str
    version: str
    published_on: date | None
    pass_mark: int
    validity_months: int | None
    topics: str
    licence: str
    attribution: str
    lessons: int
    questions: int
    fingerprint: str


async def completions(scope: str, *, on: date) -> AsyncIterator[Sequence[object]]:
    """Passed or not is all that leaves the house: scores are nobody's business but the person's."""
    sql = f"""SELECT d.id AS key, p.name AS person, u.name AS unit, c.slug AS course, v.title, v.version,
               d.completed_on, d.recorded_on, d.valid_until, d.source
        FROM completion d JOIN person p ON p.id = d.person JOIN unit u ON u.id = p.unit
        JOIN course c ON c.id = d.course JOIN course_version v ON v.id = d.version
        WHERE substr(u.path, 1, {len(scope)}) = {{}} AND d.completed_on <= {{}} AND d.recorded_on <= {{}}
        ORDER BY d.id"""
    async for line in each(CompletionLine, sql, scope, on, on):
        yield (
            f"completion:{line.key}",
            line.person,
            line.unit,
            line.course,
            line.title,
            line.version,
            line.completed_on,
            line.recorded_on,
            line.valid_until,
            line.source,
        )


async def assignments(scope: str, *, on: date) -> AsyncIterator[Sequence[object]]:
    """What applies below the path, assignments of units above included."""
    above = ancestors(scope)
    sql = f"""SELECT a.id AS key, c.slug AS course, v.title, u.name AS unit, a.role, a.starts_on, a.due_on,
               CASE WHEN a.ended_on <= {{}} THEN a.ended_on END AS ended_on
        FROM assignment a JOIN unit u ON u.id = a.unit JOIN course c ON c.id = a.course
        JOIN course_version v ON v.id = {VERSION_ON}
        WHERE (substr(u.path, 1, {len(scope)}) = {{}} OR u.path IN ({", ".join("{}" for _ in above)}))
          AND a.starts_on <= {{}} ORDER BY a.id"""
    async for line in each(AssignmentLine, sql, on, on, scope, *above, on):
        yield (
            f"assignment:{line.key}",
            line.course,
            line.title,
            line.unit,
            line.role or "",
            line.starts_on,
            line.due_on,
            line.ended_on,
        )


async def courses(scope: str, *, on: date) -> AsyncIterator[Sequence[object]]:
    """Every version that people below the path could take by then, so that each completion finds its own."""
    above = ancestors(scope)
    sql = f"""SELECT v.id AS key, c.slug AS course, v.title, v.version, v.published_on, v.pass_mark, v.validity_months,
               v.topics, v.licence, v.attribution, v.fingerprint,
               (SELECT count(*) FROM lesson l WHERE l.version = v.id) AS lessons,
               (SELECT count(*) FROM question q WHERE q.version = v.id) AS questions
        FROM course_version v JOIN course c ON c.id = v.course JOIN unit u ON u.id = c.unit
        WHERE (substr(u.path, 1, {len(scope)}) = {{}} OR u.path IN ({", ".join("{}" for _ in above)}))
          AND v.published_on <= {{}} ORDER BY v.id"""
    async for line in each(CourseLine, sql, scope, *above, on):
        yield (
            f"course_version:{line.key}",
            line.course,
            line.title,
            line.version,
            line.published_on,
            line.pass_mark,
            line.validity_months,
            line.topics,
            line.lessons,
            line.questions,
            line.licence,
            line.attribution,
            line.fingerprint,
        )


# The version that people took on a day: the highest published by then.
VERSION_ON = """(SELECT n.id FROM course_version n WHERE n.course = c.id AND n.published_on <= {}
                 ORDER BY n.number DESC LIMIT 1)"""

REPORTS = (
    Report(
        "completions",
        N_("Abschlüsse"),
        (
            Column("completion", N_("Schlüssel"), personal=True),  # the trail tells whose it is
            Column("person", N_("Person"), personal=True),
            Column("unit", N_("Einheit")),
            Column("course", N_("Schulung")),
            Column("title", N_("Titel")),
            Column("version", N_("Fassung")),
            Column("completed_on", N_("Abgeschlossen am")),
            Column("recorded_on", N_("Erfasst am")),
            Column("valid_until", N_("Gültig bis")),
            Column("source", N_("Quelle")),
        ),
        completions,
        asks=May.SEE_NAMES,
        names=May.SEE_NAMES,
    ),
    Report(
        "assignments",
        N_("Zuweisungen von Schulungen"),
        (
            Column("assignment", N_("Schlüssel")),
            Column("course", N_("Schulung")),
            Column("title", N_("Titel")),
            Column("unit", N_("Einheit")),
            Column("role", N_("Rolle")),
            Column("starts_on", N_("Ab")),
            Column("due_on", N_("Frist")),
            Column("ended_on", N_("Beendet am")),
        ),
        assignments,
        asks=May.SEE_COUNTS,
    ),
    Report(
        "courses",
        N_("Schulungen"),
        (
            Column("version_key", N_("Schlüssel")),
            Column("course", N_("Schulung")),
            Column("title", N_("Titel")),
            Column("version", N_("Fassung")),
            Column("published_on", N_("Veröffentlicht am")),
            Column("pass_mark", N_("Bestehensgrenze in Prozent")),
            Column("validity_months", N_("Gültigkeit in Monaten")),
            Column("topics", N_("Themen")),
            Column("lessons", N_("Lektionen")),
            Column("questions", N_("Fragen")),
            Column("licence", N_("Lizenz")),
            Column("attribution", N_("Urheber")),
            Column("fingerprint", N_("Prüfsumme des Textes")),
        ),
        courses,
        asks=May.SEE_COUNTS,
    ),
)
