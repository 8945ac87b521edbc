"""The pages about support: the list with its export, a device's panel, and where a person assigns a release."""

from datetime import timedelta
from typing import Any

from assets.commands.support_decisions import Decision, Thing, decide
from assets.queries.support_sockets import ending
from assets.rules.support import Aspect
from isms.db.reading import value
from tests.assets.facts import a_report, read_in, report, shipped_data, support_of
from tests.assets.test_support import a_file, a_phone, of
from tests.assets.things import an_object
from tests.browser import Browser
from tests.office import TODAY, Office


async def ends_soon(office: Office):
    """A phone whose support ends in thirty days."""
    await read_in(office, a_file(_4={"eol": (TODAY + timedelta(days=30)).isoformat()}))
    phone = await a_phone(office)
    await decide(of(phone), Decision(Aspect.HARDWARE, "fairphone", "4", "nachgesehen"), by=office.brandt)
    return phone


async def test_the_list_shows_what_runs_out_and_exports_it(office: Office, browser: Browser):
    await ends_soon(office)

    whole = await browser.get("/support?standing=soon", as_=office.brandt)
    part = await browser.get("/support?standing=over&days=quatsch", as_=office.brandt, htmx=True)
    sheet = await browser.get("/support/export.csv?standing=soon", as_=office.brandt)
    book = await browser.get("/support/export.xlsx", as_=office.brandt)

    assert "MH-1 Diensthandy" in whole.text
    assert "läuft bald aus" in whole.text
    assert "products.json" in whole.text
    assert "Hier steht nichts." in part.text
    assert "MH-1;Diensthandy" in sheet.text
    assert book.content.startswith(b"PK")


async def test_objects_are_for_those_who_may_see_them(office: Office, browser: Browser):
    await shipped_data(office)
    akte = await an_object(office, "Akte")
    thing = Thing("target_object", akte.id, akte.unit, akte.path)
    await decide(thing, Decision(Aspect.PRODUCT, "php", "8.1", "Handbuch"), by=office.yildiz)

    assert "PHP 8.1" in (await browser.get("/support?of=objects", as_=office.yildiz)).text
    assert "PHP 8.1" not in (await browser.get("/support?of=objects", as_=office.weber)).text


async def test_a_device_explains_its_support(office: Office, browser: Browser):
    phone = await ends_soon(office)

    page = (await browser.get(f"/devices/{phone.id}", as_=office.brandt)).text

    assert "Support des Herstellers" in page
    assert "Von Hand zugeordnet" in page
    assert "nachgesehen" in page
    assert "products.json" in page
    auditor = (await browser.get(f"/devices/{phone.id}", as_=office.lindner)).text
    assert "Support des Herstellers" in auditor
    assert "Version zuordnen" not in auditor


async def test_a_person_finds_the_product_and_assigns_a_release(office: Office, browser: Browser):
    await shipped_data(office)
    phone = await a_phone(office, "Sondermodell")
    home = f"/devices/{phone.id}/support"

    searched = await browser.get(f"{home}/new?aspect=hardware&q=fairph", as_=office.brandt)
    assert "product=fairphone" in searched.text
    chosen = await browser.get(f"{home}/new?aspect=hardware&product=fairphone", as_=office.brandt)
    assert "Fairphone 4" in chosen.text
    told: dict[str, Any] = {"aspect": "hardware", "product": "fairphone", "cycle": "4"}
    empty = await browser.submit(home, as_=office.brandt, **told)
    assert empty.status_code == 422
    done = await browser.submit(home, as_=office.brandt, reason="am Gerät nachgesehen", follow=True, **told)

    assert "ist zugeordnet" in done.text
    end = await support_of(phone, Aspect.HARDWARE)
    assert end.label == "Fairphone 4"
    back = await browser.submit(f"{home}/withdrawals", as_=office.brandt, end=end.id, follow=True)
    assert "ist aufgehoben" in back.text
    assert await value("SELECT count(*) FROM support_end WHERE basis = 'curated' AND replaced_at IS NULL") == 0


