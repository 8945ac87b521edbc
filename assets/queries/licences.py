"""Licences, and who or what has a seat."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from datetime import date

from assets.queries.narrowing import within_reach
from assets.rules.licences import LicenceKind
from assets.rules.permissions import May
from isms.db.reading import Row, one, rows
from isms.listing import Ask, Listing, Page, Sort, Where
from isms.people import Actor
from isms.rules.texts import N_


class LicenceRow(Row):
    """A licence with how many of its seats are taken."""

    id: int
    name: str
    vendor: str
    kind: LicenceKind
    seats: int
    taken: int
    ends_on: date | None
    unit_name: str

    @property
    def key(self) -> str:
        return f"licence:{self.id}"

    @property
    def free(self) -> int:
        return self.seats - self.taken


class LicenceDetail(LicenceRow):
    unit: int
    path: str
    institution: int
    starts_on: date | None
    notice_until: date | None
    cost_cents: int | None
    order_number: str
    supplier: str
    application: int | None
    application_name: str | None
    notes: str
    version: int


class SeatRow(Row):
    """A seat in use; the person is named only to those who may know holders."""

    id: int
    person: int | None
    person_name: str | None
    device: int | None
    device_name: str | None
    starts_on: date


@dataclass(frozen=True)
class AskedLicences:
    """What the address asks for; `full` wants those without a free seat."""

    q: str = ""
    full: bool = False

    @property
    def address(self) -> dict[str, object]:
        return {"q": self.q, "full": "1" if self.full else ""}


TAKEN = "(SELECT count(*) FROM seat s WHERE s.licence = l.id AND s.ended_on IS NULL)"
ROW = f"l.id, l.name, l.vendor, l.kind, l.seats, {TAKEN} AS taken, l.ends_on, u.name AS unit_name"
DETAIL = f"""{ROW}, l.unit, u.path, l.institution, l.starts_on, l.notice_until, l.cost_cents, l.order_number,
    l.supplier, l.application, o.short_id || ' ' || o.name AS application_name, l.notes, l.version"""
SOURCE = "licence l JOIN unit u ON u.id = l.unit"
LISTING = Listing(LicenceRow, ROW, SOURCE, "l.id", {"name": Sort("l.name", "name")}, ("licence l",))
MISSING = N_("Diese Lizenz gibt es nicht, oder Sie dürfen sie nicht sehen.")
SEATS = """FROM seat s LEFT JOIN person p ON p.id = s.person LEFT JOIN device d ON d.id = s.device
    WHERE s.ended_on IS NULL AND s.licence = {}"""
SEAT = "s.id, s.person, s.device, d.inventory_number || ' ' || d.name AS device_name, s.starts_on"


async def licences(asked: AskedLicences, ask: Ask, *, seen_by: Actor) -> Page[LicenceRow]:
    """One page of the list."""
    return await LISTING.page(await _narrowed(asked, seen_by), ask)


async def all_licences(asked: AskedLicences, ask: Ask, *, seen_by: Actor) -> AsyncGenerator[LicenceRow, None]:
    """The same licences in the same order, one after the other."""
    async for found in LISTING.each(await _narrowed(asked, seen_by), ask):
        yield found


async def licence(id: int, *, seen_by: Actor) -> LicenceDetail:
    """Raises Missing for a licence that is not there or out of reach."""
    where, args = seen_by.reach(May.VIEW_UPKEEP).where("u.path")
    return await one(
        LicenceDetail,
        f"""SELECT {DETAIL} FROM {SOURCE} LEFT JOIN target_object o ON o.id = l.application
            WHERE l.id = {{}} AND {where}""",
        id,
        *args,
        missing=MISSING,
    )


async def seats(licence: LicenceDetail, *, seen_by: Actor) -> list[SeatRow]:
    """The seats in use of a licence that the reader was shown already."""
    named = "p.name" if seen_by.may(May.NAME_HOLDERS, at=licence.path) else "NULL"
    sql = f"SELECT {SEAT}, {named} AS person_name {SEATS} ORDER BY s.starts_on DESC, s.id DESC"
    return await rows(SeatRow, sql, licence.id)


async def seat(id: int, licence: LicenceDetail) -> SeatRow:
    """Raises Missing for a seat that is free again."""
    missing = N_("Dieser Platz ist schon frei.")
    return await one(
        SeatRow, f"SELECT {SEAT}, p.name AS person_name {SEATS} AND s.id = {{}}", licence.id, id, missing=missing
    )


async def licences_of(field: str, id: int, *, seen_by: Actor) -> list[LicenceRow]:
    """The licences of which a person or a device (`field`) has a seat, or that are for an application."""
    where, args = seen_by.reach(May.VIEW_UPKEEP).where("u.path")
    has_seat = f"l.id IN (SELECT s.licence FROM seat s WHERE s.{SEATED[field]} = {{}} AND s.ended_on IS NULL)"
    of = "l.application = {}" if field == "target_object" else has_seat
    return await rows(LicenceRow, f"SELECT {ROW} FROM {SOURCE} WHERE {of} AND {where} ORDER BY l.name, l.id", id, *args)


SEATED = {"person": "person", "device": "device", "target_object": "device"}


async def _narrowed(asked: AskedLicences, seen_by: Actor) -> Where:
    where = within_reach(May.VIEW_UPKEEP, "l", "l.id", seen_by=seen_by)
    if asked.full:
        where.add(f"l.kind <> 'site' AND {TAKEN} >= l.seats")
    return await where.find("licence", asked.q, "l")


class _Known(Row):
    name: str
    order_number: str


async def known_licences(institution: int) -> set[tuple[str, str]]:
    """For imports: product and order number, in small letters, of all that an office has."""
    found = await rows(_Known, "SELECT name, order_number FROM licence WHERE institution = {}", institution)
    return {(one.name.casefold(), one.order_number.casefold()) for one in found}
