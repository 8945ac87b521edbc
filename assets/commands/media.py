"""Storage media: recorded by hand or from an inventory, put into a device, taken out, described anew."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from typing import Any

from assets.queries.devices import DeviceDetail
from assets.queries.media import MediumRow, medium_with_serial
from assets.rules.lifecycle import Stage
from assets.rules.media import (
    OUT_OF_THE_HOUSE,
    MediumFacts,
    MediumSource,
)
from assets.rules.permissions import May
from assets.tables import MediumPlacement, StorageMedium
from isms.audit import Change, change
from isms.db import hold
from isms.db.reading import value
from isms.db.writing import insert
from isms.people import Actor, UnitRow
from isms.rules.errors import Complaint, Incomplete, Refused, Stale
from isms.rules.texts import N_

TAKEN = N_("Diese Seriennummer hat schon ein Datenträger Ihres Amtes. Jeder wird nur einmal geführt.")
GONE = N_("Das Gerät hat das Haus verlassen. Damit ist seine Akte abgeschlossen.")


async def add_medium(
    facts: MediumFacts, *, unit: UnitRow | None = None, device: DeviceDetail | None = None, by: Actor, on: date
) -> int:
    """Record a medium in a device, or one on its own (then of `unit`); answers with its id."""
    at, home, institution = _home(unit, device)
    by.needs(May.KEEP_MEDIA, at=at)
    facts = replace(facts, serial=" ".join(facts.serial.split()))
    async with change("medium.added", by=by, unit=home, kind=facts.kind.value, serial=facts.serial) as made:
        if device:
            await _hold_open(device.id)
        await _refuse_taken(facts.serial, institution)
        id = await insert(
            StorageMedium, **asdict(facts), unit=home, institution=institution, encrypted_on=known_on(facts, on)
        )
        if device:
            await place(made, id, device.id, on=on)
            made.with_(device=device.label)
        made.about(f"storage_medium:{id}")
        return id


async def change_medium(medium: MediumRow, facts: MediumFacts, *, by: Actor, on: date, version: int) -> None:
    """Describe a medium anew; what a person writes stands against every inventory from then on."""
    by.needs(May.KEEP_MEDIA, at=medium.path)
    facts = replace(facts, serial=" ".join(facts.serial.split()))
    before, after = asdict(medium.facts), asdict(facts)
    details = {name: {"before": before[name], "after": after[name]} for name in after if before[name] != after[name]}
    async with change("medium.changed", medium, by=by, unit=medium.unit, **details):
        if facts.serial != medium.serial:
            await _refuse_taken(facts.serial, medium.institution, but=medium.id)
        await describe(medium, facts, version=version, source=MediumSource.TYPED, on=on)


async def take_out(medium: MediumRow, *, reason: str, by: Actor, on: date) -> None:
    """Take a medium out of its device. It stays on record and needs a proof of its own before it leaves the house."""
    by.needs(May.KEEP_MEDIA, at=medium.path)
    if medium.device is None or medium.placed_on is None:
        raise Refused(N_("Der Datenträger ist in keinem Gerät."))
    if not reason.strip():
        raise Incomplete({"reason": N_("Bitte schreiben Sie, warum, zum Beispiel „SSD getauscht“.")})
    if on < medium.placed_on:
        raise Incomplete({"on": Complaint(N_("Der Datenträger ist erst seit {day} in dem Gerät."), _day(medium))})
    async with change("medium.taken_out", medium, by=by, unit=medium.unit, reason=reason, on=on.isoformat()) as made:
        await _hold_open(medium.device)
        await end_placement(made, medium, reason=reason, on=on)
        await StorageMedium.update({StorageMedium.unit: medium.unit}).where(StorageMedium.id == medium.id)
        made.with_(device=medium.device_name)
        made.also("device.medium_taken_out", f"device:{medium.device}", medium=named(medium), reason=reason)


async def put_in(medium: MediumRow, device: DeviceDetail, *, by: Actor, on: date) -> None:
    """Put a medium that lies in stock into a device."""
    by.needs(May.KEEP_MEDIA, at=medium.path)
    by.needs(May.KEEP_MEDIA, at=device.path)
    if medium.device is not None:
        raise Refused(
            N_("Der Datenträger ist schon in {device}. Bauen Sie ihn dort zuerst aus."), device=medium.device_name
        )
    if medium.institution != device.institution:
        raise Refused(N_("Das Gerät gehört zu einem anderen Amt. Dort wird der Datenträger neu aufgenommen."))
    told = {"device": device.label, "on": on.isoformat()}
    async with change("medium.put_in", medium, by=by, unit=device.unit, **told) as made:
        await _hold_open(device.id)
        await hold(f"dossier medium {medium.id}")
        if await value("SELECT id FROM consignment_line WHERE medium = {}", medium.id):
            raise Refused(N_("Der Datenträger hat das Haus verlassen. Damit ist seine Akte abgeschlossen."))
        if await MediumPlacement.exists().where(
            (MediumPlacement.medium == medium.id) & MediumPlacement.ended_on.is_null()
        ):
            raise Stale
        await place(made, medium.id, device.id, on=on)


async def describe(stored: MediumRow, facts: MediumFacts, *, version: int, source: MediumSource, on: date) -> None:
    since = stored.encrypted_on if facts.encrypted == stored.encrypted else known_on(facts, on)
    changed = (
        await StorageMedium.update({**_columns(facts), "encrypted_on": since, "source": source, "version": version + 1})
        .where((StorageMedium.id == stored.id) & (StorageMedium.version == version))
        .returning(StorageMedium.id)
    )
    if not changed:
        raise Stale


async def place(made: Change, medium: int, device: int, *, on: date) -> None:
    """Only inside a change: a medium is in a device from now on."""
    await insert(MediumPlacement, medium=medium, device=device, starts_on=on, placed_by=made.by.id)


async def end_placement(made: Change, medium: MediumRow, *, reason: str, on: date) -> None:
    """Only inside a change: a medium is no longer in the device that it was in. Raises Stale if it is not any more."""
    ended = (
        await MediumPlacement.update(
            {
                MediumPlacement.ended_on: on,
                MediumPlacement.ended_by: made.by.id,
                MediumPlacement.end_reason: reason,
                MediumPlacement.end_recorded_at: datetime.now(UTC),
            }
        )
        .where(
            (MediumPlacement.medium == medium.id)
            & (MediumPlacement.device == medium.device)
            & MediumPlacement.ended_on.is_null()
        )
        .returning(MediumPlacement.id)
    )
    if not ended:
        raise Stale


async def _refuse_taken(serial: str, institution: int, *, but: int = 0) -> None:
    if serial:
        await hold(f"medium {institution} {serial}")
        known = await medium_with_serial(serial, institution)
        if known and known.id != but:
            raise Incomplete({"serial": TAKEN})


async def _hold_open(device: int) -> None:
    """Keep a device's file for as long as this change lasts. Refused once the device has left the house."""
    await hold(f"dossier device {device}")
    if await has_left(device):
        raise Refused(GONE)


async def has_left(device: int) -> bool:
    return Stage(await value("SELECT stage FROM device WHERE id = {}", device)) in OUT_OF_THE_HOUSE


def _home(unit: UnitRow | None, device: DeviceDetail | None) -> tuple[str, int, int]:
    if device:
        return device.path, device.unit, device.institution
    if unit:
        return unit.path, unit.id, unit.institution
    raise ValueError("a medium is in a device or belongs to a unit")


def _columns(facts: MediumFacts) -> dict[Any, Any]:
    return asdict(facts)


def known_on(facts: MediumFacts, on: date) -> date | None:
    return None if facts.encrypted is None else on


def named(medium: MediumRow) -> str:
    return medium.serial or medium.name or medium.kind.label


def _day(medium: MediumRow) -> dict[str, object]:
    return {"day": medium.placed_on}
