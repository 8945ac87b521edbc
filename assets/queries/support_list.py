"""The list „Support läuft aus“: devices and objects by when their support ends."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from datetime import date, timedelta

from assets.queries.narrowing import under, within_reach
from assets.queries.support_ends import HERE
from assets.rules.permissions import May
from assets.rules.support import SOON_DAYS, Aspect, Basis, Standing, Verdict, standing
from isms.db.reading import Row, rows
from isms.listing import Ask, Listing, Page, Sort, Where
from isms.people import Actor
from isms.rules.terms import Term
from isms.rules.texts import N_


class Things(Term):
    """What the list is about."""

    DEVICES = "devices", N_("Geräte")
    OBJECTS = "objects", N_("Zielobjekte")


@dataclass(frozen=True)
class AskedSupport:
    """What the address asks for. `days` is how soon is soon."""

    of: Things = Things.DEVICES
    standing: Standing | None = None
    days: int = SOON_DAYS
    unit: int | None = None
    q: str = ""

    @property
    def address(self) -> dict[str, object]:
        return {
            "of": str(self.of),
            "standing": str(self.standing) if self.standing else "",
            "days": self.days if self.days != SOON_DAYS else "",
            "unit": self.unit or "",
            "q": self.q,
        }


class SupportRow(Row):
    """One thing with what is known of its support."""

    id: int
    thing: int
    number: str
    name: str
    unit_name: str
    aspect: Aspect
    verdict: Verdict
    basis: Basis
    label: str
    reported: str
    ends_on: date | None
    ended: bool | None
    extended_until: date | None
    listed_on: date

    def standing(self, on: date, days: int = SOON_DAYS) -> Standing:
        return standing(self.ends_on, self.ended, on=on, days=days)


COLUMNS = """s.id, {thing} AS thing, {number} AS number, {name} AS name, u.name AS unit_name, s.aspect, s.verdict,
    s.basis, s.label, s.reported, s.ends_on, s.ended, s.extended_until, s.listed_on"""
DEVICE = COLUMNS.format(thing="d.id", number="d.inventory_number", name="d.name")
OBJECT = COLUMNS.format(thing="o.id", number="o.short_id", name="o.name")
DEVICES = """support_end s JOIN device d ON d.id = s.device JOIN unit u ON u.id = d.unit
    LEFT JOIN handover h ON h.device = d.id AND h.returned_on IS NULL"""
OBJECTS = "support_end s JOIN target_object o ON o.id = s.target_object JOIN unit u ON u.id = o.unit"
SORTS = {"end": Sort("s.listed_on", "listed_on")}
DEVICE_LIST = Listing(SupportRow, DEVICE, DEVICES, "s.id", SORTS)
OBJECT_LIST = Listing(SupportRow, OBJECT, OBJECTS, "s.id", SORTS)


async def support(asked: AskedSupport, ask: Ask, *, seen_by: Actor, on: date) -> Page[SupportRow]:
    """One page, what ended first on top."""
    return await _listing(asked).page(await _narrowed(asked, seen_by, on), ask)


async def all_support(asked: AskedSupport, ask: Ask, *, seen_by: Actor, on: date) -> AsyncGenerator[SupportRow, None]:
    """The same in the same order, one after the other."""
    async for one in _listing(asked).each(await _narrowed(asked, seen_by, on), ask):
        yield one


def _listing(asked: AskedSupport) -> Listing[SupportRow]:
    return DEVICE_LIST if asked.of is Things.DEVICES else OBJECT_LIST


async def _narrowed(asked: AskedSupport, seen_by: Actor, on: date) -> Where:
    if asked.of is Things.DEVICES:
        where = within_reach(May.VIEW_DEVICES, "d", "h.person", seen_by=seen_by).add(HERE)
        table, alias = "device", "d"
    else:
        where = within_reach(May.VIEW_OBJECTS, "o", "o.responsible", seen_by=seen_by).add("o.ended_on IS NULL")
        table, alias = "target_object", "o"
    where.add("s.replaced_at IS NULL")
    if asked.standing:
        condition, args = stands(asked.standing, on, asked.days)
        where.add(condition, *args)
    if asked.unit:
        where.add(*await under(asked.unit, alias))
    return await where.find(table, asked.q, alias)


def stands(wanted: Standing, on: date, days: int = SOON_DAYS) -> tuple[str, list[object]]:
    """The condition that a row stands like that on a day, served by the index over `listed_on`."""
    soon = on + timedelta(days=days)
    conditions: dict[Standing, tuple[str, list[object]]] = {
        Standing.OVER: ("s.listed_on < {}", [on]),
        Standing.SOON: ("s.listed_on >= {} AND s.listed_on <= {}", [on, soon]),
        Standing.FINE: ("s.listed_on > {} AND s.listed_on < {}", [soon, date.max]),
        Standing.OPEN: ("s.listed_on = {} AND s.verdict = 'matched'", [date.max]),
        Standing.UNKNOWN: ("s.listed_on = {} AND s.verdict <> 'matched'", [date.max]),
    }
    return conditions[wanted]


class Group(Row):
    """A release that things in the house run, with its end and how many they are."""

    label: str
    ends_on: date | None
    count: int


async def groups(wanted: Standing, *, seen_by: Actor, on: date, limit: int = 20) -> list[Group]:
    """Releases whose support stands like that, by their end: for duties."""
    reach, args = seen_by.reach(May.MATCH_SUPPORT).where("u.path")
    condition, values = stands(wanted, on)
    return await rows(
        Group,
        f"""SELECT s.label, s.ends_on, count(*) AS count FROM support_end s JOIN device d ON d.id = s.device
            JOIN unit u ON u.id = d.unit WHERE s.replaced_at IS NULL AND {condition} AND {HERE} AND {reach}
            GROUP BY s.label, s.ends_on ORDER BY s.ends_on, s.label LIMIT {limit}""",
        *values,
        *args,
    )
