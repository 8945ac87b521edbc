"""Threads that each hold an SQLite connection and are fed by one queue: one thread hop per statement."""

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import suppress
from queue import SimpleQueue
from threading import Thread
from typing import Any, NamedTuple, TypeVar

Result = TypeVar("Result")
Work = Callable[[sqlite3.Connection], Any]


class Order(NamedTuple):
    work: Work
    loop: asyncio.AbstractEventLoop
    answer: "asyncio.Future[Any]"


class Workers:
    """Each thread connects with its first order: a file that cannot be opened is an answer, not a dead thread."""

    def __init__(self, connect: Callable[[], sqlite3.Connection], count: int, name: str) -> None:
        self._orders: SimpleQueue[Order | None] = SimpleQueue()
        self._threads = [
            Thread(target=self._serve, args=(connect,), name=f"{name}-{number}", daemon=True) for number in range(count)
        ]
        for thread in self._threads:
            thread.start()

    def call(self, work: Callable[[sqlite3.Connection], Result]) -> "asyncio.Future[Result]":
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Result] = loop.create_future()
        self._orders.put(Order(work, loop, answer))
        return answer

    async def run(self, sql: str, args: Sequence[Any] = ()) -> list[dict[str, Any]]:
        return await self.call(lambda connection: connection.execute(sql, args).fetchall())

    execute = run  # the name that Piccolo's savepoints use

    def dismiss(self) -> None:
        """Let the threads finish what is queued, close their connections and end."""
        for _ in self._threads:
            self._orders.put(None)

    def join(self) -> None:
        for thread in self._threads:
            thread.join()

    def _serve(self, connect: Callable[[], sqlite3.Connection]) -> None:
        connection: sqlite3.Connection | None = None
        while (order := self._orders.get()) is not None:
            try:
                connection = connection or connect()
            except Exception as error:
                _deliver(order, None, error)
            else:
                _carry_out(order, connection)
            del order
        if connection is not None:
            connection.close()


def _carry_out(order: Order, connection: sqlite3.Connection) -> None:
    try:
        result = order.work(connection)
    except BaseException as error:
        _deliver(order, None, error)
    else:
        _deliver(order, result, None)


def _deliver(order: Order, result: Any, error: BaseException | None) -> None:
    with suppress(RuntimeError):  # nobody waits any more: the loop is closed
        order.loop.call_soon_threadsafe(_answer, order.answer, result, error)


def _answer(answer: "asyncio.Future[Any]", result: Any, error: BaseException | None) -> None:
    if answer.done():
        return
    if error is None:
        answer.set_result(result)
    else:
        answer.set_exception(error)
