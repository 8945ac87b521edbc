"""Indicators and reports: as of any past day, with the rows behind, and what is recorded later changes nothing."""

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, date, datetime, time, timedelta

import pytest

from assets.area import ASSETS
from assets.commands.needs import assess
from assets.commands.objects import end
from assets.commands.steps import issue
from assets.queries.indicators.devices import devices_assigned, inventory_seen_within
from assets.queries.indicators.objects import objects_assessed
from assets.rules.kinds import Kind
from assets.rules.lifecycle import Stage, Step
from assets.rules.protection import Goal, ProtectionNeed
from assets.tables import Device, Handover, Sighting, StageChange
from isms.rules.errors import Refused
from tests.assets.things import a_device, an_object, held, runs_on, seen
from tests.office import TODAY, Office


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def noon(days: int) -> datetime:
    return datetime.combine(ago(days), time(12), UTC)


@pytest.fixture
async def notebook(office: Office) -> Device:
    """In stock for forty days, with Weber for twenty of them, back since ten, recorded each time at once."""
    device = Device(
        inventory_number="NB-0001",
        name="Notebook",
        unit=office.unit.id,
        institution=office.unit.id,
        stage=Stage.IN_STOCK,
        place="Lager",
    )
    await device.save()
    for days, step, stage in (
        (40, None, Stage.IN_STOCK),
        (30, Step.ISSUE, Stage.ISSUED),
        (10, Step.TAKE_BACK, Stage.IN_STOCK),
    ):
        await StageChange(
            device=device.id,
            step=step,
            stage=stage,
            place="Lager" if stage is Stage.IN_STOCK else "Hygiene",
            taken_on=ago(days),
            taken_by=office.brandt.id,
            recorded_at=noon(days),
        ).save()
        await Sighting(device=device.id, seen_on=ago(days), seen_by=office.brandt.id, recorded_at=noon(days)).save()
    await Handover(
        device=device.id,
        person=office.weber.id,
        issued_on=ago(30),
        issued_by=office.brandt.id,
        recorded_at=noon(30),
        returned_on=ago(10),
        taken_back_by=office.brandt.id,
        return_recorded_at=noon(10),
    ).save()
    return device


async def report(name: str, scope: str, on: date) -> list[dict[str, object]]:
    (found,) = (one for one in ASSETS.reports if one.name == name)
    rows: AsyncIterator[Sequence[object]] = found.rows(scope, on=on)
    return [dict(zip((column.name for column in found.columns), row, strict=True)) async for row in rows]


@pytest.mark.parametrize(
    ("days", "stage", "holder", "place"),
    [
        (35, Stage.IN_STOCK, None, "Lager"),
        (30, Stage.ISSUED, "Lukas Weber", "Hygiene"),
        (11, Stage.ISSUED, "Lukas Weber", "Hygiene"),
        (10, Stage.IN_STOCK, None, "Lager"),
        (0, Stage.IN_STOCK, None, "Lager"),
    ],
)
async def test_the_register_of_any_past_day(office: Office, notebook, days, stage, holder, place):
    (row,) = await report("devices", office.unit.path, ago(days))

    assert (row["stage"], row["holder"], row["place"]) == (stage, holder, place)


async def test_before_it_was_on_record_there_was_no_device(office: Office, notebook):
    assert await report("devices", office.unit.path, ago(41)) == []
    assert (await devices_assigned(office.unit.path, on=ago(41))).percent is None


async def test_what_is_recorded_late_does_not_change_the_past(office: Office, notebook):
    """A handover of thirty-five days ago that somebody enters today was not known then."""
    await Handover(device=notebook.id, person=office.kaya.id, issued_on=ago(35), issued_by=office.brandt.id).save()

    (row,) = await report("devices", office.unit.path, ago(35))
    assert row["holder"] is None


async def test_a_return_that_was_recorded_late_was_still_open_until_then(office: Office, notebook):
    await Handover.update({Handover.return_recorded_at: noon(5)}).where(Handover.device == notebook.id)

    (then,) = await report("handovers", office.unit.path, ago(7))
    (now,) = await report("handovers", office.unit.path, TODAY)
    assert (then["returned_on"], now["returned_on"]) == (None, ago(10))
    assert then["person"] == "Lukas Weber"


async def test_other_offices_are_not_counted(office: Office, notebook):
    assert await report("devices", office.elsewhere.path, TODAY) == []
    assert (await inventory_seen_within(office.elsewhere.path, on=TODAY)).denominator == 0


async def test_a_device_counts_when_it_is_known_where_it_is_and_who_has_it(office: Office, notebook):
    await issue(await a_device(office, "NB-0002"), office.weber, by=office.brandt, on=TODAY)
    await a_device(office, "NB-0003", place="")
    await a_device(office, "NB-0004", stage=Stage.ORDERED)

    found = await devices_assigned(office.unit.path, on=TODAY)

    assert (found.numerator, found.denominator, found.percent) == (2, 3, 66)
    assert {fact.label: fact.counts for fact in found.facts} == {
        "NB-0001 Notebook": True,
        "NB-0002 Notebook Außendienst": True,
        "NB-0003 Notebook Außendienst": False,
    }
    assert (await devices_assigned(office.unit.path, on=ago(1))).denominator == 1


@pytest.mark.parametrize(("days", "on", "counts"), [("5", 0, 0), ("10", 0, 1), ("5", 8, 1), ("365", 0, 1)])
async def test_seen_within_so_many_days(office: Office, notebook, days: str, on: int, counts: int):
    found = await inventory_seen_within(office.unit.path, on=ago(on), days=days)

    assert (found.numerator, found.denominator) == (counts, 1)
    assert found.facts[0].since == ago(10)


async def test_days_that_are_no_number(office: Office):
    with pytest.raises(Refused, match="„bald“ ist keine Zahl von Tagen"):
        await inventory_seen_within(office.unit.path, on=TODAY, days="bald")


async def test_objects_with_a_need(office: Office):
    records = await an_object(office, "Akte", personal_data=True)
    server = await an_object(office, "Server", Kind.IT_SYSTEM)
    await an_object(office, "Raum", Kind.ROOM)
    await runs_on(office, records, server)
    await assess(await seen(office, records), {Goal.INTEGRITY: ProtectionNeed.HIGH}, reason="", by=office.yildiz)

    found = await objects_assessed(office.unit.path, on=TODAY)

    assert (found.numerator, found.denominator) == (2, 3)
    rows = {row["short_id"]: row for row in await report("objects", office.unit.path, TODAY)}
    assert rows["IT-001"]["integrity"] is ProtectionNeed.HIGH
    assert (rows["AW-001"]["personal_data"], rows["AW-001"]["kind"]) == (True, Kind.APPLICATION)
    (link,) = await report("object_links", office.unit.path, TODAY)
    assert (link["source"], link["target"]) == ("AW-001", "IT-001")
    assert await report("objects", office.unit.path, ago(1)) == []


async def test_what_left_the_structure_is_no_longer_in_it(office: Office):
    await end(await an_object(office, "Akte"), reason="abgelöst", by=office.yildiz, on=TODAY)

    assert await report("objects", office.unit.path, TODAY) == []


async def test_indicators_that_rule_packs_name(office: Office):
    assert {one.key for one in ASSETS.indicators} >= {"assets.devices_assigned", "assets.inventory_seen_within"}
    for one in ASSETS.indicators:
        assert (await one.measure(office.unit.path, on=TODAY)).on == TODAY


async def test_devices_are_still_there(office: Office, notebook):
    assert (await held(office, notebook.id)).stage is Stage.IN_STOCK
