"""What a stocktake found, device by device: narrowed, paged, exported as shown, and what is still to be decided."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from datetime import datetime

from assets.queries.stocktakes import StocktakeRow, Undecided
from assets.rules.lifecycle import Stage
from assets.rules.permissions import May
from assets.rules.stocktakes import Decision, Finding
from isms.db.reading import Row, rows
from isms.listing import Ask, Listing, Page, Sort, Where
from isms.people import Actor
from isms.rules.errors import Missing


@dataclass(frozen=True)
class AskedResults:
    """What the address asks for; the default is everything that was expected."""

    finding: Finding | None = None
    q: str = ""

    @property
    def address(self) -> dict[str, object]:
        """As the list's address holds it."""
        return {"finding": str(self.finding) if self.finding else "", "q": self.q}


class ResultRow(Row):
    """A device that was expected, or something that was not. `number` is the inventory number or the code."""

    id: int
    number: str
    device: int | None
    name: str | None
    category: str | None
    stage: Stage | None
    expected_place: str | None
    holder_name: str | None
    finding: Finding
    found_place: str | None
    scanner: str | None
    scanned_at: datetime | None
    scan: int | None
    place_now: str | None
    stage_now: Stage | None
    decision: Decision | None
    note: str | None

    @property
    def is_corrected(self) -> bool:
        """Whether the device stands by now where it was found."""
        return self.finding is Finding.WRONG_PLACE and self.place_now == self.found_place


EXPECTED = """expected_device e JOIN device d ON d.id = e.device
    LEFT JOIN scan c ON c.stocktake = e.stocktake AND c.device = e.device AND c.undone_at IS NULL
    LEFT JOIN person p ON p.id = e.holder LEFT JOIN person q ON q.id = c.scanned_by"""
COUNTED = (
    "expected_device e",
    """expected_device e LEFT JOIN scan c ON c.stocktake = e.stocktake AND c.device = e.device
        AND c.undone_at IS NULL""",
)
# As columns, not as a join: PostgreSQL then asks for them only on the page that is shown.
LAST = ", ".join(
    f"""(SELECT y.{name} FROM stocktake_decision y WHERE y.stocktake = e.stocktake AND y.expected_device = e.id
        ORDER BY y.id DESC LIMIT 1) AS {name}"""
    for name in ("decision", "note")
)
LAST_OF_SCAN = LAST.replace("e.stocktake AND y.expected_device = e.id", "c.stocktake AND y.scan = c.id")
COLUMNS = f"""e.id, e.inventory_number AS number, e.device, d.name, d.category, e.stage, e.place AS expected_place,
    coalesce(c.finding, 'missing') AS finding, c.place AS found_place, c.recorded_at AS scanned_at, c.id AS scan,
    d.place AS place_now, d.stage AS stage_now, {LAST}"""
NARROWED = {
    Finding.FOUND: "c.id IS NOT NULL",
    Finding.WRONG_PLACE: """c.finding = 'wrong_place' AND e.device IN (SELECT z.device FROM scan z
        WHERE z.stocktake = e.stocktake AND z.finding = 'wrong_place' AND z.undone_at IS NULL)""",
    Finding.MISSING: "c.id IS NULL",
}
UNEXPECTED = """scan c LEFT JOIN device d ON d.id = c.device AND d.unit IN (SELECT u.id FROM unit u WHERE {reach})
    LEFT JOIN person q ON q.id = c.scanned_by"""
UNEXPECTED_COLUMNS = f"""c.id, coalesce(d.inventory_number, c.code) AS number, d.id AS device, d.name, d.category,
    d.stage, NULL AS expected_place, c.finding, c.place AS found_place, c.recorded_at AS scanned_at, c.id AS scan,
    d.place AS place_now, d.stage AS stage_now, {LAST_OF_SCAN}"""
NAMES = "p.name AS holder_name, q.name AS scanner"
NO_NAMES = "NULL AS holder_name, NULL AS scanner"


async def results(stocktake: StocktakeRow, asked: AskedResults, ask: Ask, *, seen_by: Actor) -> Page[ResultRow]:
    """One page of the list, of a stocktake that the reader was shown."""
    listing, where = await _narrowed(stocktake, asked, seen_by)
    return await listing.page(where, ask)


async def all_results(
    stocktake: StocktakeRow, asked: AskedResults, *, seen_by: Actor
) -> AsyncGenerator[ResultRow, None]:
    """The same in the same order, one after the other."""
    listing, where = await _narrowed(stocktake, asked, seen_by)
    async for one in listing.each(where, Ask()):
        yield one


async def _narrowed(stocktake: StocktakeRow, asked: AskedResults, seen_by: Actor) -> tuple[Listing[ResultRow], Where]:
    """Names are for those who may know who has a device of the unit that is counted."""
    knows = seen_by.may(May.NAME_HOLDERS, at=stocktake.path)
    if asked.finding is Finding.UNEXPECTED:
        return _unexpected(stocktake, knows, seen_by)
    where = Where().add("e.stocktake = {}", stocktake.id)
    if asked.finding:
        where.add(NARROWED[asked.finding])
    columns = f"{COLUMNS}, {NAMES if knows else NO_NAMES}"
    sorts = {"number": Sort("e.inventory_number", "number")}
    listing = Listing(ResultRow, columns, EXPECTED, "e.id", sorts, COUNTED)
    return listing, await where.find("device", asked.q, "d")


def _unexpected(stocktake: StocktakeRow, knows: bool, seen_by: Actor) -> tuple[Listing[ResultRow], Where]:
    """Of devices of other units only the code is shown, unless the reader sees them there, too."""
    reach, args = seen_by.reach(May.VIEW_DEVICES).where("u.path")
    columns = f"{UNEXPECTED_COLUMNS}, {NAMES.replace('p.name', 'NULL') if knows else NO_NAMES}"
    sorts = {"scanned": Sort("c.id", "id")}
    listing = Listing(ResultRow, columns, UNEXPECTED.replace("{reach}", reach), "c.id", sorts)
    where = Where()
    where.values.extend(args)  # the source's own come before the condition's
    return listing, where.add("c.stocktake = {}", stocktake.id).add("c.undone_at IS NULL AND c.finding = 'unexpected'")


class _Found(Row):
    id: int


async def undecided_among(ids: Sequence[int], finding: Finding, stocktake: StocktakeRow) -> list[Undecided]:
    """What was ticked to decide on. Raises Missing where one is no longer missing or unexpected here."""
    marks = ", ".join("{}" for _ in ids) or "NULL"
    sql = {
        Finding.MISSING: f"""SELECT e.id FROM expected_device e WHERE e.stocktake = {{}} AND e.id IN ({marks})
            AND NOT EXISTS (SELECT 1 FROM scan c WHERE c.stocktake = e.stocktake AND c.device = e.device
                AND c.undone_at IS NULL)""",
        Finding.UNEXPECTED: f"""SELECT c.id FROM scan c WHERE c.stocktake = {{}} AND c.id IN ({marks})
            AND c.undone_at IS NULL AND c.finding = 'unexpected'""",
    }.get(finding)
    found = await rows(_Found, sql, stocktake.id, *ids) if sql else []
    if len(found) != len(set(ids)):
        raise Missing
    return [Undecided(one.id, finding) for one in found]
