"""Devices out of a list: known holders are found, unknown ones are asked about, and it is all or nothing."""

from typing import Any

import pytest

from assets.intake.devices import DEVICES
from assets.queries.devices import DeviceDetail, handovers
from assets.rules.lifecycle import Stage
from isms.area import Outcome, Plan, Upload
from isms.db import transaction
from isms.db.reading import value
from isms.intake import Unreadable
from isms.rules.errors import Forbidden, Missing
from tests.assets.things import a_device, a_run, held, trail
from tests.browser import Browser
from tests.office import TODAY, Office

LIST = """Asset Tag,Name,Category,Model,Location,Purchase Date,Purchase Cost,Checkout Type,Checked Out To: Username,\
Checked Out To: First Name,Checked Out To: Last Name,Checked Out To: Email,Checked Out To: Location
NB-1,Notebook,Notebook,Reise 13,Lager,1/23/23,2266.13,User,weber,Lukas,Weber,,
NB-2,Notebook,Notebook,Reise 13,Lager,,,User,pfremd,Paula,Fremd,paula@anderswo.example,
DR-1,Drucker,Drucker,,Lager,,,Location,,,,,Raum 12
SW-1,Switch,Netz,,Lager,,,,,,,,
"""
STRANGER = "holder-pfremd"


async def plan(office: Office, text: str, **answers: str) -> Plan:
    sent = Upload("geraete.csv", text.encode(), office.unit.id, answers)
    return await DEVICES.plan(sent, by=office.brandt, on=TODAY)


async def carry_out(office: Office, text: str, **answers: str) -> None:
    sent = Upload("geraete.csv", text.encode(), office.unit.id, answers)
    made = await DEVICES.plan(sent, by=office.brandt, on=TODAY)
    await DEVICES.carry_out(made, sent, run=await a_run(office, "devices"), by=office.brandt, on=TODAY)


async def numbered(office: Office, number: str) -> DeviceDetail:
    return await held(office, await value("SELECT id FROM device WHERE inventory_number = {}", number))


async def test_a_holder_whom_nobody_knows_is_asked_about(office: Office):
    made = await plan(office, LIST)

    assert [verdict.outcome for verdict in made.verdicts] == [
        Outcome.NEW,
        Outcome.QUESTION,
        Outcome.NEW,
        Outcome.NEW,
    ]
    (question,) = made.questions
    assert question.name == STRANGER
    assert question.values["name"] == "Paula Fremd"
    labels = [choice.label for choice in question.choices]
    assert labels[0].startswith("Als neue Person aufnehmen")
    assert "Ayşe Kaya" in labels
    assert "Nils Hansen" not in labels


async def test_devices_arrive_with_holder_place_and_stage(office: Office):
    await carry_out(office, LIST, **{STRANGER: "new"})

    notebook, second = await numbered(office, "NB-1"), await numbered(office, "NB-2")
    assert (notebook.stage, notebook.holder, notebook.price) == (Stage.ISSUED, office.weber.id, "2266,13 €")
    assert (second.stage, second.holder_name) == (Stage.ISSUED, "Paula Fremd")
    printer, switch = await numbered(office, "DR-1"), await numbered(office, "SW-1")
    assert (printer.stage, printer.place) == (Stage.INSTALLED, "Raum 12")
    assert (switch.stage, switch.place, switch.since) == (Stage.IN_STOCK, "Lager", TODAY)
    assert len(await handovers(notebook, seen_by=office.brandt)) == 1
    actions = [entry.action for entry in await trail()]
    assert actions.count("device.imported") == 4
    assert {"devices.imported", "person.added"} <= set(actions)


async def test_a_stranger_is_mapped_or_left_out(office: Office):
    await carry_out(office, LIST, **{STRANGER: str(office.kaya.id)})
    assert (await numbered(office, "NB-2")).holder == office.kaya.id


async def test_a_device_of_nobody_goes_into_stock(office: Office):
    await carry_out(office, LIST, **{STRANGER: "nobody"})
    assert (await numbered(office, "NB-2")).stage is Stage.IN_STOCK


async def test_an_answer_that_was_not_offered_is_none(office: Office):
    made = await plan(office, LIST, **{STRANGER: str(office.hansen.id)})

    assert made.count(Outcome.QUESTION) == 1


