"""Stocktakes: opened with what has to be there, helped with, decided on and closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from assets.queries.stocktakes import UNDECIDED_MISSING, UNDECIDED_UNEXPECTED, StocktakeRow, Undecided
from assets.rules.lifecycle import IN_THE_HOUSE
from assets.rules.permissions import May
from assets.rules.stocktakes import DECISIONS, Decision, Finding
from assets.tables import Stocktake, StocktakeDecision, StocktakeHelper, StocktakePlan
from isms.audit import change
from isms.db import execute, hold
from isms.db.reading import value
from isms.db.writing import insert
from isms.people import Actor, Someone, UnitRow
from isms.rules.errors import Incomplete, Refused, Stale
from isms.rules.texts import N_

HOUSE = ", ".join(f"'{stage.value}'" for stage in sorted(IN_THE_HOUSE))
EXPECT = f"""INSERT INTO expected_device (stocktake, device, inventory_number, stage, place, holder)
    SELECT {{}}, d.id, d.inventory_number, d.stage, d.place, h.person FROM device d JOIN unit u ON u.id = d.unit
    LEFT JOIN handover h ON h.device = d.id AND h.returned_on IS NULL
    WHERE d.institution = {{}} AND u.path LIKE {{}} AND d.stage IN ({HOUSE})
        AND ({{}} = '' OR d.category = {{}})
        AND (d.place LIKE {{}} ESCAPE '!' OR lower(d.place) LIKE {{}} ESCAPE '!')"""
EXPECTED = "UPDATE stocktake SET expected = (SELECT count(*) FROM expected_device WHERE stocktake = {}) WHERE id = {}"
DECIDE_MISSING = f"""INSERT INTO stocktake_decision
    (decision, note, decided_by, recorded_at, stocktake, expected_device)
    SELECT {{}}, {{}}, {{}}, {{}}, e.stocktake, e.id {UNDECIDED_MISSING}"""
DECIDE_UNEXPECTED = f"""INSERT INTO stocktake_decision
    (decision, note, decided_by, recorded_at, stocktake, scan)
    SELECT {{}}, {{}}, {{}}, {{}}, c.stocktake, c.id {UNDECIDED_UNEXPECTED}"""
UNDECIDED = {
    Finding.MISSING: f"SELECT 1 {UNDECIDED_MISSING}",
    Finding.UNEXPECTED: f"SELECT 1 {UNDECIDED_UNEXPECTED}",
}
CLOSED = N_("Die Inventur ist abgeschlossen. Was noch auffällt, steht auf der Seite des Geräts.")
STILL_OPEN = N_("Darüber ist noch nichts entschieden. Bitte wählen Sie, was für alle übrigen gilt.")


@dataclass(frozen=True)
class Extent:
    """What a stocktake covers within its unit: devices whose place begins so, of one category; empty means all."""

    name: str
    place: str = ""
    category: str = ""
    planned_until: date | None = None


@dataclass(frozen=True)
class Rest:
    """What holds for everything that nobody decided on by itself, when a stocktake is closed."""

    missing: Decision | None = None
    unexpected: Decision | None = None
    note: str = ""

    @property
    def decisions(self) -> Sequence[tuple[Finding, Decision | None, str, str]]:
        """Of each finding: the decision, how it is written, and the form's field."""
        return (
            (Finding.MISSING, self.missing, DECIDE_MISSING, "missing"),
            (Finding.UNEXPECTED, self.unexpected, DECIDE_UNEXPECTED, "unexpected"),
        )


async def open_stocktake(extent: Extent, *, unit: UnitRow, by: Actor, on: date) -> int:
    """Freeze what has to be there and begin to count; answers with the id."""
    by.needs(May.STOCKTAKE, at=unit.path)
    if extent.planned_until and extent.planned_until < on:
        raise Incomplete({"planned_until": N_("Der Tag ist vorbei. Bitte nennen Sie einen Tag ab heute.")})
    async with change("stocktake.opened", by=by, unit=unit.id, name=extent.name) as made:
        told = {"name": extent.name, "place": extent.place, "category": extent.category}
        where = {"unit": unit.id, "institution": unit.institution, "planned_until": extent.planned_until}
        id = await insert(Stocktake, **told, **where, opened_on=on, opened_by=by.id)
        begins = f"{_literally(extent.place.strip())}%"
        narrowed = (extent.category, extent.category, begins, begins.lower())  # SQLite knows no small umlauts
        await execute(EXPECT, id, unit.institution, f"{unit.path}%", *narrowed)
        await execute(EXPECTED, id, id)
        expected = await value("SELECT expected FROM stocktake WHERE id = {}", id)
        if not expected:
            raise Refused(N_("Dort ist kein Gerät aufgenommen, das da sein müsste. Es gibt nichts zu zählen."))
        made.about(f"stocktake:{id}")
        made.with_(expected=expected, place=extent.place, category=extent.category)
        return id


