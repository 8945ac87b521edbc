"""A list asks the database three times: who is there, one page, how many there are; a search or a unit once more."""

from collections.abc import Sequence

import pytest

from assets.commands.steps import issue
from isms.db.postgres import Postgres
from isms.db.sqlite import SQLite
from tests.assets.things import a_device, an_object
from tests.browser import Browser
from tests.office import TODAY, Office


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every statement that reads, as it is asked."""
    statements: list[str] = []
    for kind in (SQLite, Postgres):
        fetch = kind.fetch

        async def noting(self, sql: str, args: Sequence[object] = (), fetch=fetch):
            statements.append(sql)
            return await fetch(self, sql, args)

        monkeypatch.setattr(kind, "fetch", noting)
    return statements


@pytest.mark.parametrize(
    "path",
    ["/devices", "/devices?q=notebook&stage=issued&sort=-name", "/devices?unit=1", "/objects?q=akte&kind=application"],
)
@pytest.mark.parametrize("who", ["brandt", "lindner", "albrecht"])
async def test_a_list_asks_few_times(office: Office, browser: Browser, asked: list[str], path: str, who: str):
    await issue(await a_device(office), office.weber, by=office.brandt, on=TODAY)
    await an_object(office, "Akte")
    await browser.get(path, as_=getattr(office, who))
    asked.clear()

    await browser.get(path, as_=getattr(office, who))

    assert len(asked) <= 3 + ("q=" in path) + ("unit=" in path), asked


async def test_a_long_list_asks_no_more_than_a_short_one(office: Office, browser: Browser, asked: list[str]):
    for number in range(20):
        await a_device(office, f"NB-{number:04d}")
    await browser.get("/devices", as_=office.brandt)
    asked.clear()

    await browser.get("/devices", as_=office.brandt)

    assert len(asked) <= 3


async def test_the_page_of_an_object_does_not_ask_per_link(office: Office, browser: Browser, asked: list[str]):
    one = await an_object(office, "Akte")
    await browser.get(f"/objects/{one.id}", as_=office.yildiz)
    asked.clear()

    await browser.get(f"/objects/{one.id}", as_=office.yildiz)

    assert len(asked) <= 30
