"""The trail in the database: whoever gets past the triggers is named."""

from datetime import UTC, datetime

import pytest

from isms.audit import change
from isms.commands.evidence import request_package
from isms.db import engine, execute
from isms.evidence import making
from isms.evidence.live import Checked, verify_database
from isms.house import House
from tests.office import TODAY, Office


@pytest.fixture
async def trail(office: Office) -> None:
    for number in range(5):
        async with change("device.issued", f"device:{number}", by=office.brandt, to="Lukas Weber"):
            pass


async def past_the_triggers(sql: str, *args: object) -> None:
    """As somebody with the database's own account would."""
    if engine().engine_type == "sqlite":
        for name in (
            "audit_entry_refuses_update",
            "audit_entry_refuses_delete",
            "audit_payload_refuses_update",
            "audit_payload_refuses_delete",
        ):
            await execute(f"DROP TRIGGER IF EXISTS {name}")
    else:
        await execute("SET LOCAL session_replication_role = replica")
    await execute(sql, *args)


async def found(office: Office) -> list[str]:
    checked = await verify_database()
    return [str(finding) for each in checked if each.name == office.unit.name for finding in each.findings]


async def checked_by_name() -> dict[str, Checked]:
    return {each.name: each for each in await verify_database()}


@pytest.mark.usefixtures("trail")
async def test_an_honest_trail_passes(office: Office):
    checked = await checked_by_name()

    assert sum(each.count for each in checked.values()) == 0
    assert checked[office.unit.name].head.count == 5
    assert checked[office.elsewhere.name].head.count == 0


@pytest.mark.usefixtures("trail")
@pytest.mark.parametrize(
    ("sql", "said"),
    [
        (
            "UPDATE audit_entry SET line = replace(line, 'issued', 'stolen') WHERE seq = 3",
            "Eintrag 3 der Prüfspur ist verändert.",
        ),
        (
            "UPDATE audit_entry SET action = 'device.stolen' WHERE seq = 3",
            "Eintrag 3: Die Spalten der Tabelle sagen etwas anderes",
        ),
        (
            "UPDATE audit_entry SET link = payload_sha256 WHERE seq = 3",
            "Eintrag 3: Die gespeicherte Prüfsumme ist nicht die der Zeile.",
        ),
        ("DELETE FROM audit_entry WHERE seq = 3", "Eintrag 3 der Prüfspur fehlt."),
        (
            "UPDATE audit_payload SET content = replace(content, 'Weber', 'Kaya')",
            "Eintrag 1: Die Einzelheiten sind verändert.",
        ),
        ("DELETE FROM audit_payload", "Eintrag 5: Die Einzelheiten fehlen, ohne dass sie gelöscht wurden."),
    ],
)
async def test_what_somebody_did_to_it_is_named(office: Office, sql: str, said: str):
    where = f" AND institution = {office.unit.id}" if "WHERE" in sql else f" WHERE institution = {office.unit.id}"

    await past_the_triggers(sql + where)

    assert any(said in sentence for sentence in await found(office)), await found(office)


@pytest.mark.usefixtures("trail")
async def test_erased_details_are_no_flaw(office: Office):
    await execute("UPDATE audit_payload SET content = NULL, erased_at = {}", datetime.now(UTC))

    assert await found(office) == []


@pytest.mark.usefixtures("trail")
async def test_a_cut_tail_is_found_by_the_head_that_a_package_carries(office: Office, house: House):
    id = await request_package(office.unit, as_of=TODAY, named=False, by=office.yildiz, on=TODAY)
    made = await making.make(id, house, by=office.yildiz, on=TODAY)
    assert await found(office) == []

    await past_the_triggers("DELETE FROM audit_entry WHERE institution = {} AND seq > 4", office.unit.id)

    assert await found(office) == [f"Die Prüfspur ist nicht die, deren Kopf im Paket „{made.name}“ steht: {made.head}."]
