"""Attaching evidence files to records."""

from __future__ import annotations

from datetime import UTC, datetime

from isms.audit import change
from isms.db import execute
from isms.files import KeptFile
from isms.people import Actor, UnitRow
from isms.permissions import May

INSERT = """INSERT INTO stored_file (sha256, name, media_type, size, unit, subject, uploaded_by, uploaded_at)
    VALUES ({}, {}, {}, {}, {}, {}, {}, {}) RETURNING id"""


async def attach(kept: KeptFile, subject: str, *, unit: UnitRow, by: Actor) -> int:
    """Let a stored file belong to a record of a unit. Raises Forbidden outside of one's units."""
    by.needs(May.ATTACH, unit.path)
    async with change("file.attached", subject, by=by, unit=unit.id, name=kept.name, sha256=kept.sha256):
        values = (kept.sha256, kept.name, kept.media_type, kept.size, unit.id, subject, by.id, datetime.now(UTC))
        return int((await execute(INSERT, *values))[0]["id"])
