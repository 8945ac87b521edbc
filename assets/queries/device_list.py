"""The list of devices: searched, filtered, sorted, paged, and exported as it is shown."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from assets.queries.devices import ROW, TABLES, DeviceRow, holder_name, knows_holders
from assets.queries.narrowing import imported_by, under, within_reach
from assets.rules.lifecycle import IN_THE_HOUSE, Stage
from assets.rules.permissions import May
from isms.db.fulltext import NOTHING_ELSE, Also, matching
from isms.listing import Ask, Listing, Page, Sort, Where
from isms.people import Actor


@dataclass(frozen=True)
class AskedDevices:
    """What the address asks for; the default asks for all."""

    q: str = ""
    stage: Stage | None = None
    unit: int | None = None
    category: str = ""
    run: int | None = None
    unseen: int = 0
    on: date = date.min

    @property
    def unseen_since(self) -> date | None:
        """The day after which nobody saw it, where `unseen` asks for so many days without a sighting."""
        return self.on - timedelta(days=self.unseen) if 0 < self.unseen < LONGEST_UNSEEN else None

    @property
    def address(self) -> dict[str, object]:
        """As the list's address holds it."""
        return {
            "q": self.q,
            "stage": str(self.stage) if self.stage else "",
            "unit": self.unit or "",
            "category": self.category,
            "run": self.run or "",
            "unseen": self.unseen if self.unseen_since else "",
        }


class ListedDevice(DeviceRow):
    """A row of the list, with when somebody last had the device before their eyes."""

    seen_on: date | None


class ExportedDevice(ListedDevice):
    """A row of the export: what the list shows, and what a spreadsheet has room for."""

    serial: str
    maker: str
    purchased_on: date | None
    warranty_until: date | None


Shown = TypeVar("Shown", bound=DeviceRow)

SORTS = {
    "number": Sort("d.inventory_number", "inventory_number"),
    "name": Sort("d.name", "name"),
}
HELD = "SELECT y.device FROM handover y JOIN person z ON z.id = y.person WHERE y.returned_on IS NULL AND "
SOURCE = TABLES.removeprefix("FROM ")
SEEN = "(SELECT max(y.seen_on) FROM sighting y WHERE y.device = d.id AND y.withdrawn_at IS NULL) AS seen_on"
UNSEEN = f"""d.stage IN ({", ".join(f"'{stage.value}'" for stage in sorted(IN_THE_HOUSE))})
    AND NOT EXISTS (SELECT 1 FROM sighting y WHERE y.device = d.id AND y.withdrawn_at IS NULL AND y.seen_on > {{}})"""
LONGEST_UNSEEN = 40_000
COUNTED = ("device d", "device d JOIN unit u ON u.id = d.unit")


async def devices(asked: AskedDevices, ask: Ask, *, seen_by: Actor) -> Page[ListedDevice]:
    """One page of the list."""
    columns = f"{ROW}, {holder_name(seen_by)}, {SEEN}"
    return await _listing(ListedDevice, columns).page(await _narrowed(asked, seen_by), ask)


async def all_devices(asked: AskedDevices, ask: Ask, *, seen_by: Actor) -> AsyncGenerator[ExportedDevice, None]:
    """The same devices in the same order, one after the other."""
    columns = f"{ROW}, {holder_name(seen_by)}, {SEEN}, d.serial, d.maker, d.purchased_on, d.warranty_until"
    async for one in _listing(ExportedDevice, columns).each(await _narrowed(asked, seen_by), ask):
        yield one


async def first_devices(asked: AskedDevices, ask: Ask, limit: int, *, seen_by: Actor) -> Sequence[DeviceRow]:
    """The first of the same devices in the same order, as many as asked for."""
    columns = f"{ROW}, {holder_name(seen_by)}"
    found = await _listing(DeviceRow, columns).page(await _narrowed(asked, seen_by), ask, size=limit)
    return found.rows


def _listing(kind: type[Shown], columns: str) -> Listing[Shown]:
    return Listing(kind, columns, SOURCE, "d.id", SORTS, COUNTED)


async def _narrowed(asked: AskedDevices, seen_by: Actor) -> Where:
    where = within_reach(May.VIEW_DEVICES, "d", "h.person", seen_by=seen_by)
    if asked.stage:
        where.add("d.stage = {}", asked.stage.value)
    else:
        where.add("d.stage <> {}", Stage.WITHDRAWN.value)
    if asked.unit:
        where.add(*await under(asked.unit, "d"))
    if asked.category:
        where.add("d.category = {}", asked.category)
    if asked.run:
        where.add(*imported_by(asked.run))
    if asked.unseen_since:
        where.add(UNSEEN, asked.unseen_since)
    return await where.find("device", asked.q, "d", _held(asked.q, seen_by))


def _held(words: str, seen_by: Actor) -> Also:
    """For those who may know holders: also what somebody has who is called like that."""
    if not (seen_by.may(May.NAME_HOLDERS) and knows_holders(seen_by)):
        return NOTHING_ELSE
    called, args = matching("person", words, alias="z")
    return f"{HELD} {called}", args
