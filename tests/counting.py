"""Counting the statements that a page needs."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from isms import db


@contextmanager
def counted() -> Iterator[list[str]]:
    """Every statement that reaches the database while the block lasts, in order."""
    database: Any = db.engine()
    said: list[str] = []

    def listening(way: str) -> Any:
        real = getattr(database, way)

        async def listen(sql: str, args: Any = ()) -> Any:
            said.append(sql)
            return await real(sql, args)

        return listen

    ways = ("execute",) if isinstance(database, db.Postgres) else ("execute", "fetch")
    for way in ways:
        setattr(database, way, listening(way))
    try:
        yield said
    finally:
        for way in ways:
            delattr(database, way)
