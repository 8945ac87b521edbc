"""Joining and leaving: what has to be done, what is still open, and when a name is no longer kept."""

from datetime import timedelta
from typing import Any

import pytest

from assets.commands.handovers import Handing, hand_over
from assets.commands.licences import LicenceFacts, add_licence, give_seat
from assets.commands.protocols import Piece
from assets.commands.steps import issue, take_back
from assets.queries.devices import handovers
from assets.queries.licences import licence
from assets.queries.protocols import protocol
from assets.rules.licences import LicenceKind
from assets.rules.protocols import Method, Signed
from isms.commands.accounts import Facts, correct
from isms.commands.checklists import keep_names, open_checklist, plan_checklists, reopen, tick
from isms.commands.forgetting import forget
from isms.commands.people import leave
from isms.db.reading import value
from isms.evidence.live import verify_database
from isms.house import House
from isms.housekeeping import forget_former
from isms.people import PersonRow, Someone, person, someone
from isms.permissions import May
from isms.queries.checklists import checklist, checklists, former, items, points, to_forget
from isms.rules.checklists import STARTERS, ChecklistKind, Point, read, written
from isms.rules.errors import Forbidden, Incomplete, Missing, Refused, Stale
from tests.assets.things import a_device, an_object, held
from tests.browser import Browser
from tests.office import TODAY, Office

LEAVING = STARTERS[ChecklistKind.LEAVING]


async def known(office: Office, who: str) -> PersonRow:
    return await person(getattr(office, who).id, seen_by=office.reuter, asks=May.MANAGE_PEOPLE)


async def gone(office: Office, who: str, *, days: int) -> None:
    await leave(await known(office, who), by=office.reuter, on=TODAY - timedelta(days=days))


def test_points_are_written_as_they_are_read():
    given = [Point(-7, "Konto einrichten"), Point(0, "Schlüssel; und Ausweis")]

    assert read(written(given)) == given
    assert read("3; spät\n\n -1 ; früh ") == [Point(-1, "früh"), Point(3, "spät")]


@pytest.mark.parametrize("line", ["Konto einrichten", "bald; Konto", "-7;", "999; Konto", "1; " + "x" * 201])
def test_a_line_that_is_no_point_is_named(line: str):
    with pytest.raises(Incomplete) as refused:
        read(f"0; gut\n{line}")

    complaint: Any = refused.value.complaints["points"]
    assert complaint.values["row"] == 2


async def test_leaving_opens_a_checklist_with_due_days(office: Office):
    last = TODAY + timedelta(days=10)

    await leave(await known(office, "weber"), by=office.reuter, on=last, points=LEAVING)

    (opened,) = await checklists(seen_by=office.brandt)
    listed = await items(opened)
    assert (opened.person_name, opened.day, opened.points) == ("Lukas Weber", last, len(LEAVING))
    assert [one.due_on for one in listed] == [point.due_on(last) for point in LEAVING]


async def test_a_point_is_ticked_once_and_can_be_opened_again(office: Office):
    id = await open_checklist(
        await known(office, "weber"), ChecklistKind.JOINING, [Point(0, "A")], day=TODAY, by=office.reuter
    )
    opened = await checklist(id, seen_by=office.brandt)
    (point,) = await items(opened)

    await tick(opened, point, by=office.brandt, on=TODAY)
    with pytest.raises(Stale):
        await tick(opened, point, by=office.brandt, on=TODAY)
    assert await checklists(seen_by=office.brandt) == []
    assert (await items(opened))[0].done_by == "Jonas Brandt"
    await reopen(opened, point, by=office.brandt)
    assert [one.id for one in await checklists(seen_by=office.brandt)] == [id]


async def test_strangers_and_employees_keep_no_checklists(office: Office):
    id = await open_checklist(
        await known(office, "weber"), ChecklistKind.JOINING, [Point(0, "A")], day=TODAY, by=office.reuter
    )
    opened = await checklist(id, seen_by=office.brandt)
    (point,) = await items(opened)

    for stranger in (office.hansen, office.weber, office.kaya):
        with pytest.raises(Missing):
            await checklist(id, seen_by=stranger)
        with pytest.raises(Forbidden):
            await tick(opened, point, by=stranger, on=TODAY)


async def test_an_office_plans_its_own_points(office: Office):
    with pytest.raises(Forbidden):
        await plan_checklists(ChecklistKind.JOINING, "0; A", office=office.unit, by=office.brandt)

    await plan_checklists(ChecklistKind.JOINING, "0; Kaffee zeigen", office=office.unit, by=office.reuter)

    assert await points(ChecklistKind.JOINING, office.unit.id) == [Point(0, "Kaffee zeigen")]
    assert await points(ChecklistKind.JOINING, office.elsewhere.id) == STARTERS[ChecklistKind.JOINING]
    assert await points(ChecklistKind.LEAVING, office.unit.id) == LEAVING


