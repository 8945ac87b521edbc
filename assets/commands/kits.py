"""Kits: formed, changed one device at a time, dissolved. What was in them when stays on record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from assets.queries.devices import DeviceDetail
from assets.queries.kits import KitDetail
from assets.rules.lifecycle import GONE, Ownership
from assets.rules.permissions import May
from assets.tables import Kit, KitMember
from isms.audit import Change, change
from isms.db import hold
from isms.db.reading import value
from isms.db.writing import insert
from isms.people import Actor, UnitRow
from isms.rules.errors import Incomplete, Refused, Stale
from isms.rules.texts import N_


async def form_kit(
    name: str, devices: Sequence[DeviceDetail], *, unit: UnitRow, note: str = "", by: Actor, on: date
) -> int:
    """Bundle devices under a name; answers with the kit's id."""
    by.needs(May.ISSUE, at=unit.path)
    if not name.strip():
        raise Incomplete({"name": N_("Bitte geben Sie dem Set einen Namen, zum Beispiel „Außendienst-Set 1“.")})
    async with change("kit.formed", by=by, unit=unit.id, name=name.strip()) as made:
        kit = await insert(Kit, unit=unit.id, name=name.strip(), note=note.strip(), made_by=by.id)
        made.about(f"kit:{kit}")
        made.with_(devices=", ".join(device.inventory_number for device in devices))
        for device in devices:
            await _put_in(made, kit, device, on)
        return kit


async def add_to_kit(kit: KitDetail, device: DeviceDetail, *, by: Actor, on: date) -> None:
    """Put one more device into a kit."""
    by.needs(May.ISSUE, at=kit.path)
    async with change("kit.changed", kit, by=by, unit=kit.unit, added=device.inventory_number) as made:
        await _touch(kit)
        await _put_in(made, kit.id, device, on)


async def remove_from_kit(kit: KitDetail, device: int, *, by: Actor, on: date) -> None:
    """Take a device out of a kit; where it is and who has it stays as it is."""
    by.needs(May.ISSUE, at=kit.path)
    async with change("kit.changed", kit, by=by, unit=kit.unit) as made:
        await _touch(kit)
        removed = (
            await KitMember.update({KitMember.until: on, KitMember.removed_by: by.id})
            .where((KitMember.kit == kit.id) & (KitMember.device == device) & KitMember.until.is_null())
            .returning(KitMember.id)
        )
        if not removed:
            raise Stale
        made.with_(removed=f"device:{device}")


async def dissolve_kit(kit: KitDetail, *, by: Actor, on: date) -> None:
    """End a kit; its devices go on without it."""
    by.needs(May.ISSUE, at=kit.path)
    async with change("kit.dissolved", kit, by=by, unit=kit.unit):
        ended = (
            await Kit.update({Kit.ended_on: on, Kit.version: kit.version + 1})
            .where((Kit.id == kit.id) & (Kit.version == kit.version) & Kit.ended_on.is_null())
            .returning(Kit.id)
        )
        if not ended:
            raise Stale
        await KitMember.update({KitMember.until: on, KitMember.removed_by: by.id}).where(
            (KitMember.kit == kit.id) & KitMember.until.is_null()
        )


async def _touch(kit: KitDetail) -> None:
    touched = (
        await Kit.update({Kit.version: kit.version + 1})
        .where((Kit.id == kit.id) & (Kit.version == kit.version) & Kit.ended_on.is_null())
        .returning(Kit.id)
    )
    if not touched:
        raise Stale


async def _put_in(made: Change, kit: int, device: DeviceDetail, on: date) -> None:
    made.by.needs(May.ISSUE, at=device.path)
    if device.ownership is Ownership.PRIVATE or device.stage in GONE:
        raise Refused(
            N_("„{device}“ kann nicht in ein Set: Das Gerät ist {stage}."), device=device.label, stage=device.stage
        )
    await hold(f"kit member {device.id}")
    if await value("SELECT 1 FROM kit_member WHERE device = {} AND until IS NULL", device.id):
        raise Refused(N_("„{device}“ ist schon in einem Set. Nehmen Sie es dort zuerst heraus."), device=device.label)
    await insert(KitMember, kit=kit, device=device.id, since=on, added_by=made.by.id)