async def test_the_same_list_again_changes_nothing(office: Office):
    await carry_out(office, LIST, **{STRANGER: "nobody"})

    assert {verdict.outcome for verdict in (await plan(office, LIST)).verdicts} == {Outcome.UNCHANGED}


async def test_known_devices_get_new_facts_and_keep_stage_and_holder(office: Office):
    one = await a_device(office, "NB-1", name="Kuratiert")

    await carry_out(office, LIST.replace("NB-1,Notebook,", "NB-1,,"), **{STRANGER: "nobody"})

    after = await held(office, one)
    assert (after.name, after.model, after.stage, after.holder) == ("Kuratiert", "Reise 13", Stage.IN_STOCK, None)
    assert "device.changed" in [entry.action for entry in await trail()]


async def test_somebody_changed_a_device_between_preview_and_import(office: Office):
    await a_device(office, "NB-1")
    sent = Upload("geraete.csv", LIST.encode(), office.unit.id, {STRANGER: "nobody"})
    made = await DEVICES.plan(sent, by=office.brandt, on=TODAY)
    run = await a_run(office, "devices")
    await carry_out(office, LIST.replace("Reise 13", "Reise 15"), **{STRANGER: "nobody"})

    with pytest.raises(Exception, match=r"geändert|UNIQUE|unique"):
        async with transaction():
            await DEVICES.carry_out(made, sent, run=run, by=office.brandt, on=TODAY)

    assert (await numbered(office, "NB-1")).model == "Reise 15"


async def test_wrong_rows_say_why(office: Office):
    made = await plan(office, LIST + "NB-1,Doppelt,,,,,,,,,,,\n,Ohne,,,,,,,,,,,\nNB-9,Alt,,,,gestern,,,,,,,\n")

    assert [verdict.why.format(**verdict.values) for verdict in made.verdicts[4:]] == [
        "Diese Inventarnummer steht schon in Zeile 2.",
        "Die Inventarnummer fehlt. An ihr wird ein Gerät wiedererkannt.",
        "„gestern“ ist kein Datum. Möglich sind 31.12.2026, 2026-12-31 und 12/31/26 (Monat zuerst).",
    ]


async def test_a_german_list_with_bare_returns_and_a_bom(office: Office):
    text = "\ufeffInventarnummer;Bezeichnung;Seriennummer;Kaufdatum\rNB-7;Notebook;SN-7;31.12.2025\r"

    await carry_out(office, text)

    assert (await numbered(office, "NB-7")).serial == "SN-7"


async def test_a_file_without_numbers_is_no_such_list(office: Office):
    with pytest.raises(Unreadable):
        await plan(office, "Name,Farbe\nNotebook,grau\n")


@pytest.mark.parametrize("who", ["yildiz", "weber", "hansen"])
async def test_who_may_not_import(office: Office, who: str):
    sent = Upload("geraete.csv", LIST.encode(), office.unit.id)

    with pytest.raises((Forbidden, Missing)):
        await DEVICES.plan(sent, by=getattr(office, who), on=TODAY)


async def test_the_real_list_through_the_pages(office: Office, browser: Browser, real_data):
    content = (real_data / "snipe-it/assets-sample.csv").read_bytes()
    it: dict[str, Any] = {"as_": office.brandt, "follow": True}

    preview = await browser.submit(
        "/imports", kind="devices", unit=office.unit.id, files={"file": ("assets.csv", content, "text/csv")}, **it
    )
    assert "Wer ist Gage McCrackem?" in preview.text
    run = str(preview.url).rsplit("/", 1)[-1]
    names = {part.split('"')[0] for part in preview.text.split('name="answer.')[1:]}
    assert len(names) == 9
    answers: dict[str, Any] = {f"answer.{name}": "new" for name in names}
    await browser.submit(f"/imports/{run}/answers", **answers, **it)
    done = await browser.submit(f"/imports/{run}/completion", **it)

    assert done.status_code == 200
    assert await value("SELECT count(*) FROM device") == 22
    assert await value("SELECT count(*) FROM handover") == 9
    assert await value("SELECT count(*) FROM device WHERE stage = 'installed'") == 8
