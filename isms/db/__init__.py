"""The database behind every table: one file of SQLite, or PostgreSQL by DATABASE_URL."""

import os
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any
from urllib.parse import unquote

from piccolo.table import TABLE_REGISTRY

from isms.db.postgres import Postgres
from isms.db.sql import native
from isms.db.sqlite import SQLite

__all__ = ["Database", "Postgres", "SQLite", "connect", "engine", "execute", "executemany", "hold", "opened"]
__all__ += ["snapshot", "transaction", "use"]

Database = SQLite | Postgres

os.environ.setdefault("PICCOLO_CONF", "isms.piccolo_conf")


def connect(database_url: str, *, synchronous: str = "FULL") -> Database:
    """`sqlite:///data/isms.sqlite` (four slashes: an absolute path) or `postgresql://…`. Opens nothing yet.

    `synchronous` is SQLite's: with NORMAL a power cut may take the last confirmed changes along.
    """
    kind, _, rest = database_url.partition("://")
    if kind == "sqlite" and rest.startswith("/") and len(rest) > 1:
        return SQLite(unquote(rest[1:]), synchronous=synchronous)
    if kind in {"postgres", "postgresql"}:
        return Postgres(database_url)
    raise ValueError(f"DATABASE_URL is „{database_url}“. Expected: sqlite:///data/isms.sqlite or postgresql://…")


def engine() -> Database:
    from isms import piccolo_conf

    return piccolo_conf.DB


def use(database: Database) -> None:
    """Put another database under all tables, those that migrations make included."""
    from isms import piccolo_conf

    piccolo_conf.DB = database
    for table in TABLE_REGISTRY:
        table._meta.db = database


@asynccontextmanager
async def opened(_: object = None) -> AsyncIterator[Database]:
    """For a server's lifespan (which passes its app) and for every command of the command line."""
    database = engine()
    await database.start_connection_pool()
    try:
        yield database
    finally:
        await database.close_connection_pool()


def transaction() -> AbstractAsyncContextManager[object]:
    """Everything inside happens or nothing does; inside another transaction, undone by itself."""
    return engine().transaction()


@asynccontextmanager
async def snapshot() -> AsyncIterator[None]:
    """Every read inside sees the same moment, however long it takes; others go on writing meanwhile.

    Inside a transaction it is that transaction's moment.
    """
    database = engine()
    if database.current() is not None:
        yield
        return
    async with database.snapshot():
        yield


async def execute(sql: str, *args: object) -> list[dict[str, Any]]:
    """A change that the query builder cannot say. `{}` marks an argument."""
    database = engine()
    return [dict(row) for row in await database.execute(native(sql, database.engine_type), args)]


async def executemany(sql: str, rows: Sequence[Sequence[object]]) -> None:
    """One statement for many rows, in one transaction: 30,000 rows a second and more."""
    database = engine()
    await database.executemany(native(sql, database.engine_type), rows)


async def hold(name: str) -> None:
    """Until this transaction ends, nobody else holds `name`. SQLite's only writer holds everything anyway."""
    if isinstance(engine(), Postgres):
        await execute("SELECT pg_advisory_xact_lock(hashtextextended({}, 0))", name)
