"""Imports: a file arrives, a plan says row by row what it would do, and one transaction does it."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime

from isms.area import ImportKind, Outcome, Plan
from isms.audit import change
from isms.db import execute
from isms.files import Store
from isms.imports import RunRow, refuse_large, upload_of
from isms.people import Actor, UnitRow
from isms.rules.errors import Refused, Stale
from isms.rules.texts import N_


async def receive(
    kind: ImportKind,
    filename: str,
    content: bytes,
    *,
    unit: UnitRow,
    by: Actor,
    store: Store,
    mapping: Mapping[str, str] | None = None,
) -> int:
    """Keep an upload until somebody confirms its plan. Answers with the run's id.

    `mapping` is what somebody chose for such columns before.
    """
    by.needs(kind.asks, unit.path)
    refuse_large(kind, content)
    kept = store.put(io.BytesIO(kind.door(content) if kind.door else content))
    async with change(
        "import.received", by=by, unit=unit.id, kind=kind.name, file=filename, sha256=kept.sha256
    ) as made:
        stored = await execute(
            """INSERT INTO import_run (kind, filename, sha256, unit, uploaded_by, uploaded_at, answers, counts, mapping)
               VALUES ({}, {}, {}, {}, {}, {}, {}, {}, {}) RETURNING id""",
            kind.name,
            filename[:200],
            kept.sha256,
            unit.id,
            by.id,
            datetime.now(UTC),
            "{}",
            "{}",
            json.dumps(mapping or {}),
        )
        made.about(f"import_run:{stored[0]['id']}")
    return int(stored[0]["id"])


async def answer(run: RunRow, answers: Mapping[str, str], *, by: Actor) -> None:
    """Remember what was answered to the plan's questions. Raises Stale once it is carried out."""
    async with change("import.answered", run, by=by, unit=run.unit, questions=len(answers)):
        open_still = await execute(
            "UPDATE import_run SET answers = {} WHERE id = {} AND finished_at IS NULL RETURNING id",
            json.dumps(run.given | dict(answers)),
            run.id,
        )
        if not open_still:
            raise Stale


async def map_columns(
    kind: ImportKind, run: RunRow, mapping: Mapping[str, str], *, headers: str, institution: int, by: Actor
) -> None:
    """Say which column holds what ("": none), for this file and for the next ones with the same headers.

    Raises Stale once it is carried out.
    """
    by.needs(kind.asks, run.path)
    told = json.dumps(dict(mapping))
    async with change("import.mapped", run, by=by, unit=run.unit, columns=dict(mapping)):
        await _note_mapping(run, told)
        await execute(
            """INSERT INTO import_mapping (institution, kind, headers, mapping, chosen_by, recorded_at)
               VALUES ({}, {}, {}, {}, {}, {})""",
            institution,
            kind.name,
            headers,
            told,
            by.id,
            datetime.now(UTC),
        )


async def recall_mapping(run: RunRow, mapping: Mapping[str, str], *, by: Actor) -> None:
    """Take over what was chosen for such columns before, once it is known which sheet is meant."""
    async with change("import.mapped", run, by=by, unit=run.unit, columns=dict(mapping)):
        await _note_mapping(run, json.dumps(dict(mapping)))


async def _note_mapping(run: RunRow, told: str) -> None:
    open_still = await execute(
        "UPDATE import_run SET mapping = {} WHERE id = {} AND finished_at IS NULL RETURNING id", told, run.id
    )
    if not open_still:
        raise Stale


async def carry_out(kind: ImportKind, run: RunRow, *, by: Actor, on: date, store: Store) -> Plan:
    """Do what the plan says, all of it or nothing. Raises Refused while questions are open, Stale if it was done."""
    by.needs(kind.asks, run.path)
    upload = upload_of(run, store)
    plan = await kind.plan(upload, by=by, on=on)
    if plan.is_open:
        raise Refused(N_("Es sind noch Fragen offen. Bitte beantworten Sie sie zuerst."))
    counts = {str(outcome): plan.count(outcome) for outcome in Outcome}
    async with change("import.done", run, by=by, unit=run.unit, kind=kind.name, file=run.filename, counts=counts):
        done = await execute(
            """UPDATE import_run SET finished_at = {}, counts = {}, mapping = {}
               WHERE id = {} AND finished_at IS NULL RETURNING id""",
            datetime.now(UTC),
            json.dumps(counts),
            json.dumps({**run.mapped, **plan.columns}),
            run.id,
        )
        if not done:
            raise Stale(N_("Dieser Import ist schon ausgeführt. Es ist nichts doppelt geschehen."))
        await kind.carry_out(plan, upload, run=run.id, by=by, on=on)
    return plan
