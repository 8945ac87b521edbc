"""Pages about devices: whole, part, forbidden, invisible; forms that keep what was typed."""

import pytest

from assets.commands.steps import issue
from assets.rules.kinds import Kind
from assets.rules.lifecycle import Stage
from isms.commands.people import insert_membership
from isms.db import execute
from isms.db.reading import value
from isms.people import actor
from isms.rules.roles import Role
from tests.assets.things import a_device, an_object, held
from tests.browser import Browser
from tests.office import TODAY, Office


async def test_the_list_names_number_state_and_holder(office: Office, browser: Browser):
    await issue(await a_device(office), office.weber, by=office.brandt, on=TODAY)

    answer = await browser.get("/devices", as_=office.brandt)

    assert answer.status_code == 200
    for text in ("1 Gerät", "NB-0001", "Notebook Außendienst", "ausgegeben", "Lukas Weber", "Gerät aufnehmen"):
        assert text in answer.text


async def test_an_employee_reads_what_a_device_stands_for_without_a_link_that_refuses(office: Office, browser: Browser):
    one = await a_device(office)
    server = await an_object(office, "Dateiserver", kind=Kind.IT_SYSTEM)
    await issue(one, office.weber, by=office.brandt, on=TODAY)
    await execute("UPDATE device SET it_system = {} WHERE id = {}", server.id, one.id)

    assert f'href="/objects/{server.id}"' in (await browser.get(f"/devices/{one.id}", as_=office.brandt)).text
    answer = await browser.get(f"/devices/{one.id}", as_=office.weber)
    assert "Dateiserver" in answer.text
    assert f'href="/objects/{server.id}"' not in answer.text


async def test_htmx_gets_the_list_alone(office: Office, browser: Browser):
    await a_device(office)

    answer = await browser.get("/devices?q=außendienst", as_=office.brandt, htmx=True)

    assert answer.text.startswith('<div id="devices">')
    assert "NB-0001" in answer.text


async def test_the_list_is_searched_filtered_and_sorted(office: Office, browser: Browser):
    await a_device(office, "NB-0001", serial="SN-4711")
    await a_device(office, "DR-0001", name="Drucker Flur", stage=Stage.ORDERED)

    async def numbers(query: str) -> list[str]:
        text = (await browser.get(f"/devices?{query}", as_=office.brandt, htmx=True)).text
        return sorted((one for one in ("NB-0001", "DR-0001") if one in text), key=text.index)

    assert await numbers("q=4711") == ["NB-0001"]
    assert await numbers("stage=ordered") == ["DR-0001"]
    assert await numbers("sort=-number") == ["NB-0001", "DR-0001"]
    assert await numbers("stage=zauberei&sort=unfug&after=quatsch") == ["DR-0001", "NB-0001"]
    assert await numbers("q=gibtesnicht") == []


async def test_who_has_a_device_is_found_by_name(office: Office, browser: Browser):
    await issue(await a_device(office), office.weber, by=office.brandt, on=TODAY)

    assert "NB-0001" in (await browser.get("/devices?q=weber", as_=office.brandt, htmx=True)).text
    assert "NB-0001" not in (await browser.get("/devices?q=weber", as_=office.lindner, htmx=True)).text


async def test_who_keeps_devices_elsewhere_finds_nobody_by_name_where_they_audit(office: Office, browser: Browser):
    await issue(await a_device(office), office.weber, by=office.brandt, on=TODAY)
    await insert_membership(office.hansen.id, unit=office.unit.id, role=Role.AUDITOR, starts_on=TODAY)

    assert "NB-0001" in (await browser.get("/devices?q=NB", as_=office.hansen, htmx=True)).text
    assert "NB-0001" not in (await browser.get("/devices?q=weber", as_=office.hansen, htmx=True)).text


