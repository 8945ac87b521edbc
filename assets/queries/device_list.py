"""The list of devices: searched, filtered, sorted, paged, and exported as it is shown."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from assets.queries.devices import ROW, TABLES, DeviceRow, holder_name
from assets.queries.narrowing import UNDER, within_reach
from assets.rules.lifecycle import Stage
from assets.rules.permissions import May
from isms.db.fulltext import matching
from isms.listing import Ask, Listing, Page, Sort, Where
from isms.people import Actor


@dataclass(frozen=True)
class AskedDevices:
    """What the address asks for; the default asks for all."""

    q: str = ""
    stage: Stage | None = None
    unit: int | None = None
    category: str = ""

    @property
    def address(self) -> dict[str, object]:
        """As the list's address holds it."""
        return {
            "q": self.q,
            "stage": str(self.stage) if self.stage else "",
            "unit": self.unit or "",
            "category": self.category,
        }


class ExportedDevice(DeviceRow):
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
FOUND = """d.id IN (SELECT x.id FROM device x WHERE {words} UNION SELECT y.device FROM handover y
    JOIN person z ON z.id = y.person WHERE y.returned_on IS NULL AND lower(z.name) LIKE {{}} ESCAPE '!')"""
SOURCE = TABLES.removeprefix("FROM ")


async def devices(asked: AskedDevices, ask: Ask, *, seen_by: Actor) -> Page[DeviceRow]:
    """One page of the list."""
    columns = f"{ROW}, {holder_name(seen_by)}"
    return await _listing(DeviceRow, columns).page(_narrowed(asked, seen_by), ask)


def all_devices(asked: AskedDevices, ask: Ask, *, seen_by: Actor) -> AsyncGenerator[ExportedDevice, None]:
    """The same devices in the same order, one after the other."""
    columns = f"{ROW}, {holder_name(seen_by)}, d.serial, d.maker, d.purchased_on, d.warranty_until"
    return _listing(ExportedDevice, columns).each(_narrowed(asked, seen_by), ask)


def _listing(kind: type[Shown], columns: str) -> Listing[Shown]:
    return Listing(kind, columns, SOURCE, "d.id", SORTS)


def _narrowed(asked: AskedDevices, seen_by: Actor) -> Where:
    where = within_reach(May.VIEW_DEVICES, "d", "h.person", seen_by=seen_by)
    if asked.stage:
        where.add("d.stage = {}", asked.stage.value)
    if asked.unit:
        where.add(UNDER, asked.unit, asked.unit)
    if asked.category:
        where.add("d.category = {}", asked.category)
    if asked.q.strip():
        _add_words(where, asked.q, seen_by)
    return where


def _add_words(where: Where, words: str, seen_by: Actor) -> None:
    """What the device says of itself; for those who may know holders also who has it."""
    found, args = matching("device", words, alias="x")
    if seen_by.may(May.NAME_HOLDERS):
        where.add(FOUND.format(words=found), *args, f"%{_literally(words.strip().lower())}%")
    else:
        where.add(f"d.id IN (SELECT x.id FROM device x WHERE {found})", *args)


def _literally(text: str) -> str:
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_")
