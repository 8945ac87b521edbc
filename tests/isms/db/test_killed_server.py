"""A server that dies in the middle of writing: what it confirmed is there, and no chain breaks."""

import asyncio
import re
import sys
from collections.abc import Mapping
from itertools import count
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
from tests.bench.serving import Server, serving
from tests.browser import HEADER
from tests.office import Office, move_in

WRITERS = 8
ENOUGH = 60
SERVE = [sys.executable, "-m", "isms.cli", "serve", "--port", "{port}"]

Confirmed = dict[str, str]


@pytest.fixture
async def office(empty: db.Database) -> Office:
    await migrate()
    return await move_in("nobody signs in by password here")


async def test_a_killed_server_has_lost_nothing_that_it_confirmed(office: Office, database_url: str, tmp_path: Path):
    environment = {"DATABASE_URL": database_url, "ISMS_DATA_FOLDER": str(tmp_path), "ISMS_LOG_LEVEL": "error"}
    cookies = {SESSION: await open_session(office.reuter.id, browser="Test", settings=Settings())}

    with serving(SERVE, environment) as server:
        confirmed = await _write_until_it_dies(server, cookies, office)

    assert len(confirmed) >= ENOUGH
    for name, address in confirmed.items():
        person = int(address.rpartition("/")[2])
        assert await value("SELECT name FROM person WHERE id = {}", person) == name
        assert await value("SELECT count(*) FROM audit_entry WHERE subject = {}", f"person:{person}") == 1
    assert await value("SELECT count(*) FROM person WHERE name LIKE 'Gast %'") == await value(
        "SELECT count(*) FROM audit_entry WHERE action = 'person.added' AND subject IN"
        " (SELECT 'person:' || id FROM person WHERE name LIKE 'Gast %')"
    )
    assert [finding for checked in await verify_database() for finding in checked.findings] == []
    with serving(SERVE, environment) as again:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{again.port}", cookies=cookies) as client:
            assert await _add(client, await _token(client), "Gast danach", office)


async def _write_until_it_dies(server: Server, cookies: Mapping[str, str], office: Office) -> Confirmed:
    confirmed: Confirmed = {}
    numbers = count(1)

    async def keep_adding() -> None:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{server.port}", cookies=dict(cookies)) as client:
            token = await _token(client)
            while True:
                name = f"Gast {next(numbers)}"
                confirmed[name] = await _add(client, token, name, office)

    writers = [asyncio.create_task(keep_adding()) for _ in range(WRITERS)]
    while len(confirmed) < ENOUGH and not any(writer.done() for writer in writers):
        await asyncio.sleep(0.005)
    server.kill()
    ends = await asyncio.gather(*writers, return_exceptions=True)
    assert all(isinstance(end, httpx.TransportError) for end in ends), ends
    return confirmed


async def _add(client: httpx.AsyncClient, token: str, name: str, office: Office) -> str:
    answer = await client.post(
        "/people", data={"name": name, "unit": office.hygiene.id}, headers={"X-CSRF-Token": token}
    )
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


async def _token(client: httpx.AsyncClient) -> str:
    found = re.search(HEADER, (await client.get("/people/new")).text)
    assert found
    return found[1]
