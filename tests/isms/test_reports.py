"""Every area's registers as pages and sheets: for which readers, units and days, and whose names they read."""

import io
import zipfile
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from assets.commands.steps import issue
from isms.area import Area, Column, Report
from isms.commands.people import insert_membership
from isms.ground import OFFICE
from isms.house import House
from isms.permissions import May
from isms.reports import SHOWN, Opened, Window, cells, offered, window
from isms.rules.roles import Reach, Role
from tests.assets.things import a_device, an_object
from tests.browser import Browser
from tests.office import TODAY, Office
from tests.training.conftest import make_course, pass_course

YESTERDAY = TODAY - timedelta(days=1)


async def numbered(scope: str, *, on: date) -> AsyncIterator[Sequence[object]]:
    for number in range(1, 20_001):
        yield (f"thing:{number}", number, "Lukas Weber")


LONG = Report("long", "Lang", (Column("key", "Schlüssel"), Column("no", "Nr."), Column("who", "Wer", True)), numbered)


def asked(office: Office, report: Report = LONG, key: bytes | None = None) -> Opened:
    return Opened(report, office.unit, TODAY, key)


@pytest.fixture
def long(office: Office, browser: Browser) -> Iterator[Browser]:
    house = browser.house
    state: Any = browser.app.state
    area: Area = replace(OFFICE, title="Probe", reports=[LONG])
    state.house = replace(house, areas=(*house.areas, area))
    yield browser
    state.house = house


async def test_a_device_stands_in_the_report_with_its_holder(office: Office, browser: Browser):
    device = await a_device(office)
    await issue(device, office.weber, by=office.brandt, on=TODAY)

    answer = await browser.get("/reports/devices", as_=office.brandt)

    assert f"Stand {TODAY:%d.%m.%Y}" in answer.text
    assert "1 Zeile" in answer.text
    assert f'href="/devices/{device.id}">NB-0001</a>' in answer.text
    assert "Lukas Weber" in answer.text
    assert device.key not in answer.text


async def test_yesterday_it_was_not_there(office: Office, browser: Browser):
    await a_device(office)

    answer = await browser.get(f"/reports/devices?on={YESTERDAY}", as_=office.brandt, htmx=True)

    assert answer.text.startswith('<div id="report">')
    assert "An diesem Tag stand hier nichts." in answer.text


@pytest.mark.parametrize("typed", ["unsinn", "2999-01-01", "31.02.2026"])
async def test_a_day_that_cannot_be_is_today(office: Office, browser: Browser, typed: str):
    answer = await browser.get(f"/reports/devices?on={typed}", as_=office.brandt)

    assert f"Stand {TODAY:%d.%m.%Y}" in answer.text


async def test_the_auditor_reads_pseudonyms_that_no_other_report_uses(office: Office, browser: Browser):
    await issue(await a_device(office), office.weber, by=office.brandt, on=TODAY)
    await an_object(office, "Meldewesen", responsible=office.weber.id)

    devices = await browser.get("/reports/devices", as_=office.lindner)
    handed = await browser.get("/reports/handovers/export.csv", as_=office.lindner)
    objects = await browser.get("/reports/objects/export.csv", as_=office.lindner)

    assert all("Weber" not in answer.text for answer in (devices, handed, objects))
    assert "unter einem Pseudonym" in devices.text
    told = handed.text.splitlines()[1].split(";")[2], objects.text.splitlines()[1].split(";")[4]
    assert {name[:2] for name in told} == {"P-"}
    assert told[0] != told[1]


async def test_completions_are_for_those_who_may_know_names(office: Office, browser: Browser):
    await pass_course(await make_course(office), office.weber)

    assert "Lukas Weber" in (await browser.get("/reports/completions", as_=office.vogt)).text
    for other in (office.brandt, office.albrecht, office.lindner, office.yildiz):
        assert (await browser.get("/reports/completions", as_=other)).status_code == 403


async def test_the_list_names_what_one_may_open(office: Office, browser: Browser):
    it = await browser.get("/reports", as_=office.brandt)
    training = await browser.get("/reports", as_=office.vogt)

    assert 'href="/reports/devices"' in it.text
    assert 'href="/reports/completions"' not in it.text
    assert 'href="/reports/completions"' in training.text
    assert 'href="/reports/devices"' not in training.text
    assert 'href="/reports"' in it.text.split('id="navigation"')[1]
    assert (await browser.get("/reports", as_=office.weber)).status_code == 403


