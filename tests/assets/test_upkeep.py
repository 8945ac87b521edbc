"""Maintenance, contracts and what devices are worth: on record, in lists, on the desk, in figures."""

from datetime import date, timedelta
from typing import Any

import pytest

from assets.commands.contracts import ContractFacts, add_contract, change_contract, cover, release
from assets.commands.maintenance import end_plan, maintain, plan_maintenance
from assets.commands.service_lives import set_service_life
from assets.commands.steps import retire
from assets.queries.contracts import contract, contracts, contracts_of, covered
from assets.queries.endings import Ending, endings
from assets.queries.indicators.maintenance import maintenance_in_time
from assets.queries.maintenance import AskedPlans, maintenance_of, plan, plans
from assets.queries.sockets import due
from assets.queries.worth import forecast, to_replace, worth
from assets.rules.upkeep import Condition, ContractKind, MaintenanceFacts, MaintenanceKind, Timeliness
from isms.db.reading import value
from isms.listing import Ask
from isms.people import someone
from isms.rules.errors import Forbidden, Incomplete, Missing, Refused, Stale
from tests.assets.things import a_device, held, trail
from tests.office import TODAY, Office

LONG_AGO = TODAY - timedelta(days=400)


def told(**different) -> MaintenanceFacts:
    facts: dict[str, Any] = {
        "kind": MaintenanceKind.PREVENTIVE,
        "occasion": "Jährliche Prüfung",
        "started_on": TODAY,
        "done_on": TODAY,
        "involved": "Jonas Brandt",
        "actions": "Akkus gemessen",
        "condition": Condition.READY,
        "findings": "alle über 80 %",
    }
    return MaintenanceFacts(**(facts | different))


async def a_plan(office: Office, device, *, starts_on: date = LONG_AGO) -> int:
    given: dict[str, Any] = {"months": 12, "starts_on": starts_on}
    return await plan_maintenance(device, "Akkus prüfen", **given, by=office.brandt, on=TODAY)


def support(**different) -> ContractFacts:
    facts: dict[str, Any] = {
        "kind": ContractKind.SUPPORT,
        "title": "Vor-Ort-Service",
        "partner": "Muster IT",
        "number": "V-7",
        "starts_on": LONG_AGO,
        "ends_on": TODAY + timedelta(days=40),
        "notice_until": None,
        "cost_cents": 120_000,
        "per_months": 12,
        "notes": "",
    }
    return ContractFacts(**(facts | different))


async def test_a_plan_is_overdue_until_somebody_maintains(office: Office):
    device = await a_device(office)
    followed = await plan(await a_plan(office, device), seen_by=office.brandt)
    assert followed.timeliness(TODAY) is Timeliness.OVERDUE

    await maintain(device, told(), plan=followed, by=office.brandt, on=TODAY)

    now = await plan(followed.id, seen_by=office.brandt)
    seen: Any = {"seen_by": office.brandt, "on": TODAY}
    assert (now.last_done, now.timeliness(TODAY)) == (TODAY, Timeliness.IN_TIME)
    assert [one.id for one in (await plans(AskedPlans(due=Timeliness.IN_TIME), Ask(), **seen)).rows] == [now.id]
    assert (await plans(AskedPlans(due=Timeliness.OVERDUE), Ask(), **seen)).rows == []
    assert [entry.action for entry in (await trail())[:2]] == ["maintenance.done", "maintenance.planned"]


async def test_a_correction_replaces_and_keeps_what_was_written(office: Office):
    device = await a_device(office)
    followed = await plan(await a_plan(office, device), seen_by=office.brandt)
    await maintain(device, told(), plan=followed, by=office.brandt, on=TODAY)
    (wrong,) = await maintenance_of(device)

    earlier = told(started_on=LONG_AGO, done_on=LONG_AGO, findings="zwei Akkus schwach")
    await maintain(device, earlier, plan=followed, instead_of=wrong, by=office.brandt, on=TODAY)

    (right,) = await maintenance_of(device)
    assert (right.findings, right.corrected) == ("zwei Akkus schwach", True)
    assert (await plan(followed.id, seen_by=office.brandt)).timeliness(TODAY) is Timeliness.OVERDUE
    assert await value("SELECT count(*) FROM maintenance") == 2
    with pytest.raises(Stale):
        await maintain(device, told(), instead_of=wrong, by=office.brandt, on=TODAY)


