"""Sweeping: what has served its purpose goes when the house opens. The trail and the records stay."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from isms.db import execute

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
