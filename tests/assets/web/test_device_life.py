"""The life of one device: everything that happened in order, and whose names are read in it."""

import io
import zipfile

import pytest

from assets.commands.devices import see
from assets.commands.steps import Given, issue, take
from assets.queries.device_life import EVENTS, holders_of, life, stages_of
from assets.queries.devices import DeviceDetail
from assets.queries.life_sources import Event, EventKind
from assets.rules.lifecycle import Stage, Step
from isms.house import House
from isms.people import Actor
from isms.rules.errors import Forbidden
from tests.assets.dossiers import a_finished_device
from tests.assets.things import a_device, held
from tests.browser import Browser
from tests.office import TODAY, Office


@pytest.fixture
async def laptop(office: Office) -> DeviceDetail:
    """Handed to Lukas Weber, taken back and retired."""
    laptop: DeviceDetail = await a_device(office)
    await issue(laptop, office.weber, by=office.brandt, on=TODAY)
    await take(await held(office, laptop), Step.TAKE_BACK, Given(place="Lager"), by=office.brandt, on=TODAY)
    await take(await held(office, laptop), Step.RETIRE, Given(reason="Akku defekt"), by=office.brandt, on=TODAY)
    return await held(office, laptop)


async def lived(device: DeviceDetail, reader: Actor, house: House) -> list[Event]:
    return await life(device, seen_by=reader, secret=house.secret)


async def test_everything_is_told_in_order(office: Office, house: House, laptop: DeviceDetail):
    events = await lived(laptop, office.brandt, house)

    steps = [event.stage for event in events if event.kind is EventKind.STEP]
    assert steps == [Stage.IN_STOCK, Stage.ISSUED, Stage.RETURNED, Stage.RETIRED]
    kinds = [event.kind for event in events]
    assert kinds.index(EventKind.ISSUED) < kinds.index(EventKind.RETURNED)
    assert [spell.label for spell in stages_of(events)] == steps
    (weber,) = holders_of(events)
    assert (weber.label, weber.since, weber.until) == ("Lukas Weber", TODAY, TODAY)


async def test_who_saw_it_is_told_once(office: Office, house: House, laptop: DeviceDetail):
    other = await a_device(office, "NB-0002")
    before = len(await lived(other, office.brandt, house))

    await see(other, place="Raum 12", by=office.brandt, on=TODAY)

    assert len(await lived(other, office.brandt, house)) == before  # Jonas Brandt booked it in that very day


async def test_the_auditor_reads_a_pseudonym_and_no_free_words(
    office: Office, browser: Browser, house: House, laptop: DeviceDetail
):
    page = await browser.get(f"/devices/{laptop.id}/lifecycle", as_=office.lindner)
    sheet = await browser.get(f"/devices/{laptop.id}/lifecycle/export.csv", as_=office.lindner)
    events = await lived(laptop, office.lindner, house)

    for answer in (page, sheet):
        assert "Lukas Weber" not in answer.text
        assert "Akku defekt" not in answer.text
        assert "Jonas Brandt" in answer.text  # whoever holds an office acts under their name
    assert len({event.person for event in events if event.person}) == 1
    assert all(event.person.startswith("P-") for event in events if event.person)


async def test_who_only_holds_it_does_not_read_who_had_it_before(
    office: Office, browser: Browser, house: House, laptop: DeviceDetail
):
    mine = await a_device(office, "NB-0003")
    await issue(mine, office.kaya, by=office.brandt, on=TODAY)

    assert (await browser.get(f"/devices/{mine.id}", as_=office.kaya)).status_code == 200
    assert (await browser.get(f"/devices/{mine.id}/lifecycle", as_=office.kaya)).status_code == 403
    with pytest.raises(Forbidden):
        await lived(mine, office.kaya, house)


async def test_strangers_do_not_find_it(office: Office, browser: Browser, laptop: DeviceDetail):
    assert (await browser.get(f"/devices/{laptop.id}/lifecycle", as_=office.hansen)).status_code == 404
    assert (await browser.get(f"/devices/{laptop.id}/lifecycle/export.csv", as_=office.hansen)).status_code == 404


async def test_page_picture_and_sheets_say_the_same(office: Office, browser: Browser, laptop: DeviceDetail):
    page = await browser.get(f"/devices/{laptop.id}/lifecycle", as_=office.brandt)
    csv = await browser.get(f"/devices/{laptop.id}/lifecycle/export.csv", as_=office.brandt)
    excel = await browser.get(f"/devices/{laptop.id}/lifecycle/export.xlsx", as_=office.brandt)

    events = len(csv.text.splitlines()) - 1
    assert page.text.count('class="life__mark"') == events
    assert page.text.count('class="life__bar') == 4 + 1
    assert "Aussondern: ausgesondert" in page.text
    assert "Akku defekt" in page.text
    assert ";Ausgabe;Ausgegeben;Lukas Weber;" in csv.text
    assert "Lukas Weber" in zipfile.ZipFile(io.BytesIO(excel.content)).read("xl/worksheets/sheet1.xml").decode()
    device = await browser.get(f"/devices/{laptop.id}", as_=office.brandt)
    assert f'href="/devices/{laptop.id}/lifecycle"' in device.text


async def test_the_auditor_is_shown_that_it_was_erased(office: Office, browser: Browser):
    gone = await a_finished_device(office)

    answer = await browser.get(f"/devices/{gone.id}/lifecycle", as_=office.lindner)

    for told in ("Gelöscht (", "Löschung geprüft, keine Daten mehr:", "S4EV-1", "Freigabe zur Entsorgung: freigegeben"):
        assert told in answer.text


@pytest.mark.parametrize("source", EVENTS, ids=lambda source: str(source.__name__))
async def test_every_source_can_be_asked_about_every_device(office: Office, laptop: DeviceDetail, source):
    events = await source(laptop.id)

    assert all(isinstance(event, Event) for event in events)
