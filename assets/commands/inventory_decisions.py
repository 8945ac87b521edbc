"""Where a device reports something else than the office wrote down: taken over with one press, or left as it is."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from assets.queries.devices import DeviceDetail
from assets.queries.inventory_list import FactRow
from assets.rules.inventory_matching import COMPARED
from assets.rules.permissions import May
from assets.tables import Device, ReportedFact
from isms.audit import change
from isms.db import hold
from isms.db.reading import value
from isms.people import Actor
from isms.rules.errors import Refused, Stale
from isms.rules.texts import N_

TAKEN = N_("Diese Inventarnummer hat schon ein anderes Gerät. Prüfen Sie, welches von beiden es ist.")


async def accept(device: DeviceDetail, fact: FactRow, *, by: Actor) -> None:
    """Write down what the device reports. Raises Stale where somebody changed either of both."""
    by.needs(May.KEEP, at=device.path)
    field = COMPARED[fact.name]
    before = getattr(device, field)
    detail = {field: {"before": before, "after": fact.value}}
    async with change("device.reported_accepted", device, by=by, unit=device.unit, **detail):
        if field == "inventory_number":
            await _refuse_taken(fact.value, device.institution)
        values: dict[Any, Any] = {field: fact.value, "version": device.version + 1}
        changed = (
            await Device.update(values)
            .where((Device.id == device.id) & (Device.version == device.version))
            .returning(Device.id)
        )
        if not changed:
            raise Stale
        await _mark(fact, {ReportedFact.differs: False})


async def keep_own(device: DeviceDetail, fact: FactRow, *, by: Actor) -> None:
    """Leave what is written down, until the device reports something else again."""
    by.needs(May.KEEP, at=device.path)
    async with change("device.reported_kept", device, by=by, unit=device.unit, field=COMPARED[fact.name]):
        await _mark(fact, {ReportedFact.kept_by: by.id, ReportedFact.kept_at: datetime.now(UTC)})


async def _mark(fact: FactRow, values: dict[Any, Any]) -> None:
    marked = (
        await ReportedFact.update(values)
        .where((ReportedFact.id == fact.id) & ReportedFact.replaced_at.is_null())
        .returning(ReportedFact.id)
    )
    if not marked:
        raise Stale


async def _refuse_taken(inventory_number: str, institution: int) -> None:
    await hold(f"device {institution} {inventory_number}")
    sql = "SELECT 1 FROM device WHERE institution = {} AND inventory_number = {}"
    if await value(sql, institution, inventory_number):
        raise Refused(TAKEN)