async def test_an_object_gets_its_product(office: Office, browser: Browser):
    await shipped_data(office)
    akte = await an_object(office, "Akte")
    home = f"/objects/{akte.id}/support"

    assert "Produkt suchen" in (await browser.get(f"{home}/new", as_=office.yildiz)).text
    told: dict[str, Any] = {"aspect": "product", "product": "postgresql", "cycle": "13", "reason": "Handbuch"}
    done = await browser.submit(home, as_=office.yildiz, follow=True, **told)
    assert "PostgreSQL 13" in done.text
    end = await value("SELECT id FROM support_end")
    back = await browser.submit(f"{home}/withdrawals", as_=office.yildiz, end=end, follow=True)
    assert "Noch ist nicht bekannt, welche Version es ist." in back.text


async def test_who_may_not_decide(office: Office, browser: Browser):
    phone = await ends_soon(office)

    for who in (office.weber, office.lindner):
        assert (await browser.get(f"/devices/{phone.id}/support/new", as_=who)).status_code == 403
    assert (await browser.get(f"/devices/{phone.id}/support/new", as_=office.hansen)).status_code == 404


async def test_it_is_told_in_time(office: Office):
    await ends_soon(office)

    (duty,) = await ending(office.brandt, seen_by=office.brandt, on=TODAY)
    assert duty.due_on == TODAY + timedelta(days=30)
    assert duty.values == {"release": "Fairphone 4", "count": 1}
    (late,) = await ending(office.brandt, seen_by=office.brandt, on=TODAY + timedelta(days=31))
    assert late.values["count"] == 1
    assert await ending(office.weber, seen_by=office.weber, on=TODAY) == ()


async def test_reading_in_through_the_pages(office: Office, browser: Browser):
    sent = {"file": ("products.json", a_file(_4={"eol": "2027-01-01"}), "application/json")}
    it: dict[str, Any] = {"as_": office.brandt, "follow": True}

    preview = await browser.submit("/imports", kind="support", unit=office.unit.id, files=sent, **it)
    run = str(preview.url).rsplit("/", 1)[-1]
    assert "Fairphone" in preview.text
    done = await browser.submit(f"/imports/{run}/completion", **it)

    assert done.status_code == 200
    assert await value("SELECT count(*) FROM support_edition") == 1


async def test_programs_out_of_support_are_counted_and_named_on_their_device(office: Office, browser: Browser):
    await shipped_data(office)
    old = [{"name": "LibreOffice 7.6", "version": "7.6.2.1"}, {"name": "Fachverfahren", "version": "3.1"}]
    await report(office, a_report(softwares=old))
    device = await value("SELECT id FROM device")

    own = (await browser.get(f"/devices/{device}/software", as_=office.brandt)).text
    over = (await browser.get("/support/programs?standing=over", as_=office.yildiz)).text
    sheet = (await browser.get("/support/programs/export.csv", as_=office.brandt)).text

    for page in (own, over):
        assert "LibreOffice 7.6" in page
        assert "abgelaufen" in page
    assert "auf einem Gerät" in over
    assert "LibreOffice 7.6;7.6.2.1;LibreOffice 7.6;2024-06-12;abgelaufen;1" in sheet
    assert "Fachverfahren" not in sheet
    assert "LibreOffice" not in (await browser.get("/support/programs?standing=fine", as_=office.brandt)).text
    assert 'href="/support/programs"' in (await browser.get("/support", as_=office.brandt)).text


async def test_what_programs_there_are_is_for_those_who_look_after_devices(office: Office, browser: Browser):
    await shipped_data(office)
    await report(office, a_report(softwares=[{"name": "LibreOffice", "version": "7.6.2.1"}]))

    assert (await browser.get("/support/programs", as_=office.weber)).status_code == 403
    assert (await browser.get("/support/programs", as_=office.lindner)).status_code == 403
    assert "LibreOffice" not in (await browser.get("/support/programs", as_=office.hansen)).text
