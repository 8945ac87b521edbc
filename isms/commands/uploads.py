"""Uploaded lists are deleted once they have served: they name people, and what came of them is in the register."""

from __future__ import annotations

from datetime import datetime, timedelta

from isms.db import executemany
from isms.db.reading import Row, rows
from isms.files import LEFT_LYING, Store
from isms.imports import KEPT_DAYS

MOST = 200
OLD = """SELECT r.id, r.sha256, (EXISTS (SELECT 1 FROM stored_file f WHERE f.sha256 = r.sha256)
        OR EXISTS (SELECT 1 FROM evidence_package e WHERE e.sha256 = r.sha256)
        OR EXISTS (SELECT 1 FROM import_run x WHERE x.sha256 = r.sha256 AND x.uploaded_at >= {})) AS wanted
    FROM import_run r WHERE r.dropped_at IS NULL AND r.uploaded_at < {} ORDER BY r.id LIMIT {}"""
SAY_SO = "UPDATE import_run SET dropped_at = {} WHERE id = {} AND dropped_at IS NULL"


class _Upload(Row):
    id: int
    sha256: str
    wanted: bool


async def drop_uploads(store: Store, *, now: datetime) -> int:
    """Delete the bytes of uploads older than KEPT_DAYS; answers for how many. Their hashes stay with their runs.

    Bytes that are also an evidence file, or were uploaded again since, stay where they are. First the bytes go, then
    the run says so: a crash between the two is mended by the next sweep.
    """
    until = now - timedelta(days=KEPT_DAYS)
    old = await rows(_Upload, OLD, until, until, MOST)
    done = [one.id for one in old if one.wanted or store.drop(one.sha256, older_than=LEFT_LYING)]
    if done:
        await executemany(SAY_SO, [(now, id) for id in done])
    return len(done)
