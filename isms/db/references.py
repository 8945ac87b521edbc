"""Which rows point to which: asked of the tables themselves, so that no storey has to know the one above."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from piccolo.table import Table

from isms.db import engine, execute
from isms.db.postgres import Postgres


@dataclass(frozen=True)
class Reference:
    """A column of a table that points to another table, with the names of all columns beside it."""

    table: str
    column: str
    beside: frozenset[str]


@lru_cache(maxsize=64)
def pointing_at(table: str) -> tuple[Reference, ...]:
    """Every column in the house that leads to this table."""
    from isms.piccolo_conf import APP_REGISTRY

    found = [each for app in APP_REGISTRY.app_configs.values() for each in app.table_classes]
    return tuple(
        Reference(each._meta.tablename, column._meta.db_column_name, _columns(each))
        for each in found
        for column in each._meta.foreign_key_columns
        if column._foreign_key_meta.resolved_references._meta.tablename == table
    )


async def freeze(table: str, run: int) -> bool:
    """Within a transaction: nobody changes or points to what a run brought into a table until it ends.

    False where somebody is just doing so. SQLite's only writer holds everything anyway; outside a transaction there
    is nothing to hold.
    """
    if not isinstance(engine(), Postgres) or engine().current() is None:
        return True
    sql = f'SELECT id FROM "{table}" WHERE import_run = {{}} ORDER BY id FOR UPDATE'
    held = await execute(f"{sql} SKIP LOCKED", run)
    there = await execute(f'SELECT count(*) AS number FROM "{table}" WHERE import_run = {{}}', run)
    return len(held) == int(there[0]["number"])


def _columns(table: type[Table]) -> frozenset[str]:
    return frozenset(column._meta.db_column_name for column in table._meta.columns)
