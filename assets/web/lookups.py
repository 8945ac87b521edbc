"""Search fields for objects and people: what was found, and what is chosen already."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from assets.queries.device_list import AskedDevices, devices
from assets.queries.devices import device
from assets.queries.objects import ObjectDetail, ObjectRow, choices, target_object
from assets.rules.kinds import Kind
from isms.forms import Draft
from isms.listing import Ask
from isms.people import Actor, Colleague, colleagues, someone
from isms.rules.errors import Incomplete, Missing
from isms.rules.texts import N_

NOTHING_CHOSEN = N_("Bitte wählen Sie mindestens ein Zielobjekt aus.")


@dataclass(frozen=True)
class Found:
    """A choice as components/_choices.html shows it."""

    id: int
    name: str
    detail: str

    @classmethod
    def of(cls, row: ObjectRow) -> Found:
        return cls(row.id, row.label, row.unit_name)


async def found_objects(draft: Draft[Any], field: str, *, seen_by: Actor, kinds: Collection[Kind] = ()) -> list[Found]:
    """What the words typed into `field`_q find, and whatever is chosen already on top."""
    words = draft.value(f"{field}_q").strip()
    found = [Found.of(one) for one in await choices(words, seen_by=seen_by, kinds=kinds)] if words else []
    chosen = draft.value(field)
    if not chosen.isdigit() or any(str(one.id) == chosen for one in found):
        return found
    try:
        return [Found.of(await target_object(int(chosen), seen_by=seen_by)), *found]
    except Missing:
        return found


async def found_people(draft: Draft[Any], field: str, *, within: Actor) -> list[Colleague]:
    """Whom the words typed into `field`_q find, and whoever is chosen already on top."""
    words = draft.value(f"{field}_q").strip()
    found = await colleagues(words, within=within) if words else []
    chosen = draft.value(field)
    if not chosen.isdigit() or any(str(one.id) == chosen for one in found):
        return found
    try:
        return [await someone(int(chosen), within=within), *found]
    except Missing:
        return found


async def matching_devices(words: str, *, seen_by: Actor) -> list[Found]:
    """The devices that the words find, as choices."""
    if not words.strip():
        return []
    found = await devices(AskedDevices(q=words), Ask(), seen_by=seen_by)
    return [Found(one.id, one.label, one.unit_name) for one in found.rows[:20]]


async def found_devices(draft: Draft[Any], field: str, *, seen_by: Actor) -> list[Found]:
    """What the words typed into `field`_q find, and the device that is chosen already on top."""
    found = await matching_devices(draft.value(f"{field}_q"), seen_by=seen_by)
    chosen = draft.value(field)
    if not chosen.isdigit() or len(chosen) > 9 or any(str(one.id) == chosen for one in found):
        return found
    try:
        one = await device(int(chosen), seen_by=seen_by)
    except Missing:
        return found
    return [Found(one.id, one.label, one.unit_name), *found]


def picked(draft: Draft[Any], field: str) -> list[int]:
    """The ids that are ticked so far."""
    return [int(id) for id in draft.chosen(field) if id.isdigit() and len(id) < 10]


async def chosen_objects(ids: list[int], field: str, *, seen_by: Actor) -> list[ObjectDetail]:
    """The ticked objects. Raises Incomplete for none, and for one that is out of reach."""
    if not ids:
        raise Incomplete({field: NOTHING_CHOSEN})
    try:
        return [await target_object(id, seen_by=seen_by) for id in dict.fromkeys(ids)]
    except Missing as error:
        raise Incomplete({field: error.message}) from error
