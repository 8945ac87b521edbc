"""How many of those who have to take a course have taken it, on any day, without saying who to those who only count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from isms.area import Fact, Measurement
from isms.db.reading import Row, one, rows
from isms.people import Actor
from isms.rules.privacy import may_show
from training.queries.obligations import ASSIGNED, OBLIGED, VALID, obliged, valid
from training.rules.permissions import May
from training.rules.privacy import shown


class CoveredRow(Row):
    """Somebody who has to take the course. `since` is the day of the completion that counts, if there is one."""

    person: int
    name: str
    since: date | None


COVERED = f"""SELECT p.id AS person, p.name, max(d.completed_on) AS since
    FROM {ASSIGNED}
    LEFT JOIN completion d ON d.course = a.course AND d.person = p.id AND {VALID}
    WHERE {OBLIGED}"""


async def coverage(scope: str, *, on: date, **params: str) -> Measurement:
    """The indicator `training.coverage`: of the people below a unit path who have to take the course (parameter
    `course`, its key), how many hold a valid completion at the end of the day. What is recorded later changes nothing.
    """
    found = await rows(
        CoveredRow,
        f"""{COVERED} AND c.slug = {{}} AND substr(mu.path, 1, {len(scope)}) = {{}}
            GROUP BY p.id, p.name ORDER BY p.name, p.id""",
        *valid(on),
        *obliged(on),
        params["course"],
        scope,
    )
    facts = tuple(
        Fact(f"person:{row.person}", row.name, row.since is not None, since=row.since, person=True) for row in found
    )
    return Measurement(sum(fact.counts for fact in facts), len(facts), on, facts)


class TotalRow(Row):
    obliged: int
    covered: int


class UnitCountRow(TotalRow, frozen=True):
    name: str
    path: str


@dataclass(frozen=True)
class Figure:
    """A unit's figure, or None where so few people are in it that it would point at somebody."""

    name: str
    depth: int
    obliged: int | None
    covered: int | None


@dataclass(frozen=True)
class Quota:
    """A course's figures as far as somebody may count: in all, and unit by unit."""

    total: Figure
    units: tuple[Figure, ...]


COUNTS = f"""count(DISTINCT p.id) AS obliged, count(DISTINCT CASE WHEN d.id IS NOT NULL THEN p.id END) AS covered
    FROM {ASSIGNED}
    LEFT JOIN completion d ON d.course = a.course AND d.person = p.id AND {VALID}
    WHERE {OBLIGED}"""


async def quota(course: int, *, seen_by: Actor, on: date) -> Quota:
    """Figures per unit within one's reach. Who may see names there sees them all; others no small group's."""
    where, reach = seen_by.reach(May.SEE_COUNTS).where("mu.path")
    args = (*valid(on), *obliged(on), course, *reach)
    found = await rows(
        UnitCountRow,
        f"""SELECT mu.name, mu.path, {COUNTS} AND a.course = {{}} AND {where}
            GROUP BY mu.id, mu.name, mu.path ORDER BY mu.path""",
        *args,
    )
    total = await one(TotalRow, f"SELECT {COUNTS} AND a.course = {{}} AND {where}", *args)
    named = [seen_by.may(May.SEE_NAMES, row.path) for row in found]
    visible = shown([row.obliged for row in found])
    units = [_figure(row, may or knows) for row, may, knows in zip(found, visible, named, strict=True)]
    return Quota(_figure(total, may_show(total.obliged) or all(named)), tuple(units))


def _figure(row: TotalRow, may: bool) -> Figure:
    name, depth = (row.name, row.path.count("/") - 2) if isinstance(row, UnitCountRow) else ("", 0)
    return Figure(name, depth, row.obliged if may else None, row.covered if may else None)
