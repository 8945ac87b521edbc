"""Reading by SQL, into frozen rows. `{}` marks an argument on both engines."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any, TypeVar, dataclass_transform

import msgspec

from isms.db import engine
from isms.db.sql import native
from isms.rules.errors import Missing


@dataclass_transform(frozen_default=True)  # tells mypy that rows of any kind are frozen
class Row(msgspec.Struct, frozen=True):
    """What queries hand out: fields are found by the column's name and converted to their type."""


Kind = TypeVar("Kind", bound=Row)


async def rows(kind: type[Kind], sql: str, *args: object) -> list[Kind]:
    names, found = await _fetch(sql, args)
    return _converted(kind, names, found)


async def row(kind: type[Kind], sql: str, *args: object) -> Kind | None:
    names, found = await _fetch(sql, args)
    return _converted(kind, names, found[:1])[0] if found else None


async def one(kind: type[Kind], sql: str, *args: object, missing: str | None = None) -> Kind:
    """The row that must be there, or Missing with this German sentence (or its own)."""
    found = await row(kind, sql, *args)
    if found is None:
        raise Missing() if missing is None else Missing(missing)
    return found


async def value(sql: str, *args: object) -> Any:
    """The first column of the first row, None without one. For numbers and texts; dates want a Row."""
    _, found = await _fetch(sql, args)
    return found[0][0] if found else None


async def tuples(sql: str, *args: object) -> list[tuple[Any, ...]]:
    """As the database holds them, ten times as fast as rows. For numbers and texts; dates want a Row."""
    _, found = await _fetch(sql, args)
    return found


async def stream(sql: str, *args: object) -> AsyncGenerator[tuple[Any, ...], None]:
    """One row after the other in constant memory, over one snapshot."""
    async for _, batch in _stream(sql, args):
        for record in batch:
            yield tuple(record)


async def each(kind: type[Kind], sql: str, *args: object) -> AsyncGenerator[Kind, None]:
    """Like `stream`, as rows of a kind."""
    async for names, batch in _stream(sql, args):
        for found in _converted(kind, names, batch):
            yield found


async def _fetch(sql: str, args: tuple[object, ...]) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    database = engine()
    return await database.fetch(native(sql, database.engine_type), args)


async def _stream(
    sql: str, args: tuple[object, ...]
) -> AsyncGenerator[tuple[tuple[str, ...], list[tuple[Any, ...]]], None]:
    database = engine()
    async with aclosing(database.stream(native(sql, database.engine_type), args)) as batches:
        async for batch in batches:
            yield batch


def _converted(kind: type[Kind], names: tuple[str, ...], found: list[tuple[Any, ...]]) -> list[Kind]:
    """Not strict, because SQLite knows no booleans and keeps dates as text."""
    named = [dict(zip(names, values, strict=True)) for values in found]
    return msgspec.convert(named, list[kind], strict=False)  # type: ignore[valid-type]
