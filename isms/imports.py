"""Uploads and their runs, as pages and commands find them."""

from __future__ import annotations

import json
from datetime import datetime

from isms.area import ImportKind, Outcome, Undoing, Upload
from isms.db.reading import Row, one, rows, value
from isms.files import Store, read
from isms.intake import Unreadable
from isms.people import Actor
from isms.rules.errors import Refused
from isms.rules.texts import N_

KEPT_DAYS = 30
"""How long the bytes of an upload are kept: to carry it out, and to look into it when something seems wrong."""


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
    mapping: str
    finished_at: datetime | None
    undone_at: datetime | None
    undone_by: str | None
    undone_counts: str
    dropped_at: datetime | None

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

    @property
    def undone_tally(self) -> dict[Undoing, int]:
        """What became of how many records, once it is taken back."""
        return {Undoing(name): number for name, number in json.loads(self.undone_counts).items() if number}

    @property
    def mapped(self) -> dict[str, str]:
        """Which column holds what, where somebody said so: {field: column}."""
        mapped: dict[str, str] = json.loads(self.mapping)
        return mapped


RUN = """SELECT r.id, r.kind, r.filename, r.sha256, r.unit, u.path, p.name AS person, r.uploaded_by, r.uploaded_at,
    r.answers, r.counts, r.mapping, r.finished_at, r.undone_at, q.name AS undone_by, r.undone_counts,
    r.dropped_at
    FROM import_run r JOIN unit u ON u.id = r.unit JOIN person p ON p.id = r.uploaded_by
    LEFT JOIN person q ON q.id = r.undone_by"""


REMEMBERED = """SELECT mapping FROM import_mapping WHERE institution = {} AND kind = {} AND headers = {}
    ORDER BY id DESC LIMIT 1"""


async def runs(*, seen_by: Actor, limit: int = 30) -> list[RunRow]:
    """One's own uploads, newest first."""
    return await rows(RunRow, f"{RUN} WHERE r.uploaded_by = {{}} ORDER BY r.id DESC LIMIT {limit}", seen_by.id)


async def run(id: int, *, seen_by: Actor) -> RunRow:
    """One's own upload. Raises Missing."""
    return await one(RunRow, f"{RUN} WHERE r.id = {{}} AND r.uploaded_by = {{}}", id, seen_by.id)


async def remembered(kind: ImportKind, institution: int, headers: str) -> dict[str, str]:
    """What somebody of this institution chose last for files with the same headers: {field: column}."""
    found = await value(REMEMBERED, institution, kind.name, headers)
    chosen: dict[str, str] = json.loads(found) if found else {}
    return chosen


def refuse_large(kind: ImportKind, content: bytes) -> None:
    """Raises Unreadable for what is larger than this kind of file ever is."""
    if len(content) > kind.size_limit:
        limit = kind.size_limit // 1024 // 1024
        raise Unreadable(N_("Die Datei ist zu groß. Möglich sind höchstens {limit} MB."), limit=limit)


def upload_of(run: RunRow, store: Store) -> Upload:
    """Raises Refused where the file was deleted because nobody carried it out in time."""
    if run.dropped_at is not None:
        raise Refused(
            N_("Diese Datei wurde nach {days} Tagen gelöscht. Laden Sie sie noch einmal hoch."), days=KEPT_DAYS
        )
    return Upload(run.filename, b"".join(read(store, run.sha256)), run.unit, run.given, run.mapped)
