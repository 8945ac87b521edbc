"""People: taken in, corrected, given roles, let go; by those who may, and only once."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import msgspec
import pytest

from isms.commands.accounts import Facts, correct, invite, invited, redeem
from isms.commands.people import NewPerson, add_person, end_role, grant, insert_membership, leave
from isms.db import execute
from isms.db.reading import value
from isms.people import Actor, PersonRow, actor, person
from isms.permissions import May
from isms.rules.errors import Forbidden, Incomplete, Refused, Stale
from isms.rules.roles import Role
from tests.browser import Browser
from tests.office import LONG_AGO, TODAY, Office

NOW = datetime.now(UTC)
BETTER = "Dachs Laterne Moos"


async def weber(office: Office) -> PersonRow:
    return await person(office.weber.id, seen_by=office.reuter, asks=May.MANAGE_PEOPLE)


async def actions(key: str) -> list[str]:
    found = await execute("SELECT action FROM audit_entry WHERE subject = {} ORDER BY id", key)
    return [one["action"] for one in found]


async def test_taking_somebody_in_makes_them_an_employee_and_leaves_a_trace(office: Office):
    made = await add_person(NewPerson("Lea Sommer", "Sommer"), unit=office.hygiene, by=office.reuter, on=TODAY)

    assert await value("SELECT login FROM person WHERE id = {}", made) == "sommer"
    assert await value("SELECT role FROM membership WHERE person = {}", made) == Role.EMPLOYEE
    assert await actions(f"person:{made}") == ["person.added"]


async def test_a_login_is_given_once(office: Office):
    with pytest.raises(Incomplete) as refused:
        await add_person(NewPerson("Wilma Weber", "WEBER"), unit=office.hygiene, by=office.reuter, on=TODAY)

    assert list(refused.value.complaints) == ["login"]


async def test_only_the_administration_takes_people_in(office: Office):
    with pytest.raises(Forbidden):
        await add_person(NewPerson("Lea Sommer"), unit=office.hygiene, by=office.yildiz, on=TODAY)


async def test_an_auditors_role_needs_an_end(office: Office):
    with pytest.raises(Incomplete, match="markierten Angaben") as refused:
        await grant(await weber(office), Role.AUDITOR, unit=office.unit, by=office.reuter, starts_on=TODAY)

    assert list(refused.value.complaints) == ["ends_on"]
    assert await actions(office.weber.key) == []


async def test_nobody_gives_a_role_to_themselves(office: Office):
    reuter = await person(office.reuter.id, seen_by=office.reuter, asks=May.MANAGE_PEOPLE)

    with pytest.raises(Refused, match="vergibt jemand anderes"):
        await grant(reuter, Role.HEAD, unit=office.unit, by=office.reuter, starts_on=TODAY)


async def test_only_the_faster_of_two_administrators_ends_a_role(office: Office):
    seen = await weber(office)
    role = await grant(seen, Role.IT, unit=office.unit, by=office.reuter, starts_on=LONG_AGO)
    await end_role(role, seen, by=office.reuter, on=TODAY)

    with pytest.raises(Stale):
        await end_role(role, seen, by=office.reuter, on=TODAY + timedelta(days=1))

    assert await actions(office.weber.key) == ["role.granted", "role.ended"]


async def test_only_the_faster_of_two_administrators_corrects_a_person(office: Office):
    seen = await weber(office)
    await correct(seen, Facts("Lukas Weber-Kraus", "weber", ""), unit=office.hygiene, by=office.reuter)

    with pytest.raises(Stale):
        await correct(seen, Facts("Lukas Kraus", "weber", ""), unit=office.hygiene, by=office.reuter)

    assert await value("SELECT name FROM person WHERE id = {}", office.weber.id) == "Lukas Weber-Kraus"
    assert await actions(office.weber.key) == ["person.changed"]


async def test_who_leaves_loses_account_roles_and_sessions_but_not_the_history(office: Office, browser: Browser):
    await browser.get("/", as_=office.weber)
    seen = await weber(office)

    await leave(seen, by=office.reuter, on=TODAY)

    assert not await value("SELECT count(*) FROM session WHERE person = {} AND ended_at IS NULL", seen.id)
    assert not await value("SELECT count(*) FROM membership WHERE person = {} AND ends_on IS NULL", seen.id)
    assert await actions(seen.key) == ["person.left"]
    with pytest.raises(Stale):
        await leave(seen, by=office.reuter, on=TODAY)


async def test_an_invitation_works_once(office: Office):
    token = await invite(await weber(office), by=office.reuter, at=NOW)

    await redeem(token, BETTER, by=office.weber, at=NOW)

    with pytest.raises(Refused, match="gilt nicht mehr"):
        await redeem(token, BETTER, by=office.weber, at=NOW)
    assert not await value("SELECT must_change_password FROM person WHERE id = {}", office.weber.id)
    assert await actions(office.weber.key) == ["person.invited", "password.set"]


async def test_an_invitation_ends_with_a_newer_one_and_with_time(office: Office):
    older = await invite(await weber(office), by=office.reuter, at=NOW)
    newer = await invite(await weber(office), by=office.reuter, at=NOW)

    for token, at in ((older, NOW), (newer, NOW + timedelta(days=4)), ("geraten", NOW)):
        with pytest.raises(Refused, match="gilt nicht mehr"):
            await invited(token, at=at)
    assert (await invited(newer, at=NOW)).id == office.weber.id


async def test_a_weak_password_does_not_use_the_link_up(office: Office):
    token = await invite(await weber(office), by=office.reuter, at=NOW)

    with pytest.raises(Incomplete):
        await redeem(token, "passwort1234", by=office.weber, at=NOW)

    assert (await invited(token, at=NOW)).id == office.weber.id


async def test_who_left_is_not_invited(office: Office):
    gone = msgspec.structs.replace(await weber(office), left_on=date(2024, 1, 31))

    with pytest.raises(Refused, match="ausgeschieden"):
        await invite(gone, by=office.reuter, at=NOW)


@pytest.fixture
async def local(office: Office) -> Actor:
    """Ayşe Kaya keeps the accounts of Seestadt only."""
    await insert_membership(office.kaya.id, unit=office.unit.id, role=Role.ADMINISTRATOR, starts_on=LONG_AGO)
    return await actor(office.kaya.id, on=TODAY)


async def test_who_keeps_the_accounts_of_one_office_stays_there(office: Office, local: Actor, browser: Browser):
    forged: Any = {"name": "Lea Sommer", "unit": office.elsewhere.id}
    role: Any = {"role": "head", "unit": office.elsewhere.id, "starts_on": TODAY}

    assert (await browser.get(f"/people/{office.hansen.id}/edit", as_=local)).status_code == 404
    assert (await browser.submit("/people", as_=local, **forged)).status_code == 404
    assert (await browser.submit(f"/people/{office.weber.id}/roles", as_=local, **role)).status_code == 404
    assert (await browser.submit(f"/people/{office.hansen.id}/departure", as_=local, on=TODAY)).status_code == 404
    assert (await browser.submit(f"/units/{office.elsewhere.id}/closing", as_=local)).status_code == 404
    assert await actions(office.hansen.key) == []


async def test_nobody_takes_over_an_account_that_reaches_further(office: Office, local: Actor):
    await insert_membership(office.weber.id, unit=office.elsewhere.id, role=Role.HEAD, starts_on=LONG_AGO)
    role = await value("SELECT max(id) FROM membership")

    with pytest.raises(Refused, match="Gesundheitsamt Heidekreis"):
        await invite(await weber(office), by=local, at=NOW)
    with pytest.raises(Forbidden):
        await end_role(role, await weber(office), by=local, on=TODAY)


async def test_the_list_of_people_is_searched_filtered_and_swapped(office: Office, browser: Browser):
    whole = await browser.get("/people", as_=office.yildiz)
    part = await browser.get("/people?q=lukas", as_=office.yildiz, htmx=True)
    left = await browser.get("/people?stand=left", as_=office.yildiz)
    within = await browser.get(f"/people?unit={office.hygiene.id}", as_=office.yildiz)

    assert "Jonas Brandt" in whole.text
    assert part.text.startswith('<div id="people">')
    assert "Lukas Weber" in part.text
    assert "Jonas Brandt" not in part.text
    assert "Niemand gefunden" in left.text
    assert "Ayşe Kaya" in within.text
    assert "Sabine Yıldız</a>" not in within.text


async def test_the_list_is_exported_as_it_is_shown(office: Office, browser: Browser):
    text = await browser.get("/people/export.csv?q=weber", as_=office.yildiz)
    book = await browser.get("/people/export.xlsx?q=weber", as_=office.yildiz)

    assert text.text.splitlines()[1].startswith("Lukas Weber;Infektionsschutz und Hygiene;weber;mit Konto")
    assert len(text.text.splitlines()) == 2
    with ZipFile(BytesIO(book.content)) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml").decode()
    assert sheet.count("<row>") == 2
    assert ">Lukas Weber</t>" in sheet
    assert (await browser.get("/people/export.csv", as_=office.weber)).status_code == 403


async def test_a_stranger_is_not_on_the_list_and_not_at_the_address(office: Office, browser: Browser):
    listed = await browser.get("/people", as_=office.yildiz)
    shown = await browser.get(f"/people/{office.hansen.id}", as_=office.yildiz)

    assert "Nils Hansen" not in listed.text
    assert shown.status_code == 404


async def test_an_employee_does_not_open_the_list(office: Office, browser: Browser):
    assert (await browser.get("/people", as_=office.weber)).status_code == 403
    assert (await browser.get(f"/people/{office.kaya.id}", as_=office.weber)).status_code == 403


async def test_a_persons_page_offers_steps_only_to_the_administration(office: Office, browser: Browser):
    page = f"/people/{office.weber.id}"

    for_isb = await browser.get(page, as_=office.yildiz)
    for_admin = await browser.get(page, as_=office.reuter)

    assert "Lukas Weber" in for_isb.text
    assert "Ausscheiden eintragen" not in for_isb.text
    assert "Ausscheiden eintragen" in for_admin.text
    assert (await browser.get(f"{page}/edit", as_=office.yildiz)).status_code == 403


async def test_the_administration_walks_through_a_persons_life(office: Office, browser: Browser):
    admin: Any = {"as_": office.reuter}
    for page in ("/people/new", f"/people/{office.weber.id}/roles/new", f"/people/{office.weber.id}/departure"):
        assert (await browser.get(page, **admin)).status_code == 200
    taken = await browser.submit("/people", **admin, name="Lea Sommer", login="sommer", unit=office.hygiene.id)
    home = taken.headers["location"]
    await browser.submit(f"{home}/roles", **admin, role="it", unit=office.unit.id, starts_on=TODAY)
    role = await value("SELECT max(id) FROM membership")
    asked = await browser.get(f"{home}/roles/{role}/ending", **admin)
    await browser.submit(f"{home}/roles/{role}/ending", **admin, on=TODAY)
    invitation = await browser.submit(f"{home}/invitations", **admin)
    await browser.submit(f"{home}/departure", **admin, on=TODAY)
    shown = await browser.get(home, **admin)

    assert "IT-Betreuung" in asked.text
    assert "/welcome/" in invitation.text
    assert "Tom Reuter hat" in shown.text
    assert f"{TODAY:%d.%m.%Y}" in shown.text


async def test_what_was_typed_is_not_lost(office: Office, browser: Browser):
    admin: Any = {"as_": office.reuter}

    taken = await browser.submit("/people", **admin, name="Wilma Weber", login="weber", unit=office.hygiene.id)
    role = await browser.submit(
        f"/people/{office.weber.id}/roles", **admin, role="auditor", unit=office.unit.id, starts_on=""
    )
    leaving = await browser.submit(f"/people/{office.weber.id}/departure", **admin, on="morgen")
    ending = await browser.submit(f"/people/{office.weber.id}/roles/999999/ending", **admin, on=TODAY)

    assert taken.status_code == role.status_code == leaving.status_code == 422
    assert 'value="Wilma Weber"' in taken.text
    assert 'href="#field-starts_on"' in role.text
    assert ending.status_code == 404


async def test_a_lost_race_shows_what_is_stored_now(office: Office, browser: Browser):
    form = await browser.get(f"/people/{office.weber.id}/edit", as_=office.reuter)
    fields: Any = {"name": "Lukas Kraus", "login": "weber", "unit": office.hygiene.id, "version": 1}
    first = await browser.submit(f"/people/{office.weber.id}/changes", as_=office.reuter, **fields)
    second = await browser.submit(
        f"/people/{office.weber.id}/changes", as_=office.reuter, **(fields | {"name": "Lukas Moor"})
    )

    assert 'name="version" value="1"' in form.text
    assert first.status_code == 303
    assert second.status_code == 409
    assert 'value="Lukas Moor"' in second.text
    assert "Lukas Kraus" in second.text


async def test_an_invited_person_chooses_a_password_and_signs_in(office: Office, browser: Browser):
    token = await invite(await weber(office), by=office.reuter, at=NOW)

    form = await browser.get(f"/welcome/{token}")
    weak = await browser.submit(f"/welcome/{token}", password="kurz")
    done = await browser.submit(f"/welcome/{token}", password=BETTER)
    again = await browser.get(f"/welcome/{token}")
    signed_in = await browser.submit("/sign-in", login="weber", password=BETTER)

    assert "Willkommen, Lukas Weber" in form.text
    assert weak.status_code == 422
    assert done.headers["location"] == "/sign-in"
    assert again.status_code == 409
    assert signed_in.headers["location"] == "/"


async def test_the_search_field_for_people_finds_colleagues_and_no_strangers(office: Office, browser: Browser):
    found = await browser.get("/people/choices?field=holder&holder_q=we", as_=office.kaya)
    stranger = await browser.get("/people/choices?q=hansen", as_=office.kaya)

    assert f'name="holder" value="{office.weber.id}"' in found.text
    assert "Kein Treffer" in stranger.text
