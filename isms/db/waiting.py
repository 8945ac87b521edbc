"""Waiting for what must not be left half done."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

Result = TypeVar("Result")


async def to_the_end(work: Coroutine[Any, Any, Result]) -> Result:
    """Wait until `work` is finished, however often we are cancelled meanwhile; pass the cancellation on afterwards.

    A shield alone would return at once and leave a COMMIT or ROLLBACK running on a connection that is given away.
    """
    task = asyncio.ensure_future(work)
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.wait([task])
        except asyncio.CancelledError as cancellation:
            cancelled = cancellation
    if cancelled is not None and task.exception() is None:
        raise cancelled
    return task.result()
