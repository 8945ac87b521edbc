"""Stocktakes as lists, pages and commands see them, how far they are, and who counts along."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from assets.queries.narrowing import within_reach
from assets.rules.permissions import May
from assets.rules.stocktakes import Finding
from isms.db.reading import Row, one, rows, value
from isms.listing import Ask, Listing, Page, Sort
from isms.people import Actor, Someone
from isms.rules.texts import N_

MISSING = N_("Diese Inventur gibt es nicht, oder Sie dürfen sie nicht sehen.")


class StocktakeRow(Row):
    """A stocktake with where it counts and who opened and closed it."""

    id: int
    name: str
    unit: int
    unit_name: str
    path: str
    institution: int
    place: str
    category: str
    expected: int
    planned_until: date | None
    opened_on: date
    opened_by: str
    closed_on: date | None
    closed_by: str | None
    closing_note: str

    @property
    def key(self) -> str:
        return f"stocktake:{self.id}"

    @property
    def is_open(self) -> bool:
        return self.closed_on is None


class ListedStocktake(StocktakeRow):
    """In the list: how much of an open one is found."""

    found: int | None


@dataclass(frozen=True)
class Progress:
    """How far a stocktake is. `found` counts what stood elsewhere, too."""

    expected: int
    found: int
    wrong_place: int
    unexpected: int

    @property
    def missing(self) -> int:
        return self.expected - self.found


@dataclass(frozen=True)
class Undecided:
    """A missing device (id of its expectation) or an unexpected find (id of its scan) to decide on."""

    id: int
    finding: Finding

    @property
    def key(self) -> str:
        return f"{'scan' if self.finding is Finding.UNEXPECTED else 'expected_device'}:{self.id}"


COLUMNS = """s.id, s.name, s.unit, u.name AS unit_name, u.path, s.institution, s.place, s.category, s.expected,
    s.planned_until, s.opened_on, o.name AS opened_by, s.closed_on, c.name AS closed_by, s.closing_note"""
SOURCE = """stocktake s JOIN unit u ON u.id = s.unit JOIN person o ON o.id = s.opened_by
    LEFT JOIN person c ON c.id = s.closed_by"""
FOUND = """CASE WHEN s.closed_on IS NULL THEN (SELECT count(*) FROM scan x WHERE x.stocktake = s.id
    AND x.undone_at IS NULL AND x.finding <> 'unexpected') END AS found"""
# Each takes the stocktake's id.
UNDECIDED_MISSING = """FROM expected_device e WHERE e.stocktake = {}
    AND NOT EXISTS (SELECT 1 FROM scan c WHERE c.stocktake = e.stocktake AND c.device = e.device
        AND c.undone_at IS NULL)
    AND NOT EXISTS (SELECT 1 FROM stocktake_decision x WHERE x.stocktake = e.stocktake AND x.expected_device = e.id)"""
UNDECIDED_UNEXPECTED = """FROM scan c WHERE c.stocktake = {} AND c.undone_at IS NULL AND c.finding = 'unexpected'
    AND NOT EXISTS (SELECT 1 FROM stocktake_decision x WHERE x.stocktake = c.stocktake AND x.scan = c.id)"""
LIST = Listing(ListedStocktake, f"{COLUMNS}, {FOUND}", SOURCE, "s.id", {"opened": Sort("s.opened_on", "opened_on")})


async def stocktakes(ask: Ask, *, seen_by: Actor) -> Page[ListedStocktake]:
    """One page of the list, the newest first."""
    where = within_reach(May.VIEW_STOCKTAKES, "s", "", seen_by=seen_by)
    return await LIST.page(where, ask if ask.sort else Ask("-opened", ask.after, ask.before))


async def stocktake(id: int, *, seen_by: Actor) -> StocktakeRow:
    """Raises Missing for one that is not there or out of reach."""
    where, args = seen_by.reach(May.VIEW_STOCKTAKES).where("u.path")
    return await one(
        StocktakeRow, f"SELECT {COLUMNS} FROM {SOURCE} WHERE s.id = {{}} AND {where}", id, *args, missing=MISSING
    )


async def counted_by(id: int, *, seen_by: Actor) -> StocktakeRow:
    """A stocktake for those who count: IT within reach, and helpers. Raises Missing for everyone else."""
    where, args = seen_by.reach(May.STOCKTAKE).where("u.path")
    helps = "s.id IN (SELECT h.stocktake FROM stocktake_helper h WHERE h.person = {} AND h.ended_at IS NULL)"
    return await one(
        StocktakeRow,
        f"SELECT {COLUMNS} FROM {SOURCE} WHERE s.id = {{}} AND ({where} OR {helps})",
        id,
        *args,
        seen_by.id,
        missing=MISSING,
    )


class _Counted(Row):
    finding: Finding
    number: int


async def progress(stocktake: StocktakeRow) -> Progress:
    """Of a stocktake that the reader was shown already."""
    found = await rows(
        _Counted,
        """SELECT finding, count(*) AS number FROM scan WHERE stocktake = {} AND undone_at IS NULL
           GROUP BY finding""",
        stocktake.id,
    )
    number = {each.finding: each.number for each in found}
    wrong = number.get(Finding.WRONG_PLACE, 0)
    return Progress(
        expected=stocktake.expected,
        found=number.get(Finding.FOUND, 0) + wrong,
        wrong_place=wrong,
        unexpected=number.get(Finding.UNEXPECTED, 0),
    )


async def undecided(stocktake: StocktakeRow) -> Mapping[Finding, int]:
    """How much nobody decided on yet."""
    return {
        Finding.MISSING: int(await value(f"SELECT count(*) {UNDECIDED_MISSING}", stocktake.id)),
        Finding.UNEXPECTED: int(await value(f"SELECT count(*) {UNDECIDED_UNEXPECTED}", stocktake.id)),
    }


class HelperRow(Row):
    """Somebody who counts along."""

    id: int
    name: str
    added_at: datetime


async def helpers(stocktake: StocktakeRow) -> list[HelperRow]:
    """Who helps now, for those who run the stocktake."""
    return await rows(
        HelperRow,
        """SELECT h.id, p.name, h.recorded_at AS added_at FROM stocktake_helper h JOIN person p ON p.id = h.person
           WHERE h.stocktake = {} AND h.ended_at IS NULL ORDER BY p.name, h.id""",
        stocktake.id,
    )


async def counters(stocktake: StocktakeRow) -> Sequence[Someone]:
    """Everybody who counted something that still counts, for the protocol that they sign."""
    return await rows(
        Someone,
        """SELECT DISTINCT p.id, p.name FROM scan c JOIN person p ON p.id = c.scanned_by
           WHERE c.stocktake = {} AND c.undone_at IS NULL ORDER BY p.name""",
        stocktake.id,
    )


WHOLE = """FROM stocktake s JOIN unit v ON v.id = s.unit WHERE s.institution = u.institution
    AND s.place = '' AND s.category = '' AND u.path LIKE v.path || '%'"""


class PlanRow(Row):
    """How often a unit takes stock, and when it last did so as a whole."""

    unit: int
    unit_name: str
    path: str
    every_months: int
    planned_on: datetime
    last_on: date | None
    is_running: bool


async def plans(*, seen_by: Actor, asks: May = May.VIEW_STOCKTAKES) -> list[PlanRow]:
    """The plans in force within reach. A stocktake of a unit above counts, one of a single room or category not."""
    where, args = seen_by.reach(asks).where("u.path")
    return await rows(
        PlanRow,
        f"""SELECT p.unit, u.name AS unit_name, u.path, p.every_months, p.recorded_at AS planned_on,
                (SELECT max(s.opened_on) {WHOLE} AND s.closed_on IS NOT NULL) AS last_on,
                EXISTS (SELECT 1 {WHOLE} AND s.closed_on IS NULL) AS is_running
            FROM stocktake_plan p JOIN unit u ON u.id = p.unit
            WHERE p.id = (SELECT max(x.id) FROM stocktake_plan x WHERE x.unit = p.unit) AND p.every_months > 0
                AND {where} ORDER BY u.path""",
        *args,
    )
