"""`make bench`: a big office is built and served by one worker; prints what its pages, writes and files cost.

ENGINE=postgresql measures on a PostgreSQL of its own, otherwise it is SQLite. ROWS=10 takes a tenth of everything.
"""

import asyncio
import json
import os
import platform
import re
import sqlite3
import sys
import tempfile
import time
import urllib.request
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assets.rules.permissions import May
from isms import db
from isms.app import AREAS, join
from isms.commands.founding import system
from isms.db.reading import value
from isms.db.schema import migrate
from isms.login import open_session
from isms.people import actor, unit
from isms.settings import Settings
from isms.web.gate import SESSION
from tests.bench.builder import DAY, Size
from tests.bench.counting import gather, take_stock
from tests.bench.importing import import_list
from tests.bench.measuring import Case, Loader
from tests.bench.office import build
from tests.bench.reporting import report_in
from tests.bench.serving import Server, serving
from tests.bench.structures import structures
from tests.browser import HEADER
from tests.postgres import cluster

SERVE = [sys.executable, "-m", "isms.cli", "serve", "--port", "{port}"]
DURABLE = ("fsync=on", "synchronous_commit=on", "full_page_writes=on", "shared_buffers=128MB")


def main() -> None:
    size = Size().divided(int(os.environ.get("ROWS", "1")))
    with tempfile.TemporaryDirectory(prefix="isms-bench-") as folder, database(Path(folder)) as url:
        session = asyncio.run(furnish(url, size))
        say(f"{machine()}\n{asyncio.run(engine_of(url))}, one worker, {size}\n")
        environment = {"DATABASE_URL": url, "ISMS_DATA_FOLDER": folder, "ISMS_LOG_LEVEL": "error"}
        with serving(SERVE, environment) as server:
            say(f"{'start until the first answer':34}{server.started_in * 1000:7.0f} ms   {server.rss_mb:.0f} MB")
            pages(server, session, size)
            export(server, session)
            for line in import_list(server, session, rows=size.devices, unit=3):
                say(line)
            say(f"{'memory afterwards':34}{server.rss_mb:7.0f} MB")
            take_stock(server, session, token(server, session), asyncio.run(gather(url)))


def pages(server: Server, session: str, size: Size) -> None:
    cookie = f"Cookie: {SESSION}={session}"
    loader = Loader(server, [cookie, "Accept-Encoding: gzip", f"X-CSRF-Token: {token(server, session)}"])
    for case in cases(size):
        for clients in (1, 16):
            say(f"{case.title:26}{clients:3} clients {loader.measure(case, clients)}")
    for case in (Case("on the way out", "/disposals"), Case("replacements", "/replacements")):
        say(f"{case.title:26}{1:3} clients {loader.measure(case, 1)}")
    for turn in ("first", "again"):
        say(f"{'overview, ' + turn:34}{timed(server, session, '/overview'):7.0f} ms")


def cases(size: Size) -> Iterator[Case]:
    deep = size.devices * 9 // 10
    mark = urlsafe_b64encode(json.dumps([f"GA-{deep:06}", deep]).encode()).decode().rstrip("=")
    number = f"GA-{size.devices // 8:06}"
    fields = "inventory_number=NEU-{n}&name=Notebook&stage=in_stock&place=Lager&unit=3&_once=bench-{n}"
    yield Case("health", "/health/live")
    yield Case("list", "/devices")
    yield Case("list, 90 % down", f"/devices?sort=number&after={mark}")
    yield Case("list of a unit", "/devices?unit=3")
    yield Case("unit, and searched", f"/devices?unit=3&q={number}")
    yield Case("unit, and 10 % of it", "/devices?unit=3&q=kira")
    yield Case("search, one hit", f"/devices?q={number}")
    yield Case("search, 1 % of all", "/devices?q=notebook+kira")
    yield Case("search, 20 % of all", "/devices?q=note")
    yield Case("detail", "/devices/{n}1", different=size.devices // 10)
    yield Case("objects", "/objects")
    yield Case("people", "/people")
    yield Case("risks", "/risks")
    yield Case("desk", "/")
    yield Case("create", "/devices/new", "POST", fields, 303)


def export(server: Server, session: str) -> None:
    began, cpu = time.perf_counter(), server.cpu_ms
    lines = ask(server, session, "/devices/export.csv").count(b"\n")
    took = time.perf_counter() - began
    say(f"{'export as CSV':34}{lines / took:7.0f} rows/s  CPU {(server.cpu_ms - cpu) / lines * 1000:.0f} µs a row")


def timed(server: Server, session: str, path: str) -> float:
    """Milliseconds until the answer is here."""
    began = time.perf_counter()
    ask(server, session, path)
    return (time.perf_counter() - began) * 1000


def token(server: Server, session: str) -> str:
    found = re.search(HEADER, ask(server, session, "/devices").decode())
    assert found, "no form token on the page"
    return found[1]


def ask(server: Server, session: str, path: str) -> bytes:
    request = urllib.request.Request(
        f"http://127.0.0.1:{server.port}{path}", headers={"Cookie": f"{SESSION}={session}"}
    )
    with urllib.request.urlopen(request) as answer:
        content: bytes = answer.read()
    return content


@contextmanager
def database(folder: Path) -> Iterator[str]:
    if os.environ.get("ENGINE", "sqlite") == "sqlite":
        yield f"sqlite:///{folder}/bench.sqlite"
        return
    with cluster(*DURABLE) as running:
        if running is None:
            sys.exit("PostgreSQL is not installed here.")
        yield running.create("bench")


async def furnish(url: str, size: Size) -> str:
    """Build the office; answers with a session of Jonas Brandt."""
    db.use(db.connect(url))
    async with db.opened():
        await migrate()
        began = time.perf_counter()
        brandt = await build(size)
        say(f"{'building the office':34}{time.perf_counter() - began:7.1f} s")
        await (await join(Settings(), AREAS)).move_in(await system(on=DAY))  # as any start after the first finds it
        await needs(brandt, size)
        first, again = await report_in()
        say(f"{'report of 3,000 programs':34}{first:7.0f} ms   again {again:.0f} ms")
        if isinstance(db.engine(), db.Postgres):
            await db.execute("ANALYZE")  # what autovacuum does within a minute
        return await open_session(brandt, browser="Bench", settings=Settings())


async def needs(brandt: int, size: Size) -> None:
    """Protection needs of half as many objects in one office, with four links each."""
    by = await actor(brandt, on=DAY)
    land = await unit(by.unit, seen_by=by, asks=May.ASSESS)
    async for title, cost in structures(size.objects // 2, by=by, home=land):
        say(f"needs, {title:19} {cost}")


async def engine_of(url: str) -> str:
    db.use(db.connect(url))
    async with db.opened() as opened:
        if isinstance(opened, db.Postgres):
            return str(await value("SELECT 'PostgreSQL ' || current_setting('server_version')"))
    return f"SQLite {sqlite3.sqlite_version}, WAL, synchronous=FULL"


def machine() -> str:
    found = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    return f"{os.cpu_count()} × {found[1] if found else platform.machine()}, Python {platform.python_version()}"


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
