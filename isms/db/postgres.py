"""Piccolo's engine for PostgreSQL with a pool, a light reset, savepoints and constant-memory reads."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import asyncpg  # type: ignore[import-untyped]
from asyncpg.pool import PoolConnectionProxy  # type: ignore[import-untyped]
from piccolo.engine.exceptions import TransactionError
from piccolo.engine.postgres import PostgresEngine, PostgresTransaction
from piccolo.querystring import QueryString

from isms.db.waiting import to_the_end

OLDEST = 15_00_00

Tuples = tuple[tuple[str, ...], list[tuple[Any, ...]]]


class PooledTransaction(PostgresTransaction):
    """A connection for one task; inside another transaction a savepoint of it.

    Savepoints of sibling tasks wait for each other, as transactions may.
    """

    engine: "Postgres"
    connection: Any = None
    speaking: asyncio.Lock
    closed = False
    _parent: "PooledTransaction | None"

    async def __aenter__(self) -> "PooledTransaction":
        self.turn = asyncio.Lock()
        if self._parent is not None:
            await self._parent.turn.acquire()
        try:
            await to_the_end(self._begin())
        except BaseException:
            await to_the_end(self._let_go())
            raise
        self.engine.current_transaction.set(self)
        return self

    async def __aexit__(self, kind: Any, error: BaseException | None, trace: Any) -> bool:
        try:
            await to_the_end(self._finish(error))
        finally:
            self.closed = True
            self.engine.current_transaction.set(self._parent)
            await to_the_end(self._let_go())
        return False

    async def _begin(self) -> None:
        self.speaking = asyncio.Lock() if self._parent is None else self._parent.speaking
        self.connection = await self.engine.take() if self._parent is None else self._parent.connection
        self.transaction = self.connection.transaction()
        async with self.speaking:
            await self.transaction.start()

    async def _finish(self, error: BaseException | None) -> None:
        if self._committed or self._rolled_back or self.connection.is_closed():
            return
        async with self.speaking:
            await (self.transaction.commit() if error is None else self.transaction.rollback())

    async def _let_go(self) -> None:
        if self._parent is not None:
            self._parent.turn.release()
        elif self.connection is not None:
            await self.engine.give_back(self.connection)


class Postgres(PostgresEngine):
    """A pool that starts with `start_connection_pool()`; without one each statement opens a connection."""

    def __init__(self, url: str, *, connections: int = 8) -> None:
        super().__init__(config={"dsn": url, "server_settings": {"application_name": "isms", "jit": "off"}})
        self.connections = connections

    async def check_version(self) -> None:
        """Nothing is asked while modules are imported; the pool asks when it starts."""

    async def start_connection_pool(self, **_: Any) -> None:
        if self.pool is not None:
            return
        self.pool = await asyncpg.create_pool(**self.config, min_size=1, max_size=self.connections, reset=_tidy)
        found = int(await self.pool.fetchval("SHOW server_version_num"))
        if found < OLDEST:
            await self.close_connection_pool()
            raise RuntimeError(f"PostgreSQL 15 or newer is needed, this one is {found // 10_000}.")

    async def close_connection_pool(self) -> None:
        if self.pool is not None:
            pool, self.pool = self.pool, None
            await pool.close()

    async def fetch(self, sql: str, args: Sequence[Any] = ()) -> Tuples:
        records = await self.execute(sql, args)
        return tuple(records[0].keys()) if records else (), records

    async def run_querystring(self, querystring: QueryString, in_pool: bool = True) -> Any:
        sql, args = querystring.compile_string(engine_type=self.engine_type)
        return await self.execute(sql, args)

    async def run_ddl(self, ddl: str, in_pool: bool = True) -> Any:
        return await self.execute(ddl)

    async def execute(self, sql: str, args: Sequence[Any] = ()) -> list[Any]:
        found: list[Any]
        if (transaction := self.current()) is not None:
            async with transaction.speaking:
                found = await transaction.connection.fetch(sql, *args)
        elif self.pool is not None:
            found = await self.pool.fetch(sql, *args)
        else:
            found = await self._run_in_new_connection(sql, args)
        return found

    async def executemany(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        async with self.transaction() as transaction, transaction.speaking:
            await transaction.connection.executemany(sql, rows)

    async def stream(self, sql: str, args: Sequence[Any] = (), batch: int = 1000) -> AsyncGenerator[Tuples, None]:
        """Batches from a cursor in a transaction of its own, or in the current one."""
        async with self._cursor(sql, args) as (cursor, speaking):
            while True:
                async with speaking:
                    records = await cursor.fetch(batch)
                if not records:
                    return
                yield tuple(records[0].keys()), records

    def transaction(self, allow_nested: bool = True) -> PooledTransaction:
        self.current()
        return PooledTransaction(engine=self, allow_nested=allow_nested)

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[None]:
        async with self.transaction():
            await self.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            await self.execute("SELECT 1")  # the moment is that of the first statement
            yield

    def current(self) -> PooledTransaction | None:
        transaction = self.current_transaction.get()
        if transaction is None:
            return None
        assert isinstance(transaction, PooledTransaction)
        if transaction.closed:
            raise TransactionError("This task was started inside a transaction that is over by now.")
        return transaction

    async def take(self) -> Any:
        return await (self.pool.acquire() if self.pool else self.get_new_connection())

    async def give_back(self, connection: Any) -> None:
        if self.pool is not None and isinstance(connection, PoolConnectionProxy):
            await self.pool.release(connection)
        else:
            await connection.close()

    @asynccontextmanager
    async def _cursor(self, sql: str, args: Sequence[Any]) -> AsyncIterator[tuple[Any, asyncio.Lock]]:
        if (transaction := self.current()) is not None:
            async with transaction.speaking:
                cursor = await transaction.connection.cursor(sql, *args)
            yield cursor, transaction.speaking
            return
        connection = await self.take()
        try:
            async with connection.transaction(readonly=True):
                yield await connection.cursor(sql, *args), asyncio.Lock()
        finally:
            await to_the_end(self.give_back(connection))


async def _tidy(connection: Any) -> None:
    """Enough for us, who never change a session's settings; asyncpg's own reset costs 100 µs per query."""
    if connection.is_in_transaction():
        await connection.reset()
