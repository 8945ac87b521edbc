"""Adding rows whose statement is built once per table; the query builder builds it anew for every row."""

from enum import Enum
from functools import lru_cache
from typing import Any

from piccolo.columns import Column
from piccolo.columns.defaults.base import Default
from piccolo.table import Table

from isms.db import engine


async def insert(table: type[Table], **values: object) -> int:
    """Add a row and answer with its id. What is not given is the column's default; Stages and Levels are values too."""
    database = engine()
    sql, columns = _insertion(table, database.engine_type)
    if unknown := values.keys() - columns.keys():
        raise TypeError(f"{table.__name__} has no {', '.join(sorted(unknown))}")
    args = [_plain(values[name]) if name in values else _default(column) for name, column in columns.items()]
    made = await database.execute(sql, args)
    return int(made[0]["id"])


@lru_cache(maxsize=256)
def _insertion(table: type[Table], engine_type: str) -> tuple[str, dict[str, Column]]:
    columns = {column._meta.name: column for column in table._meta.columns if column is not table._meta.primary_key}
    names = ", ".join(f'"{name}"' for name in columns)
    marks = ", ".join("?" if engine_type == "sqlite" else f"${number}" for number in range(1, len(columns) + 1))
    return f'INSERT INTO "{table._meta.tablename}" ({names}) VALUES ({marks}) RETURNING id', columns


def _default(column: Column) -> Any:
    value = column.get_default_value()
    return value.python() if isinstance(value, Default) else value


def _plain(value: object) -> object:
    return value.value if isinstance(value, Enum) else value
