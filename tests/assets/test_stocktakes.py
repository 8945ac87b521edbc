"""Stocktakes: what was expected stays as it was, a scan counts once, and nobody counts who may not."""

from datetime import timedelta

import pytest

from assets.commands.counting import count, take_back_scan
from assets.commands.steps import Given, issue, take
from assets.commands.stocktakes import Extent, Rest, close_stocktake, decide, end_help, let_help, open_stocktake
from assets.queries.counting import last_scans, scan, targets
from assets.queries.indicators.devices import inventory_seen_within
from assets.queries.stocktakes import (
    StocktakeRow,
    Undecided,
    counted_by,
    helpers,
    progress,
    stocktake,
    undecided,
)
from assets.rules.lifecycle import Stage, Step
from assets.rules.stocktakes import AlreadyCounted, Code, Decision, Finding
from assets.tables import ExpectedDevice, Scan, Sighting, StocktakeDecision
from isms.db import execute
from isms.db.reading import value
from isms.people import Actor
from isms.rules.errors import Forbidden, Incomplete, Missing, Refused
from tests.assets.things import a_device, held, trail
from tests.office import TODAY, Office


async def a_stocktake(office: Office, **extent) -> StocktakeRow:
    id = await open_stocktake(Extent("Inventur", **extent), unit=office.unit, by=office.brandt, on=TODAY)
    return await stocktake(id, seen_by=office.brandt)


async def scanned(office: Office, of: StocktakeRow, code: str, place: str = "Lager", by: Actor | None = None) -> int:
    return await count(of, Code(code), place=place, by=by or office.brandt, on=TODAY)


async def test_what_must_be_there_is_frozen_with_its_place_and_holder(office: Office):
    await issue(await a_device(office, "NB-0001"), office.weber, by=office.brandt, on=TODAY)
    later = await a_device(office, "NB-0002")
    await a_device(office, "NB-0003", stage=Stage.ORDERED)

    opened = await a_stocktake(office)
    await take(await held(office, later), Step.MOVE, Given(place="Raum 1"), by=office.brandt, on=TODAY)
    await a_device(office, "NB-0004")

    assert opened.expected == 2
    kept = await ExpectedDevice.select().order_by(ExpectedDevice.inventory_number)
    assert [(one["inventory_number"], one["place"], one["holder"]) for one in kept] == [
        ("NB-0001", "Infektionsschutz und Hygiene", office.weber.id),
        ("NB-0002", "Lager", None),
    ]
    assert (await trail())[0].action == "device.added"


async def test_a_stocktake_is_narrowed_to_rooms_and_categories(office: Office):
    await a_device(office, "NB-0001", place="Haus A, Raum 1", category="Notebook")
    await a_device(office, "NB-0002", place="Haus B, Raum 1", category="Notebook")
    await a_device(office, "DR-0001", place="Haus A, Flur", category="Drucker")
    await a_device(office, "DR-0002", place="Öffnungszimmer", category="Drucker")

    assert (await a_stocktake(office, place="haus a")).expected == 2
    assert (await a_stocktake(office, place="haus a", category="Notebook")).expected == 1
    assert (await a_stocktake(office, place="Öffnung")).expected == 1
    with pytest.raises(Refused, match="Es gibt nichts zu zählen"):
        await a_stocktake(office, place="Haus_A")


async def test_a_plan_in_the_past_is_no_plan(office: Office):
    await a_device(office)

    with pytest.raises(Incomplete) as error:
        await a_stocktake(office, planned_until=TODAY - timedelta(days=1))

    assert set(error.value.complaints) == {"planned_until"}


@pytest.mark.parametrize("code", ["NB-0001", "nb-0001", "SN-4711", "sn-4711"])
async def test_a_number_finds_the_device_and_is_a_sighting(office: Office, code: str):
    one = await a_device(office, "NB-0001", serial="SN-4711")
    opened = await a_stocktake(office)
    before = await Sighting.count()

    await scanned(office, opened, code, "Raum 9")

    assert (await progress(opened)).wrong_place == 1
    assert await Sighting.count() == before + 1
    assert await value("SELECT place FROM sighting ORDER BY id DESC LIMIT 1") == "Raum 9"
    entry = (await trail())[0]
    assert (entry.action, entry.subject) == ("device.counted", one.key)


