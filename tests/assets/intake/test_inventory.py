"""Reports of devices as files: recognised, compared, merged; what people wrote stays, nothing personal is kept."""

import json
from datetime import date
from typing import Any

import pytest

from assets.intake.inventory import INVENTORY, door
from assets.queries.indicators.support import in_support
from assets.rules.inventory import FactName, State
from assets.rules.lifecycle import Stage
from isms.area import Outcome, Upload
from isms.db.reading import value
from isms.intake import Unreadable
from isms.rules.errors import Forbidden, Missing
from tests.assets.facts import a_report, facts_of, glpi, report, shipped_data, support_of, zipped
from tests.assets.things import a_device, held, trail
from tests.office import TODAY, Office

PARTIALS = ("batteries", "cpu", "memory", "softs", "volumes")


async def plan(office: Office, content: bytes, **answers: str):
    return await INVENTORY.plan(Upload("m.json", content, office.unit.id, answers), by=office.brandt, on=TODAY)


async def the_device(office: Office):
    return await held(office, await value("SELECT max(id) FROM device"))


async def test_an_unknown_device_is_taken_in_with_its_facts(office: Office):
    await shipped_data(office)
    made = await report(office, a_report())

    assert [one.outcome for one in made.verdicts] == [Outcome.NEW]
    device = await the_device(office)
    assert (device.inventory_number, device.name, device.stage) == ("NEU-NW4711", "NB-FELD-1", Stage.INSTALLED)
    assert (device.serial, device.maker, device.category, device.place) == ("NW4711", "Nordwind", "Notebook", "")
    facts = await facts_of(device.id)
    assert facts[FactName.ENCRYPTION] == facts[FactName.ANTIVIRUS] == facts[FactName.SECURE_BOOT] == State.ON
    assert (await support_of(device)).ends_on == date(2027, 10, 12)
    assert await value("SELECT count(*) FROM device_software WHERE gone_at IS NULL") == 2
    assert (await in_support(office.unit.path, on=TODAY)).percent == 100


async def test_who_wants_no_new_devices_has_them_noted(office: Office):
    made = await plan(office, a_report(), unknown="skip")
    assert [one.outcome for one in made.verdicts] == [Outcome.LEFT_OUT]

    await report(office, a_report(), unknown="skip")
    await report(office, a_report(), unknown="skip")

    assert await value("SELECT count(*) FROM device") == 0
    assert await value("SELECT count(*) FROM inventory_report WHERE device IS NULL AND complaint <> ''") == 1


async def test_the_same_report_again_changes_nothing(office: Office):
    await report(office, a_report())
    before = [await value(f"SELECT count(*) FROM {table}") for table in ("reported_fact", "inventory_report", "device")]

    made = await report(office, a_report())

    assert [one.outcome for one in made.verdicts] == [Outcome.UNCHANGED]
    assert before == [
        await value(f"SELECT count(*) FROM {table}") for table in ("reported_fact", "inventory_report", "device")
    ]


@pytest.mark.parametrize(
    ("number", "facts"),
    [
        ("NB-1", {"serial": "NW4711"}),
        ("NW-TAG-9", {"serial": ""}),
    ],
)
async def test_a_known_device_is_recognised(office: Office, number: str, facts: dict[str, Any]):
    one = await a_device(office, number, **facts)
    bios = {"ssn": "NW4711", "assettag": "NW-TAG-9", "smanufacturer": "Nordwind", "smodel": "Reise 14"}

    await report(office, a_report(bios=bios))

    assert await value("SELECT count(*) FROM device") == 1
    assert (await held(office, one)).maker == "Nordwind"
    assert (await held(office, one)).stage is Stage.IN_STOCK


async def test_the_uuid_and_then_the_agent_recognise_what_has_no_serial(office: Office):
    bare = {"smanufacturer": "Nordwind", "ssn": "To be filled by O.E.M."}
    await report(office, a_report(bios=bare))
    renamed = {"name": "ANDERS", "uuid": "4c4c4544-0034-3010-8048-b6c04f500001"}
    await report(office, a_report(bios=bare, hardware=renamed, deviceid="anders-2026-01-01-00-00-00"))
    await report(office, a_report(bios=bare, hardware={"name": "ANDERS"}, deviceid="anders-2026-01-01-00-00-00"))

    assert await value("SELECT count(*) FROM device") == 1
    assert (await facts_of((await the_device(office)).id))[FactName.HOSTNAME] == "ANDERS"


async def test_a_cloned_disk_does_not_make_two_machines_one(office: Office):
    await report(office, a_report())
    other = {"ssn": "NW9999", "smanufacturer": "Nordwind", "smodel": "Reise 14"}
    await report(office, a_report(bios=other, hardware={"name": "NB-FELD-1"}))

    assert await value("SELECT count(*) FROM device") == 2


