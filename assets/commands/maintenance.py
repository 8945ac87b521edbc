"""Maintenance: planned, documented with its six facts, corrected by a newer record."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from assets.queries.devices import DeviceDetail
from assets.queries.maintenance import MaintenanceRow, PlanRow
from assets.rules.lifecycle import IN_THE_HOUSE
from assets.rules.permissions import May
from assets.rules.upkeep import MaintenanceFacts, check_maintenance, next_due
from assets.tables import Maintenance, MaintenancePlan
from isms.audit import change
from isms.db import execute, hold
from isms.db.reading import Row, one, value
from isms.db.writing import insert
from isms.people import Actor
from isms.rules.errors import Incomplete, Refused, Stale
from isms.rules.texts import N_

LONGEST = 240
RHYTHM = """SELECT p.months, p.starts_on, (SELECT max(m.done_on) FROM maintenance m WHERE m.plan = p.id
        AND NOT EXISTS (SELECT 1 FROM maintenance c WHERE c.device = m.device AND c.replaces = m.id)) AS last_done
    FROM maintenance_plan p WHERE p.id = {}"""
CORRECTED = "SELECT 1 FROM maintenance WHERE device = {} AND replaces = {}"


async def plan_maintenance(
    device: DeviceDetail, title: str, *, months: int, starts_on: date, by: Actor, on: date
) -> int:
    """Have a device maintained every so many months, counted from `starts_on`; answers with the plan's id."""
    by.needs(May.MAINTAIN, at=device.path)
    if device.stage not in IN_THE_HOUSE:
        raise Refused(
            N_("Das Gerät ist {stage}. Geplant wird die Wartung von Geräten, die im Haus sind."), stage=device.stage
        )
    if not 1 <= months <= LONGEST:
        raise Incomplete({"months": N_("Möglich sind 1 bis 240 Monate, zum Beispiel 12.")})
    async with change("maintenance.planned", device, by=by, unit=device.unit, title=title, months=months):
        given = {"title": title, "months": months, "starts_on": starts_on, "due_on": next_due(starts_on, months, None)}
        return await insert(MaintenancePlan, device=device.id, planned_by=by.id, **given)


async def end_plan(plan: PlanRow, *, by: Actor, on: date) -> None:
    """Maintain a device by this plan no longer; what was done stays on record."""
    by.needs(May.MAINTAIN, at=plan.path)
    async with change("maintenance.plan_ended", f"device:{plan.device}", by=by, unit=plan.unit, title=plan.title):
        ended = await execute(
            "UPDATE maintenance_plan SET ended_on = {} WHERE id = {} AND ended_on IS NULL RETURNING id", on, plan.id
        )
        if not ended:
            raise Stale


async def maintain(
    device: DeviceDetail,
    facts: MaintenanceFacts,
    *,
    by: Actor,
    on: date,
    plan: PlanRow | None = None,
    instead_of: MaintenanceRow | None = None,
) -> int:
    """Put a maintenance on record; `instead_of` is the record that it corrects. Answers with its id.

    Raises Incomplete for one of the six facts that is missing (Grundschutz++ ASST.5.7), Stale where somebody else
    corrected the same record first.
    """
    by.needs(May.MAINTAIN, at=device.path)
    check_maintenance(facts, on)
    if plan and plan.device != device.id:
        raise Refused(N_("Dieser Wartungsplan gehört zu einem anderen Gerät."))
    action = "maintenance.corrected" if instead_of else "maintenance.done"
    async with change(action, device, by=by, unit=device.unit, occasion=facts.occasion, on=facts.done_on.isoformat()):
        await hold(f"maintenance {device.id}")
        if instead_of and await value(CORRECTED, device.id, instead_of.id):
            raise Stale
        done = await insert(
            Maintenance,
            **asdict(facts),
            device=device.id,
            plan=plan.id if plan else None,
            replaces=instead_of.id if instead_of else None,
            recorded_by=by.id,
        )
        for id in {plan.id if plan else None, instead_of.plan if instead_of else None} - {None}:
            await _reckon(id)
        return done


class _Plan(Row):
    months: int
    starts_on: date
    last_done: date | None


async def _reckon(plan: int | None) -> None:
    """When a plan is due next follows from what was done last."""
    found = await one(_Plan, RHYTHM, plan)
    due_on = next_due(found.starts_on, found.months, found.last_done)
    await execute("UPDATE maintenance_plan SET due_on = {} WHERE id = {}", due_on, plan)
