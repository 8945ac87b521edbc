"""Handovers as figures and as a register, for any day."""

from datetime import timedelta

from assets.area import ASSETS
from assets.commands.handovers import Handing, confirm, hand_over
from assets.commands.protocols import Piece
from assets.queries.indicators.handovers import handovers_signed, returns_in_time
from assets.queries.protocols import protocol
from assets.rules.protocols import Method
from isms.db import execute
from tests.assets.queries.test_figures import report
from tests.assets.things import a_device
from tests.office import TODAY, Office

YESTERDAY = TODAY - timedelta(days=1)


async def lent(office: Office, number: str, days: int) -> int:
    until = TODAY + timedelta(days=days)
    pieces = [Piece(await a_device(office, number))]
    return await hand_over(pieces, office.weber, Handing(due_back_on=until), by=office.brandt, on=TODAY)


async def test_loans_that_are_overdue_count_against_the_figure(office: Office):
    await lent(office, "NB-0001", 3)
    await lent(office, "NB-0002", 0)
    await execute("UPDATE handover SET due_back_on = {} WHERE due_back_on = {}", YESTERDAY, TODAY)

    found = await returns_in_time(office.unit.path, on=TODAY)

    assert (found.numerator, found.denominator) == (1, 2)
    assert {fact.label[:7]: fact.counts for fact in found.facts} == {"NB-0001": True, "NB-0002": False}
    assert (await returns_in_time(office.unit.path, on=YESTERDAY)).denominator == 0
    assert (await returns_in_time(office.unit.path, on=TODAY + timedelta(days=4))).numerator == 0


async def test_what_is_signed_counts_from_the_day_it_was(office: Office):
    id = await lent(office, "NB-0001", 3)
    assert (await handovers_signed(office.unit.path, on=TODAY)).numerator == 0

    await confirm(await protocol(id, seen_by=office.weber), by=office.weber)

    found = await handovers_signed(office.unit.path, on=TODAY)
    assert (found.numerator, found.denominator) == (1, 1)
    assert (await handovers_signed(office.unit.path, on=YESTERDAY)).denominator == 0


async def test_the_register_holds_fingerprints_and_no_drawing(office: Office):
    id = await lent(office, "NB-0001", 3)
    found = await protocol(id, seen_by=office.weber)
    await confirm(found, by=office.weber)

    (row,) = await report("handover_protocols", office.unit.path, TODAY)

    assert (row["sha256"], row["method"], row["devices"]) == (found.sha256, Method.OWN_LOGIN, 1)
    assert row["signature_sha256"]
    assert "drawing" not in row
    assert await report("handover_protocols", office.unit.path, YESTERDAY) == []
    assert await report("handover_protocols", office.elsewhere.path, TODAY) == []
    (columns,) = [one.columns for one in ASSETS.reports if one.name == "handover_protocols"]
    assert {column.name for column in columns if column.personal} == {"person", "made_by"}
