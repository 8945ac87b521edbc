"""Maintenance plans and what was done about them."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from assets.queries.devices import DeviceDetail
from assets.rules.permissions import May
from assets.rules.upkeep import SOON_DAYS, Condition, MaintenanceKind, Timeliness, timeliness
from isms.db.reading import Row, one, rows
from isms.listing import PAGE_SIZE, Ask, Listing, Page, Sort, Where
from isms.people import Actor
from isms.rules.texts import N_


class PlanRow(Row):
    """A running plan with the day of its last maintenance."""

    id: int
    device: int
    inventory_number: str
    device_name: str
    unit: int
    unit_name: str
    path: str
    title: str
    months: int
    starts_on: date
    due_on: date
    last_done: date | None

    @property
    def key(self) -> str:
        return f"maintenance_plan:{self.id}"

    @property
    def label(self) -> str:
        return f"{self.inventory_number} {self.device_name}"

    def timeliness(self, on: date) -> Timeliness:
        return timeliness(self.due_on, on)


class MaintenanceRow(Row):
    """One maintenance, as it stands after corrections."""

    id: int
    device: int
    plan: int | None
    plan_title: str | None
    kind: MaintenanceKind
    occasion: str
    started_on: date
    done_on: date
    involved: str
    actions: str
    condition: Condition
    findings: str
    external: bool
    cost_cents: int | None
    corrected: bool
    recorded_by: str
    recorded_at: datetime


@dataclass(frozen=True)
class AskedPlans:
    """What the address asks for; `due` is the state that a plan has to be in."""

    q: str = ""
    due: Timeliness | None = None

    @property
    def address(self) -> dict[str, object]:
        return {"q": self.q, "due": str(self.due) if self.due else ""}


IN_USE = "d.stage NOT IN ('lost', 'stolen', 'retired', 'disposed')"
PLAN = """p.id, p.device, d.inventory_number, d.name AS device_name, d.unit, u.name AS unit_name, u.path, p.title,
    p.months, p.starts_on, p.due_on, (SELECT max(m.done_on) FROM maintenance m WHERE m.plan = p.id
        AND NOT EXISTS (SELECT 1 FROM maintenance c WHERE c.device = m.device AND c.replaces = m.id)) AS last_done"""
SOURCE = "maintenance_plan p JOIN device d ON d.id = p.device JOIN unit u ON u.id = d.unit"
PLANS = f"SELECT {PLAN} FROM {SOURCE} WHERE p.ended_on IS NULL AND "
LISTING = Listing(PlanRow, PLAN, SOURCE, "p.id", {"due": Sort("p.due_on", "due_on")})
DONE = """SELECT m.id, m.device, m.plan, p.title AS plan_title, m.kind, m.occasion, m.started_on, m.done_on, m.involved,
        m.actions, m.condition, m.findings, m.external, m.cost_cents, m.replaces IS NOT NULL AS corrected,
        w.name AS recorded_by, m.recorded_at
    FROM maintenance m JOIN person w ON w.id = m.recorded_by LEFT JOIN maintenance_plan p ON p.id = m.plan
    WHERE m.device = {} AND NOT EXISTS (SELECT 1 FROM maintenance c WHERE c.device = m.device AND c.replaces = m.id)"""


async def plans(asked: AskedPlans, ask: Ask, *, seen_by: Actor, on: date, size: int = PAGE_SIZE) -> Page[PlanRow]:
    """One page of the running plans of devices in use, the most urgent first."""
    return await LISTING.page(await _narrowed(asked, seen_by, on), ask, size=size)


async def all_plans(asked: AskedPlans, ask: Ask, *, seen_by: Actor, on: date) -> AsyncGenerator[PlanRow, None]:
    """The same in the same order, one after the other."""
    async for found in LISTING.each(await _narrowed(asked, seen_by, on), ask):
        yield found


async def _narrowed(asked: AskedPlans, seen_by: Actor, on: date) -> Where:
    where = Where().add("p.ended_on IS NULL").add(IN_USE)
    reach, args = seen_by.reach(May.VIEW_UPKEEP).where("u.path")
    where.add(reach, *args).add("p.due_on BETWEEN {} AND {}", *_between(asked.due, on))
    return await where.find("device", asked.q, "d")


def _between(only: Timeliness | None, on: date) -> tuple[date, date]:
    """The days on which a plan is due whose state is asked for."""
    soon = on + timedelta(days=SOON_DAYS)
    if only is Timeliness.OVERDUE:
        return date.min, on - timedelta(days=1)
    if only is Timeliness.SOON:
        return on, soon
    return (soon + timedelta(days=1) if only else date.min), date.max


async def plan(id: int, *, seen_by: Actor) -> PlanRow:
    """Raises Missing for a plan that has ended or is out of reach."""
    where, args = seen_by.reach(May.VIEW_UPKEEP).where("u.path")
    missing = N_("Diesen Wartungsplan gibt es nicht mehr, oder Sie dürfen ihn nicht sehen.")
    return await one(PlanRow, f"{PLANS} p.id = {{}} AND {where}", id, *args, missing=missing)


async def plans_of(device: int, *, seen_by: Actor) -> list[PlanRow]:
    where, args = seen_by.reach(May.VIEW_UPKEEP).where("u.path")
    return await rows(PlanRow, f"{PLANS} p.device = {{}} AND {where} ORDER BY p.id", device, *args)


async def maintenance_of(device: DeviceDetail) -> Sequence[MaintenanceRow]:
    """What was done to a device that the reader was shown already, newest first; what was corrected is left out."""
    return await rows(MaintenanceRow, f"{DONE} ORDER BY m.done_on DESC, m.id DESC", device.id)


async def maintenance(id: int, device: DeviceDetail) -> MaintenanceRow:
    """Raises Missing for one that was corrected, or belongs to another device."""
    missing = N_("Diese Wartung gibt es nicht, oder sie ist inzwischen berichtigt.")
    return await one(MaintenanceRow, f"{DONE} AND m.id = {{}}", device.id, id, missing=missing)
