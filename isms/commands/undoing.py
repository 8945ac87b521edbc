"""Taking an import back as a whole: in one transaction, as it was seen, and once."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime

from isms.area import ImportKind, Undo, Undoing, UndoPlan
from isms.audit import change
from isms.db import execute, executemany
from isms.imports import RunRow
from isms.people import Actor
from isms.rules.errors import Refused, Stale
from isms.rules.texts import N_

NO_WAY = N_("Dieser Import kann nicht als Ganzes zurückgenommen werden.")
NOT_DONE = N_("Dieser Import ist noch nicht ausgeführt. Es gibt nichts zurückzunehmen.")
NOTHING = N_("Von diesem Import kann nichts mehr zurückgenommen werden.")
TWICE = N_("Dieser Import ist schon zurückgenommen. Es ist nichts doppelt geschehen.")
MOVED_ON = N_("Inzwischen hat sich etwas geändert. Sehen Sie sich noch einmal an, was zurückgenommen würde.")
MARK = """UPDATE import_run SET undone_at = {}, undone_by = {}, undone_counts = {}
    WHERE id = {} AND finished_at IS NOT NULL AND undone_at IS NULL RETURNING id"""
NOTE = "INSERT INTO import_change (run, record, field, before, after) VALUES ({}, {}, {}, {}, {})"


def undo_of(kind: ImportKind, run: RunRow) -> Undo:
    """How to take this run back. Raises Refused where there is no way, or nothing to take back (yet)."""
    if kind.undo is None:
        raise Refused(NO_WAY)
    if run.finished_at is None:
        raise Refused(NOT_DONE)
    if run.undone_at is not None:
        raise Stale(TWICE)
    return kind.undo


async def take_back(kind: ImportKind, run: RunRow, *, by: Actor, on: date, seen: str) -> UndoPlan:
    """Take back what a run brought and changed, as far as nobody went on with it since.

    `seen` is the fingerprint of the plan that the person confirmed. Raises Stale where another one would be carried
    out now, or where somebody was faster.
    """
    by.needs(kind.asks, run.path)
    undo = undo_of(kind, run)
    async with change("import.undone", run, by=by, unit=run.unit, kind=kind.name, file=run.filename) as made:
        if not await execute(MARK, datetime.now(UTC), by.id, "{}", run.id):
            raise Stale(TWICE)
        plan = await undo.plan(run.id, by=by, on=on)
        if plan.fingerprint != seen:
            raise Stale(MOVED_ON)
        if plan.count(Undoing.KEPT) == len(plan.reversals):
            raise Refused(NOTHING)
        counts = {str(outcome): plan.count(outcome) for outcome in Undoing}
        await execute("UPDATE import_run SET undone_counts = {} WHERE id = {}", json.dumps(counts), run.id)
        made.with_(counts=counts)
        await undo.carry_out(plan, run=run.id, by=by, on=on)
    return plan


async def keep_before(run: int, changes: Iterable[tuple[str, Mapping[str, tuple[object, object]]]]) -> None:
    """Only inside a change: remember per record what its fields were before the run and what they are now."""
    noted = [
        (run, record, name, json.dumps(before), json.dumps(after))
        for record, fields in changes
        for name, (before, after) in fields.items()
    ]
    if noted:
        await executemany(NOTE, noted)
