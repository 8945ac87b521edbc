"""Ten scanners in one house: nothing counts twice, nobody counts who may no longer, a dead server loses nothing."""

import asyncio
import re
import sys
from pathlib import Path

import httpx
import pytest

from assets.commands.counting import count, take_back_scan
from assets.commands.stocktakes import Extent, Rest, close_stocktake, end_help, let_help, open_stocktake
from assets.queries.counting import scan
from assets.queries.stocktakes import StocktakeRow, helpers, progress, stocktake
from assets.rules.stocktakes import AlreadyCounted, Code, Decision
from isms import db
from isms.db.reading import Row, rows, value
from isms.evidence.live import verify_database
from isms.login import open_session
from isms.rules.errors import Forbidden, Refused, Stale
from isms.settings import Settings
from isms.web.gate import SESSION
from tests.assets.races.test_at_once import at_once, fresh
from tests.assets.things import a_device
from tests.bench.serving import serving
from tests.browser import HEADER
from tests.office import TODAY, Office

SCANNERS = 10
SERVE = [sys.executable, "-m", "isms.cli", "serve", "--port", "{port}"]


async def opened(office: Office, *numbers: str) -> StocktakeRow:
    place = fresh("Haus")
    for number in numbers:
        await a_device(office, number, place=place)
    id = await open_stocktake(Extent(place, place=place), unit=office.unit, by=office.brandt, on=TODAY)
    return await stocktake(id, seen_by=office.brandt)


