"""The overview shows bound figures with the rows behind them, and names only to those who may know them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from isms.area import Area, Binding, Fact, Indicator, Measurement
from isms.commands.people import insert_membership
from isms.ground import OFFICE
from isms.indicators import Trends, as_seen
from isms.people import Actor
from isms.rules.roles import Reach, Role
from tests.browser import Browser
from tests.office import TODAY, Office
from training.rules.permissions import May as Learning

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
    assert "Gerät" in rows.text


async def nothing(scope: str, *, on: date, **_: str) -> Measurement:
    return Measurement(0, 0, on)


MANY = tuple(Fact(f"person:{number}", f"Person {number}", number > 1, person=True) for number in range(1, 6))
PROBE = Indicator("probe", "Probe", nothing, names=Learning.SEE_NAMES)


async def test_who_is_behind_a_figure_shows_to_those_who_may_know_it(office: Office):
    known = Measurement(4, 5, TODAY, (*MANY, Fact("device:1", "Gerät", counts=True)))

    def seen(by: Actor) -> Measurement:
        return as_seen(known, PROBE, by=by, scope=office.unit.path)

    assert seen(office.vogt) == known
    assert [fact.label for fact in seen(office.albrecht).facts] == ["Gerät"]
    assert (seen(office.albrecht).percent, seen(office.albrecht).withheld) == (80, 5)


async def test_a_figure_about_a_handful_of_people_is_not_shown(office: Office):
    seen = as_seen(Measurement(3, 4, TODAY, MANY[:4]), PROBE, by=office.albrecht, scope=office.unit.path)

    assert seen.is_hidden
    assert (seen.numerator, seen.denominator, seen.percent, seen.facts) == (0, 0, None, ())


async def test_a_past_day_is_counted_once_and_still_shown_to_those_only_who_may_know_it(office: Office):
    asked: list[date] = []

    async def measure(scope: str, *, on: date, **_: str) -> Measurement:
        asked.append(on)
        return Measurement(3, 4, on, MANY[:4])

    trends, probe, past = Trends(), replace(PROBE, measure=measure), TODAY - timedelta(days=7)

    async def seen(by: Actor, on: date = past, **parameters: str) -> int | None:
        return await trends.percent(probe, parameters, office.unit.path, on=on, by=by)

    assert await seen(office.vogt) == 75
    assert await seen(office.albrecht) is None
    assert await seen(office.vogt) == 75
    assert asked == [past]
    await seen(office.vogt, days="90")
    await seen(office.vogt, on=TODAY - timedelta(days=14))
    assert len(asked) == 3


async def test_an_employee_has_no_overview_and_an_unknown_figure_is_missing(office: Office, browser: Browser):
    assert (await browser.get("/overview", as_=office.weber)).status_code == 403
    assert (await browser.get("/overview/nichts", as_=office.albrecht)).status_code == 404


async def test_an_overview_without_figures_says_what_is_missing(office: Office, browser: Browser):
    house = browser.house
    browser.app.state.house = replace(house, areas=(OFFICE,))

    answer = await browser.get("/overview", as_=office.albrecht)

    browser.app.state.house = house
    assert "Noch misst keine Regel etwas" in answer.text


async def test_a_role_for_one_unit_alone_has_no_overview(office: Office, browser: Browser):
    """Figures count all that lies below: of the department, or worse of the actor's own office, it may not know."""
    await insert_membership(office.kaya.id, unit=office.elsewhere.id, role=Role.HEAD, reach=Reach.UNIT, starts_on=TODAY)

    answer = await browser.get("/overview", as_=office.kaya)

    assert answer.status_code == 403
    assert "So weit reicht Ihre Rolle nicht" in answer.text
