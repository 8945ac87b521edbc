"""A whole import is taken back: what it brought goes, what it changed is as before, what somebody used stays."""

from dataclasses import replace

import pytest

from assets.commands.devices import change_device
from assets.commands.links import link
from assets.commands.needs import assess
from assets.commands.steps import issue, take_back
from assets.intake.devices import DEVICES
from assets.intake.objects import OBJECTS
from assets.queries.device_list import AskedDevices, devices
from assets.queries.devices import DeviceDetail
from assets.queries.objects import choices
from assets.rules.kinds import Kind, LinkKind
from assets.rules.lifecycle import Stage
from assets.rules.protection import Goal, ProtectionNeed
from isms.area import Undoing
from isms.db.reading import value
from isms.listing import Ask
from isms.rules.errors import Forbidden, Refused, Stale
from tests.assets.intake.runs import read_in, undo, would_undo
from tests.assets.things import a_device, an_object, held, seen, trail
from tests.browser import Browser
from tests.office import TODAY, Office

LIST = """Inventarnummer;Bezeichnung;Hersteller;Modell;Inhaber
NB-1;Notebook;Nordwerk;Reise 13;Lukas Weber
NB-2;Notebook;Nordwerk;Reise 13;
"""
STRANGER = "Inventarnummer;Bezeichnung;Inhaber\nNB-3;Notebook;Paula Fremd\n"
APPLICATIONS = "name;typ;beschreibung;zielobjektkategorie;schutzbedarf_c\nMelder;Anwendung;Meldungen;Anwendungen;hoch\n"


async def numbered(office: Office, number: str) -> DeviceDetail:
    return await held(office, await value("SELECT id FROM device WHERE inventory_number = {}", number))


async def test_devices_that_came_by_mistake_go_and_stay_on_record(office: Office):
    run = await read_in(office, DEVICES, LIST, by=office.brandt)

    plan = await undo(DEVICES, run, by=office.brandt)

    assert plan.count(Undoing.ENDED) == 2
    one = await numbered(office, "NB-1")
    assert (one.stage, one.holder) == (Stage.WITHDRAWN, None)
    assert await value("SELECT count(*) FROM stage_change WHERE device = {}", one.id) == 2
    assert await value("SELECT count(*) FROM handover WHERE device = {} AND returned_on IS NOT NULL", one.id) == 1
    page = await devices(AskedDevices(), Ask(), seen_by=office.brandt)
    assert not page.rows
    assert {"import.undone", "devices.import_undone", "device.import_undone"} <= {each.action for each in await trail()}


async def test_the_same_list_brings_them_back(office: Office):
    run = await read_in(office, DEVICES, LIST, by=office.brandt)
    await undo(DEVICES, run, by=office.brandt)

    again = await read_in(office, DEVICES, LIST.replace("Reise 13", "Reise 15"), by=office.brandt)

    one = await numbered(office, "NB-1")
    assert (one.stage, one.model, one.holder) == (Stage.ISSUED, "Reise 15", office.weber.id)
    assert await value("SELECT count(*) FROM device") == 2
    await undo(DEVICES, again, by=office.brandt)
    assert (await numbered(office, "NB-1")).stage is Stage.WITHDRAWN


async def test_a_device_that_was_handed_out_since_stays(office: Office):
    run = await read_in(office, DEVICES, LIST, by=office.brandt)
    await issue(await numbered(office, "NB-2"), office.kaya, by=office.brandt, on=TODAY)

    plan = await undo(DEVICES, run, by=office.brandt)

    (stays,) = [one for one in plan.reversals if one.outcome is Undoing.KEPT]
    assert stays.title.startswith("NB-2")
    assert "Seit dem Import geändert" in stays.why
    assert (await numbered(office, "NB-2")).stage is Stage.ISSUED
    assert (await numbered(office, "NB-1")).stage is Stage.WITHDRAWN


async def test_whoever_was_taken_in_with_a_device_goes_with_it(office: Office):
    run = await read_in(office, DEVICES, STRANGER, by=office.brandt, **{"holder-paula fremd": "new"})
    assert await value("SELECT count(*) FROM person WHERE name = 'Paula Fremd' AND left_on IS NULL") == 1

    await undo(DEVICES, run, by=office.brandt)

    assert await value("SELECT count(*) FROM person WHERE name = 'Paula Fremd' AND withdrawn_on IS NOT NULL") == 1


async def test_whoever_holds_a_device_that_stays_stays(office: Office):
    run = await read_in(office, DEVICES, STRANGER, by=office.brandt, **{"holder-paula fremd": "new"})
    await take_back(await numbered(office, "NB-3"), by=office.brandt, on=TODAY)

    plan = await would_undo(DEVICES, run, by=office.brandt)

    assert {one.outcome for one in plan.reversals} == {Undoing.KEPT}
    with pytest.raises(Refused, match="nichts mehr"):
        await undo(DEVICES, run, by=office.brandt)


async def test_changed_fields_go_back_unless_somebody_wrote_since(office: Office):
    await a_device(office, "NB-1", maker="Altwerk", model="Alt 1")
    run = await read_in(office, DEVICES, LIST.replace("Lukas Weber", ""), by=office.brandt)
    one = await numbered(office, "NB-1")
    assert (one.maker, one.model) == ("Nordwerk", "Reise 13")
    await change_device(one, replace(one.facts, model="Handarbeit"), by=office.brandt, version=one.version)

    plan = await undo(DEVICES, run, by=office.brandt)

    one = await numbered(office, "NB-1")
    assert (one.maker, one.model, one.stage) == ("Altwerk", "Handarbeit", Stage.IN_STOCK)
    assert [each.outcome for each in plan.reversals if each.title.startswith("NB-1")] == [Undoing.RESTORED]


