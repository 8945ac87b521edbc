"""Devices: recorded, described, seen."""

from __future__ import annotations

from datetime import date

from assets.commands.moving import check_move
from assets.queries.devices import DeviceDetail
from assets.rules.facts import DeviceFacts, differences, written
from assets.rules.lifecycle import IN_THE_HOUSE, STARTS, Ownership, Stage
from assets.rules.permissions import May
from assets.tables import Device, Sighting, StageChange
from isms.audit import change
from isms.db import hold
from isms.db.reading import value
from isms.db.writing import insert
from isms.people import Actor, UnitRow
from isms.rules.errors import Incomplete, Refused, Stale
from isms.rules.texts import N_

SAME_NUMBER = "SELECT 1 FROM device WHERE institution = {} AND inventory_number = {}"
TAKEN = N_("Die Inventarnummer ist schon vergeben. Jedes Gerät braucht eine eigene.")


async def add_device(
    facts: DeviceFacts,
    *,
    unit: UnitRow,
    stage: Stage,
    place: str,
    by: Actor,
    on: date,
    ownership: Ownership = Ownership.OFFICE,
) -> int:
    """Record a device that is asked for, was ordered or has arrived; answers with its id. Private ones register."""
    by.needs(May.KEEP, at=unit.path)
    if stage not in STARTS or ownership is Ownership.PRIVATE:
        raise Refused(N_("Ein neues Gerät ist beantragt, bestellt oder im Lager, nicht „{stage}“."), stage=stage)
    async with change("device.added", by=by, unit=unit.id, name=facts.name, stage=stage.value) as made:
        await _refuse_taken(facts.inventory_number, unit.institution)
        where = {"place": place, "unit": unit.id, "institution": unit.institution}
        device = await insert(Device, **written(facts), **where, stage=stage, ownership=ownership)
        await insert(StageChange, device=device, stage=stage, place=place, taken_on=on, taken_by=by.id)
        if stage in IN_THE_HOUSE:
            await insert(Sighting, device=device, seen_on=on, place=place, seen_by=by.id)
        made.about(f"device:{device}")
        made.with_(inventory_number=facts.inventory_number)
        return device


async def change_device(
    device: DeviceDetail, facts: DeviceFacts, *, by: Actor, version: int, unit: UnitRow | None = None
) -> None:
    """Describe a device anew, or move it to another unit. `version` is what the form was opened with."""
    by.needs(May.KEEP, at=device.path)
    home = unit.id if unit else device.unit
    async with change("device.changed", device, by=by, unit=device.unit, **differences(device.facts, facts)) as made:
        if unit and unit.id != device.unit:
            check_move(by, May.KEEP, unit, device.institution)
            made.with_(unit={"before": device.unit_name, "after": unit.name})
        if facts.inventory_number != device.inventory_number:
            await _refuse_taken(facts.inventory_number, device.institution)
        changed = (
            await Device.update({**written(facts), "unit": home, "version": version + 1})
            .where((Device.id == device.id) & (Device.version == version))
            .returning(Device.id)
        )
        if not changed:
            raise Stale


async def see(device: DeviceDetail, *, place: str, by: Actor, on: date) -> None:
    """Note that somebody had the device before their eyes, and where."""
    by.needs(May.ISSUE, at=device.path)
    if device.stage not in IN_THE_HOUSE:
        raise Refused(
            N_("Das Gerät ist {stage}. Wer es vor sich hat, bucht zuerst, wie es ins Haus kam."), stage=device.stage
        )
    async with change("device.seen", device, by=by, unit=device.unit, on=on.isoformat(), place=place):
        await Sighting.insert(Sighting(device=device.id, seen_on=on, place=place, seen_by=by.id))


async def _refuse_taken(inventory_number: str, institution: int) -> None:
    await hold(f"device {institution} {inventory_number}")
    if await value(SAME_NUMBER, institution, inventory_number):
        raise Incomplete({"inventory_number": TAKEN})
