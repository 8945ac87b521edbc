"""The load: clients that keep their connection and ask one thing after the other, in a process of their own.

Reads a plan as JSON from standard input, writes the latencies in milliseconds as JSON to standard output.
"""

import asyncio
import json
import sys
import time
from collections.abc import Iterator
from itertools import count
from typing import Any

import httptools


class Client(asyncio.Protocol):
    """One connection. The parser calls the `on_…` methods."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport: Any = transport

    def data_received(self, data: bytes) -> None:
        self.parser.feed_data(data)

    def connection_lost(self, error: Exception | None) -> None:
        if not self.answered.done():
            self.answered.set_exception(error or ConnectionError("the server hung up"))

    def on_message_complete(self) -> None:
        if not self.answered.done():
            self.answered.set_result(self.parser.get_status_code())

    async def ask(self, request: bytes) -> int:
        """The status of the answer, once all of it is here."""
        self.parser = httptools.HttpResponseParser(self)
        self.answered: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self.transport.write(request)
        return await self.answered


async def main() -> None:
    plan = json.load(sys.stdin)
    numbers, until = count(plan["first"]), time.perf_counter() + plan["seconds"]
    began = time.perf_counter()
    clients = [_keep_asking(plan, numbers, until) for _ in range(plan["clients"])]
    latencies = [one for each in await asyncio.gather(*clients) for one in each]
    answer = {"latencies": latencies, "seconds": time.perf_counter() - began, "next": next(numbers)}
    sys.stdout.write(json.dumps(answer))


async def _keep_asking(plan: dict[str, Any], numbers: Iterator[int], until: float) -> list[float]:
    _, client = await asyncio.get_running_loop().create_connection(Client, plan["host"], plan["port"])
    latencies = []
    while (began := time.perf_counter()) < until:
        request = _request(plan, next(numbers))
        status = await client.ask(request)
        latencies.append((time.perf_counter() - began) * 1000)
        if status != plan["expected"]:
            raise SystemExit(f"{plan['path']} answered {status} instead of {plan['expected']}")
    return latencies


def _request(plan: dict[str, Any], number: int) -> bytes:
    """`{n}` in path and body is another number for every request."""
    path = plan["path"].replace("{n}", str(number % plan["different"]))
    body: bytes = plan["body"].replace("{n}", str(number)).encode()
    head = [f"{plan['method']} {path} HTTP/1.1", f"Host: {plan['host']}:{plan['port']}", *plan["headers"]]
    if body:
        head += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
    lines: bytes = "\r\n".join(head).encode()
    return lines + b"\r\n\r\n" + body


if __name__ == "__main__":
    asyncio.run(main())
