"""Taking a list of objects or links back: ended, not deleted; changed fields are as before, and needs follow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from assets.commands.needs import hand_down, keep_own
from assets.commands.object_lists import APART
from assets.commands.objects import categorise
from assets.commands.tags import retag
from assets.queries.object_runs import BroughtLink, BroughtObject
from assets.rules.object_lines import ObjectField
from assets.rules.permissions import May
from assets.rules.protection import Goal, ProtectionNeed
from assets.tables import NeedAssessment, ObjectLink, Responsibility, TargetObject
from isms.audit import Change, change
from isms.db.writing import insert
from isms.people import Actor
from isms.rules.errors import Stale
from isms.undoing import TAKEN_BACK, Former


@dataclass(frozen=True)
class ObjectsBack:
    """What goes with a list: objects and links that it brought, and objects whose fields go back."""

    objects: Sequence[BroughtObject] = ()
    links: Sequence[BroughtLink] = ()
    former: Sequence[Former[BroughtObject]] = ()

    @property
    def places(self) -> set[tuple[str, int]]:
        """Paths and institutions that are concerned."""
        objects = (*self.objects, *(one.record for one in self.former))
        return {(one.path, one.institution) for one in objects} | {(one.path, one.institution) for one in self.links}


async def take_objects_back(back: ObjectsBack, *, run: int, by: Actor, on: date) -> None:
    """End and put back. Raises Stale where something is no longer as it was seen."""
    for path, _ in back.places:
        by.needs(May.IMPORT_OBJECTS, at=path)
    count = len(back.objects) + len(back.links)
    async with change("objects.import_undone", f"import_run:{run}", by=by, count=count) as made:
        for link in back.links:
            await _unlink(made, link, on)
        for target in back.objects:
            await _end(made, target, on)
        for former in back.former:
            await _put_back(made, former, on)
        for institution in {institution for _, institution in back.places}:
            await hand_down(made, institution)


async def _unlink(made: Change, link: BroughtLink, on: date) -> None:
    ended = (
        await ObjectLink.update({ObjectLink.ended_on: on})
        .where((ObjectLink.id == link.id) & ObjectLink.ended_on.is_null())
        .returning(ObjectLink.id)
    )
    if not ended:
        raise Stale
    made.also("link.import_undone", link.source_key, unit=link.unit, link_kind=link.kind.value, to=link.target_id)


async def _end(made: Change, target: BroughtObject, on: date) -> None:
    await _touch(target, {TargetObject.ended_on: on})
    made.also("object.import_undone", target, unit=target.unit)


async def _put_back(made: Change, former: Former[BroughtObject], on: date) -> None:
    target, fields, before = former.record, former.fields, former.before
    plain = {name: value for name, value in before.items() if name not in APART}
    await _touch(target, plain)
    if ObjectField.RESPONSIBLE in plain:
        await insert(Responsibility, target_object=target.id, responsible=plain[ObjectField.RESPONSIBLE])
    if ObjectField.CATEGORY in fields:
        _, added = fields[ObjectField.CATEGORY]
        await categorise(target.id, added, (), on)
    if ObjectField.TAGS in fields:
        was, now = fields[ObjectField.TAGS]
        await retag(target.id, target.institution, now, was, on=on)
    if ObjectField.NEEDS in fields:
        await _assess(made, target, before[ObjectField.NEEDS])
    made.also("object.import_undone", target, unit=target.unit, fields=list(fields))


async def _touch(target: BroughtObject, values: dict[Any, Any]) -> None:
    touched = (
        await TargetObject.update({**values, TargetObject.version: target.version + 1})
        .where(
            (TargetObject.id == target.id) & (TargetObject.version == target.version) & TargetObject.ended_on.is_null()
        )
        .returning(TargetObject.id)
    )
    if not touched:
        raise Stale


async def _assess(made: Change, target: BroughtObject, before: Mapping[str, int | None]) -> None:
    own = {goal: None if (need := before[goal]) is None else ProtectionNeed(need) for goal in Goal}
    await keep_own(target.id, own, version=target.version + 1)
    await insert(
        NeedAssessment,
        target_object=target.id,
        confidentiality=before[Goal.CONFIDENTIALITY],
        integrity=before[Goal.INTEGRITY],
        availability=before[Goal.AVAILABILITY],
        reason=TAKEN_BACK,
        assessed_by=made.by.id,
    )
