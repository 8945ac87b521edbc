"""An import that dies halfway has done nothing, the next try does all of it, and two at once do it once."""

import asyncio
import re
import sys
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from isms import db
from isms.db.reading import value
from isms.db.schema import migrate
from isms.evidence.live import verify_database
from isms.login import open_session
from isms.settings import Settings
from isms.web.gate import SESSION
from tests.bench.serving import serving
from tests.browser import HEADER
from tests.office import Office, move_in

SERVE = [sys.executable, "-m", "isms.cli", "serve", "--port", "{port}"]
ROWS = 15_000
DEVICES = "SELECT count(*) FROM device"
DONE = "SELECT count(*) FROM import_run WHERE finished_at IS NOT NULL"
LIST = "Inventarnummer;Bezeichnung;Inhaber\n" + "".join(f"NB-{n};Notebook;Lukas Weber\n" for n in range(ROWS))


@pytest.fixture
async def office(empty: db.Database) -> Office:
    await migrate()
    return await move_in("nobody signs in by password here")


class Visitor(httpx.AsyncClient):
    """Jonas Brandt's browser on a real server."""

    token = ""

    async def open(self) -> None:
        found = re.search(HEADER, (await self.get("/imports")).text)
        assert found
        self.token = found[1]

    async def submit(self, path: str, **fields: object) -> httpx.Response:
        files = {"file": ("liste.csv", LIST.encode(), "text/csv")} if fields else None
        return await self.post(path, data=fields, files=files, headers={"X-CSRF-Token": self.token})


async def test_an_import_that_is_killed_is_carried_out_once(office: Office, database_url: str, tmp_path: Path):
    environment = {"DATABASE_URL": database_url, "ISMS_DATA_FOLDER": str(tmp_path), "ISMS_LOG_LEVEL": "error"}
    cookies = {SESSION: await open_session(office.brandt.id, browser="Test", settings=Settings())}

    with serving(SERVE, environment) as server:
        async with visitor(server.port, cookies) as brandt:
            await brandt.open()
            uploaded = await brandt.submit("/imports", kind="devices", unit=office.unit.id)
            run = uploaded.headers["location"]
            carrying_out = asyncio.create_task(brandt.submit(f"{run}/completion"))
            await until_it_works(server.cpu_ms, lambda: server.cpu_ms)
            server.kill()
            end = await asyncio.gather(carrying_out, return_exceptions=True)

    assert isinstance(end[0], httpx.TransportError), end
    assert (await value(DEVICES), await value(DONE)) == (0, 0)
    with serving(SERVE, environment) as again:
        async with visitor(again.port, cookies) as brandt:
            await brandt.open()
            tries = await asyncio.gather(*(brandt.submit(f"{run}/completion") for _ in range(3)))

    assert sorted(answer.status_code for answer in tries) == [303, 409, 409]
    assert (await value(DEVICES), await value(DONE)) == (ROWS, 1)
    assert await value("SELECT count(*) FROM stage_change") == ROWS
    assert await value("SELECT count(*) FROM handover") == ROWS
    assert [finding for checked in await verify_database() for finding in checked.findings] == []


def visitor(port: int, cookies: dict[str, str]) -> Visitor:
    return Visitor(base_url=f"http://127.0.0.1:{port}", cookies=cookies, timeout=120)


async def until_it_works(before: float, spent: Callable[[], float]) -> None:
    """The request has used some CPU: it reads the list, or is writing it."""
    while spent() - before < 250:
        await asyncio.sleep(0.005)
