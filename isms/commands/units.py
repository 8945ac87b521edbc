"""Changing the tree of units."""

from __future__ import annotations

from datetime import date

from isms.audit import change
from isms.db import execute
from isms.db.reading import Row, one, value
from isms.people import Actor, UnitRow
from isms.permissions import May
from isms.rules.errors import Complaint, Incomplete, Refused, Stale
from isms.rules.roles import UnitKind
from isms.rules.texts import N_


class _Parent(Row):
    path: str
    institution: int | None
    kind: UnitKind


async def add_unit(name: str, *, kind: UnitKind, parent: UnitRow, by: Actor, run: int | None = None) -> int:
    """Hang a new unit under another; an office (Amt) begins a chain of its own. Answers with its id."""
    by.needs(May.MANAGE_PEOPLE, parent.path)
    if not name.strip():
        raise Incomplete({"name": Complaint(N_("Bitte geben Sie der Einheit einen Namen."))})
    async with change("unit.added", by=by, unit=parent.id, name=name, kind=kind) as made:
        unit = await insert_unit(name.strip(), kind=kind, parent=parent.id, run=run)
        made.about(f"unit:{unit}")
    return unit


async def rename_unit(unit: UnitRow, name: str, *, by: Actor) -> None:
    """Raises Stale when somebody renamed it meanwhile."""
    by.needs(May.MANAGE_PEOPLE, unit.path)
    async with change("unit.renamed", unit, by=by, unit=unit.id, before=unit.name, after=name):
        renamed = await execute(
            "UPDATE unit SET name = {}, version = version + 1 WHERE id = {} AND version = {} RETURNING id",
            name.strip(),
            unit.id,
            unit.version,
        )
        if not renamed:
            raise Stale


async def close_unit(unit: UnitRow, *, by: Actor, on: date) -> None:
    """The unit's last day. Raises Refused while somebody works there or an open unit hangs under it."""
    by.needs(May.MANAGE_PEOPLE, unit.path)
    async with change("unit.closed", unit, by=by, unit=unit.id, on=on):
        if await value(
            "SELECT 1 FROM person WHERE unit = {} AND (left_on IS NULL OR left_on > {}) LIMIT 1", unit.id, on
        ):
            raise Refused(N_("In „{name}“ arbeiten noch Personen. Ordnen Sie sie zuerst anders zu."), name=unit.name)
        if await value("SELECT 1 FROM unit WHERE parent = {} AND closed_on IS NULL LIMIT 1", unit.id):
            raise Refused(N_("Unter „{name}“ gibt es noch offene Einheiten. Schließen Sie sie zuerst."), name=unit.name)
        closed = await execute(
            "UPDATE unit SET closed_on = {}, version = version + 1 WHERE id = {} AND version = {} RETURNING id",
            on,
            unit.id,
            unit.version,
        )
        if not closed:
            raise Stale


async def insert_unit(name: str, *, kind: UnitKind, parent: int | None, run: int | None = None) -> int:
    """Only inside a change: the row, with the path and the institution that its place gives it."""
    above = await one(_Parent, "SELECT path, institution, kind FROM unit WHERE id = {}", parent) if parent else None
    made = await execute(
        "INSERT INTO unit (name, kind, parent, import_run, path, version) VALUES ({}, {}, {}, {}, {}, 1) RETURNING id",
        name,
        kind,
        parent,
        run,
        f"new {name}",
    )
    unit = int(made[0]["id"])
    starts_chain = above is None or (kind is UnitKind.OFFICE and above.kind is UnitKind.LAND)
    await execute(
        "UPDATE unit SET path = {}, institution = {} WHERE id = {}",
        f"{above.path if above else '/'}{unit}/",
        unit if starts_chain or above is None else above.institution,
        unit,
    )
    return unit