async def test_a_label_finds_the_device_by_its_address(office: Office):
    one = await a_device(office)
    opened = await a_stocktake(office)

    await count(opened, Code(f"/devices/{one.id}", one.id), place="", by=office.brandt, on=TODAY)

    assert (await progress(opened)).found == 1


async def test_the_second_scanner_is_told_who_was_faster(office: Office):
    await a_device(office)
    opened = await a_stocktake(office)
    first = await scanned(office, opened, "NB-0001")
    await let_help(opened, office.kaya, by=office.brandt)

    with pytest.raises(AlreadyCounted, match="Schon gezählt: Jonas Brandt") as no:
        await scanned(office, opened, "NB-0001", by=office.kaya)

    assert no.value.scan == first
    assert await Scan.count() == 1


async def test_an_unknown_code_is_kept_once(office: Office):
    await a_device(office)
    opened = await a_stocktake(office)

    await scanned(office, opened, "XX-99")
    with pytest.raises(AlreadyCounted):
        await scanned(office, opened, "XX-99")

    kept = (await last_scans(opened, seen_by=office.brandt))[0]
    assert (kept.label, kept.finding, kept.device) == ("XX-99", Finding.UNEXPECTED, None)
    assert (await progress(opened)).unexpected == 1
    assert (await trail())[0].action == "stocktake.code_kept"


async def test_a_serial_number_of_several_devices_asks_for_the_inventory_number(office: Office):
    for number in ("NB-0001", "NB-0002"):
        await a_device(office, number, serial="SN-0")
    opened = await a_stocktake(office)

    with pytest.raises(Incomplete) as error:
        await scanned(office, opened, "SN-0")

    assert "mehreren Geräten" in str(error.value.complaints["code"])
    assert not await Scan.exists()


async def test_where_a_person_works_is_no_wrong_room(office: Office):
    await issue(await a_device(office), office.weber, by=office.brandt, on=TODAY)
    opened = await a_stocktake(office)

    await scanned(office, opened, "NB-0001", "Raum 12")

    assert (await progress(opened)).wrong_place == 0


async def test_what_another_office_owns_stays_an_unknown_code(office: Office):
    foreign = await a_device(office, "HK-0001")
    await execute("UPDATE device SET institution = {}, unit = {}", office.elsewhere.id, office.elsewhere.id)
    await a_device(office)
    opened = await a_stocktake(office)

    await scanned(office, opened, "HK-0001")
    await count(opened, Code("/devices/1", foreign.id), place="", by=office.brandt, on=TODAY)

    assert await targets(Code("", foreign.id), opened) == []
    assert [one.device for one in await last_scans(opened, seen_by=office.brandt)] == [None, None]


async def test_a_helper_reads_nothing_of_a_device_that_is_not_part_of_it(office: Office):
    await a_device(office, "NB-0001", category="Notebook")
    await a_device(office, "SV-0001", name="Geheimer Server", category="Server")
    opened = await a_stocktake(office, category="Notebook")
    await let_help(opened, office.kaya, by=office.brandt)
    before = await Sighting.count()

    hers = await scanned(office, opened, "SV-0001", by=office.kaya)
    mine = await scan(hers, opened, seen_by=office.brandt)

    assert (await scan(hers, opened, seen_by=office.kaya)).label == "SV-0001"
    assert mine.label == "SV-0001 Geheimer Server"
    assert await Sighting.count() == before


async def test_a_mistaken_scan_is_taken_back_with_its_sighting(office: Office):
    await a_device(office)
    await execute("UPDATE sighting SET withdrawn_at = recorded_at")
    opened = await a_stocktake(office)
    id = await scanned(office, opened, "NB-0001")
    assert (await inventory_seen_within(office.unit.path, on=TODAY)).numerator == 1

    await take_back_scan(opened, await scan(id, opened, seen_by=office.brandt), by=office.brandt)

    assert (await progress(opened)).missing == 1
    assert (await inventory_seen_within(office.unit.path, on=TODAY)).numerator == 0
    assert await Scan.count() == 1
    assert (await trail())[0].action == "device.uncounted"
    await scanned(office, opened, "NB-0001")
    assert (await progress(opened)).missing == 0


