"""Storage media: recorded by hand or from an inventory, put into a device, taken out, described anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from assets.queries.devices import DeviceDetail
from assets.queries.media import MediumRow, media_in, medium_with_serial
from assets.rules.lifecycle import Stage
from assets.rules.media import (
    OUT_OF_THE_HOUSE,
    Difference,
    MediumFacts,
    MediumSource,
    alike,
    completed,
    differences_between,
    real_serial,
    renewed,
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


@dataclass(frozen=True)
class NotedMedia:
    """What an inventory's account of a device's media led to.

    `ids` are the media told, in the order told; `differing` names per id where the account and the register differ and
    the register stayed as it is; `missing` are the ids of media in the device that the account does not name.
    """

    ids: Sequence[int]
    added: Sequence[int]
    moved: Sequence[int]
    differing: dict[int, list[Difference]]
    missing: Sequence[int]


async def note_media(
    made: Change, device: DeviceDetail, media: Sequence[MediumFacts], *, on: date, run: int | None = None
) -> NotedMedia:
    """Within the change `made` of an inventory: bring the media that a device was found with into the register.

    Twice the same account changes nothing. A serial number (without one: the same kind and model in this device) tells
    which medium it is. One that stood in another device moves, with its history. What a person typed is never
    overwritten, only its gaps are filled; an earlier account of an inventory gives way to the newer one. What is told
    about a device that has left the house is not taken.
    """
    if await _has_left(device.id):
        return NotedMedia((), (), (), {}, ())
    inside = await media_in(device.id)
    found = _Found(made, device, on, run)
    rest = list(inside)
    for told in media:
        facts = replace(told, serial=real_serial(told.serial))
        await found.note(facts, await _same(facts, rest, device.institution))
        rest = [one for one in rest if one.id not in found.ids]
    return NotedMedia(found.ids, found.added, found.moved, found.differing, [one.id for one in rest])


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
            StorageMedium, **asdict(facts), unit=home, institution=institution, encrypted_on=_known_on(facts, on)
        )
        if device:
            await _place(id, device.id, by=by, on=on)
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
        await _describe(medium, facts, version=version, source=MediumSource.TYPED, on=on)


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
        await _end_placement(medium, reason=reason, by=by, on=on)
        await StorageMedium.update({StorageMedium.unit: medium.unit}).where(StorageMedium.id == medium.id)
        made.with_(device=medium.device_name)
        made.also("device.medium_taken_out", f"device:{medium.device}", medium=_named(medium), reason=reason)


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
    async with change("medium.put_in", medium, by=by, unit=device.unit, device=device.label, on=on.isoformat()):
        await _hold_open(device.id)
        await hold(f"dossier medium {medium.id}")
        if await value("SELECT id FROM consignment_line WHERE medium = {}", medium.id):
            raise Refused(N_("Der Datenträger hat das Haus verlassen. Damit ist seine Akte abgeschlossen."))
        if await MediumPlacement.exists().where(
            (MediumPlacement.medium == medium.id) & MediumPlacement.ended_on.is_null()
        ):
            raise Stale
        await _place(medium.id, device.id, by=by, on=on)


class _Found:
    """The media of one account, one after the other."""

    def __init__(self, made: Change, device: DeviceDetail, on: date, run: int | None) -> None:
        self.made, self.device, self.on, self.run = made, device, on, run
        self.ids: list[int] = []
        self.added: list[int] = []
        self.moved: list[int] = []
        self.differing: dict[int, list[Difference]] = {}

    async def note(self, told: MediumFacts, stored: MediumRow | None) -> None:
        if stored is None:
            self.ids.append(await self._add(told))
            return
        self.ids.append(stored.id)
        if stored.device != self.device.id:
            await self._move(stored)
        typed = stored.source is MediumSource.TYPED
        if typed and (differing := differences_between(stored.facts, told)):
            self.differing[stored.id] = differing
        facts = completed(stored.facts, told) if typed else renewed(stored.facts, told)
        if facts != stored.facts:
            await _describe(stored, facts, version=stored.version, source=stored.source, on=self.on)
            self.made.also("medium.renewed", stored, unit=stored.unit, medium=_named(stored))

    async def _add(self, told: MediumFacts) -> int:
        id = await insert(
            StorageMedium,
            **asdict(told),
            unit=self.device.unit,
            institution=self.device.institution,
            encrypted_on=_known_on(told, self.on),
            source=MediumSource.INVENTORY,
            import_run=self.run,
        )
        self.added.append(id)
        await _place(id, self.device.id, by=self.made.by, on=self.on)
        self.made.also(
            "medium.noted", f"storage_medium:{id}", unit=self.device.unit, serial=told.serial, device=self.device.label
        )
        return id

    async def _move(self, stored: MediumRow) -> None:
        if stored.device is not None:
            await _end_placement(stored, reason=self.device.label, by=self.made.by, on=self.on)
        await _place(stored.id, self.device.id, by=self.made.by, on=self.on)
        self.moved.append(stored.id)
        self.made.also(
            "medium.moved", stored, unit=self.device.unit, before=stored.device_name or "", device=self.device.label
        )


async def _same(told: MediumFacts, inside: Sequence[MediumRow], institution: int) -> MediumRow | None:
    """Which medium of the register an account means."""
    if told.serial:
        await hold(f"medium {institution} {told.serial}")
        known = await medium_with_serial(told.serial, institution)
        return known or next((one for one in inside if not one.serial and alike(one.facts, told)), None)
    return next((one for one in inside if alike(one.facts, told)), None)


async def _describe(stored: MediumRow, facts: MediumFacts, *, version: int, source: MediumSource, on: date) -> None:
    known_on = stored.encrypted_on if facts.encrypted == stored.encrypted else _known_on(facts, on)
    changed = (
        await StorageMedium.update(
            {**_columns(facts), "encrypted_on": known_on, "source": source, "version": version + 1}
        )
        .where((StorageMedium.id == stored.id) & (StorageMedium.version == version))
        .returning(StorageMedium.id)
    )
    if not changed:
        raise Stale


async def _place(medium: int, device: int, *, by: Actor, on: date) -> None:
    await insert(MediumPlacement, medium=medium, device=device, starts_on=on, placed_by=by.id)


async def _end_placement(medium: MediumRow, *, reason: str, by: Actor, on: date) -> None:
    ended = (
        await MediumPlacement.update(
            {
                MediumPlacement.ended_on: on,
                MediumPlacement.ended_by: by.id,
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
    if await _has_left(device):
        raise Refused(GONE)


async def _has_left(device: int) -> bool:
    return Stage(await value("SELECT stage FROM device WHERE id = {}", device)) in OUT_OF_THE_HOUSE


def _home(unit: UnitRow | None, device: DeviceDetail | None) -> tuple[str, int, int]:
    if device:
        return device.path, device.unit, device.institution
    if unit:
        return unit.path, unit.id, unit.institution
    raise ValueError("a medium is in a device or belongs to a unit")


def _columns(facts: MediumFacts) -> dict[Any, Any]:
    return asdict(facts)


def _known_on(facts: MediumFacts, on: date) -> date | None:
    return None if facts.encrypted is None else on


def _named(medium: MediumRow) -> str:
    return medium.serial or medium.name or medium.kind.label


def _day(medium: MediumRow) -> dict[str, object]:
    return {"day": medium.placed_on}