async def test_two_devices_that_a_report_could_be_of_are_a_conflict(office: Office):
    await a_device(office, "NB-1", serial="NW4711")
    await a_device(office, "NB-2")
    made = await report(office, a_report(bios={"ssn": "NW4711", "assettag": "NB-2"}))

    (verdict,) = made.verdicts
    assert verdict.outcome is Outcome.WRONG
    assert "NB-2" in verdict.why.format(**verdict.values)
    assert await value("SELECT count(*) FROM reported_fact") == 0
    assert await value("SELECT count(*) FROM inventory_report WHERE device IS NULL") == 1


async def test_what_a_person_wrote_stays_and_the_difference_is_marked(office: Office):
    one = await a_device(office, "NB-1", serial="NW4711", maker="Nordwind GmbH", model="Sturm 9")

    made = await report(office, a_report())

    after = await held(office, one)
    assert (after.maker, after.model) == ("Nordwind GmbH", "Sturm 9")
    assert "Im Verzeichnis steht anderes" in made.verdicts[0].why
    assert made.verdicts[0].values["own"] == (FactName.MODEL,)
    assert await value("SELECT count(*) FROM reported_fact WHERE differs AND replaced_at IS NULL") == 1


async def test_partial_reports_merge_and_take_nothing_away(office: Office, real_data):
    await report(office, glpi(real_data, "computer_1"), *(glpi(real_data, f"computer_1_partial_{n}") for n in PARTIALS))

    device = await the_device(office)
    facts = await facts_of(device.id)
    assert await value("SELECT count(*) FROM device") == 1
    assert facts[FactName.SYSTEM] == "Fedora"
    assert facts[FactName.FIREWALL] == State.ON
    assert facts[FactName.ENCRYPTION] == State.PARTLY
    assert await value("SELECT count(*) FROM device_software WHERE gone_at IS NULL") == 6
    assert await value("SELECT count(*) FROM device_software WHERE gone_at IS NOT NULL") == 1
    assert await value("SELECT count(*) FROM storage_medium") == 1
    assert await value("SELECT serial FROM storage_medium") == "S29NNXAH146409"


async def test_all_samples_in_one_archive(office: Office, real_data):
    folder = real_data / "glpi-inventory"
    names = [path.stem for path in sorted(folder.glob("*.json")) if "schema" not in path.name]
    content = zipped(**{name: glpi(real_data, name) for name in names}, kaputt=b"{", leer=b"{}", liste=b"[1]")

    made = await report(office, content)

    assert made.count(Outcome.WRONG) == 3
    assert made.count(Outcome.NEW) == 6
    assert made.count(Outcome.CHANGED) == 6
    assert await value("SELECT count(*) FROM device") == 6
    ((_, values),) = made.warnings
    assert "operatingsystem.ssh_key (2)" in values["names"]
    again = await report(office, content)
    assert again.count(Outcome.NEW) == 0


async def test_a_program_that_is_gone_was_there_until_then(office: Office):
    await report(office, a_report(), a_report(softwares=[{"name": "LibreOffice", "version": "25.8"}]))

    rows = "SELECT count(*) FROM device_software"
    assert await value(f"{rows} WHERE gone_at IS NULL") == 1
    assert await value(f"{rows} WHERE gone_at IS NOT NULL") == 2


async def test_a_whole_report_without_virus_protection_is_no_proof_of_it(office: Office):
    await report(office, a_report())
    await report(office, a_report(antivirus=None))
    device = await the_device(office)

    assert (await facts_of(device.id))[FactName.ANTIVIRUS] == State.UNKNOWN
    await report(office, a_report(antivirus=None, drives=None, partial=True))
    assert (await facts_of(device.id))[FactName.ENCRYPTION] == State.ON


async def test_a_device_that_is_gone_and_reports_is_told(office: Office):
    one = await a_device(office, "NB-1", serial="NW4711")
    await value("UPDATE device SET stage = 'disposed' WHERE id = {} RETURNING id", one.id)

    made = await report(office, a_report())

    assert "meldet sich aber" in made.verdicts[0].why
    assert await value("SELECT count(*) FROM reported_fact") == 0


async def test_what_the_door_kept_it_keeps_again(real_data):
    for name in ("computer_1", "phone_1", "networkequipment_3"):
        once = door(glpi(real_data, name))
        assert json.loads(door(once)) == json.loads(once)


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"\x00\x00", b'{"a": 1e999}', b"[" * 200, b"PK\x03\x04kaputt"])
async def test_a_file_that_is_no_report_is_explained(office: Office, content: bytes):
    try:
        made = await plan(office, content)
    except Unreadable:
        return
    assert {one.outcome for one in made.verdicts} == {Outcome.WRONG}


@pytest.mark.parametrize("who", ["yildiz", "weber", "hansen"])
async def test_who_may_not_read_in(office: Office, who: str):
    with pytest.raises((Forbidden, Missing)):
        await report(office, a_report(), by=getattr(office, who))


async def test_the_trail_tells_it_in_counts(office: Office):
    await report(office, a_report())

    assert {"inventory.read_in", "device.reported", "device.reported_new"} <= {one.action for one in await trail()}