async def test_the_registers_say_what_is_still_open_with_somebody(office: Office, house: House):
    await issue(await a_device(office), office.weber, by=office.brandt, on=TODAY)
    await an_object(office, "Meldewesen", responsible=office.weber.id)
    bought = await add_licence(LicenceFacts("Tabellenwerk", LicenceKind.PERSON), unit=office.unit, by=office.brandt)
    seat: dict[str, Any] = {"person": await someone(office.weber.id, within=office.brandt)}
    await give_seat(await licence(bought, seen_by=office.brandt), **seat, by=office.brandt, on=TODAY)
    weber = Someone(id=office.weber.id, name=office.weber.name)

    open_for_it = [one.title.format(**one.values) for one in await house.open_with(weber, seen_by=office.brandt)]

    assert open_for_it == [
        "Gerät zurücknehmen: NB-0001 Notebook Außendienst",
        "Zuständigkeit übergeben: AW-001 Meldewesen",
        "Platz der Lizenz frei geben: Tabellenwerk",
    ]
    assert len(await house.open_with(weber, seen_by=None)) == 3
    assert await house.open_with(weber, seen_by=office.hansen) == []


async def test_what_leavers_have_lies_on_its_desk(office: Office, house: House):
    device = await a_device(office)
    await issue(device, office.weber, by=office.brandt, on=TODAY)
    brandt = await someone(office.brandt.id, within=office.brandt)
    before = [duty.title for duty in await house.due(brandt, seen_by=office.brandt, on=TODAY)]

    await leave(await known(office, "weber"), by=office.reuter, on=TODAY + timedelta(days=9), points=LEAVING)

    duties = await house.due(brandt, seen_by=office.brandt, on=TODAY)
    said = [duty.title.format(**duty.values) for duty in duties]
    assert "Lukas Weber geht: NB-0001 Notebook Außendienst zurücknehmen" in said
    assert "Lukas Weber: Aufgaben und Zuständigkeiten übergeben" in said
    assert not any("geht" in title for title in before)
    await take_back(await held(office, device), by=office.brandt, on=TODAY)
    after = [duty.title for duty in await house.due(brandt, seen_by=office.brandt, on=TODAY)]
    assert "{holder} geht: {device} zurücknehmen" not in after


async def test_a_name_goes_after_its_time_and_the_chain_stays(office: Office, house: House):
    device = await a_device(office)
    await correct(
        await known(office, "weber"),
        Facts("Lukas Weber-Kranz", "weber", "lukas@seestadt.example"),
        unit=office.hygiene,
        by=office.reuter,
    )
    await issue(device, office.weber, by=office.brandt, on=TODAY)
    await take_back(await held(office, device), by=office.brandt, on=TODAY)
    await gone(office, "weber", days=36 * 31)
    assert await value("SELECT count(*) FROM audit_payload WHERE content LIKE '%Lukas Weber%'") > 0

    assert await forget_former(house, on=TODAY) == 1

    assert (
        await value("SELECT name FROM person WHERE id = {}", office.weber.id) == f"Ehemalige Person {office.weber.id}"
    )
    assert await value("SELECT count(*) FROM person WHERE login = 'weber'") == 0
    for word in ("Lukas Weber", '"weber"', "lukas@seestadt.example"):
        assert await value("SELECT count(*) FROM audit_payload WHERE content LIKE {}", f"%{word}%") == 0
    (before,) = await handovers(await held(office, device), seen_by=office.brandt)
    assert before.person == office.weber.id
    assert [checked.findings for checked in await verify_database() if checked.findings] == []
    assert await forget_former(house, on=TODAY) == 0


async def test_who_still_has_a_device_keeps_the_name(office: Office, house: House):
    await issue(await a_device(office), office.weber, by=office.brandt, on=TODAY)
    await gone(office, "weber", days=36 * 31)

    assert await forget_former(house, on=TODAY) == 0
    assert await value("SELECT name FROM person WHERE id = {}", office.weber.id) == "Lukas Weber"


async def test_an_office_sets_its_own_time_and_others_keep_theirs(office: Office):
    await gone(office, "weber", days=400)
    assert await to_forget(TODAY) == []
    with pytest.raises(Incomplete):
        await keep_names(0, office=office.unit, by=office.reuter)
    with pytest.raises(Forbidden):
        await keep_names(12, office=office.unit, by=office.brandt)

    await keep_names(12, office=office.unit, by=office.reuter)

    assert [one.name for one in await to_forget(TODAY)] == ["Lukas Weber"]
    assert [one.name for one in await former(seen_by=office.reuter)] == ["Lukas Weber"]


async def test_nobody_is_forgotten_before_the_day_or_twice(office: Office):
    await gone(office, "weber", days=36 * 31)
    (one,) = await to_forget(TODAY)

    with pytest.raises(Refused, match="aufbewahrt"):
        await forget(one, areas=(), by=office.system, on=one.goes_on - timedelta(days=1))
    await forget(one, areas=(), by=office.system, on=TODAY)
    with pytest.raises(Refused, match="schon vergessen"):
        await forget(one, areas=(), by=office.system, on=TODAY)