async def test_auditors_see_devices_without_names(office: Office, browser: Browser):
    one = await a_device(office)
    await issue(one, office.weber, by=office.brandt, on=TODAY)

    for path in ("/devices", f"/devices/{one.id}", "/devices/export.csv"):
        text = (await browser.get(path, as_=office.lindner)).text
        assert "NB-0001" in text
        assert "Lukas Weber" not in text


async def test_an_employee_sees_what_they_hold(office: Office, browser: Browser):
    one = await a_device(office, "NB-0001")
    other = await a_device(office, "NB-0002")
    await issue(one, office.weber, by=office.brandt, on=TODAY)

    text = (await browser.get("/devices", as_=office.weber)).text
    assert "NB-0001" in text
    assert "NB-0002" not in text
    assert (await browser.get(f"/devices/{one.id}", as_=office.weber)).status_code == 200
    assert (await browser.get(f"/devices/{other.id}", as_=office.weber)).status_code == 404
    assert (await browser.get("/devices/new", as_=office.weber)).status_code == 403


async def test_strangers_see_nothing_even_by_number(office: Office, browser: Browser):
    one = await a_device(office)

    assert "NB-0001" not in (await browser.get("/devices", as_=office.hansen)).text
    for path in (f"/devices/{one.id}", f"/devices/{one.id}/edit", f"/devices/{one.id}/steps/issue"):
        assert (await browser.get(path, as_=office.hansen)).status_code == 404
    for path in (f"/devices/{one.id}/edit", f"/devices/{one.id}/steps/issue", f"/devices/{one.id}/sightings"):
        assert (await browser.submit(path, as_=office.hansen, on=TODAY)).status_code == 404


async def test_the_export_holds_what_is_shown(office: Office, browser: Browser):
    await a_device(office, "NB-0001", name="=HYPERLINK()", warranty_until=TODAY)
    await a_device(office, "DR-0001", stage=Stage.ORDERED)

    answer = await browser.get("/devices/export.csv?stage=in_stock", as_=office.brandt)

    lines = answer.text.splitlines()
    assert answer.headers["content-type"].startswith("text/csv")
    assert lines[0].startswith("\ufeffInventarnummer;Gerät;")
    assert len(lines) == 2
    assert lines[1].startswith("NB-0001;'=HYPERLINK();;;im Lager;;Lager;Gesundheitsamt Seestadt;;;;")


async def test_long_lists_are_paged_by_key(office: Office, browser: Browser):
    for number in range(52):
        await a_device(office, f"NB-{number:04d}")

    first = (await browser.get("/devices", as_=office.brandt)).text
    further = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = (await browser.get(further, as_=office.brandt)).text

    assert "52 Geräte" in first
    assert "NB-0049" in first
    assert "NB-0050" not in first
    assert "NB-0051" in second
    assert 'rel="prev"' in second


class TestRecording:
    @pytest.fixture
    def form(self, office: Office) -> dict[str, object]:
        return {
            "inventory_number": "NB-0042",
            "name": "Notebook Labor",
            "stage": "in_stock",
            "unit": office.unit.id,
            "price": "1.234,50",
            "warranty_until": "31.12.2030",
        }

    async def test_a_new_device(self, office: Office, browser: Browser, form):
        assert (await browser.get("/devices/new", as_=office.brandt)).status_code == 200

        answer = await browser.submit("/devices/new", as_=office.brandt, follow=True, **form)

        assert "Notebook Labor ist aufgenommen." in answer.text
        assert "1234,50 €" in answer.text
        assert "31.12.2030" in answer.text

    async def test_what_is_wrong_is_said_and_the_rest_kept(self, office: Office, browser: Browser, form):
        answer = await browser.submit(
            "/devices/new", as_=office.brandt, **(form | {"inventory_number": "", "warranty_until": "bald"})
        )

        assert answer.status_code == 422
        assert "Bitte füllen Sie dieses Feld aus." in answer.text
        assert "Bitte geben Sie ein Datum ein" in answer.text
        assert 'value="Notebook Labor"' in answer.text
        assert not await value("SELECT count(*) FROM device")

    async def test_an_amount_that_is_none(self, office: Office, browser: Browser, form):
        answer = await browser.submit("/devices/new", as_=office.brandt, **(form | {"price": "teuer"}))

        assert answer.status_code == 422
        assert "„teuer“ ist kein Betrag." in answer.text

    async def test_not_for_another_office(self, office: Office, browser: Browser, form):
        answer = await browser.submit("/devices/new", as_=office.brandt, **(form | {"unit": office.elsewhere.id}))

        assert answer.status_code == 404

    async def test_the_same_form_twice_counts_once(self, office: Office, browser: Browser, form):
        await browser.submit("/devices/new", as_=office.brandt, _once="abc", **form)
        answer = await browser.submit(
            "/devices/new", as_=office.brandt, _once="abc", **(form | {"inventory_number": "NB-0043"})
        )

        assert answer.status_code == 409
        assert await value("SELECT count(*) FROM device") == 1