async def test_who_only_reads_maintains_nothing(office: Office):
    device = await a_device(office)

    for reader in (office.lindner, office.yildiz, office.hansen):
        with pytest.raises(Forbidden):
            await maintain(device, told(), by=reader, on=TODAY)
        with pytest.raises(Forbidden):
            await plan_maintenance(device, "Akkus", months=12, starts_on=TODAY, by=reader, on=TODAY)


async def test_a_plan_of_another_device_is_refused(office: Office):
    one, other = await a_device(office), await a_device(office, "NB-0002")
    followed = await plan(await a_plan(office, one), seen_by=office.brandt)

    with pytest.raises(Refused, match="anderen Gerät"):
        await maintain(other, told(), plan=followed, by=office.brandt, on=TODAY)


@pytest.mark.parametrize("months", [0, 241, -1])
async def test_an_interval_is_some_months(office: Office, months: int):
    with pytest.raises(Incomplete):
        await plan_maintenance(await a_device(office), "A", months=months, starts_on=TODAY, by=office.brandt, on=TODAY)


async def test_an_ended_plan_and_a_retired_device_ask_for_nothing(office: Office):
    one, other = await a_device(office), await a_device(office, "NB-0002")
    ending = await plan(await a_plan(office, one), seen_by=office.brandt)
    await a_plan(office, other)

    await end_plan(ending, by=office.brandt, on=TODAY)
    await retire(await held(office, other), reason="defekt", by=office.brandt, on=TODAY)

    assert (await plans(AskedPlans(), Ask(), seen_by=office.brandt, on=TODAY)).rows == []
    with pytest.raises(Missing):
        await plan(ending.id, seen_by=office.brandt)
    with pytest.raises(Stale):
        await end_plan(ending, by=office.brandt, on=TODAY)
    with pytest.raises(Refused, match="ausgesondert"):
        await a_plan(office, await held(office, other))


async def test_the_figure_knows_what_was_overdue_on_a_past_day(office: Office):
    device = await a_device(office)
    followed = await plan(await a_plan(office, device), seen_by=office.brandt)
    late = await maintenance_in_time(office.unit.path, on=TODAY)
    await maintain(device, told(), plan=followed, by=office.brandt, on=TODAY)

    in_time = await maintenance_in_time(office.unit.path, on=TODAY)
    before = await maintenance_in_time(office.unit.path, on=TODAY - timedelta(days=1))

    assert (late.numerator, late.denominator) == (0, 1)
    assert (in_time.numerator, in_time.denominator) == (1, 1)
    assert before.denominator == 0
    assert in_time.facts[0].label == "NB-0001 Notebook Außendienst: Akkus prüfen"
    assert (await maintenance_in_time(office.elsewhere.path, on=TODAY)).denominator == 0


async def test_it_finds_on_the_desk_what_has_to_be_done(office: Office):
    await a_plan(office, await a_device(office))
    await add_contract(support(), unit=office.unit, by=office.brandt)
    brandt = await someone(office.brandt.id, within=office.brandt)

    titles = [duty.title.format(**duty.values) for duty in await due(brandt, seen_by=office.brandt, on=TODAY)]

    assert "NB-0001 Notebook Außendienst warten: Akkus prüfen" in titles
    assert "Vor-Ort-Service läuft aus" in titles
    assert await due(brandt, seen_by=office.albrecht, on=TODAY) == []


