"""Imports: a file arrives, a plan says row by row what it would do, and one transaction does it."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime

from isms.area import ImportKind, Outcome, Plan, Upload
from isms.audit import change
from isms.db import execute
from isms.db.reading import Row, one, rows
from isms.files import Store, read
from isms.intake import Unreadable
from isms.people import Actor, UnitRow
from isms.rules.errors import Refused, Stale
from isms.rules.texts import N_


class RunRow(Row):
    """One upload: waiting for its answer until `finished_at`."""

    id: int
    kind: str
    filename: str
    sha256: str
    unit: int
    path: str
    person: str
    uploaded_by: int
    uploaded_at: datetime
    answers: str
    counts: str
    finished_at: datetime | None

    @property
    def key(self) -> str:
        return f"import_run:{self.id}"

    @property
    def given(self) -> dict[str, str]:
        given: dict[str, str] = json.loads(self.answers)
        return given

    @property
    def tally(self) -> dict[Outcome, int]:
        """How many rows had which outcome, once it is finished."""
        return {Outcome(name): number for name, number in json.loads(self.counts).items() if number}


RUN = """SELECT r.id, r.kind, r.filename, r.sha256, r.unit, u.path, p.name AS person, r.uploaded_by, r.uploaded_at,
    r.answers, r.counts, r.finished_at
    FROM import_run r JOIN unit u ON u.id = r.unit JOIN person p ON p.id = r.uploaded_by"""


async def runs(*, seen_by: Actor, limit: int = 30) -> list[RunRow]:
    """One's own uploads, newest first."""
    return await rows(RunRow, f"{RUN} WHERE r.uploaded_by = {{}} ORDER BY r.id DESC LIMIT {limit}", seen_by.id)


async def run(id: int, *, seen_by: Actor) -> RunRow:
    """One's own upload. Raises Missing."""
    return await one(RunRow, f"{RUN} WHERE r.id = {{}} AND r.uploaded_by = {{}}", id, seen_by.id)


async def receive(kind: ImportKind, filename: str, content: bytes, *, unit: UnitRow, by: Actor, store: Store) -> int:
    """Keep an upload until somebody confirms its plan. Answers with the run's id."""
    by.needs(kind.asks, unit.path)
    refuse_large(kind, content)
    kept = store.put(io.BytesIO(content))
    async with change(
        "import.received", by=by, unit=unit.id, kind=kind.name, file=filename, sha256=kept.sha256
    ) as made:
        stored = await execute(
            """INSERT INTO import_run (kind, filename, sha256, unit, uploaded_by, uploaded_at, answers, counts)
               VALUES ({}, {}, {}, {}, {}, {}, {}, {}) RETURNING id""",
            kind.name,
            filename[:200],
            kept.sha256,
            unit.id,
            by.id,
            datetime.now(UTC),
            "{}",
            "{}",
        )
        made.about(f"import_run:{stored[0]['id']}")
    return int(stored[0]["id"])


def refuse_large(kind: ImportKind, content: bytes) -> None:
    """Raises Unreadable for what is larger than this kind of file ever is."""
    if len(content) > kind.size_limit:
        limit = kind.size_limit // 1024 // 1024
        raise Unreadable(N_("Die Datei ist zu groß. Möglich sind höchstens {limit} MB."), limit=limit)


def upload_of(run: RunRow, store: Store) -> Upload:
    return Upload(run.filename, b"".join(read(store, run.sha256)), run.unit, run.given)


async def answer(run: RunRow, answers: Mapping[str, str], *, by: Actor) -> None:
    """Remember what was answered to the plan's questions."""
    await execute(
        "UPDATE import_run SET answers = {} WHERE id = {} AND uploaded_by = {} AND finished_at IS NULL",
        json.dumps(run.given | dict(answers)),
        run.id,
        by.id,
    )


async def carry_out(kind: ImportKind, run: RunRow, *, by: Actor, on: date, store: Store) -> Plan:
    """Do what the plan says, all of it or nothing. Raises Refused while questions are open, Stale if it was done."""
    by.needs(kind.asks, run.path)
    upload = upload_of(run, store)
    plan = await kind.plan(upload, by=by, on=on)
    if plan.count(Outcome.QUESTION):
        raise Refused(N_("Es sind noch Fragen offen. Bitte beantworten Sie sie zuerst."))
    counts = {str(outcome): plan.count(outcome) for outcome in Outcome}
    async with change("import.done", run, by=by, unit=run.unit, kind=kind.name, file=run.filename, counts=counts):
        done = await execute(
            "UPDATE import_run SET finished_at = {}, counts = {} WHERE id = {} AND finished_at IS NULL RETURNING id",
            datetime.now(UTC),
            json.dumps(counts),
            run.id,
        )
        if not done:
            raise Stale(N_("Dieser Import ist schon ausgeführt. Es ist nichts doppelt geschehen."))
        await kind.carry_out(plan, upload, run=run.id, by=by, on=on)
    return plan
