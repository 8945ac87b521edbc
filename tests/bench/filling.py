"""Many rows at once, with the defaults that the tables declare."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from piccolo.table import Table

from isms import db

CHUNK = 5_000


async def fill(table: type[Table], rows: Iterable[Mapping[str, Any]]) -> int:
    """Insert rows given as columns by name; what a row leaves out is the column's default. Answers how many."""
    columns = [column for column in table._meta.columns if column is not table._meta.primary_key]
    defaults = {column._meta.name: column.get_default_value() for column in columns}
    names = ", ".join(f'"{name}"' for name in defaults)
    sql = f'INSERT INTO "{table._meta.tablename}" ({names}) VALUES ({", ".join(["{}"] * len(defaults))})'
    written = 0
    for chunk in _chunks(tuple((defaults | dict(row)).values()) for row in rows):
        await db.executemany(sql, chunk)
        written += len(chunk)
    return written


def _chunks(rows: Iterable[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    rest = iter(rows)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk
