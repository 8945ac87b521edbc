"""What a code that was scanned means in a stocktake, and what was counted already."""

from __future__ import annotations

from datetime import datetime

from assets.queries.stocktakes import StocktakeRow
from assets.rules.lifecycle import Stage
from assets.rules.permissions import May
from assets.rules.stocktakes import Code, Finding
from isms.db.reading import Row, one, row, rows
from isms.people import Actor
from isms.rules.texts import N_

GONE = N_("Diesen Scan gibt es nicht, oder er ist schon zurückgenommen.")


class Target(Row):
    """A device of the office that a code names. `expected_place` is empty where it was not expected at all."""

    device: int
    path: str
    expected: int | None
    expected_place: str | None
    is_room: bool
    by_number: bool


# A place that is called like a unit is where somebody works, not where a device stands.
TARGETS = """SELECT d.id AS device, u.path, e.id AS expected, e.place AS expected_place,
        NOT EXISTS (SELECT 1 FROM unit v WHERE v.institution = d.institution AND v.name = e.place) AS is_room,
        d.inventory_number IN ({}, {}) AS by_number
    FROM device d JOIN unit u ON u.id = d.unit
    LEFT JOIN expected_device e ON e.stocktake = {} AND e.device = d.id
    WHERE d.institution = {} AND """


async def targets(code: Code, stocktake: StocktakeRow) -> list[Target]:
    """The devices of the office that a code names: one, or several that share a serial number."""
    small, large = code.spellings
    args = (small, large, stocktake.id, stocktake.institution)
    if code.device:
        return await rows(Target, f"{TARGETS} d.id = {{}}", *args, code.device)
    if found := await rows(Target, f"{TARGETS} d.inventory_number IN ({{}}, {{}})", *args, small, large):
        return found
    return await rows(Target, f"{TARGETS} d.serial IN ({{}}, {{}}) LIMIT 10", *args, small, large)


class ScanRow(Row):
    """Something that was scanned and counts. What the reader may not know of the device is empty."""

    id: int
    device: int | None
    code: str
    finding: Finding
    place: str
    scanned_by: int
    scanner: str
    recorded_at: datetime
    inventory_number: str | None
    name: str | None
    expected_place: str | None
    stage: Stage | None
    place_now: str | None

    @property
    def label(self) -> str:
        """The device where it may be shown, otherwise the code."""
        return f"{self.inventory_number} {self.name}" if self.inventory_number else self.code

    @property
    def is_corrected(self) -> bool:
        """Whether the device stands by now where it was found."""
        return self.finding is Finding.WRONG_PLACE and self.place_now == self.place


def _shown(stocktake: StocktakeRow, seen_by: Actor) -> tuple[str, list[object]]:
    """Of devices that were not expected, only those are shown that the reader sees elsewhere, too."""
    where, args = seen_by.reach(May.VIEW_DEVICES).where("u.path")
    sql = f"""SELECT c.id, c.device, c.code, c.finding, c.place, c.scanned_by, p.name AS scanner, c.recorded_at,
            d.inventory_number, d.name, d.stage, d.place AS place_now, e.place AS expected_place
        FROM scan c JOIN person p ON p.id = c.scanned_by
        LEFT JOIN expected_device e ON e.stocktake = c.stocktake AND e.device = c.device
        LEFT JOIN device d ON d.id = c.device
            AND (e.id IS NOT NULL OR d.unit IN (SELECT u.id FROM unit u WHERE {where}))
        WHERE c.stocktake = {{}} AND c.undone_at IS NULL AND """
    return sql, [*args, stocktake.id]


async def scan(id: int, stocktake: StocktakeRow, *, seen_by: Actor) -> ScanRow:
    """One scan of a stocktake that the reader counts in. Raises Missing."""
    sql, args = _shown(stocktake, seen_by)
    return await one(ScanRow, f"{sql} c.id = {{}}", *args, id, missing=GONE)


async def last_scans(stocktake: StocktakeRow, *, seen_by: Actor, limit: int = 8) -> list[ScanRow]:
    """What the reader scanned last, newest first."""
    sql, args = _shown(stocktake, seen_by)
    return await rows(ScanRow, f"{sql} c.scanned_by = {{}} ORDER BY c.id DESC LIMIT {limit}", *args, seen_by.id)


class Earlier(Row):
    """A scan of the same thing that counts already."""

    id: int
    scanner: str
    recorded_at: datetime


async def earlier(stocktake: StocktakeRow, code: Code, device: int | None) -> Earlier | None:
    what, value = ("c.device = {}", device) if device else ("c.device IS NULL AND c.code = {}", code.text)
    return await row(
        Earlier,
        f"""SELECT c.id, p.name AS scanner, c.recorded_at FROM scan c JOIN person p ON p.id = c.scanned_by
            WHERE c.stocktake = {{}} AND c.undone_at IS NULL AND {what}""",
        stocktake.id,
        value,
    )


async def counted_as(stocktake: StocktakeRow, code: Code) -> int | None:
    """The scan by which a code is counted already, for a form that arrives a second time."""
    devices: list[int | None] = [one.device for one in await targets(code, stocktake)]
    for device in devices or [None]:
        if found := await earlier(stocktake, code, device):
            return found.id
    return None


class _Place(Row):
    place: str


# From one room to the next in the index, instead of through all devices.
PLACES = """WITH RECURSIVE room (place) AS (
        SELECT min(e.place) FROM expected_device e WHERE e.stocktake = {} AND e.place > ''
        UNION ALL
        SELECT (SELECT min(e.place) FROM expected_device e WHERE e.stocktake = {} AND e.place > room.place)
        FROM room WHERE room.place IS NOT NULL
    ) SELECT place FROM (SELECT place FROM room WHERE place IS NOT NULL LIMIT 300) AS first_rooms
    WHERE NOT EXISTS (SELECT 1 FROM unit v WHERE v.institution = {} AND v.name = place) ORDER BY place"""


async def places(stocktake: StocktakeRow) -> list[str]:
    """Rooms in which something is expected, to choose from; not the departments of those who hold something."""
    found = await rows(_Place, PLACES, stocktake.id, stocktake.id, stocktake.institution)
    return [one.place for one in found]
