"""Who has to take what by when: assignments meet memberships, day by day; waivers and completions answer them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from isms.db import fulltext
from isms.db.reading import Row, rows, value
from isms.people import Actor
from isms.rules.roles import Role
from training.queries.courses import CURRENT
from training.rules.deadlines import Pause, Standing, personal_due_on, renewed_due_on, standing
from training.rules.permissions import May

ASSIGNED = """assignment a
    JOIN course c ON c.id = a.course
    JOIN unit au ON au.id = a.unit
    JOIN unit mu ON substr(mu.path, 1, length(au.path)) = au.path
    JOIN membership m ON m.unit = mu.id
    JOIN person p ON p.id = m.person"""
# What has to hold on a day for somebody to be obliged. Revision comes from outside: „alle“ does not mean them.
OBLIGED = f"""a.starts_on <= {{}} AND (a.ended_on IS NULL OR a.ended_on >= {{}})
    AND m.starts_on <= {{}} AND (m.ends_on IS NULL OR m.ends_on >= {{}})
    AND (p.left_on IS NULL OR p.left_on >= {{}})
    AND (m.role = a.role OR (a.role IS NULL AND m.role <> '{Role.AUDITOR}'))
    AND NOT EXISTS (SELECT 1 FROM waiver w WHERE w.course = a.course AND w.person = p.id
                    AND w.starts_on <= {{}} AND w.ends_on >= {{}})"""
# A completion is known from the day it was recorded: what is entered later does not change an earlier day's figure.
VALID = "d.completed_on <= {} AND d.recorded_on <= {} AND (d.valid_until IS NULL OR d.valid_until >= {})"


def obliged(on: date) -> list[object]:
    return [on] * 7


def valid(on: date) -> list[object]:
    return [on] * 3


class ObligationRow(Row):
    """Somebody and a course that they have to take, with their completions so far, valid or not."""

    person: int
    name: str
    place: str
    course: int
    title: str
    minutes: int | None
    starts_on: date
    due_on: date
    member_since: date
    completed_on: date | None
    without_end: int
    valid_until: date | None


@dataclass(frozen=True)
class Obligation:
    """What somebody has to do by when, and where they stand. It says nothing about scores."""

    person: int
    name: str
    place: str
    course: int
    title: str
    minutes: int | None
    due_on: date
    completed_on: date | None
    valid_until: date | None
    standing: Standing


OBLIGATION = f"""SELECT p.id AS person, p.name, min(mu.name) AS place, a.course, v.title, v.minutes,
        min(a.starts_on) AS starts_on, min(a.due_on) AS due_on, min(m.starts_on) AS member_since,
        max(d.completed_on) AS completed_on, count(d.id) - count(d.valid_until) AS without_end,
        max(d.valid_until) AS valid_until
    FROM {ASSIGNED}
    JOIN course_version v ON v.id = {CURRENT} AND v.published_on IS NOT NULL
    LEFT JOIN completion d ON d.course = a.course AND d.person = p.id AND d.completed_on <= {{}}
    WHERE {OBLIGED}"""
UNDONE = f"""a.course = {{}}
    AND NOT EXISTS (SELECT 1 FROM completion d WHERE d.course = a.course AND d.person = p.id AND {VALID})"""
PER_COURSE = "GROUP BY p.id, p.name, a.course, v.title, v.minutes"


async def obligations(person: int, *, on: date) -> list[Obligation]:
    """What somebody has to take on a day, the most urgent first."""
    found = await rows(ObligationRow, f"{OBLIGATION} AND p.id = {{}} {PER_COURSE}", on, *obliged(on), person)
    weighed = await _weighed(found, on)
    return sorted(weighed, key=lambda one: (one.due_on, one.title))


@dataclass(frozen=True)
class Narrowing:
    """Which of the missing are asked for: below a unit's path, and with these words in the name."""

    within: str = ""
    words: str = ""

    def where(self, seen_by: Actor) -> tuple[str, list[object]]:
        """Only people whose names the reader may see."""
        reach, args = seen_by.reach(May.SEE_NAMES).where("mu.path")
        words, said = fulltext.matching("person", self.words, "p")
        return f"{reach} AND substr(mu.path, 1, {len(self.within)}) = {{}} AND {words}", [*args, self.within, *said]


EVERYBODY = Narrowing()


async def missing(
    course: int,
    *,
    seen_by: Actor,
    on: date,
    asked: Narrowing = EVERYBODY,
    after: tuple[str, int] = ("", 0),
    limit: int = 50,
) -> list[Obligation]:
    """Who still has to take a course, by name, as far as this person may see names."""
    where, args = asked.where(seen_by)
    found = await rows(
        ObligationRow,
        f"""{OBLIGATION} AND {UNDONE} AND {where} AND (p.name, p.id) > ({{}}, {{}})
            {PER_COURSE} ORDER BY p.name, p.id LIMIT {{}}""",
        on,
        *obliged(on),
        course,
        *valid(on),
        *args,
        *after,
        limit,
    )
    return await _weighed(found, on)


async def count_missing(course: int, *, seen_by: Actor, on: date, asked: Narrowing = EVERYBODY) -> int:
    where, args = asked.where(seen_by)
    sql = f"SELECT count(DISTINCT p.id) FROM {ASSIGNED} WHERE {OBLIGED} AND {UNDONE} AND {where}"
    return int(await value(sql, *obliged(on), course, *valid(on), *args))


async def _weighed(found: Sequence[ObligationRow], on: date) -> list[Obligation]:
    pauses = await pauses_of({row.person for row in found})
    return [_obligation(row, pauses[row.person], on) for row in found]


def _obligation(row: ObligationRow, pauses: Sequence[Pause], on: date) -> Obligation:
    until = None if row.without_end else row.valid_until
    due = personal_due_on(row.starts_on, row.due_on, row.member_since, pauses)
    if row.completed_on is not None:
        due = renewed_due_on(due, until)
    return Obligation(
        person=row.person,
        name=row.name,
        place=row.place,
        course=row.course,
        title=row.title,
        minutes=row.minutes,
        due_on=due,
        completed_on=row.completed_on,
        valid_until=until,
        standing=standing(due, row.completed_on is not None, until, waived=False, on=on),
    )


class PauseRow(Row):
    person: int
    starts_on: date
    ends_on: date


async def pauses_of(people: Collection[int]) -> Mapping[int, list[Pause]]:
    pauses: dict[int, list[Pause]] = defaultdict(list)
    if people:
        places = ", ".join("{}" for _ in people)
        sql = f"SELECT person, starts_on, ends_on FROM pause WHERE person IN ({places})"
        for row in await rows(PauseRow, sql, *people):
            pauses[row.person].append(Pause(row.starts_on, row.ends_on))
    return pauses
