"""Assignments of a course, how many people one would reach, and who is excused."""

from __future__ import annotations

from datetime import date

from isms.db.reading import Row, one, rows, value
from isms.people import Actor, UnitRow
from isms.rules.roles import Role
from training.rules.permissions import May


class AssignmentRow(Row):
    id: int
    course: int
    unit: int
    unit_name: str
    path: str
    role: Role | None
    starts_on: date
    due_on: date
    ended_on: date | None

    @property
    def key(self) -> str:
        return f"assignment:{self.id}"


class ExcusedRow(Row):
    """A waiver: who need not take the course, and why."""

    id: int
    course: int
    person: int
    name: str
    unit: int
    path: str
    starts_on: date
    ends_on: date
    reason: str

    @property
    def key(self) -> str:
        return f"waiver:{self.id}"


ASSIGNMENT = """SELECT a.id, a.course, a.unit, u.name AS unit_name, u.path, a.role, a.starts_on, a.due_on, a.ended_on
    FROM assignment a JOIN unit u ON u.id = a.unit"""
WAIVER = """SELECT w.id, w.course, w.person, p.name, p.unit, u.path, w.starts_on, w.ends_on, w.reason
    FROM waiver w JOIN person p ON p.id = w.person JOIN unit u ON u.id = p.unit"""


async def assignments(course: int, *, seen_by: Actor) -> list[AssignmentRow]:
    """The open ones first, then those that ended."""
    where, args = seen_by.reach(May.SEE_COUNTS).where("u.path")
    sql = f"{ASSIGNMENT} WHERE a.course = {{}} AND {where} ORDER BY (a.ended_on IS NOT NULL), a.due_on DESC, a.id"
    return await rows(AssignmentRow, sql, course, *args)


async def assignment(id: int, *, seen_by: Actor) -> AssignmentRow:
    where, args = seen_by.reach(May.ASSIGN).where("u.path")
    return await one(AssignmentRow, f"{ASSIGNMENT} WHERE a.id = {{}} AND {where}", id, *args)


async def reached(unit: UnitRow, role: Role | None, *, on: date) -> int:
    """How many people an assignment to this unit and role would mean on a day."""
    return int(
        await value(
            f"""SELECT count(DISTINCT m.person) FROM membership m
                JOIN unit mu ON mu.id = m.unit JOIN person p ON p.id = m.person
                WHERE substr(mu.path, 1, {len(unit.path)}) = {{}} AND m.role {"=" if role else "<>"} {{}}
                  AND m.starts_on <= {{}} AND (m.ends_on IS NULL OR m.ends_on >= {{}})
                  AND (p.left_on IS NULL OR p.left_on >= {{}})""",
            unit.path,
            role or Role.AUDITOR,
            on,
            on,
            on,
        )
    )


async def excused(course: int, *, seen_by: Actor, on: date) -> list[ExcusedRow]:
    """Waivers that run or are still to come; only those who may see names see them."""
    where, args = seen_by.reach(May.SEE_NAMES).where("u.path")
    sql = f"{WAIVER} WHERE w.course = {{}} AND w.ends_on >= {{}} AND {where} ORDER BY p.name, w.id"
    return await rows(ExcusedRow, sql, course, on, *args)


async def waiver(id: int, *, seen_by: Actor) -> ExcusedRow:
    where, args = seen_by.reach(May.ASSIGN).where("u.path")
    return await one(ExcusedRow, f"{WAIVER} WHERE w.id = {{}} AND {where}", id, *args)
