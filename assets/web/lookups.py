"""Search fields for objects and people: what was found, and what is chosen already."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from assets.queries.objects import ObjectRow, choices, target_object
from assets.rules.kinds import Kind
from isms.forms import Draft
from isms.people import Actor, Colleague, colleagues, someone
from isms.rules.errors import Missing


@dataclass(frozen=True)
class Found:
    """A choice as components/_choices.html shows it."""

    id: int
    name: str
    detail: str

    @classmethod
    def of(cls, row: ObjectRow) -> Found:
        return cls(row.id, row.label, row.unit_name)


async def found_objects(draft: Draft[Any], field: str, *, seen_by: Actor, kind: Kind | None = None) -> list[Found]:
    """What the words typed into `field`_q find, and whatever is chosen already on top."""
    words = draft.value(f"{field}_q").strip()
    found = [Found.of(one) for one in await choices(words, seen_by=seen_by, kind=kind)] if words else []
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
