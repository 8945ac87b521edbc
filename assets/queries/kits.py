"""Kits and what is in them."""

from __future__ import annotations

from datetime import date

from assets.queries.devices import ROW, TABLES, DeviceRow, holder_name
from assets.rules.lifecycle import Stage
from assets.rules.permissions import May
from isms.db.reading import Row, one, rows
from isms.people import Actor
from isms.rules.texts import N_


class KitRow(Row):
    """A kit in a list: how many devices are in it, and how many of them are in stock."""

    id: int
    name: str
    note: str
    unit: int
    unit_name: str
    path: str
    ended_on: date | None
    version: int
    size: int
    in_stock: int

    @property
    def key(self) -> str:
        return f"kit:{self.id}"

    @property
    def is_complete(self) -> bool:
        """Everything in it lies in stock and can go out at once."""
        return self.size > 0 and self.size == self.in_stock


class MemberRow(Row):
    """A device that is or was in a kit."""

    device: int
    inventory_number: str
    name: str
    stage: Stage
    since: date
    until: date | None


class KitDetail(KitRow):
    members: list[MemberRow]

    @property
    def inside(self) -> list[MemberRow]:
        return [member for member in self.members if member.until is None]


MEMBERS = "FROM kit_member m JOIN device d ON d.id = m.device WHERE m.kit = k.id AND m.until IS NULL"
KIT = f"""SELECT k.id, k.name, k.note, k.unit, u.name AS unit_name, u.path, k.ended_on, k.version,
    (SELECT count(*) {MEMBERS}) AS size, (SELECT count(*) {MEMBERS} AND d.stage = 'in_stock') AS in_stock
    FROM kit k JOIN unit u ON u.id = k.unit"""


async def kits(*, seen_by: Actor, limit: int = 200) -> list[KitRow]:
    """The kits that are in use."""
    where, args = seen_by.reach(May.ISSUE).where("u.path")
    return await rows(
        KitRow, f"{KIT} WHERE k.ended_on IS NULL AND {where} ORDER BY k.name, k.id LIMIT {{}}", *args, limit
    )


async def kit(id: int, *, seen_by: Actor) -> KitDetail:
    """Raises Missing for a kit that is not there or out of reach."""
    where, args = seen_by.reach(May.ISSUE).where("u.path")
    missing = N_("Dieses Set gibt es nicht, oder es liegt außerhalb Ihres Bereichs.")
    head = await one(KitRow, f"{KIT} WHERE k.id = {{}} AND {where}", id, *args, missing=missing)
    members = await rows(
        MemberRow,
        """SELECT m.device, d.inventory_number, d.name, d.stage, m.since, m.until
           FROM kit_member m JOIN device d ON d.id = m.device WHERE m.kit = {} ORDER BY m.until IS NOT NULL, m.id""",
        id,
    )
    return KitDetail(**{name: getattr(head, name) for name in head.__struct_fields__}, members=members)


async def kit_devices(kit: KitDetail, *, seen_by: Actor) -> list[DeviceRow]:
    """The devices of a kit as lists show them."""
    where, args = seen_by.reach(May.VIEW_DEVICES).where("u.path")
    return await rows(
        DeviceRow,
        f"""SELECT {ROW}, {holder_name(seen_by)} {TABLES} JOIN kit_member km ON km.device = d.id
            WHERE km.kit = {{}} AND km.until IS NULL AND {where} ORDER BY km.id""",
        kit.id,
        *args,
    )


class KitOf(Row):
    kit: int
    name: str
    device: int


async def kits_of(devices: list[int]) -> dict[int, KitOf]:
    """In which kit each of some devices is."""
    if not devices:
        return {}
    marks = ", ".join("{}" for _ in devices)
    found = await rows(
        KitOf,
        f"""SELECT m.kit, k.name, m.device FROM kit_member m JOIN kit k ON k.id = m.kit
            WHERE m.until IS NULL AND m.device IN ({marks})""",
        *devices,
    )
    return {one_.device: one_ for one_ in found}
