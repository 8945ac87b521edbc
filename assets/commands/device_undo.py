"""Taking a list of devices back: what it brought is withdrawn, what it changed is as before. No row is deleted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from assets.commands.device_lists import ENTRY_EACH
from assets.queries.device_runs import BroughtDevice, BroughtHolder, stands
from assets.rules.facts import DATES
from assets.rules.lifecycle import Stage
from assets.rules.permissions import May
from assets.tables import Device
from isms.audit import Change, change
from isms.commands.undoing_people import send_away
from isms.db import executemany
from isms.people import Actor
from isms.rules.errors import Stale
from isms.undoing import TAKEN_BACK, Former

WITHDRAW = f"""UPDATE device SET stage = '{Stage.WITHDRAWN.value}', version = version + 1
    WHERE id = {{}} AND version = {{}} AND stage = {{}}"""
NOTE_STAGE = f"""INSERT INTO stage_change (device, stage, place, reason, taken_on, taken_by, recorded_at)
    VALUES ({{}}, '{Stage.WITHDRAWN.value}', '', {{}}, {{}}, {{}}, {{}})"""
END_HANDOVER = """UPDATE handover SET returned_on = {}, taken_back_by = {}, return_recorded_at = {}
    WHERE device = {} AND returned_on IS NULL"""


@dataclass(frozen=True)
class DevicesBack:
    """What goes with the list: devices and holders that it brought, and devices whose fields go back."""

    devices: Sequence[BroughtDevice] = ()
    holders: Sequence[BroughtHolder] = ()
    former: Sequence[Former[BroughtDevice]] = ()


async def take_devices_back(back: DevicesBack, *, run: int, by: Actor, on: date) -> None:
    """Withdraw, give back, put back. Raises Stale where a device is no longer as it was seen."""
    for path in {one.path for one in (*back.devices, *(one.record for one in back.former))}:
        by.needs(May.IMPORT_DEVICES, at=path)
    async with change("devices.import_undone", f"import_run:{run}", by=by, count=len(back.devices)) as made:
        await _withdraw(made, back.devices, on=on)
        await send_away(made, [(one.id, one.unit) for one in back.holders], on=on)
        for former in back.former:
            await _put_back(made, former.record, former.before)


async def _withdraw(made: Change, devices: Sequence[BroughtDevice], *, on: date) -> None:
    now, by = datetime.now(UTC), made.by.id
    await executemany(WITHDRAW, [(one.id, one.version, one.stage.value) for one in devices])
    await executemany(NOTE_STAGE, [(one.id, TAKEN_BACK, on, by, now) for one in devices])
    held = [one for one in devices if one.stage is Stage.ISSUED]
    await executemany(END_HANDOVER, [(on, by, now, one.id) for one in held])
    for one in devices if len(devices) <= ENTRY_EACH else ():
        made.also("device.import_undone", one, unit=one.unit)


async def _put_back(made: Change, device: BroughtDevice, fields: Mapping[str, object]) -> None:
    values: dict[Any, Any] = {name: _column(name, before) for name, before in fields.items()}
    put = (
        await Device.update({**values, "version": device.version + 1})
        .where((Device.id == device.id) & (Device.version == device.version))
        .returning(Device.id)
    )
    if not put:
        raise Stale
    told = {name: {"before": stands(device, name), "after": before} for name, before in fields.items()}
    made.also("device.import_undone", device, unit=device.unit, **told)


def _column(name: str, before: object) -> object:
    return date.fromisoformat(before) if name in DATES and isinstance(before, str) else before
