"""Piccolo's engine for SQLite, made for a server: WAL, one writer, reader threads, real savepoints, streams."""

import asyncio
import re
import sqlite3
from collections.abc import AsyncGenerator, Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from piccolo.engine.exceptions import TransactionError
from piccolo.engine.sqlite import SQLiteEngine, SQLiteTransaction, TransactionType
from piccolo.querystring import QueryString

from isms.db.waiting import to_the_end
from isms.db.words import begin_words
from isms.db.workers import Workers

# Piccolo would read every integer as bytes, text, Decimal and int in turn.
sqlite3.converters.pop("INTEGER", None)
sqlite3.register_converter("BOOLEAN", lambda value: value == b"1")

CHANGING = re.compile(r"\b(INSERT|UPDATE|DELETE|REPLACE)\b", re.IGNORECASE)

SETTINGS = (
    "journal_mode=WAL",
    "foreign_keys=ON",
    "recursive_triggers=ON",  # or INSERT OR REPLACE would slip past the triggers that refuse deletion
    f"cache_size={-32 * 1024}",
    f"mmap_size={256 << 20}",
    "temp_store=MEMORY",
    f"journal_size_limit={64 << 20}",
)

Tuples = tuple[tuple[str, ...], list[tuple[Any, ...]]]


class WriterTransaction(SQLiteTransaction):
    """The writer's connection for one task at a time; inside another transaction a savepoint of it.

    Savepoints of sibling tasks wait for each other, as transactions do.
    """

    engine: "SQLite"
    connection: Workers
    closed = False
    _parent: "WriterTransaction | None"
    _savepoint = ""

    async def __aenter__(self) -> "WriterTransaction":
        self.turn = asyncio.Lock()
        self.connection = self.engine.writer
        self._waiting = self.engine.writing if self._parent is None else self._parent.turn
        await self._waiting.acquire()
        try:
            await to_the_end(self._begin())
        except BaseException:
            await to_the_end(self._give_up())
            self._waiting.release()
            raise
        self.engine.current_transaction.set(self)
        return self

    async def __aexit__(self, kind: Any, error: BaseException | None, trace: Any) -> bool:
        try:
            if error is None:
                await to_the_end(self._finish())
            else:
                await to_the_end(self._give_up())
        finally:
            self.closed = True
            self.engine.current_transaction.set(self._parent)
            self._waiting.release()
        return False

    async def commit(self) -> None:
        await self.connection.run("COMMIT")
        self._committed = True

    async def rollback(self) -> None:
        await self.connection.run("ROLLBACK")
        self._rolled_back = True

    async def _begin(self) -> None:
        if self._parent is None:
            await self.connection.run("BEGIN IMMEDIATE")
        else:
            name = f"inner_{self.engine.get_query_id()}"
            await self.connection.run(f"SAVEPOINT {name}")
            self._savepoint = name

    async def _finish(self) -> None:
        if self._savepoint:
            await self.connection.run(f"RELEASE {self._savepoint}")
        elif not (self._committed or self._rolled_back):
            try:
                await self.commit()
            except BaseException:
                await self._give_up()
                raise

    async def _give_up(self) -> None:
        if self._savepoint:
            await self.connection.run(f"ROLLBACK TO {self._savepoint}")
            await self.connection.run(f"RELEASE {self._savepoint}")
        elif self._parent is None:
            await self.connection.call(_roll_back)


class Snapshot(WriterTransaction):
    """A connection of its own that keeps seeing one moment, while others write. It cannot write itself."""

    async def __aenter__(self) -> "Snapshot":
        self.turn = asyncio.Lock()
        self.connection = Workers(self.engine.open_readonly, 1, "sqlite-snapshot")
        try:
            await self.connection.run("BEGIN")
            await self.connection.run("SELECT 1 FROM sqlite_master LIMIT 1")  # the moment is that of the first read
        except BaseException:
            self.connection.dismiss()
            raise
        self.engine.current_transaction.set(self)
        return self

    async def __aexit__(self, kind: Any, error: BaseException | None, trace: Any) -> bool:
        self.closed = True
        self.engine.current_transaction.set(None)
        self.connection.dismiss()
        return False


