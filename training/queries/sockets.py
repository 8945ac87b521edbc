"""What the house asks training about: duties for the desk, links for keys, what a person has to take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date

from isms.area import Duty, Hit, Link, Panel
from isms.db.reading import Row, rows
from isms.people import Actor, Someone, person
from isms.queries.keys import ids_of
from isms.rules.errors import Missing
from isms.rules.texts import N_
from training.queries.courses import CURRENT, courses_matching
from training.queries.obligations import Obligation, obligations
from training.rules.deadlines import Standing
from training.rules.permissions import May

DETAILS = {
    Standing.OPEN: N_("Lesen, Fragen beantworten, fertig. Etwa {minutes} Minuten."),
    Standing.OVERDUE: N_("Die Frist ist vorbei. Holen Sie die Schulung bitte nach: etwa {minutes} Minuten."),
    Standing.RENEWAL: N_("Ihr Nachweis läuft am {until} ab. Erneuern Sie ihn rechtzeitig."),
}
# How to get from a record of ours to its course, and where a link to it leads.
COURSES_OF = {
    "course": ("SELECT c.id, c.id AS course FROM course c", "/courses/{}"),
    "course_version": ("SELECT x.id, x.course FROM course_version x", "/courses/{}"),
    "lesson": ("SELECT x.id, n.course FROM lesson x JOIN course_version n ON n.id = x.version", "/courses/{}"),
    "assignment": ("SELECT x.id, x.course FROM assignment x", "/courses/{}/figures"),
    "attempt": ("SELECT x.id, n.course FROM attempt x JOIN course_version n ON n.id = x.version", "/courses/{}"),
    "completion": ("SELECT x.id, x.course FROM completion x", "/courses/{}"),
    "waiver": ("SELECT x.id, x.course FROM waiver x", "/courses/{}/figures"),
}


async def due(for_: Someone, *, seen_by: Actor, on: date) -> Sequence[Duty]:
    """What somebody has to take, for themselves, for those who may see names, and for IT at the counter."""
    if not await _may_look(for_.id, seen_by, May.SEE_NAMES, May.SEE_MISSING):
        return ()
    return [_duty(one) for one in await obligations(for_.id, on=on) if one.standing in DETAILS]


def _duty(one: Obligation) -> Duty:
    return Duty(
        title=N_("Schulung: {title}"),
        href=f"/courses/{one.course}",
        due_on=one.due_on,
        detail=DETAILS[one.standing],
        values={"title": one.title, "minutes": one.minutes or 30, "until": one.valid_until},
        is_course=True,
    )


async def search(words: str, *, seen_by: Actor, limit: int) -> Sequence[Hit]:
    found = await courses_matching(words, seen_by=seen_by, limit=limit)
    return [Hit(course.title, f"/courses/{course.id}", N_("Schulung"), course.summary) for course in found]


async def panels(key: str, *, seen_by: Actor, on: date) -> Sequence[Panel]:
    """The courses of a person, on the person's page: passed or not."""
    kind, _, id = key.partition(":")
    if kind != "person" or not id.isdecimal() or not await _may_look(int(id), seen_by):
        return ()
    found = await obligations(int(id), on=on)
    return [Panel(N_("Schulungen"), "training/_person_courses.html", {"obligations": found})] if found else ()


class TitleRow(Row):
    id: int
    course: int
    title: str


async def resolve(keys: Sequence[str]) -> Mapping[str, Link]:
    """A record of ours is called by its course's title."""
    links: dict[str, Link] = {}
    for kind, (source, href) in COURSES_OF.items():
        ids = ids_of(kind, keys)
        if not ids:
            continue
        places = ", ".join("{}" for _ in ids)
        sql = f"""SELECT o.id, o.course, v.title FROM ({source}) o JOIN course c ON c.id = o.course
                  JOIN course_version v ON v.id = {CURRENT} WHERE o.id IN ({places})"""
        links |= {
            f"{kind}:{row.id}": Link(row.title, href.format(row.course)) for row in await rows(TitleRow, sql, *ids)
        }
    return links


async def _may_look(person_id: int, seen_by: Actor, *rights: May) -> bool:
    if person_id == seen_by.id:
        return True
    for right in rights or (May.SEE_NAMES,):
        with suppress(Missing):
            await person(person_id, seen_by=seen_by, asks=right)
            return True
    return False
