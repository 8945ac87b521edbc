"""The overview shows bound figures with the rows behind them, and names only to those who may know them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from isms.area import Area, Binding, Fact, Indicator, Measurement
from isms.ground import OFFICE
from tests.browser import Browser
from tests.office import TODAY, Office

BINDING = Binding("kurs", "Schulung abgeschlossen", "test.coverage", {}, 90, 50, "Wer bestanden hat.", "", "test", {})


def area(office: Office) -> Area:
    async def measure(scope: str, *, on: date, **_: str) -> Measurement:
        person = Fact(office.weber.key, "Lukas Weber", counts=False, person=True)
        return Measurement(1 if on < TODAY else 3, 4, on, (person, Fact("", "Gerät", counts=True)))

    async def bindings(scope: str, *, on: date) -> list[Binding]:
        return [BINDING]

    return replace(OFFICE, indicators=[Indicator("test.coverage", "Abdeckung", measure)], bindings=bindings)


@pytest.fixture
def measuring(office: Office, browser: Browser) -> Iterator[Browser]:
    house = browser.house
    state: Any = browser.app.state
    state.house = replace(house, areas=(*house.areas, area(office)))
    yield browser
    state.house = house


async def test_a_figure_shows_its_trend_and_leads_to_its_rows(office: Office, measuring: Browser):
    overview = await measuring.get("/overview", as_=office.albrecht)
    rows = await measuring.get("/overview/kurs", as_=office.albrecht)

    assert "75 %" in overview.text
    assert 'href="/overview/kurs"' in overview.text
    assert "mit 25 % bis" in overview.text
    assert f'href="/people/{office.weber.id}"' in rows.text


async def test_an_auditor_sees_figures_without_names(office: Office, measuring: Browser):
    rows = await measuring.get("/overview/kurs", as_=office.lindner)

    assert "Lukas Weber" not in rows.text
    assert "den Namen sehen Sie nicht" in rows.text


async def test_an_employee_has_no_overview_and_an_unknown_figure_is_missing(office: Office, browser: Browser):
    assert (await browser.get("/overview", as_=office.weber)).status_code == 403
    assert (await browser.get("/overview/nichts", as_=office.albrecht)).status_code == 404


async def test_an_overview_without_figures_says_what_is_missing(office: Office, browser: Browser):
    house = browser.house
    browser.app.state.house = replace(house, areas=(OFFICE,))

    answer = await browser.get("/overview", as_=office.albrecht)

    browser.app.state.house = house
    assert "Noch misst keine Regel etwas" in answer.text
