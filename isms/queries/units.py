"""Units as the tree and their pages show them."""

from __future__ import annotations

from datetime import date

from isms.db.reading import Row, one, rows
from isms.people import Actor, ancestors
from isms.permissions import May
from isms.rules.roles import UnitKind
from isms.rules.texts import N_


class UnitLine(Row):
    """A unit of the tree; `people` are those present in exactly this unit."""

    id: int
    name: str
    kind: UnitKind
    path: str
    parent: int | None
    people: int
    closed_on: date | None
    version: int

    @property
    def key(self) -> str:
        return f"unit:{self.id}"

    @property
    def depth(self) -> int:
        return self.path.count("/") - 2


UNITS = """SELECT u.id, u.name, u.kind, u.path, u.parent, u.closed_on, u.version,
    (SELECT count(*) FROM person p
     WHERE p.unit = u.id AND p.name <> 'System' AND (p.left_on IS NULL OR p.left_on >= {})) AS people
    FROM unit u"""


async def tree(*, seen_by: Actor, on: date) -> list[UnitLine]:
    """The open units in reach, each before its own parts, brothers and sisters by name."""
    where, args = seen_by.reach(May.SEE_PEOPLE).where("u.path")
    found = await rows(UnitLine, f"{UNITS} WHERE {where} AND u.closed_on IS NULL", on, *args)
    names = {one.path: one.name.casefold() for one in found}
    return sorted(found, key=lambda one: [names.get(above, above) for above in ancestors(one.path)])


async def unit(id: int, *, seen_by: Actor, on: date) -> UnitLine:
    """Raises Missing for a unit that is not there or out of reach."""
    where, args = seen_by.reach(May.SEE_PEOPLE).where("u.path")
    missing = N_("Diese Einheit gibt es nicht, oder sie liegt außerhalb Ihres Bereichs.")
    return await one(UnitLine, f"{UNITS} WHERE u.id = {{}} AND {where}", on, id, *args, missing=missing)
