"""Pages about upkeep: from the plan to the record, from the contract to the device, from the licence to the seat."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest

from assets.commands.contracts import ContractFacts, add_contract
from assets.commands.licences import LicenceFacts, add_licence
from assets.commands.maintenance import plan_maintenance
from assets.rules.licences import LicenceKind
from assets.rules.upkeep import ContractKind
from isms.db.reading import value
from isms.listing import PAGE_SIZE
from tests.assets.things import a_device
from tests.browser import Browser
from tests.office import TODAY, Office

SIX: dict[str, Any] = {
    "kind": "preventive",
    "occasion": "Jährliche Prüfung",
    "started_on": TODAY,
    "done_on": TODAY,
    "involved": "Jonas Brandt",
    "actions": "Akkus gemessen",
    "condition": "ready",
    "findings": "alle über 80 %",
}


async def test_from_the_plan_to_the_record_and_its_correction(office: Office, browser: Browser):
    device = await a_device(office, price_cents=120_000, purchased_on=TODAY)
    here = f"/devices/{device.id}"
    by: dict[str, Any] = {"as_": office.brandt}
    assert "Wartung planen" in (await browser.get(f"{here}/maintenance-plans/new", **by)).text
    long_ago = TODAY - timedelta(days=500)
    wrong = await browser.submit(f"{here}/maintenance-plans/new", **by, title="Akkus", months="oft", starts_on=TODAY)
    planned: dict[str, Any] = {"title": "Akkus", "months": 12, "starts_on": long_ago}
    await browser.submit(f"{here}/maintenance-plans/new", **by, **planned)
    late = await browser.get("/maintenance?due=overdue", **by)
    plan = await value("SELECT id FROM maintenance_plan")
    form = await browser.get(f"{here}/maintenance/new?plan={plan}", **by)
    open_facts = await browser.submit(f"{here}/maintenance/new", **by, **(SIX | {"findings": "", "cost": "viel"}))
    done = await browser.submit(f"{here}/maintenance/new", **by, follow=True, plan=plan, **SIX)
    record = await value("SELECT id FROM maintenance")
    again = await browser.get(f"{here}/maintenance/{record}/correction", **by)
    corrected = SIX | {"findings": "zwei Akkus schwach", "cost": "23,80"}
    after = await browser.submit(f"{here}/maintenance/{record}/correction", **by, follow=True, plan=plan, **corrected)
    ended = await browser.submit(f"{here}/maintenance-plans/{plan}/ending", **by, follow=True)

    assert wrong.status_code == 422
    assert 'value="Akkus"' in wrong.text
    assert "Akkus" in late.text
    assert f'value="{plan}" selected' in form.text
    assert open_facts.status_code == 422
    assert "Jährliche Prüfung" in open_facts.text
    assert "alle über 80 %" in done.text
    assert "alle über 80 %" in again.text
    assert "zwei Akkus schwach" in after.text
    assert "alle über 80 %" not in after.text
    assert "Buchwert" in after.text
    assert "Der Wartungsplan ist beendet." in ended.text
    assert (await browser.get(f"{here}/maintenance/{record}/correction", **by)).status_code == 404


async def test_from_the_contract_to_the_device(office: Office, browser: Browser):
    device = await a_device(office)
    by: dict[str, Any] = {"as_": office.brandt}
    assert "Vertrag aufnehmen" in (await browser.get("/contracts/new", **by)).text
    given: dict[str, Any] = {"title": "Vor-Ort-Service", "kind": "support", "starts_on": TODAY, "per_months": 12}
    wrong = await browser.submit("/contracts/new", **by, **given, cost="viel", unit=office.unit.id)
    made = await browser.submit("/contracts/new", **by, follow=True, **given, cost="1.200,00", unit=office.unit.id)
    here = made.url.path
    unknown = await browser.submit(f"{here}/devices", **by, inventory_number="NB-9999")
    covered = await browser.submit(f"{here}/devices", **by, follow=True, inventory_number="NB-0001")
    row = await value("SELECT id FROM contract_device")
    on_device = await browser.get(f"/devices/{device.id}", **by)
    freed = await browser.submit(f"{here}/devices/{row}/ending", **by, follow=True)
    edit = await browser.get(f"{here}/edit", **by)
    await browser.submit(f"{here}/edit", **by, **(given | {"title": "Die Schnelle"}), version=1)
    slower = await browser.submit(f"{here}/edit", **by, **(given | {"title": "Die Langsame"}), version=1)

    assert wrong.status_code == 422
    assert 'value="Vor-Ort-Service"' in wrong.text
    assert "1.200,00 €" in made.text
    assert unknown.status_code == 422
    assert "NB-9999" in unknown.text
    assert "NB-0001 Notebook Außendienst liegt jetzt unter diesem Vertrag." in covered.text
    assert "Vor-Ort-Service" in on_device.text
    assert "liegt nicht mehr unter diesem Vertrag" in freed.text
    assert 'value="1200,00"' in edit.text
    assert slower.status_code == 409
    assert "Die Schnelle" in slower.text
    assert "Die Schnelle" in (await browser.get("/contracts", **by)).text
    assert "Kein Vertrag." in (await browser.get("/contracts?ended=1", **by)).text


async def test_from_the_licence_to_the_seat(office: Office, browser: Browser):
    by: dict[str, Any] = {"as_": office.brandt}
    assert "Lizenz aufnehmen" in (await browser.get("/licences/new", **by)).text
    given: dict[str, Any] = {"name": "Tabellenwerk", "kind": "person", "seats": 1}
    none = await browser.submit("/licences/new", **by, **(given | {"seats": 0}), unit=office.unit.id)
    found = await browser.submit("/licences/new", **by, **given, unit=office.unit.id, _find="application")
    made = await browser.submit("/licences/new", **by, follow=True, **given, unit=office.unit.id)
    here = made.url.path
    people = await browser.get(f"{here}/seats/people?person_q=weber", **by, htmx=True)
    searched = await browser.submit(f"{here}/seats", **by, person_q="weber", _find="person")
    seated = await browser.submit(f"{here}/seats", **by, follow=True, person=office.weber.id)
    full = await browser.submit(f"{here}/seats", **by, person=office.kaya.id)
    nobody = await browser.submit(f"{here}/seats", **by)
    seat = await value("SELECT id FROM seat")
    freed = await browser.submit(f"{here}/seats/{seat}/ending", **by, follow=True)
    edit = await browser.get(f"{here}/edit", **by)
    await browser.submit(f"{here}/edit", **by, **(given | {"name": "Die Schnelle"}), version=1)
    slower = await browser.submit(f"{here}/edit", **by, **(given | {"name": "Die Langsame"}), version=1)

    assert none.status_code == 422
    assert found.status_code == 200
    assert "Lukas Weber" in people.text
    assert "Lukas Weber" in searched.text
    assert "Der Platz ist vergeben." in seated.text
    assert "Lukas Weber" in seated.text
    assert full.status_code == 409
    assert nobody.status_code == 422
    assert "Der Platz ist wieder frei." in freed.text
    assert 'value="Tabellenwerk"' in edit.text
    assert slower.status_code == 409
    assert "Die Schnelle" in (await browser.get("/licences?q=schnelle", **by)).text
    assert "Die Schnelle" in (await browser.get("/licences/export.csv", **by)).text
    assert (await browser.get("/licences/applications?application_q=x", **by)).status_code == 200


async def test_what_ends_and_what_is_replaced_with_the_rows_behind(office: Office, browser: Browser):
    by: dict[str, Any] = {"as_": office.brandt}
    old: dict[str, Any] = {"category": "Notebook", "purchased_on": TODAY - timedelta(days=2000), "price_cents": 100_000}
    await a_device(office, warranty_until=TODAY + timedelta(days=10), **old)

    ends = await browser.get("/endings?days=30&what=warranty", **by)
    years = await browser.get("/replacements", **by)
    behind = await browser.get(f"/replacements/devices?year={TODAY.year}&category=Notebook", **by)
    never = await browser.submit("/replacements/service-lives", **by, category="Notebook", months=0)
    later = await browser.submit("/replacements/service-lives", **by, follow=True, category="Notebook", months=120)

    assert "NB-0001 Notebook Außendienst" in ends.text
    assert "1.000,00 €" in years.text
    assert "NB-0001 Notebook Außendienst" in behind.text
    assert never.status_code == 422
    assert "Die Nutzungsdauer ist festgelegt." in later.text
    assert str(TODAY.year) not in (await browser.get("/replacements/export.csv", **by)).text.splitlines()[-1]
    for path in ("/endings/export.csv", "/endings/export.xlsx", "/maintenance/export.csv", "/maintenance"):
        assert (await browser.get(path, **by)).status_code == 200


async def test_a_long_list_comes_in_pages_and_the_file_holds_all_of_it(office: Office, browser: Browser):
    by: dict[str, Any] = {"as_": office.brandt}
    device = await a_device(office)
    for number in range(PAGE_SIZE + 1):
        await plan_maintenance(device, f"Prüfung {number}", months=12, starts_on=TODAY, by=office.brandt, on=TODAY)

    first = await browser.get("/maintenance", **by)
    onward = re.search(r'rel="next" href="([^"]+)"', first.text)
    assert onward
    last = await browser.get(unescape(onward[1]), **by)
    file = await browser.get("/maintenance/export.csv?due=in_time", **by)

    assert f"{PAGE_SIZE + 1} Wartungspläne" in first.text
    assert f"Prüfung {PAGE_SIZE}" not in first.text
    assert f"Prüfung {PAGE_SIZE}" in last.text
    assert len(file.text.strip().splitlines()) == PAGE_SIZE + 2
    assert "NB-0001" in (await browser.get("/maintenance?q=notebook", **by)).text
    assert "NB-0001" not in (await browser.get("/maintenance?q=drucker", **by)).text


async def test_a_list_that_ends_early_says_so_and_the_file_does_not(
    office: Office, browser: Browser, monkeypatch: pytest.MonkeyPatch
):
    by: dict[str, Any] = {"as_": office.brandt}
    monkeypatch.setattr("assets.web.contracts.MOST", 1)
    monkeypatch.setattr("assets.web.worth.MOST", 1)
    soon = TODAY + timedelta(days=5)
    bought: dict[str, Any] = {"category": "Notebook", "purchased_on": TODAY - timedelta(days=2000)}
    for number in ("NB-0001", "NB-0002"):
        await a_device(office, number, warranty_until=soon, **bought)
        facts = ContractFacts(ContractKind.SUPPORT, f"Wartung {number}", "", "", TODAY, soon, None, None, 0, "")
        await add_contract(facts, unit=office.unit, by=office.brandt)

    for path, asked, last in (
        ("/contracts", "", "Wartung NB-0002"),
        ("/endings", "?days=30&what=warranty", "NB-0002 Notebook Außendienst"),
        ("/replacements/devices", f"?year={TODAY.year}&category=Notebook", "NB-0002 Notebook Außendienst"),
    ):
        shown = await browser.get(f"{path}{asked}", **by)
        assert "Gezeigt sind die ersten 1." in shown.text, path
        assert last not in shown.text, path
        assert last in (await browser.get(f"{path}/export.csv{asked}", **by)).text, path
        assert (await browser.get(f"{path}/export.xlsx{asked}", **by)).status_code == 200


@pytest.mark.parametrize("path", ["/maintenance", "/contracts", "/licences", "/endings", "/replacements"])
async def test_employees_and_strangers_see_none_of_it(office: Office, browser: Browser, path: str):
    await add_licence(LicenceFacts("Tabellenwerk", LicenceKind.PERSON), unit=office.unit, by=office.brandt)

    assert (await browser.get(path, as_=office.weber)).status_code == 403
    assert "Tabellenwerk" not in (await browser.get(path, as_=office.hansen)).text


async def test_a_list_of_licences_comes_in_without_keys(office: Office, browser: Browser):
    header = "Full Name,Email,Username,Item name,serial number,Category,manufacturer,purchase date,purchase cost,seats"
    lines = f"{header}\nA B,a@x.example,ab,Zeichenbrett,KEY-123,Grafik,Nordlicht,1/31/25,99.50,12\nC D,,,,K,,,,,1\n"
    upload = {"file": ("licences.csv", lines.encode(), "text/csv")}
    by: dict[str, Any] = {"as_": office.brandt}

    sent = await browser.submit("/imports", **by, follow=True, kind="licences", unit=office.unit.id, files=upload)
    preview = sent.text
    await browser.submit(f"{sent.url.path}/completion", **by)

    assert "Lizenzschlüssel aus der Datei werden nicht übernommen." in preview
    assert "12 Plätze." in preview
    assert "Die Spalte mit dem Produkt ist leer." in preview
    assert await value("SELECT seats FROM licence WHERE name = 'Zeichenbrett'") == 12
    assert await value("SELECT count(*) FROM licence") == 1