async def test_a_contract_covers_a_device_once(office: Office):
    device = await a_device(office)
    signed = await contract(await add_contract(support(), unit=office.unit, by=office.brandt), seen_by=office.brandt)

    await cover(signed, device, by=office.brandt, on=TODAY)
    with pytest.raises(Refused, match="liegt schon unter"):
        await cover(signed, device, by=office.brandt, on=TODAY)
    assert [one.title for one in await contracts_of(device.id, seen_by=office.brandt)] == ["Vor-Ort-Service"]

    (under,) = await covered(signed)
    await release(signed, under, by=office.brandt, on=TODAY)
    assert await covered(signed) == []
    with pytest.raises(Stale):
        await release(signed, under, by=office.brandt, on=TODAY)


async def test_a_contract_of_one_office_stays_there(office: Office):
    signed = await contract(await add_contract(support(), unit=office.unit, by=office.brandt), seen_by=office.brandt)

    with pytest.raises(Missing):
        await contract(signed.id, seen_by=office.hansen)
    with pytest.raises(Forbidden):
        await change_contract(signed, support(title="Meiner"), version=1, by=office.hansen)
    assert await contracts(seen_by=office.hansen, on=TODAY) == []


@pytest.mark.parametrize(
    ("different", "field"),
    [
        ({"ends_on": LONG_AGO - timedelta(days=1)}, "ends_on"),
        ({"notice_until": TODAY + timedelta(days=99)}, "notice_until"),
        ({"cost_cents": -5}, "cost"),
        ({"per_months": 121}, "per_months"),
    ],
)
async def test_a_contract_makes_sense(office: Office, different, field: str):
    with pytest.raises(Incomplete) as refused:
        await add_contract(support(**different), unit=office.unit, by=office.brandt)

    assert list(refused.value.complaints) == [field]


async def test_two_people_describe_the_same_contract(office: Office):
    signed = await contract(await add_contract(support(), unit=office.unit, by=office.brandt), seen_by=office.brandt)
    await change_contract(signed, support(title="Erste"), version=1, by=office.brandt)

    with pytest.raises(Stale):
        await change_contract(signed, support(title="Zweite"), version=1, by=office.brandt)


async def test_one_list_shows_all_that_ends(office: Office):
    await a_device(office, warranty_until=TODAY + timedelta(days=10))
    await a_device(office, "NB-0002", warranty_until=TODAY + timedelta(days=100))
    await add_contract(support(notice_until=TODAY + timedelta(days=5)), unit=office.unit, by=office.brandt)

    found = await endings(seen_by=office.brandt, on=TODAY, days=90)

    assert [one.ending for one in found] == [Ending.NOTICE, Ending.WARRANTY, Ending.CONTRACT]
    assert [one.ending for one in await endings(seen_by=office.brandt, on=TODAY, days=90, only=Ending.WARRANTY)] == [
        Ending.WARRANTY
    ]
    assert await endings(seen_by=office.hansen, on=TODAY, days=90) == []


async def test_replacement_follows_the_service_life_that_the_office_set(office: Office):
    bought: dict[str, Any] = {
        "category": "Notebook",
        "purchased_on": date(TODAY.year - 3, 1, 1),
        "price_cents": 100_000,
    }
    device = await a_device(office, **bought)
    await a_device(office, "NB-0002", category="Notebook", end_of_life_on=date(TODAY.year - 1, 5, 1))
    seen: dict[str, Any] = {"seen_by": office.brandt, "on": TODAY}
    first = [(one.year, one.count, one.cents, one.unpriced) for one in await forecast(**seen)]

    await set_service_life("Notebook", 36 + 24, office=office.unit, by=office.brandt)
    second = [(one.year, one.count, one.cents, one.unpriced) for one in await forecast(**seen)]

    assert first == [(TODAY.year, 1, 0, 1), (TODAY.year + 1, 1, 100_000, 0)]
    assert second == [(TODAY.year, 1, 0, 1), (TODAY.year + 2, 1, 100_000, 0)]
    assert [one.inventory_number for one, _ in await to_replace(TODAY.year + 2, "Notebook", **seen)] == ["NB-0001"]
    left = await worth(device, TODAY)
    assert left is not None
    assert (left.months, left.value) == (60, 100_000 - 100_000 * (36 + TODAY.month) // 60)
    with pytest.raises(Forbidden):
        await set_service_life("Notebook", 12, office=office.unit, by=office.hansen)
