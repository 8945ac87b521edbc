"""No page asks the database once per row: four times as many rows need not one statement more."""

import pytest

from assets.commands.steps import issue
from isms.app import AREAS
from isms.commands.people import NewPerson, insert_membership, insert_person
from isms.people import Actor
from isms.rules.roles import Role
from tests.assets.things import a_device, an_object, held
from tests.browser import Browser
from tests.counting import counted
from tests.office import TODAY, Office
from tests.risks.things import a_valued_risk

MOST = 16
FIGURES = "/overview"  # one statement per figure, however many rows are behind it
PAGES = sorted({entry.href for area in AREAS for entry in area.navigation})


@pytest.mark.parametrize("path", PAGES)
async def test_a_page_needs_no_more_statements_for_more_rows(office: Office, browser: Browser, path: str):
    reader = await _reader(office, browser, path)
    await _more(office, "A", 2)
    await _statements(browser, path, reader)
    few = await _statements(browser, path, reader)

    await _more(office, "B", 6)

    many = await _statements(browser, path, reader)
    assert len(many) <= len(few), "\n".join(sorted(many))
    assert len(many) <= MOST or path == FIGURES, "\n".join(many)


@pytest.mark.parametrize("of", ["device", "person"])
async def test_a_record_with_a_long_history_needs_no_more_statements(office: Office, browser: Browser, of: str):
    first, second = await a_device(office, "NB-1"), await a_device(office, "NB-2")
    path = f"/devices/{first.id}" if of == "device" else f"/people/{office.weber.id}"
    await issue(first, office.weber, by=office.brandt, on=TODAY)
    reader = office.brandt if of == "device" else office.reuter
    few = await _statements(browser, path, reader)

    await issue(second, office.weber, by=office.brandt, on=TODAY)
    for number in range(5):
        await issue(await a_device(office, f"NB-1{number}"), office.weber, by=office.brandt, on=TODAY)

    assert len(await _statements(browser, path, reader)) <= len(few)


async def _reader(office: Office, browser: Browser, path: str) -> Actor:
    """Somebody who may see the page."""
    for who in (office.yildiz, office.brandt, office.reuter, office.vogt, office.albrecht):
        if (await browser.get(path, as_=who, follow=True)).status_code == 200:
            return who
    raise AssertionError(f"nobody of the cast may see {path}")


async def _statements(browser: Browser, path: str, who: Actor) -> list[str]:
    with counted() as said:
        assert (await browser.get(path, as_=who, follow=True)).status_code == 200
    return said


async def _more(office: Office, mark: str, number: int) -> None:
    for each in range(number):
        name = f"{mark}{each}"
        person = await insert_person(NewPerson(name=name), unit=office.hygiene.id)
        await insert_membership(person, unit=office.hygiene.id, role=Role.EMPLOYEE, starts_on=TODAY)
        device = await a_device(office, name)
        await issue(await held(office, device), office.weber, by=office.brandt, on=TODAY)
        await a_valued_risk(office, title=name, of=await an_object(office, name))
