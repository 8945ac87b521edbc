"""What a device was found with comes into the register of storage media, and what cannot be is told, not written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date

from assets.commands.media import describe, end_placement, has_left, known_on, named, place
from assets.queries.devices import DeviceDetail
from assets.queries.media import MediumRow, media_in, medium_with_serial
from assets.queries.medium_files import medium_file
from assets.rules.media import (
    Difference,
    MediumFacts,
    MediumSource,
    alike,
    completed,
    differences_between,
    real_serial,
    renewed,
)
from assets.tables import StorageMedium
from isms.audit import Change
from isms.db import hold
from isms.db.writing import insert


@dataclass(frozen=True)
class NotedMedia:
    """What an inventory's account of a device's media led to.

    `ids` are the media told, in the order told; `differing` names per id where the account and the register differ and
    the register stayed as it is; `missing` are the ids of media in the device that the account does not name.
    `impossible` are the ids of media that the account names and that were destroyed or have left the house: they stay
    what they are, and the trail of both tells of it.
    """

    ids: Sequence[int]
    added: Sequence[int]
    moved: Sequence[int]
    differing: dict[int, list[Difference]]
    missing: Sequence[int]
    impossible: Sequence[int] = ()


async def note_media(
    made: Change, device: DeviceDetail, media: Sequence[MediumFacts], *, on: date, run: int | None = None
) -> NotedMedia:
    """Within the change `made` of an inventory: bring the media that a device was found with into the register.

    Twice the same account changes nothing. A serial number (without one: the same kind and model in this device) tells
    which medium it is. One that stood in another device moves, with its history. What a person typed is never
    overwritten, only its gaps are filled; an earlier account of an inventory gives way to the newer one. What is told
    about a device that has left the house is not taken.
    """
    await hold(f"dossier device {device.id}")
    if await has_left(device.id):
        return NotedMedia((), (), (), {}, ())
    inside = await media_in(device.id)
    found = _Found(made, device, on, run)
    rest = list(inside)
    for told in media:
        facts = replace(told, serial=real_serial(told.serial))
        await found.note(facts, await _same(facts, rest, device.institution))
        rest = [one for one in rest if one.id not in found.ids]
    missing = [one.id for one in rest]
    return NotedMedia(found.ids, found.added, found.moved, found.differing, missing, found.impossible)


class _Found:
    """The media of one account, one after the other."""

    def __init__(self, made: Change, device: DeviceDetail, on: date, run: int | None) -> None:
        self.made, self.device, self.on, self.run = made, device, on, run
        self.ids: list[int] = []
        self.added: list[int] = []
        self.moved: list[int] = []
        self.differing: dict[int, list[Difference]] = {}
        self.impossible: list[int] = []

    async def note(self, told: MediumFacts, stored: MediumRow | None) -> None:
        if stored is None:
            self.ids.append(await self._add(told))
            return
        self.ids.append(stored.id)
        if stored.device != self.device.id:
            if await self._cannot_be(stored):
                return
            await self._move(stored)
        typed = stored.source is MediumSource.TYPED
        if typed and (differing := differences_between(stored.facts, told)):
            self.differing[stored.id] = differing
        facts = completed(stored.facts, told) if typed else renewed(stored.facts, told)
        if facts != stored.facts:
            await describe(stored, facts, version=stored.version, source=stored.source, on=self.on)
            self.made.also("medium.renewed", stored, unit=stored.unit, medium=named(stored))

    async def _add(self, told: MediumFacts) -> int:
        id = await insert(
            StorageMedium,
            **asdict(told),
            unit=self.device.unit,
            institution=self.device.institution,
            encrypted_on=known_on(told, self.on),
            source=MediumSource.INVENTORY,
            import_run=self.run,
        )
        self.added.append(id)
        await place(self.made, id, self.device.id, on=self.on)
        self.made.also(
            "medium.noted", f"storage_medium:{id}", unit=self.device.unit, serial=told.serial, device=self.device.label
        )
        return id

    async def _cannot_be(self, stored: MediumRow) -> bool:
        """Whether the register says that this medium is destroyed or gone: then its file stays as it is."""
        await hold(f"dossier device {stored.device}" if stored.device else f"dossier medium {stored.id}")
        if not (await medium_file(stored)).is_over:
            return False
        self.impossible.append(stored.id)
        self.made.also("medium.reported_again", stored, unit=stored.unit, device=self.device.label)
        self.made.also("device.reported_gone_medium", self.device, unit=self.device.unit, medium=named(stored))
        return True

    async def _move(self, stored: MediumRow) -> None:
        if stored.device is not None:
            await end_placement(self.made, stored, reason=self.device.label, on=self.on)
        await place(self.made, stored.id, self.device.id, on=self.on)
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
