"""What becomes of every device and holder of a list that is taken back."""

from __future__ import annotations

from datetime import date

from assets.commands.device_undo import DevicesBack, take_devices_back
from assets.queries.device_runs import (
    BroughtDevice,
    brought_devices,
    brought_holders,
    devices_named,
    holding_on,
    stands,
)
from assets.rules.facts import DeviceField
from assets.rules.permissions import May
from isms.area import Undo, UndoPlan
from isms.people import Actor
from isms.rules.errors import Complaint
from isms.rules.texts import N_
from isms.undoing import ANY, OUT_OF_REACH, Brought, changes_of, going_back, happened_since, hold_still, leaving

DEVICE = Brought("device", own={("stage_change", "device"): ANY, ("handover", "device"): ANY})
HOLDER = Brought("person", own={("membership", "person"): 1, ("handover", "person"): ANY})
WITHDRAWN = N_("Kommt aus dem Register; wer es ausgegeben bekam, gibt es damit zurück.")
HOLDS_MORE = N_("Hat noch ein Gerät, das bleibt.")
GOES = N_("Wurde nur wegen dieses Imports aufgenommen.")


async def plan(run: int, *, by: Actor, on: date) -> UndoPlan:
    await hold_still(run, "device", "person")
    devices, holders = await brought_devices(run), await brought_holders(run)
    stays = {one.id: why for one in devices if (why := _reach(one, by))} | dict(await happened_since(DEVICE, run))
    going = {one.id: one for one in devices if one.id not in stays}
    people = {id: Complaint(HOLDS_MORE) for id in await holding_on(run, going)} | dict(
        await happened_since(HOLDER, run)
    )
    changes = await changes_of(run)
    restored, former = going_back(
        await devices_named(list(changes)), changes, _stands, DeviceField, reach=lambda one: _reach(one, by)
    )
    reversals = [
        *(leaving(one, stays.get(one.id), WITHDRAWN) for one in devices),
        *(leaving(one, people.get(one.id), GOES) for one in holders),
        *restored,
    ]
    away = [one for one in holders if one.id not in people]
    return UndoPlan(reversals, DevicesBack(tuple(going.values()), away, former))


async def carry_out(plan: UndoPlan, *, run: int, by: Actor, on: date) -> None:
    back = plan.load if isinstance(plan.load, DevicesBack) else DevicesBack()
    await take_devices_back(back, run=run, by=by, on=on)


UNDO_DEVICES = Undo(plan, carry_out)


def _reach(device: BroughtDevice, by: Actor) -> Complaint | None:
    return None if by.may(May.IMPORT_DEVICES, at=device.path) else Complaint(OUT_OF_REACH)


def _stands(device: BroughtDevice, field: str, after: object) -> bool:
    return stands(device, field) == after
