"""Agents that report at the same moment: one machine is one device, and none is lost."""

from uuid import uuid4

from assets.commands.inventory import take_agents_report
from assets.commands.inventory_writing import How
from assets.intake.inventory import entries
from assets.queries.inventory_view import Arrived
from assets.rules.inventory import FactName
from assets.rules.inventory_reading import report_of
from assets.tables import AgentToken
from isms.db.reading import value
from isms.db.writing import insert
from tests.assets.facts import a_report
from tests.assets.races.test_at_once import at_once
from tests.office import TODAY, Office

MANY = 8


def arrived(serial: str, **told: object) -> Arrived:
    bios = {"ssn": serial, "smanufacturer": "Nordwind", "smodel": "Reise 14"}
    hardware = {"name": serial, "uuid": str(uuid4()), "chassis_type": "Laptop"}
    content = a_report(bios=bios, hardware=hardware, deviceid=f"{serial}-2026-01-01-08-00-00", **told)
    (entry,) = entries(content)
    assert entry.kept
    return Arrived(report_of(entry.kept), entry.sha256)


async def a_way_in(office: Office) -> How:
    token = await insert(
        AgentToken,
        unit=office.unit.id,
        name="Agenten",
        token_hash=uuid4().hex,
        takes_in=True,
        made_by=office.brandt.id,
    )
    return How(office.unit, takes_in=True, token=token)


async def test_the_same_machine_twice_at_once_is_one_device(office: Office):
    how, one = await a_way_in(office), arrived(f"SN-{uuid4().hex[:8]}")

    done, noes = await at_once(*(take_agents_report(one, how, by=office.system, on=TODAY) for _ in range(MANY)))

    assert (len(done), noes) == (MANY, [])
    assert await value("SELECT count(*) FROM device WHERE serial = {}", one.report.facts[FactName.SERIAL]) == 1
    assert sum(counts["new"] for counts in done) == 1


async def test_many_machines_at_once_are_as_many_devices(office: Office):
    how, mark = await a_way_in(office), uuid4().hex[:6]
    machines = [arrived(f"{mark}-{number}") for number in range(MANY)]

    _, noes = await at_once(*(take_agents_report(one, how, by=office.system, on=TODAY) for one in machines))

    assert noes == []
    assert await value("SELECT count(*) FROM device WHERE serial LIKE {}", f"{mark}-%") == MANY