async def test_two_scanners_on_one_item_count_it_once_and_both_are_told(office: Office):
    number = fresh("NB")
    one = await opened(office, number)
    await let_help(one, office.kaya, by=office.brandt)
    people = [office.brandt, office.kaya] * (SCANNERS // 2)
    before = await value("SELECT count(*) FROM sighting")

    done, noes = await at_once(*(count(one, Code(number), place="", by=who, on=TODAY) for who in people))

    assert len(done) == 1
    assert {type(no) for no in noes} == {AlreadyCounted}
    assert {no.scan for no in noes if isinstance(no, AlreadyCounted)} == set(done)
    assert await value("SELECT count(*) FROM scan WHERE stocktake = {}", one.id) == 1
    assert await value("SELECT count(*) FROM sighting") == before + 1


async def test_an_unknown_code_is_kept_once(office: Office):
    one = await opened(office, fresh("NB"))

    done, noes = await at_once(*(count(one, Code("XX"), place="", by=office.brandt, on=TODAY) for _ in range(SCANNERS)))

    assert (len(done), {type(no) for no in noes}) == (1, {AlreadyCounted})


async def test_ten_scanners_count_a_whole_house(office: Office):
    numbers = [fresh("NB") for _ in range(SCANNERS * 5)]
    one = await opened(office, *numbers)

    async def walk(first: int) -> None:
        for number in numbers[first::SCANNERS]:
            await count(one, Code(number), place=one.place, by=office.brandt, on=TODAY)

    _, noes = await at_once(*(walk(first) for first in range(SCANNERS)))

    assert noes == []
    assert (await progress(one)).missing == 0


async def test_a_mistake_is_taken_back_once(office: Office):
    number = fresh("NB")
    one = await opened(office, number)
    id = await count(one, Code(number), place="", by=office.brandt, on=TODAY)
    mistaken = await scan(id, one, seen_by=office.brandt)

    done, noes = await at_once(*(take_back_scan(one, mistaken, by=office.brandt) for _ in range(SCANNERS)))

    assert (len(done), {type(no) for no in noes}) == (1, {Stale})


async def test_nobody_counts_into_a_stocktake_that_is_being_closed(office: Office):
    """Whatever was counted before the end is in the result; whatever came after was refused."""
    numbers = [fresh("NB") for _ in range(SCANNERS)]
    one = await opened(office, *numbers)
    rest = Rest(Decision.SEARCHED)

    done, noes = await at_once(
        *(count(one, Code(number), place="", by=office.brandt, on=TODAY) for number in numbers[:5]),
        close_stocktake(one, rest, by=office.brandt, on=TODAY),
        *(count(one, Code(number), place="", by=office.brandt, on=TODAY) for number in numbers[5:]),
    )

    counted = len(done) - 1
    assert {type(no) for no in noes} <= {Refused}
    decided = await value("SELECT count(*) FROM stocktake_decision WHERE stocktake = {}", one.id)
    assert (await progress(one)).found == counted == SCANNERS - decided


async def test_a_helper_who_is_released_meanwhile_counts_nothing_more(office: Office):
    numbers = [fresh("NB") for _ in range(SCANNERS)]
    one = await opened(office, *numbers)
    await let_help(one, office.kaya, by=office.brandt)
    helper = (await helpers(one))[0]

    _, noes = await at_once(
        *(count(one, Code(number), place="", by=office.kaya, on=TODAY) for number in numbers[:5]),
        end_help(one, helper.id, by=office.brandt),
        *(count(one, Code(number), place="", by=office.kaya, on=TODAY) for number in numbers[5:]),
    )

    assert {type(no) for no in noes} <= {Forbidden}
    late = await rows(
        Late,
        """SELECT c.id FROM scan c JOIN stocktake_helper h ON h.stocktake = c.stocktake AND h.person = c.scanned_by
           WHERE c.stocktake = {} AND c.recorded_at > h.ended_at""",
        one.id,
    )
    assert late == []


class Late(Row):
    id: int


async def test_a_killed_server_has_lost_no_scan_that_it_confirmed(
    office: Office, racing: tuple[db.Database, Office], racing_url: str, tmp_path: Path
):
    numbers = [fresh("NB") for _ in range(300)]
    one = await opened(office, *numbers)
    environment = {"DATABASE_URL": racing_url, "ISMS_DATA_FOLDER": str(tmp_path), "ISMS_LOG_LEVEL": "error"}
    cookies = {SESSION: await open_session(office.brandt.id, browser="Test", settings=Settings())}
    confirmed: list[str] = []

    async def walk(first: int, port: int) -> None:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", cookies=cookies) as client:
            found = re.search(HEADER, (await client.get("/stocktakes")).text)
            assert found
            for number in numbers[first::SCANNERS]:
                asked = {"code": number, "place": one.place}
                answer = await client.post(
                    f"/stocktakes/{one.id}/scans", data=asked, headers={"X-CSRF-Token": found[1]}
                )
                assert answer.status_code == 303, answer.text
                confirmed.append(number)

    with serving(SERVE, environment) as server:
        walks = [asyncio.create_task(walk(first, server.port)) for first in range(SCANNERS)]
        while len(confirmed) < 60 and not any(each.done() for each in walks):
            await asyncio.sleep(0.005)
        server.kill()
        ends = await asyncio.gather(*walks, return_exceptions=True)

    assert all(isinstance(end, httpx.TransportError) for end in ends), ends
    kept = {found.number for found in await rows(Kept, KEPT, one.id)}
    assert len(confirmed) >= 60
    assert set(confirmed) <= kept
    assert await value(UNTOLD, one.id) == 0
    assert [finding for checked in await verify_database() for finding in checked.findings] == []


class Kept(Row):
    number: str


KEPT = "SELECT d.inventory_number AS number FROM scan c JOIN device d ON d.id = c.device WHERE c.stocktake = {}"
UNTOLD = """SELECT count(*) FROM scan c WHERE c.stocktake = {} AND (c.sighting IS NULL OR NOT EXISTS
    (SELECT 1 FROM audit_entry e WHERE e.action = 'device.counted' AND e.subject = 'device:' || c.device))"""


@pytest.fixture(scope="session")
def racing_url(racing: tuple[db.Database, Office]) -> str:
    """Where the office of the races lies, for a server of its own."""
    database = racing[0]
    return f"sqlite:///{database.path}" if isinstance(database, db.SQLite) else str(database.config["dsn"])