async def test_two_imports_are_taken_back_one_after_the_other(office: Office):
    first = await read_in(office, DEVICES, LIST, by=office.brandt)
    second = await read_in(office, DEVICES, LIST.replace("Reise 13", "Reise 15"), by=office.brandt)

    blocked = await would_undo(DEVICES, first, by=office.brandt)
    await undo(DEVICES, second, by=office.brandt)
    free = await undo(DEVICES, first, by=office.brandt)

    assert {one.outcome for one in blocked.reversals} == {Undoing.KEPT}
    assert {one.outcome for one in free.reversals} == {Undoing.ENDED}


async def test_objects_go_and_what_a_list_changed_is_as_before(office: Office):
    known = await an_object(office, "Bestand", description="Von Hand")
    rows = APPLICATIONS + "Bestand;Anwendung;Aus der Liste;Anwendungen;hoch\n"
    run = await read_in(office, OBJECTS, rows, by=office.yildiz)
    assert (await seen(office, known)).confidentiality == ProtectionNeed.HIGH

    plan = await undo(OBJECTS, run, by=office.yildiz)

    assert (plan.count(Undoing.ENDED), plan.count(Undoing.RESTORED)) == (1, 1)
    one = await seen(office, known)
    assert (one.description, one.own[Goal.CONFIDENTIALITY], one.categories) == ("Von Hand", None, ())
    assert one.confidentiality == ProtectionNeed.NORMAL
    assert not await choices("melder", seen_by=office.yildiz)


async def test_an_object_that_is_linked_by_now_stays(office: Office):
    run = await read_in(office, OBJECTS, APPLICATIONS, by=office.yildiz)
    (melder,) = await choices("melder", seen_by=office.yildiz)
    server = await an_object(office, "Server", Kind.IT_SYSTEM)
    await link(await seen(office, melder.id), LinkKind.RUNS_ON, server, by=office.yildiz, on=TODAY)

    (one,) = (await would_undo(OBJECTS, run, by=office.yildiz)).reversals

    assert one.outcome is Undoing.KEPT


async def test_a_need_that_was_assessed_since_stays(office: Office):
    known = await an_object(office, "Melder")
    run = await read_in(office, OBJECTS, "name;typ;schutzbedarf_c\nMelder;Anwendung;hoch\n", by=office.yildiz)
    urgent = {Goal.CONFIDENTIALITY: ProtectionNeed.VERY_HIGH}
    await assess(await seen(office, known), urgent, reason="", by=office.yildiz)

    (one,) = (await would_undo(OBJECTS, run, by=office.yildiz)).reversals

    assert (one.outcome, one.why) == (Undoing.KEPT, "Seit dem Import anders eingetragen: {others}.")


async def test_it_is_taken_back_once_and_as_it_was_seen(office: Office):
    run = await read_in(office, DEVICES, LIST, by=office.brandt)
    as_seen = await would_undo(DEVICES, run, by=office.brandt)
    await issue(await numbered(office, "NB-2"), office.kaya, by=office.brandt, on=TODAY)

    from isms.commands.undoing import take_back as take_run_back

    with pytest.raises(Stale, match="Inzwischen"):
        await take_run_back(DEVICES, run, by=office.brandt, on=TODAY, seen=as_seen.fingerprint)
    await undo(DEVICES, run, by=office.brandt)
    with pytest.raises(Stale, match="schon zurückgenommen"):
        await undo(DEVICES, run, by=office.brandt)
    assert await value("SELECT count(*) FROM audit_entry WHERE action = 'import.undone'") == 1


async def test_who_may_not_import_may_not_take_back(office: Office):
    run = await read_in(office, DEVICES, LIST, by=office.brandt)
    plan = await would_undo(DEVICES, run, by=office.brandt)

    from isms.commands.undoing import take_back as take_run_back

    for who in (office.weber, office.hansen, office.yildiz):
        with pytest.raises(Forbidden):
            await take_run_back(DEVICES, run, by=who, on=TODAY, seen=plan.fingerprint)


async def test_the_pages_show_first_and_do_then(office: Office, browser: Browser):
    run = await read_in(office, DEVICES, LIST, by=office.brandt)

    done = await browser.get(f"/imports/{run.id}", as_=office.brandt)
    asked = await browser.get(f"/imports/{run.id}/undoing", as_=office.brandt)
    strange = await browser.get(f"/imports/{run.id}/undoing", as_=office.hansen)
    seen_plan = (await would_undo(DEVICES, run, by=office.brandt)).fingerprint
    after = await browser.submit(f"/imports/{run.id}/undoing", as_=office.brandt, follow=True, seen=seen_plan)
    twice = await browser.submit(f"/imports/{run.id}/undoing", as_=office.brandt, seen=seen_plan)

    assert f'href="/imports/{run.id}/undoing"' in done.text
    assert "NB-1 Notebook" in asked.text
    assert seen_plan in asked.text
    assert strange.status_code == 404
    assert "Dieser Import ist zurückgenommen." in after.text
    assert twice.status_code == 409
