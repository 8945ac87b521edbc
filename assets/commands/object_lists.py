"""Target objects out of a list: all of it or nothing, with one entry per object and one hand-down at the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from assets.commands.needs import hand_down, keep_own
from assets.commands.objects import categorise, create
from assets.commands.tags import retag
from assets.queries.registers import KnownObject
from assets.rules.facts import ObjectFacts
from assets.rules.object_lines import PEOPLE, ObjectField, ObjectLine
from assets.rules.permissions import May
from assets.rules.protection import Goal, ProtectionNeed
from assets.tables import NeedAssessment, Responsibility, TargetObject
from isms.audit import Change, change
from isms.commands.undoing import keep_before
from isms.people import Actor, UnitRow
from isms.rules.errors import Stale
from isms.rules.texts import N_

FROM_A_LIST = N_("Aus einer Liste übernommen")
APART = (ObjectField.CATEGORY, ObjectField.TAGS, ObjectField.NEEDS)
"""Fields that are rows of their own."""


@dataclass(frozen=True)
class WantedObject:
    """A line to carry out; `known` is the object that it changes in these fields, None makes a new one.

    `people` are the ids of those whom the line names.
    """

    line: ObjectLine
    known: KnownObject | None = None
    fields: tuple[ObjectField, ...] = ()
    people: Mapping[ObjectField, int] = field(default_factory=dict)

    @property
    def own(self) -> dict[Goal, ProtectionNeed | None]:
        """The own needs after the import: an empty cell takes nothing away."""
        before = self.known.own if self.known else dict.fromkeys(Goal)
        return {**before, **self.line.own}

    @property
    def columns(self) -> dict[str, Any]:
        """What the line says for columns of the object itself."""
        return {one.value: value for one, value in {**self.line.facts, **self.people}.items()}

    @property
    def differing(self) -> dict[str, tuple[object, object]]:
        """Before and after of what the line changes in the object that it knows."""
        known, line = self.known, self.line
        if known is None:
            return {}
        ways: dict[str, tuple[object, object]] = {
            name: (getattr(known, name), value) for name, value in self.columns.items()
        }
        ways[ObjectField.CATEGORY] = (None, sorted(set(line.categories) - known.categories))
        ways[ObjectField.TAGS] = (sorted(known.tags), sorted(with_tags(known, line)))
        ways[ObjectField.NEEDS] = (written_needs(known.own), written_needs(self.own))
        return {one.value: ways[one.value] for one in self.fields}


def written_needs(own: Mapping[Goal, ProtectionNeed | None]) -> dict[str, int | None]:
    """Own needs as a run notes them."""
    return {goal.value: None if own[goal] is None else int(own[goal] or 0) for goal in Goal}


def with_tags(known: KnownObject, line: ObjectLine) -> set[str]:
    """The tags of an object with those of a line, whatever their capitals."""
    there = {tag.casefold() for tag in known.tags}
    return {*known.tags, *(tag for tag in line.tags if tag.casefold() not in there)}


async def take_over(wanted: Sequence[WantedObject], *, unit: UnitRow, run: int, by: Actor, on: date) -> None:
    """Carry out the lines of a list."""
    by.needs(May.IMPORT_OBJECTS, at=unit.path)
    async with change("objects.imported", f"import_run:{run}", by=by, unit=unit.id, count=len(wanted)) as made:
        for one in wanted:
            if one.known is None:
                await _add(made, one, unit=unit, run=run, on=on)
            else:
                await _change(made, one, one.known, on=on)
        await keep_before(run, [(one.known.key, one.differing) for one in wanted if one.known])
        await hand_down(made, unit.institution)


async def _add(made: Change, wanted: WantedObject, *, unit: UnitRow, run: int, on: date) -> None:
    line = wanted.line
    facts = ObjectFacts(name=line.name, **wanted.columns)
    created = await create(line.kind, facts, unit=unit.id, institution=unit.institution, run=run)
    made.also("object.imported", created, unit=unit.id, run=f"import_run:{run}", name=line.name)
    await categorise(created.id, (), line.categories, on)
    await retag(created.id, unit.institution, (), line.tags, on=on)
    if line.own:
        await _assess(made, created.id, wanted, version=1)


async def _change(made: Change, wanted: WantedObject, known: KnownObject, *, on: date) -> None:
    line, version = wanted.line, known.version
    made.also("object.imported", known, unit=known.unit, fields=[one.value for one in wanted.fields])
    if plain := [one for one in wanted.fields if one not in APART]:
        await _describe(known, {one.value: wanted.columns[one.value] for one in plain})
        version += 1
    if ObjectField.CATEGORY in wanted.fields:
        await categorise(known.id, known.categories, known.categories | set(line.categories), on)
    if ObjectField.TAGS in wanted.fields:
        await retag(known.id, made.by.institution, known.tags, with_tags(known, line), on=on)
    if ObjectField.NEEDS in wanted.fields:
        await _assess(made, known.id, wanted, version=version)


async def _describe(known: KnownObject, columns: dict[Any, Any]) -> None:
    described = (
        await TargetObject.update({**columns, TargetObject.version: known.version + 1})
        .where((TargetObject.id == known.id) & (TargetObject.version == known.version))
        .returning(TargetObject.id)
    )
    if not described:
        raise Stale
    if PEOPLE[0].value in columns:
        await Responsibility.insert(Responsibility(target_object=known.id, responsible=columns[PEOPLE[0].value]))


async def _assess(made: Change, id: int, wanted: WantedObject, *, version: int) -> None:
    own = wanted.own
    await keep_own(id, own, version=version)
    await NeedAssessment.insert(
        NeedAssessment(
            target_object=id,
            confidentiality=own[Goal.CONFIDENTIALITY],
            integrity=own[Goal.INTEGRITY],
            availability=own[Goal.AVAILABILITY],
            reason=FROM_A_LIST,
            assessed_by=made.by.id,
        )
    )
