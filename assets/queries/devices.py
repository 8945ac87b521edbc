"""Devices as pages and commands see them. An employee sees those that they hold."""

from __future__ import annotations

from datetime import date, datetime

from assets.rules.facts import DeviceFacts
from assets.rules.lifecycle import Demand, Ownership, Stage, Step
from assets.rules.permissions import May
from assets.rules.steps import demands, open_steps, right_for
from isms.db.reading import Row, one, row, rows
from isms.people import Actor
from isms.rules.texts import N_

MISSING = N_("Dieses Gerät gibt es nicht, oder Sie dürfen es nicht sehen.")


class DeviceRow(Row):
    """A device in a list."""

    id: int
    inventory_number: str
    name: str
    model: str
    category: str
    stage: Stage
    place: str
    unit_name: str
    holder: int | None
    holder_name: str | None

    @property
    def key(self) -> str:
        return f"device:{self.id}"

    @property
    def label(self) -> str:
        return f"{self.inventory_number} {self.name}"


class DeviceDetail(DeviceRow):
    """A device with all that is written about it. `since` is the day of its last step, `last_taken_by` who took it."""

    unit: int
    path: str
    institution: int
    serial: str
    maker: str
    supplier: str
    order_number: str
    purchased_on: date | None
    price_cents: int | None
    warranty_until: date | None
    end_of_life_on: date | None
    notes: str
    it_system: int | None
    it_system_name: str | None
    import_run: int | None
    version: int
    recorded_at: datetime
    ownership: Ownership
    since: date
    last_taken_by: int
    issued_on: date | None
    due_back_on: date | None
    seen_on: date | None

    @property
    def price(self) -> str:
        """As Germans write an amount, without thousands separators, so that a form takes it back."""
        return "" if self.price_cents is None else f"{self.price_cents // 100},{self.price_cents % 100:02d} €"

    def steps(self, actor: Actor) -> list[Step]:
        """What may happen next, and this person may do. The page offers exactly these."""
        return [
            step
            for step in open_steps(self.stage, self.ownership)
            if actor.may(right_for(step), at=self.path)
            and not (Demand.SECOND_PERSON in demands(step) and self.last_taken_by == actor.id)
        ]

    @property
    def facts(self) -> DeviceFacts:
        return DeviceFacts(
            inventory_number=self.inventory_number,
            name=self.name,
            serial=self.serial,
            maker=self.maker,
            model=self.model,
            category=self.category,
            supplier=self.supplier,
            order_number=self.order_number,
            purchased_on=self.purchased_on,
            price_cents=self.price_cents,
            warranty_until=self.warranty_until,
            end_of_life_on=self.end_of_life_on,
            notes=self.notes,
            it_system=self.it_system,
        )


ROW = """d.id, d.inventory_number, d.name, d.model, d.category, d.stage, d.place, u.name AS unit_name,
    h.person AS holder"""
DETAIL = f"""{ROW}, d.unit, u.path, d.institution, d.serial, d.maker, d.supplier, d.order_number, d.purchased_on,
    d.price_cents, d.warranty_until, d.end_of_life_on, d.notes, d.it_system, o.name AS it_system_name, d.import_run,
    d.version, d.recorded_at, d.ownership, h.issued_on, h.due_back_on,
    (SELECT c.taken_by FROM stage_change c WHERE c.device = d.id ORDER BY c.id DESC LIMIT 1) AS last_taken_by,
    (SELECT max(c.taken_on) FROM stage_change c WHERE c.device = d.id) AS since,
    (SELECT max(s.seen_on) FROM sighting s WHERE s.device = d.id AND s.withdrawn_at IS NULL) AS seen_on"""
TABLES = """FROM device d JOIN unit u ON u.id = d.unit
    LEFT JOIN handover h ON h.device = d.id AND h.returned_on IS NULL LEFT JOIN person p ON p.id = h.person"""