async def let_help(stocktake: StocktakeRow, person: Someone, *, by: Actor) -> None:
    """Let a colleague count along, in this stocktake only."""
    by.needs(May.STOCKTAKE, at=stocktake.path)
    async with change(
        "stocktake.helper_added", stocktake, by=by, unit=stocktake.unit, person=person.key, to=person.name
    ):
        await still_open(stocktake)
        if await value(HELPS, stocktake.id, person.id):
            raise Refused(N_("{name} zählt schon mit."), name=person.name)
        await insert(StocktakeHelper, stocktake=stocktake.id, person=person.id, added_by=by.id)


async def end_help(stocktake: StocktakeRow, helper: int, *, by: Actor) -> None:
    """From this moment on, the helper's scans are refused. What they counted stays counted."""
    by.needs(May.STOCKTAKE, at=stocktake.path)
    async with change("stocktake.helper_ended", stocktake, by=by, unit=stocktake.unit) as made:
        await hold(f"stocktake {stocktake.id}")
        ended = (
            await StocktakeHelper.update({StocktakeHelper.ended_by: by.id, StocktakeHelper.ended_at: datetime.now(UTC)})
            .where(
                (StocktakeHelper.id == helper)
                & (StocktakeHelper.stocktake == stocktake.id)
                & StocktakeHelper.ended_at.is_null()
            )
            .returning(StocktakeHelper.person)
        )
        if not ended:
            raise Stale
        made.with_(person=f"person:{ended[0]['person']}")


async def decide(
    stocktake: StocktakeRow, about: Sequence[Undecided], decision: Decision, note: str, *, by: Actor
) -> None:
    """What happens about missing devices and unexpected finds. The device's own file stays as it is."""
    by.needs(May.STOCKTAKE, at=stocktake.path)
    async with change("stocktake.decided", stocktake, by=by, unit=stocktake.unit, decision=decision.value) as made:
        made.with_(count=len(about), note=note, about=[one.key for one in about])
        await still_open(stocktake)
        for one in about:
            _check_fits(decision, one.finding)
            what = {"scan" if one.finding is Finding.UNEXPECTED else "expected_device": one.id}
            told = {"stocktake": stocktake.id, "decision": decision, "note": note.strip(), "decided_by": by.id}
            await insert(StocktakeDecision, **told, **what)


async def close_stocktake(stocktake: StocktakeRow, rest: Rest, *, by: Actor, on: date) -> None:
    """End the counting. Raises Incomplete where something is undecided and `rest` does not say what happens."""
    by.needs(May.STOCKTAKE, at=stocktake.path)
    now, note = datetime.now(UTC), rest.note.strip()
    async with change("stocktake.closed", stocktake, by=by, unit=stocktake.unit, on=on.isoformat(), note=note) as made:
        await still_open(stocktake)
        for finding, decision, settle, field in rest.decisions:
            if decision:
                _check_fits(decision, finding)
                await execute(settle, decision.value, note, by.id, now, stocktake.id)
            elif await value(f"SELECT EXISTS ({UNDECIDED[finding]})", stocktake.id):
                raise Incomplete({field: STILL_OPEN})
        made.with_(settled=await value(JUST_DECIDED, stocktake.id, now))
        await Stocktake.update(
            {
                Stocktake.closed_on: on,
                Stocktake.closed_by: by.id,
                Stocktake.closing_note: note,
                Stocktake.closing_recorded_at: now,
            }
        ).where(Stocktake.id == stocktake.id)


async def plan_stocktakes(unit: UnitRow, every_months: int, *, by: Actor) -> None:
    """How often a unit takes stock; 0 ends the plan. Source: Grundschutz++ ASST.2.2, at regular intervals."""
    by.needs(May.STOCKTAKE, at=unit.path)
    async with change("stocktake.planned", f"unit:{unit.id}", by=by, unit=unit.id, months=every_months):
        await insert(StocktakePlan, unit=unit.id, every_months=every_months, decided_by=by.id)


HELPS = "SELECT 1 FROM stocktake_helper WHERE stocktake = {} AND person = {} AND ended_at IS NULL"
JUST_DECIDED = "SELECT count(*) FROM stocktake_decision WHERE stocktake = {} AND recorded_at = {}"


async def still_open(stocktake: StocktakeRow) -> None:
    """Whoever changes a stocktake does so one after the other: nobody counts into one that is being closed."""
    await hold(f"stocktake {stocktake.id}")
    if not await value("SELECT 1 FROM stocktake WHERE id = {} AND closed_on IS NULL", stocktake.id):
        raise Refused(CLOSED)


def _check_fits(decision: Decision, finding: Finding) -> None:
    if decision not in DECISIONS.get(finding, ()):
        raise Refused(N_("„{decision}“ passt nicht: {finding}."), decision=decision, finding=finding)


def _literally(text: str) -> str:
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_")