class SQLite(SQLiteEngine):
    """Many readers and one writer on one file; threads and connections start with the first statement."""

    def __init__(self, path: str, *, readers: int = 2, synchronous: str = "FULL", busy_seconds: float = 10) -> None:
        super().__init__(path=path, timeout=busy_seconds, cached_statements=512, check_same_thread=False)
        self.readers = readers
        self.synchronous = synchronous
        self._pools: dict[str, Workers] = {}
        self.writing = asyncio.Lock()

    @property
    def writer(self) -> Workers:
        return self._pool("writer", self.open, 1)

    async def start_connection_pool(self, **_: Any) -> None:
        self.writing = asyncio.Lock()
        try:
            await self.writer.run("SELECT 1")  # makes the file and its WAL before a reader looks for them
        except sqlite3.Error:
            await self._dismiss()
            raise

    async def close_connection_pool(self) -> None:
        async with self.writing:
            if "writer" in self._pools:
                await self.writer.run("PRAGMA optimize")
            pools, self._pools = list(self._pools.values()), {}
        for pool in pools:
            pool.dismiss()
            await asyncio.to_thread(pool.join)

    async def fetch(self, sql: str, args: Sequence[Any] = ()) -> Tuples:
        """Names and rows, the values as the file holds them. Outside a transaction it cannot write."""
        transaction = self.current()
        pool = transaction.connection if transaction else self._pool("reader", self.open_plain, self.readers)
        return await pool.call(lambda connection: _tuples(connection, sql, args))

    async def run_querystring(self, querystring: QueryString, in_pool: bool = False) -> Any:
        sql, args = querystring.compile_string(engine_type=self.engine_type)
        return await self.execute(sql, args)

    async def run_ddl(self, ddl: str, in_pool: bool = False) -> Any:
        return await self.execute(ddl)

    async def execute(self, sql: str, args: Sequence[Any] = ()) -> list[dict[str, Any]]:
        if (transaction := self.current()) is not None:
            return await transaction.connection.run(sql, args)
        if only_reads(sql):
            return await self._pool("typed-reader", self.open_readonly, 1).run(sql, args)
        async with self.writing:
            return await self.writer.run(sql, args)

    async def executemany(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """In a transaction of its own, or in the one around it: what fails there has to undo that as a whole.

        Within a savepoint the full-text index is written after every single row, which takes three times as long.
        """
        if (around := self.current()) is not None:
            await around.connection.call(lambda connection: connection.executemany(sql, rows) and None)
            return
        async with self.transaction() as transaction:
            await transaction.connection.call(lambda connection: connection.executemany(sql, rows) and None)

    async def stream(self, sql: str, args: Sequence[Any] = (), batch: int = 1000) -> AsyncGenerator[Tuples, None]:
        """Batches from a connection of its own: one snapshot, constant memory, no writer waits."""
        transaction = self.current()
        pool = transaction.connection if transaction else Workers(self.open_readonly, 1, "sqlite-stream")
        try:
            cursor = await pool.call(lambda connection: _cursor(connection, sql, args))
            names = tuple(column[0] for column in cursor.description)
            while rows := await pool.call(lambda _: cursor.fetchmany(batch)):
                yield names, rows
        finally:
            if transaction is None:
                pool.dismiss()

    def transaction(
        self, transaction_type: TransactionType = TransactionType.immediate, allow_nested: bool = True
    ) -> WriterTransaction:
        self.current()
        return WriterTransaction(engine=self, transaction_type=transaction_type, allow_nested=allow_nested)

    def snapshot(self) -> Snapshot:
        return Snapshot(engine=self)

    def current(self) -> WriterTransaction | None:
        transaction = self.current_transaction.get()
        if transaction is None:
            return None
        assert isinstance(transaction, WriterTransaction)
        if transaction.closed:
            raise TransactionError("This task was started inside a transaction that is over by now.")
        return transaction

    def open(self, **other: Any) -> sqlite3.Connection:
        """Its timeout holds before `journal_mode` needs it."""
        Path(self.path).parent.mkdir(parents=True, exist_ok=True)
        connection: sqlite3.Connection = sqlite3.connect(**self.connection_kwargs | other)
        connection.row_factory = _dict
        connection.create_function("begin_words", -1, begin_words, deterministic=True)
        connection.execute(f"PRAGMA synchronous={self.synchronous}")
        for setting in SETTINGS:
            connection.execute(f"PRAGMA {setting}")
        return connection

    def open_readonly(self, **other: Any) -> sqlite3.Connection:
        connection = self.open(**other)
        connection.execute("PRAGMA query_only=ON")
        return connection

    def open_plain(self) -> sqlite3.Connection:
        """Without Piccolo's converters: `fetch` hands its rows to msgspec, which converts them once more."""
        return self.open_readonly(detect_types=0)

    async def _dismiss(self) -> None:
        pools, self._pools = list(self._pools.values()), {}
        for pool in pools:
            pool.dismiss()
            await asyncio.to_thread(pool.join)

    def _pool(self, name: str, connect: Callable[[], sqlite3.Connection], count: int) -> Workers:
        if name not in self._pools:
            self._pools[name] = Workers(connect, count, f"sqlite-{name}")
        return self._pools[name]


@lru_cache(maxsize=1024)
def only_reads(sql: str) -> bool:
    """Whether a reader may run it. A WITH may stand before a change; when in doubt the writer takes it."""
    words = sql.split(None, 1)
    first = words[0].upper() if words else ""
    return first in {"SELECT", "EXPLAIN", "VALUES"} or (first == "WITH" and not CHANGING.search(sql))


def _dict(cursor: sqlite3.Cursor, row: tuple[Any, ...]) -> dict[str, Any]:
    return {column[0]: value for column, value in zip(cursor.description, row, strict=True)}


def _cursor(connection: sqlite3.Connection, sql: str, args: Sequence[Any]) -> sqlite3.Cursor:
    cursor = connection.cursor()
    cursor.row_factory = None
    return cursor.execute(sql, args)


def _tuples(connection: sqlite3.Connection, sql: str, args: Sequence[Any]) -> Tuples:
    cursor = _cursor(connection, sql, args)
    rows = cursor.fetchall()
    return tuple(column[0] for column in cursor.description or ()), rows


def _roll_back(connection: sqlite3.Connection) -> None:
    if connection.in_transaction:
        connection.execute("ROLLBACK")