class TestDescribing:
    async def test_saving_leads_back(self, office: Office, browser: Browser):
        one = await a_device(office)
        assert 'value="NB-0001"' in (await browser.get(f"/devices/{one.id}/edit", as_=office.brandt)).text

        answer = await browser.submit(
            f"/devices/{one.id}/edit",
            as_=office.brandt,
            follow=True,
            inventory_number="NB-0001",
            name="Notebook Labor",
            unit=office.hygiene.id,
            version=1,
        )

        assert office.hygiene.name in answer.text
        assert "Die Angaben zu Notebook Labor sind gespeichert." in answer.text

    async def test_a_lost_race_shows_both_versions(self, office: Office, browser: Browser):
        one = await a_device(office)
        path = f"/devices/{one.id}/edit"
        await browser.submit(path, as_=office.brandt, inventory_number="NB-0001", name="Die Schnelle", version=1)

        answer = await browser.submit(
            path, as_=office.brandt, inventory_number="NB-0001", name="Die Langsame", version=1
        )

        assert answer.status_code == 409
        assert "Jemand anderes hat das inzwischen geändert." in answer.text
        assert "Die Schnelle" in answer.text
        assert 'value="Die Langsame"' in answer.text
        assert 'name="version" value="2"' in answer.text
        assert (await held(office, one)).name == "Die Schnelle"

    async def test_the_it_system_is_searched_without_javascript(self, office: Office, browser: Browser):
        one = await a_device(office)

        answer = await browser.submit(
            f"/devices/{one.id}/edit", as_=office.brandt, name="Getippt", it_system_q="Server", _find="it_system"
        )

        assert answer.status_code == 200
        assert 'value="Getippt"' in answer.text


async def test_seeing_a_device_takes_one_press(office: Office, browser: Browser):
    one = await a_device(office)

    answer = await browser.submit(f"/devices/{one.id}/sightings", as_=office.brandt, follow=True, place="Lager")

    assert "Notebook Außendienst ist heute gesehen worden." in answer.text


async def test_who_looks_after_a_whole_land_sees_the_devices_of_its_offices(office: Office, browser: Browser):
    await a_device(office)
    await insert_membership(office.reuter.id, unit=office.land.id, role=Role.IT, starts_on=TODAY)

    text = (await browser.get("/devices", as_=await actor(office.reuter.id, on=TODAY))).text

    assert "NB-0001" in text


async def test_the_form_finds_it_systems_and_nothing_else(office: Office, browser: Browser):
    await an_object(office, "Dateiserver", kind=Kind.IT_SYSTEM)
    await an_object(office, "Dateiablage", kind=Kind.APPLICATION)

    answer = await browser.get("/devices/it-systems?it_system_q=Datei&field=it_system", as_=office.brandt, htmx=True)

    assert "Dateiserver" in answer.text
    assert "Dateiablage" not in answer.text
