"""Units: a tree that grows, is renamed and closed, and that nobody sees further than they reach."""

from typing import Any

import pytest

from isms.commands.units import add_unit, close_unit, rename_unit
from isms.db.reading import value
from isms.people import UnitRow, unit
from isms.permissions import May
from isms.rules.errors import Forbidden, Refused, Stale
from isms.rules.roles import UnitKind
from tests.browser import Browser
from tests.office import TODAY, Office


async def test_a_new_unit_hangs_under_its_parent_and_joins_its_chain(office: Office):
    made = await add_unit("Standort Hafen", kind=UnitKind.SITE, parent=office.hygiene, by=office.reuter)

    assert await value("SELECT path FROM unit WHERE id = {}", made) == f"{office.hygiene.path}{made}/"
    assert await value("SELECT institution FROM unit WHERE id = {}", made) == office.unit.id


async def test_only_the_administration_changes_the_tree(office: Office):
    with pytest.raises(Forbidden):
        await add_unit("Standort Hafen", kind=UnitKind.SITE, parent=office.hygiene, by=office.albrecht)


async def test_only_the_faster_of_two_administrators_renames_a_unit(office: Office):
    await rename_unit(office.hygiene, "Hygiene", by=office.reuter)

    with pytest.raises(Stale):
        await rename_unit(office.hygiene, "Infektionsschutz", by=office.reuter)


async def test_a_unit_with_people_or_parts_stays_open(office: Office):
    with pytest.raises(Refused, match="arbeiten noch Personen"):
        await close_unit(office.hygiene, by=office.reuter, on=TODAY)

    empty = await add_unit("Labor", kind=UnitKind.DEPARTMENT, parent=office.unit, by=office.reuter)
    await add_unit("Probenannahme", kind=UnitKind.SITE, parent=await managed(office, empty), by=office.reuter)
    with pytest.raises(Refused, match="noch offene Einheiten"):
        await close_unit(await managed(office, empty), by=office.reuter, on=TODAY)


async def managed(office: Office, id: int) -> UnitRow:
    return await unit(id, seen_by=office.reuter, asks=May.MANAGE_PEOPLE)


async def test_the_tree_shows_what_one_reaches(office: Office, browser: Browser):
    for_isb = await browser.get("/units", as_=office.yildiz)
    for_admin = await browser.get("/units", as_=office.reuter)

    assert "Infektionsschutz und Hygiene" in for_isb.text
    assert "Gesundheitsamt Heidekreis" not in for_isb.text
    assert "Gesundheitsamt Heidekreis" in for_admin.text
    assert (await browser.get("/units", as_=office.weber)).status_code == 403
    assert (await browser.get(f"/units/{office.elsewhere.id}", as_=office.yildiz)).status_code == 404


async def test_a_units_page_names_roles_and_people(office: Office, browser: Browser):
    answer = await browser.get(f"/units/{office.unit.id}", as_=office.yildiz)

    assert "Dr. Miriam Albrecht" in answer.text
    assert "7 Personen, Einheiten darunter mitgezählt" in answer.text


async def test_the_administration_adds_renames_and_closes_a_unit(office: Office, browser: Browser):
    admin: Any = {"as_": office.reuter}
    assert (await browser.get(f"/units/new?parent={office.unit.id}", **admin)).status_code == 200
    made = await browser.submit("/units", **admin, name="Labor", kind="department", parent=office.unit.id)
    home = made.headers["location"]
    assert 'value="Labor"' in (await browser.get(f"{home}/edit", **admin)).text
    await browser.submit(f"{home}/names", **admin, name="Prüflabor", version=1)
    late = await browser.submit(f"{home}/names", **admin, name="Landeslabor", version=1)
    shown = await browser.get(home, **admin)
    closed = await browser.submit(f"{home}/closing", **admin)
    refused = await browser.submit(f"/units/{office.unit.id}/closing", **admin)

    assert late.status_code == 409
    assert 'value="Landeslabor"' in late.text
    assert "Prüflabor statt Labor" in shown.text
    assert closed.headers["location"] == "/units"
    assert refused.status_code == 409


async def test_a_unit_without_a_name_is_asked_for_one(office: Office, browser: Browser):
    answer = await browser.submit("/units", as_=office.reuter, name=" ", kind="site", parent=office.unit.id)

    assert answer.status_code == 422
    assert 'href="#field-name"' in answer.text
