"""Checklists around somebody's first or last day: opened, ticked off point by point, planned for the next ones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from isms.audit import change
from isms.db import execute
from isms.db.writing import insert
from isms.people import Actor, PersonRow, UnitRow
from isms.permissions import May
from isms.queries.checklists import ChecklistRow, ItemRow
from isms.rules.checklists import ChecklistKind, Point, read, written
from isms.rules.errors import Incomplete, Stale
from isms.rules.texts import N_
from isms.tables import Checklist, ChecklistItem, ChecklistPlan, Retention

LONGEST = 240


async def open_checklist(
    person: PersonRow, kind: ChecklistKind, points: Sequence[Point], *, day: date, by: Actor
) -> int:
    """What has to be done around somebody's first or last day, `points` counted from it. Answers with its id."""
    by.needs(May.KEEP_CHECKLISTS, person.path)
    async with change("checklist.opened", person, by=by, unit=person.unit, checklist_kind=kind.value, day=day):
        id = await insert(Checklist, person=person.id, kind=kind, day=day, opened_by=by.id)
        for point in points:
            await insert(ChecklistItem, checklist=id, text=point.text, due_on=point.due_on(day))
        return id


async def tick(checklist: ChecklistRow, item: ItemRow, *, by: Actor, on: date) -> None:
    """Say that a point is done. Raises Stale where somebody else said so first."""
    by.needs(May.KEEP_CHECKLISTS, checklist.path)
    async with change("checklist.ticked", checklist, by=by, unit=checklist.unit, point=item.text):
        ticked = await execute(
            "UPDATE checklist_item SET done_on = {}, done_by = {} WHERE id = {} AND done_on IS NULL RETURNING id",
            on,
            by.id,
            item.id,
        )
        if not ticked:
            raise Stale


async def reopen(checklist: ChecklistRow, item: ItemRow, *, by: Actor) -> None:
    """Say that a point is not done after all."""
    by.needs(May.KEEP_CHECKLISTS, checklist.path)
    async with change("checklist.reopened", checklist, by=by, unit=checklist.unit, point=item.text):
        opened = await execute(
            """UPDATE checklist_item SET done_on = NULL, done_by = NULL
               WHERE id = {} AND done_on IS NOT NULL RETURNING id""",
            item.id,
        )
        if not opened:
            raise Stale


async def plan_checklists(kind: ChecklistKind, text: str, *, office: UnitRow, by: Actor) -> None:
    """What the next checklists of a kind start with, one point a line. Raises Incomplete with the line that is none."""
    by.needs(May.MANAGE_PEOPLE, office.path)
    points = written(read(text))
    async with change("checklist.planned", office, by=by, unit=office.id, checklist_kind=kind.value):
        await insert(ChecklistPlan, institution=office.institution, kind=kind, points=points, set_by=by.id)


async def keep_names(months: int, *, office: UnitRow, by: Actor) -> None:
    """Keep names for so many months after the last day, from now on."""
    by.needs(May.MANAGE_PEOPLE, office.path)
    if not 1 <= months <= LONGEST:
        raise Incomplete({"months": N_("Möglich sind 1 bis 240 Monate, zum Beispiel 36.")})
    async with change("retention.set", office, by=by, unit=office.id, months=months):
        await insert(Retention, institution=office.institution, months=months, set_by=by.id)