def holder_name(seen_by: Actor) -> str:
    """The column with the holder's name. Who may look at devices but not know holders reads only their own name."""
    if knows_holders(seen_by):
        return "p.name AS holder_name"
    return f"CASE WHEN h.person = {seen_by.id:d} THEN p.name END AS holder_name"


def knows_holders(reader: Actor) -> bool:
    """Whether somebody may know who has a device wherever they may look at devices."""
    looks, knows = reader.reach(May.VIEW_DEVICES), reader.reach(May.NAME_HOLDERS)
    return {*looks.subtrees, *looks.units} <= {*knows.subtrees, *knows.units}


async def device(id: int, *, seen_by: Actor) -> DeviceDetail:
    """Raises Missing for a device that is not there or out of reach."""
    where, args = seen_by.reach(May.VIEW_DEVICES).where("u.path", own="h.person")
    return await one(
        DeviceDetail,
        f"""SELECT {holder_name(seen_by)}, {DETAIL} {TABLES} LEFT JOIN target_object o ON o.id = d.it_system
            WHERE d.id = {{}} AND {where}""",
        id,
        *args,
        missing=MISSING,
    )


async def device_numbered(inventory_number: str, institution: int) -> DeviceDetail | None:
    """For imports: the inventory number tells which device it is."""
    return await row(
        DeviceDetail,
        f"""SELECT p.name AS holder_name, {DETAIL} {TABLES} LEFT JOIN target_object o ON o.id = d.it_system
            WHERE d.institution = {{}} AND d.inventory_number = {{}}""",
        institution,
        inventory_number,
    )


class HandoverRow(Row):
    """Who had a device, from when until when."""

    id: int
    person: int
    person_name: str
    issued_on: date
    due_back_on: date | None
    returned_on: date | None
    note: str


async def handovers(device: DeviceDetail, *, seen_by: Actor) -> list[HandoverRow]:
    """All handovers of a device for those who may know holders; for others only their own."""
    where, args = seen_by.reach(May.NAME_HOLDERS).where("u.path", own="h.person")
    return await rows(
        HandoverRow,
        f"""SELECT h.id, h.person, p.name AS person_name, h.issued_on, h.due_back_on, h.returned_on, h.note
            FROM handover h JOIN person p ON p.id = h.person JOIN device d ON d.id = h.device
            JOIN unit u ON u.id = d.unit WHERE h.device = {{}} AND {where} ORDER BY h.id DESC""",
        device.id,
        *args,
    )


class StageRow(Row):
    """One step in the life of a device."""

    id: int
    step: Step | None
    stage: Stage
    place: str
    reason: str
    taken_on: date
    taken_by: str
    recorded_at: datetime


async def stages(device: DeviceDetail) -> list[StageRow]:
    """The life of a device that the reader was shown already, newest first."""
    return await rows(
        StageRow,
        """SELECT c.id, c.step, c.stage, c.place, c.reason, c.taken_on, p.name AS taken_by, c.recorded_at
           FROM stage_change c JOIN person p ON p.id = c.taken_by WHERE c.device = {} ORDER BY c.id DESC""",
        device.id,
    )


async def held_by(person: int, *, seen_by: Actor) -> list[DeviceRow]:
    """The devices that somebody has, as far as the reader may see them."""
    where, args = seen_by.reach(May.VIEW_DEVICES).where("u.path", own="h.person")
    return await rows(
        DeviceRow,
        f"SELECT {ROW}, {holder_name(seen_by)} {TABLES} WHERE h.person = {{}} AND {where} ORDER BY d.inventory_number",
        person,
        *args,
    )


async def devices_of(it_system: int, *, seen_by: Actor, limit: int = 50) -> list[DeviceRow]:
    """The devices that form an IT system, as far as the reader may see them."""
    where, args = seen_by.reach(May.VIEW_DEVICES).where("u.path", own="h.person")
    return await rows(
        DeviceRow,
        f"""SELECT {ROW}, {holder_name(seen_by)} {TABLES} WHERE d.it_system = {{}} AND {where}
            ORDER BY d.inventory_number LIMIT {{}}""",
        it_system,
        *args,
        limit,
    )
