"""How long to wait after failed sign-ins. Waiting never locks an account, and an office behind one address goes on."""

from __future__ import annotations

from datetime import datetime, timedelta

FREE_FOR_ACCOUNT_AT_ADDRESS = 5
FREE_FOR_ADDRESS = 60
FREE_FOR_ACCOUNT = 40
LONGEST_WAIT = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(hours=1)


def wait_after(failures: int, free: int) -> timedelta:
    """One second after the first failure too many, then twice as long each time, at most a quarter of an hour."""
    if failures < free:
        return timedelta(0)
    return min(timedelta(seconds=2 ** min(failures - free, 10)), LONGEST_WAIT)


def still_to_wait(failures: int, free: int, last_at: datetime, now: datetime) -> int:
    """Whole seconds until the next try is heard, 0 for at once."""
    rest = (last_at + wait_after(failures, free) - now).total_seconds()
    return max(0, int(rest + 0.999))