async def test_helpers_take_back_only_what_they_scanned(office: Office):
    await a_device(office)
    opened = await a_stocktake(office)
    await let_help(opened, office.kaya, by=office.brandt)
    id = await scanned(office, opened, "NB-0001")

    with pytest.raises(Forbidden):
        await take_back_scan(opened, await scan(id, opened, seen_by=office.kaya), by=office.kaya)


async def test_only_those_who_are_asked_to_help_count(office: Office):
    await a_device(office)
    opened = await a_stocktake(office)

    with pytest.raises(Missing):
        await counted_by(opened.id, seen_by=office.weber)
    with pytest.raises(Forbidden):
        await scanned(office, opened, "NB-0001", by=office.weber)
    assert not await Scan.exists()


async def test_a_helper_who_is_asked_to_stop_counts_nothing_more(office: Office):
    await a_device(office)
    opened = await a_stocktake(office)
    await let_help(opened, office.kaya, by=office.brandt)
    as_kaya_sees_it = await counted_by(opened.id, seen_by=office.kaya)
    await end_help(opened, (await helpers(opened))[0].id, by=office.brandt)

    with pytest.raises(Forbidden):
        await scanned(office, as_kaya_sees_it, "NB-0001", by=office.kaya)
    assert not await Scan.exists()


@pytest.mark.parametrize("who", ["weber", "yildiz", "lindner", "hansen", "albrecht"])
async def test_only_it_opens_and_closes(office: Office, who: str):
    await a_device(office)
    opened = await a_stocktake(office)
    person = getattr(office, who)

    with pytest.raises(Forbidden):
        await open_stocktake(Extent("x"), unit=office.unit, by=person, on=TODAY)
    with pytest.raises(Forbidden):
        await close_stocktake(opened, Rest(), by=person, on=TODAY)
    with pytest.raises(Forbidden):
        await let_help(opened, office.kaya, by=person)


async def test_closing_asks_what_happens_about_the_rest(office: Office):
    one, two = await a_device(office, "NB-0001"), await a_device(office, "NB-0002")
    opened = await a_stocktake(office)
    await scanned(office, opened, "XX")
    assert await undecided(opened) == {Finding.MISSING: 2, Finding.UNEXPECTED: 1}
    expected = await value("SELECT id FROM expected_device WHERE device = {}", one.id)
    missing = Undecided(expected, Finding.MISSING)
    await decide(opened, [missing], Decision.REPORT_LOSS, "Polizei", by=office.brandt)

    with pytest.raises(Incomplete) as error:
        await close_stocktake(opened, Rest(unexpected=Decision.CLEARED), by=office.brandt, on=TODAY)
    assert set(error.value.complaints) == {"missing"}
    rest = Rest(Decision.SEARCHED, Decision.CLEARED, "gemeinsam")
    await close_stocktake(opened, rest, by=office.brandt, on=TODAY)

    said = await StocktakeDecision.select(StocktakeDecision.decision, StocktakeDecision.note).order_by(
        StocktakeDecision.id
    )
    assert [tuple(each.values()) for each in said] == [
        ("report_loss", "Polizei"),
        ("searched", "gemeinsam"),
        ("cleared", "gemeinsam"),
    ]
    assert [(await held(office, each)).stage for each in (one, two)] == [Stage.IN_STOCK] * 2
    with pytest.raises(Refused, match="abgeschlossen"):
        await scanned(office, opened, "NB-0001")
    with pytest.raises(Refused, match="abgeschlossen"):
        await close_stocktake(opened, Rest(), by=office.brandt, on=TODAY)


async def test_a_decision_fits_what_was_found(office: Office):
    await a_device(office)
    opened = await a_stocktake(office)

    with pytest.raises(Refused, match="passt nicht"):
        await decide(opened, [Undecided(1, Finding.MISSING)], Decision.GIVE_BACK, "", by=office.brandt)
