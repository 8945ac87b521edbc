"""What becomes of every object and link of a list that is taken back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from assets.commands.object_lists import written_needs
from assets.commands.object_undo import ObjectsBack, take_objects_back
from assets.queries.object_runs import (
    BroughtLink,
    BroughtObject,
    brought_links,
    brought_objects,
    categories_named,
    objects_named,
    tags_named,
)
from assets.rules.object_lines import ObjectField
from assets.rules.permissions import May
from isms.area import Undo, UndoPlan
from isms.people import Actor
from isms.rules.errors import Complaint
from isms.rules.texts import N_
from isms.undoing import ANY, OUT_OF_REACH, Brought, changes_of, going_back, happened_since, hold_still, leaving

LINKED = N_("Seit dem Import mit anderem verknüpft. Beenden Sie zuerst die Verknüpfungen.")
DRAWN = N_("Seit dem Import einem Informationsverbund zugeordnet. Nehmen Sie es zuerst dort heraus.")
CARRIES = N_("Seit dem Import sind Geräte zugeordnet. Ordnen Sie sie zuerst anders zu.")
OBJECT = Brought(
    "target_object",
    own={
        ("need_assessment", "target_object"): ANY,
        ("settled_need", "target_object"): ANY,
        ("effective_need", "target_object"): ANY,
        ("object_category", "target_object"): ANY,
        ("object_tag", "target_object"): ANY,
        ("responsibility", "target_object"): ANY,
    },
    said={"object_link": LINKED, "scope_member": DRAWN, "device": CARRIES},
    quiet=("object.need_changed", "link.imported"),
)
Marks = Mapping[ObjectField, Mapping[int, set[str]]]
LEAVES = N_("Entfällt aus der Struktur; die Kurzbezeichnung wird nicht wieder vergeben.")
UNLINKED = N_("Die Verknüpfung endet.")


async def plan(run: int, *, by: Actor, on: date) -> UndoPlan:
    await hold_still(run, "target_object", "object_link")
    objects, links = await brought_objects(run), await brought_links(run)
    stays = {one.id: why for one in objects if (why := _reach(one, by))} | dict(await happened_since(OBJECT, run))
    changes = await changes_of(run)
    marks = {
        ObjectField.CATEGORY: await categories_named(list(changes)),
        ObjectField.TAGS: await tags_named(list(changes)),
    }
    restored, former = going_back(
        await objects_named(list(changes)),
        changes,
        lambda one, field, after: _stands(one, ObjectField(field), after, marks),
        ObjectField,
        reach=lambda one: _reach(one, by),
    )
    reversals = [
        *(leaving(one, stays.get(one.id), LEAVES) for one in objects),
        *(leaving(one, _reach(one, by), UNLINKED) for one in links),
        *restored,
    ]
    ending = [one for one in objects if one.id not in stays]
    cut = [one for one in links if not _reach(one, by)]
    return UndoPlan(reversals, ObjectsBack(ending, cut, former))


async def carry_out(plan: UndoPlan, *, run: int, by: Actor, on: date) -> None:
    back = plan.load if isinstance(plan.load, ObjectsBack) else ObjectsBack()
    await take_objects_back(back, run=run, by=by, on=on)


UNDO_OBJECTS = Undo(plan, carry_out)


def _reach(one: BroughtObject | BroughtLink, by: Actor) -> Complaint | None:
    return None if by.may(May.IMPORT_OBJECTS, at=one.path) else Complaint(OUT_OF_REACH)


def _stands(target: BroughtObject, field: ObjectField, after: Any, marks: Marks) -> bool:
    if field is ObjectField.CATEGORY:
        return set(after) <= marks[field].get(target.id, set())
    if field is ObjectField.TAGS:
        return set(after) == marks[field].get(target.id, set())
    if field is ObjectField.NEEDS:
        return bool(written_needs(target.own) == after)
    return bool(getattr(target, field.value) == after)
