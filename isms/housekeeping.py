"""Sweeping: what has served its purpose goes. The trail and the records stay."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, date, datetime, timedelta

from isms.commands.forgetting import forget
from isms.commands.founding import system
from isms.commands.uploads import drop_uploads
from isms.db import execute
from isms.files import Store
from isms.house import House
from isms.people import Someone
from isms.queries.checklists import to_forget
from isms.rules.errors import Refused
from isms.texts import office_day

EVERY = timedelta(hours=6)
SOON = timedelta(minutes=1)
MOST = 200

log = logging.getLogger(__name__)
FORMS_KEPT = timedelta(days=7)
SESSIONS_KEPT = timedelta(days=30)
FAILURES_KEPT = timedelta(days=1)


async def sweep(store: Store, *, now: datetime | None = None) -> None:
    """Forget tokens of old forms, sessions that ended long ago, old failures, links and uploads: no longer needed."""
    now = now or datetime.now(UTC)
    await drop_uploads(store, now=now)
    await execute("DELETE FROM done_form WHERE at < {}", now - FORMS_KEPT)
    await execute("DELETE FROM session WHERE ends_at < {}", now - SESSIONS_KEPT)
    await execute("DELETE FROM throttle WHERE last_at < {}", now - FAILURES_KEPT)
    await execute("DELETE FROM one_time_token WHERE ends_at < {}", now - SESSIONS_KEPT)


@asynccontextmanager
async def sweeping(house: House) -> AsyncIterator[None]:
    """Sweep when the house opens, and again every few hours while it is open."""
    await sweep(house.store)
    task = asyncio.create_task(_again_and_again(house))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def forget_former(house: House, *, on: date) -> int:
    """Forget those whose time is over, one after the other; answers with how many.

    Who still has something of the office keeps the name until that is settled.
    """
    whose_time_is_over = await to_forget(on)
    if not whose_time_is_over:
        return 0
    acting, done = await system(on=on), 0
    for person in whose_time_is_over:
        if await house.open_with(Someone(id=person.id, name=person.name), seen_by=None):
            continue
        if done == MOST:
            break
        try:
            await forget(person, areas=[area.forget for area in house.areas], by=acting, on=on)
            done += 1
        except Refused:  # another process of the same house was faster
            continue
    return done


async def _again_and_again(house: House) -> None:
    await asyncio.sleep(SOON.total_seconds())  # who opens the house should not wait for it
    while True:
        try:
            await sweep(house.store)
            await forget_former(house, on=office_day(datetime.now(UTC)))
        except Exception:
            log.exception("sweeping failed and will be tried again")
        await asyncio.sleep(EVERY.total_seconds())