async def test_a_percent_sign_in_a_name_erases_nobody_else(office: Office):
    await correct(await known(office, "weber"), Facts("L%", "weber", ""), unit=office.hygiene, by=office.reuter)
    await correct(await known(office, "kaya"), Facts("Lale Kaya", "kaya", ""), unit=office.hygiene, by=office.reuter)
    await gone(office, "weber", days=36 * 31)
    (one,) = await to_forget(TODAY)

    await forget(one, areas=(), by=office.system, on=TODAY)

    assert await value("SELECT count(*) FROM audit_payload WHERE content LIKE '%Lale Kaya%'") == 1


async def test_from_the_last_day_to_the_last_point(office: Office, browser: Browser):
    await issue(await a_device(office), office.weber, by=office.brandt, on=TODAY)
    admin: dict[str, Any] = {"as_": office.reuter}
    here = f"/people/{office.weber.id}"
    assert "Eine Checkliste sagt" in (await browser.get(f"{here}/departure", **admin)).text
    left = await browser.submit(f"{here}/departure", **admin, follow=True, on=TODAY)
    id = await value("SELECT id FROM checklist")
    shown = await browser.get(f"/checklists/{id}", as_=office.brandt)
    point = await value("SELECT min(id) FROM checklist_item")
    ticked = await browser.submit(f"/checklists/{id}/items/{point}/completion", as_=office.brandt, htmx=True)
    again = await browser.submit(f"/checklists/{id}/items/{point}/completion", as_=office.brandt)
    opened = await browser.submit(f"/checklists/{id}/items/{point}/reopening", as_=office.brandt, follow=True)
    listed = await browser.get("/checklists", as_=office.brandt)

    assert "Eintritt und Austritt" in left.text
    assert "Gerät zurücknehmen: NB-0001 Notebook Außendienst" in shown.text
    assert ticked.text.strip().startswith('<div id="checklist">')
    assert again.status_code == 409
    assert "Der Punkt ist wieder offen." in opened.text
    assert "Lukas Weber" in listed.text
    assert (await browser.get("/checklists", as_=office.kaya)).status_code == 403
    assert "Lukas Weber" not in (await browser.get("/checklists", as_=office.hansen)).text


async def test_the_administration_plans_points_and_periods(office: Office, browser: Browser):
    admin: dict[str, Any] = {"as_": office.reuter}
    assert "Geräte ausgeben" in (await browser.get("/checklists/plans", **admin)).text
    wrong = await browser.submit("/checklists/plans", **admin, kind="joining", points="Kaffee zeigen")
    right = await browser.submit("/checklists/plans", **admin, follow=True, kind="joining", points="0; Kaffee zeigen")
    assert "Ausgeschiedene" in (await browser.get("/people/former", **admin)).text
    never = await browser.submit("/people/former/retention", **admin, months=0)
    year = await browser.submit("/people/former/retention", **admin, follow=True, months=12)
    here = f"/people/{office.kaya.id}/checklists"
    assert "Checkliste anlegen" in (await browser.get(f"{here}/new", **admin)).text
    nothing = await browser.submit(here, **admin, kind="joining", day="bald")
    joined = await browser.submit(here, **admin, follow=True, kind="joining", day=TODAY)

    assert wrong.status_code == 422
    assert "Zeile 1 („Kaffee zeigen“) ist kein Punkt." in wrong.text
    assert "0; Kaffee zeigen" in right.text
    assert never.status_code == 422
    assert "Die Aufbewahrungsfrist ist festgelegt." in year.text
    assert nothing.status_code == 422
    assert "Kaffee zeigen" in joined.text


async def test_what_a_forgotten_person_signed_is_emptied_and_its_hash_stays(office: Office, house: House):
    signed = Signed(Method.DRAWN, drawing="M10 100L20 90L30 80L40 95L50 110L60 100L70 90L80 100L90 110")
    pieces = [Piece(await a_device(office), "wie neu", "Netzteil")]
    id = await hand_over(pieces, office.weber, Handing(person=signed), by=office.brandt, on=TODAY)
    before = await protocol(id, seen_by=office.brandt)
    await take_back(await held(office, pieces[0].device), by=office.brandt, on=TODAY)
    await gone(office, "weber", days=36 * 31)

    assert await forget_former(house, on=TODAY) == 1

    after = await protocol(id, seen_by=office.brandt)
    assert (after.content, after.sha256) == (None, before.sha256)
    assert await value("SELECT count(*) FROM signature WHERE drawing IS NOT NULL OR name <> ''") == 0
    assert await value("SELECT count(*) FROM handover_protocol WHERE content LIKE '%Lukas Weber%'") == 0
