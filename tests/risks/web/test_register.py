from datetime import timedelta

import pytest

from risks.commands.acceptances import Terms, accept
from tests.browser import Browser
from tests.office import TODAY, Office
from tests.risks.things import (
    a_risk,
    a_risk_to_accept,
    a_valued_risk,
)


async def test_the_register_shows_risks_with_their_level_and_matrix(office: Office, browser: Browser) -> None:
    found = await a_valued_risk(office)

    answer = await browser.get("/risks", as_=office.yildiz)

    assert f'href="/risks/{found.id}"' in answer.text
    assert "Ausfall der Meldesoftware" in answer.text
    assert 'href="/risks?frequency=3&amp;impact=3"' in answer.text
    assert "<html" in answer.text


async def test_htmx_gets_the_list_alone(office: Office, browser: Browser) -> None:
    await a_valued_risk(office)

    answer = await browser.get("/risks?q=Meldesoft", as_=office.yildiz, htmx=True)

    assert answer.text.lstrip().startswith('<div id="risks">')
    assert "Ausfall der Meldesoftware" in answer.text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", True),
        ("?frequency=3&impact=3", True),
        ("?frequency=1&impact=1", False),
        ("?level=3", True),
        ("?level=1", False),
        ("?stage=valued", True),
        ("?stage=closed", False),
        ("?state=treated", True),
        ("?state=treated&level=3", False),
        ("?q=Ausfall+Melde", True),
        ("?q=Regen", False),
        ("?stage=gibtsnicht&level=99", True),
    ],
)
async def test_the_address_filters_the_register(office: Office, browser: Browser, query: str, found: bool) -> None:
    await a_valued_risk(office)

    answer = await browser.get(f"/risks{query}", as_=office.yildiz)

    assert ("Ausfall der Meldesoftware" in answer.text) is found


async def test_who_may_not_see_risks_is_turned_away_and_strangers_see_none(office: Office, browser: Browser) -> None:
    found = await a_valued_risk(office)

    assert (await browser.get("/risks", as_=office.vogt)).status_code == 200
    assert (await browser.get("/risks", as_=office.reuter)).status_code in {200, 403}
    for stranger in (office.petersen, office.kaya, office.hansen):
        assert "Ausfall der Meldesoftware" not in (await browser.get("/risks", as_=stranger)).text
        assert (await browser.get(f"/risks/{found.id}", as_=stranger)).status_code == 404


async def test_the_list_is_exported_as_it_is_shown(office: Office, browser: Browser) -> None:
    await a_valued_risk(office)
    await a_risk(office, title="=Formel", name="Zweites")

    answer = await browser.get("/risks/export.csv", as_=office.yildiz)

    lines = answer.text.splitlines()
    assert answer.headers["content-disposition"].startswith("attachment")
    assert len(lines) == 3
    assert "häufig;beträchtlich;hoch" in answer.text
    assert "'=Formel" in answer.text


async def test_an_acceptance_that_ended_is_said_aloud(office: Office, browser: Browser) -> None:
    found = await a_risk_to_accept(office)
    long_ago = TODAY - timedelta(days=20)
    await accept(found, Terms("War tragbar.", TODAY - timedelta(days=1)), by=office.albrecht, on=long_ago)

    assert "Übernahme abgelaufen" in (await browser.get(f"/risks/{found.id}", as_=office.yildiz)).text
    assert "abgelaufen" in (await browser.get("/risks", as_=office.yildiz)).text
