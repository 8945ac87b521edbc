"""How the command line speaks and runs: errors as sentences, one event loop, one opened database."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Coroutine
from typing import Any, TypeVar

from isms import db, texts
from isms.rules.errors import Answer, Incomplete
from isms.settings import Settings, read_settings

T = TypeVar("T")


def sentence(error: Answer) -> str:
    """An error with its complaints in one paragraph; a file's only complaint is the error itself."""
    complaints = error.complaints.values() if isinstance(error, Incomplete) else []
    return " ".join(dict.fromkeys([texts.said(error), *(texts.said(complaint) for complaint in complaints)]))


def settings_in_use() -> Settings:
    """The settings, with their database under all tables."""
    settings = read_settings()
    os.environ["DATABASE_URL"] = settings.database_url
    db.use(db.connect(settings.database_url, synchronous=settings.synchronous))
    return settings


def run(work: Coroutine[Any, Any, T], *, migrated: bool = True) -> T:
    """Run one piece of work on the opened, migrated database."""
    return asyncio.run(_opened(work, migrated))


async def _opened(work: Coroutine[Any, Any, T], migrated: bool) -> T:
    from isms.db.schema import migrate

    async with db.opened():
        if migrated:
            await migrate()
        return await work
