"""This installation: its UUID, from which exported identifiers derive, and its secret."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from uuid import UUID, uuid4

from isms.db import execute, hold, transaction
from isms.db.reading import Row, row


class InstanceRow(Row):
    uuid: UUID
    secret: str
    is_demo: bool


READ = "SELECT uuid, secret, is_demo FROM instance ORDER BY id LIMIT 1"


async def instance() -> InstanceRow:
    """Made on the first opening, read ever after."""
    found = await row(InstanceRow, READ)
    return found or await _make()


async def _make() -> InstanceRow:
    async with transaction():
        await hold("instance")
        if found := await row(InstanceRow, READ):
            return found
        made = InstanceRow(uuid=uuid4(), secret=secrets.token_hex(32), is_demo=False)
        await execute(
            "INSERT INTO instance (uuid, secret, is_demo, created_at) VALUES ({}, {}, {}, {})",
            made.uuid,
            made.secret,
            made.is_demo,
            datetime.now(UTC),
        )
        return made


async def show_only() -> None:
    """This installation is for showing: its accounts are known to all and work on this machine only."""
    await instance()
    await execute("UPDATE instance SET is_demo = {}", True)
