"""Sweeping: what has served its purpose goes. The trail and the records stay."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta

from isms.db import execute

EVERY = timedelta(hours=6)
FORMS_KEPT = timedelta(days=7)
SESSIONS_KEPT = timedelta(days=30)
FAILURES_KEPT = timedelta(days=1)


async def sweep(*, now: datetime | None = None) -> None:
    """Forget tokens of old forms, sessions that ended long ago, old failures and links: data we no longer need."""
    now = now or datetime.now(UTC)
    await execute("DELETE FROM done_form WHERE at < {}", now - FORMS_KEPT)
    await execute("DELETE FROM session WHERE ends_at < {}", now - SESSIONS_KEPT)
    await execute("DELETE FROM throttle WHERE last_at < {}", now - FAILURES_KEPT)
    await execute("DELETE FROM one_time_token WHERE ends_at < {}", now - SESSIONS_KEPT)


@asynccontextmanager
async def sweeping() -> AsyncIterator[None]:
    """Sweep when the house opens, and again every few hours while it is open."""
    await sweep()
    task = asyncio.create_task(_again_and_again())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _again_and_again() -> None:
    while True:
        await asyncio.sleep(EVERY.total_seconds())
        await sweep()
