"""What the house asks: duties for the desk, hits of the search, what a person holds, where keys lead."""

from datetime import timedelta

from assets.area import ASSETS
from assets.commands.steps import issue
from assets.tables import Handover
from isms.area import Duty
from isms.texts import say
from tests.assets.things import a_device, an_object
from tests.browser import Browser
from tests.office import TODAY, Office

SOON = TODAY + timedelta(days=14)


async def loans_last(office: Office) -> list[Duty]:
    """What waits for Weber, with what has to come back at the end."""
    found = await ASSETS.due(office.weber, seen_by=office.weber, on=TODAY)
    return sorted(found, key=lambda duty: duty.due_on or TODAY)


async def test_a_loan_is_due_for_its_holder(office: Office, browser: Browser):
    await issue(await a_device(office), office.weber, by=office.brandt, on=TODAY, due_back_on=SOON)

    waits, duty = await loans_last(office)

    assert say(waits.title, waits.values) == "Bestätigen Sie den Empfang: NB-0001 Notebook Außendienst"
    assert say(duty.title, duty.values) == "NB-0001 Notebook Außendienst zurückgeben"
    assert duty.due_on == SOON
    assert await ASSETS.due(office.kaya, seen_by=office.kaya, on=TODAY) == []
    assert "zurückgeben" in (await browser.get("/", as_=office.weber)).text


async def test_what_is_late_lands_on_the_desk_of_it(office: Office):
    one = await a_device(office)
    await issue(one, office.weber, by=office.brandt, on=TODAY, due_back_on=TODAY)
    await Handover.update({Handover.due_back_on: TODAY - timedelta(days=3)}).where(Handover.device == one.id)

    (duty,) = await ASSETS.due(office.brandt, seen_by=office.brandt, on=TODAY)

    assert say(duty.title, duty.values) == "NB-0001 Notebook Außendienst ist noch bei Lukas Weber"
    assert await ASSETS.due(office.hansen, seen_by=office.hansen, on=TODAY) == []
    assert await ASSETS.due(office.brandt, seen_by=office.yildiz, on=TODAY) == []


async def test_a_warranty_that_ends_soon(office: Office):
    await a_device(office, warranty_until=SOON)
    await a_device(office, "NB-0002", warranty_until=TODAY + timedelta(days=400))

    (duty,) = await ASSETS.due(office.brandt, seen_by=office.brandt, on=TODAY)

    assert say(duty.title, duty.values) == "Die Garantie von NB-0001 Notebook Außendienst läuft aus"


async def test_search_finds_what_one_may_see(office: Office):
    one, other = await an_object(office, "Meldewesen"), await a_device(office, name="Meldeterminal")

    async def found(person) -> list[str]:
        return [hit.href for hit in await ASSETS.search("melde", seen_by=person, limit=5)]

    assert await found(office.brandt) == [f"/objects/{one.id}", f"/devices/{other.id}"]
    assert await found(office.weber) == []
    assert await found(office.petersen) == []


async def test_the_page_of_a_person_shows_what_they_hold(office: Office):
    await issue(await a_device(office), office.weber, by=office.brandt, on=TODAY)

    panel, papers = await ASSETS.panels(office.weber.key, seen_by=office.brandt, on=TODAY)

    assert papers.title == "Übergaben und Belege"
    held = panel.context["devices"]
    assert isinstance(held, list)
    assert [device.inventory_number for device in held] == ["NB-0001"]
    assert not await ASSETS.panels(office.kaya.key, seen_by=office.brandt, on=TODAY)
    assert not await ASSETS.panels(office.weber.key, seen_by=office.hansen, on=TODAY)
    assert not await ASSETS.panels("unit:1", seen_by=office.brandt, on=TODAY)


async def test_keys_lead_to_pages(office: Office):
    one, other = await an_object(office, "Meldewesen"), await a_device(office)

    links = await ASSETS.resolve([one.key, other.key, "person:1"])

    assert {key: (link.title, link.href) for key, link in links.items()} == {
        one.key: ("AW-001 Meldewesen", f"/objects/{one.id}"),
        other.key: ("NB-0001 Notebook Außendienst", f"/devices/{other.id}"),
    }
