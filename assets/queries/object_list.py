"""The list of target objects: searched, filtered, sorted, paged, and exported as it is shown."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass

from assets.queries.narrowing import under, within_reach
from assets.queries.objects import ROW, TABLES, ObjectRow
from assets.rules.kinds import Kind
from assets.rules.permissions import May
from assets.rules.protection import ProtectionNeed
from isms.listing import Ask, Listing, Page, Sort, Where
from isms.people import Actor


@dataclass(frozen=True)
class AskedObjects:
    """What the address asks for; the default asks for all. `need` is the highest need of the three goals."""

    q: str = ""
    kind: Kind | None = None
    need: ProtectionNeed | None = None
    unit: int | None = None

    @property
    def address(self) -> dict[str, object]:
        """As the list's address holds it."""
        return {
            "q": self.q,
            "kind": str(self.kind) if self.kind else "",
            "need": int(self.need) if self.need else "",
            "unit": self.unit or "",
        }


HIGHEST = """CASE WHEN 3 IN (o.confidentiality, o.integrity, o.availability) THEN 3
    WHEN 2 IN (o.confidentiality, o.integrity, o.availability) THEN 2 ELSE 1 END = {}"""
LISTING = Listing(
    ObjectRow,
    ROW,
    TABLES.removeprefix("FROM "),
    "o.id",
    {"number": Sort("o.short_id", "short_id"), "name": Sort("o.name", "name")},
    ("target_object o", "target_object o JOIN unit u ON u.id = o.unit"),
)


async def objects(asked: AskedObjects, ask: Ask, *, seen_by: Actor) -> Page[ObjectRow]:
    """One page of the list."""
    return await LISTING.page(await _narrowed(asked, seen_by), ask)


async def all_objects(asked: AskedObjects, ask: Ask, *, seen_by: Actor) -> AsyncGenerator[ObjectRow, None]:
    """The same objects in the same order, one after the other."""
    async for one in LISTING.each(await _narrowed(asked, seen_by), ask):
        yield one


async def _narrowed(asked: AskedObjects, seen_by: Actor) -> Where:
    where = within_reach(May.VIEW_OBJECTS, "o", "o.responsible", seen_by=seen_by).add("o.ended_on IS NULL")
    if asked.kind:
        where.add("o.kind = {}", asked.kind.value)
    if asked.need:
        where.add(HIGHEST, int(asked.need))
    if asked.unit:
        where.add(*under(asked.unit))
    return await where.find("target_object", asked.q, "o")