async def test_a_report_without_its_own_right_opens_to_those_who_may_download_evidence(office: Office, house: House):
    joined = replace(house, areas=(replace(OFFICE, reports=[LONG]),))

    assert offered(joined, seen_by=office.albrecht)
    assert not offered(joined, seen_by=office.brandt)


async def test_strangers_get_their_own_and_nothing_of_ours(office: Office, browser: Browser):
    await a_device(office)

    own = await browser.get("/reports/devices", as_=office.hansen)
    ours = await browser.get(f"/reports/devices?unit={office.unit.id}", as_=office.hansen)
    sheet = await browser.get(f"/reports/devices/export.csv?unit={office.unit.id}", as_=office.hansen)

    assert "NB-0001" not in own.text
    assert ours.status_code == sheet.status_code == 404
    assert (await browser.get("/reports/keiner", as_=office.hansen)).status_code == 404


async def test_a_role_for_one_unit_alone_opens_no_report(office: Office, browser: Browser):
    await insert_membership(office.kaya.id, unit=office.elsewhere.id, role=Role.IT, reach=Reach.UNIT, starts_on=TODAY)

    listed = await browser.get("/reports", as_=office.kaya)
    answer = await browser.get("/reports/devices", as_=office.kaya)

    assert "Ihre Rolle reicht zu keinem Bericht" in listed.text
    assert answer.status_code == 403
    assert "So weit reicht Ihre Rolle nicht" in answer.text


async def test_csv_and_excel_hold_what_is_shown(office: Office, browser: Browser):
    await issue(await a_device(office), office.weber, by=office.brandt, on=TODAY)

    csv = await browser.get("/reports/devices/export.csv", as_=office.brandt)
    excel = await browser.get("/reports/devices/export.xlsx", as_=office.brandt)

    titles, row = csv.text.splitlines()[:2]
    assert titles.startswith("\ufeffInventarnummer;Bezeichnung;")
    assert row.startswith("NB-0001;Notebook Außendienst;")
    assert ";ausgegeben;" in row
    assert ";Lukas Weber;" in row
    assert f"Geraete-{TODAY}.csv".lower() in csv.headers["content-disposition"].lower()
    sheet = zipfile.ZipFile(io.BytesIO(excel.content)).read("xl/worksheets/sheet1.xml").decode()
    assert "Lukas Weber" in sheet


async def test_a_long_report_is_paged_and_counted_up_to_a_cap(office: Office):
    first, second = await window(asked(office), 0), await window(asked(office), SHOWN)
    deep, beyond = await window(asked(office), 5_050), await window(asked(office), 999_999)

    def numbers(page: Window) -> tuple[object, object]:
        return page.lines[0].cells[0], page.lines[-1].cells[0]

    assert numbers(first) == (1, SHOWN)
    assert (first.before, first.after, first.capped) == (None, SHOWN, True)
    assert numbers(second) == (SHOWN + 1, 2 * SHOWN)
    assert numbers(deep) == (5_001, 5_100)
    assert (beyond.after, beyond.is_cut) == (None, True)
    assert (await window(asked(office), -1)).starts == 0


async def test_a_veiled_reader_meets_the_same_person_as_the_same(office: Office):
    told = {line[1] async for line in cells(asked(office, key=b"x"))}

    assert len(told) == 1
    assert told != {"Lukas Weber"}
    assert asked(office, key=b"x").is_veiled


async def test_a_page_of_a_long_report_leads_on(office: Office, long: Browser):
    first = await long.get("/reports/long", as_=office.albrecht)
    last = await long.get("/reports/long?start=9950", as_=office.albrecht)

    assert "mehr als 1.000 Zeilen" in first.text
    assert f"start={SHOWN}" in first.text
    assert 'rel="next"' not in last.text
    assert "Alle weiteren Zeilen enthält der Download." in last.text


def test_every_report_names_a_right_that_its_readers_have(house: House):
    """A report that asks for a right nobody with reports has would never be seen."""
    readers = May.SEE_REPORTS.roles
    unread = [one.name for one in house.reports if one.asks and not one.asks.roles & readers]

    assert unread == []
