"""Target objects out of a list: all of it or nothing, with one entry per object and one hand-down at the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assets.commands.needs import hand_down, keep_own
from assets.commands.objects import next_short_id
from assets.queries.registers import KnownObject
from assets.rules.object_lines import ObjectField, ObjectLine
from assets.rules.permissions import May
from assets.rules.protection import Goal, ProtectionNeed
from assets.tables import EffectiveNeed, NeedAssessment, ObjectCategory, TargetObject
from isms.audit import Change, change
from isms.commands.undoing import keep_before
from isms.people import Actor, UnitRow
from isms.rules.errors import Stale
from isms.rules.texts import N_

FROM_A_LIST = N_("Aus einer Liste übernommen")


@dataclass(frozen=True)
class WantedObject:
    """A line to carry out; `known` is the object that it changes in these fields, None makes a new one."""

    line: ObjectLine
    known: KnownObject | None = None
    fields: tuple[ObjectField, ...] = ()

    @property
    def own(self) -> dict[Goal, ProtectionNeed | None]:
        """The own needs after the import: an empty cell takes nothing away."""
        before = self.known.own if self.known else dict.fromkeys(Goal)
        return {**before, **self.line.own}

    @property
    def differing(self) -> dict[str, tuple[object, object]]:
        """Before and after of what the line changes in the object that it knows."""
        if self.known is None:
            return {}
        ways: dict[ObjectField, tuple[object, object]] = {
            ObjectField.DESCRIPTION: (self.known.description, self.line.description),
            ObjectField.VENDOR: (self.known.vendor, self.line.vendor),
            ObjectField.CATEGORY: (None, self.line.category),
            ObjectField.NEEDS: (written_needs(self.known.own), written_needs(self.own)),
        }
        return {field.value: ways[field] for field in self.fields}


def written_needs(own: Mapping[Goal, ProtectionNeed | None]) -> dict[str, int | None]:
    """Own needs as a run notes them."""
    return {goal.value: None if own[goal] is None else int(own[goal] or 0) for goal in Goal}


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
    created = TargetObject(
        short_id=await next_short_id(line.kind, unit.institution),
        unit=unit.id,
        institution=unit.institution,
        kind=line.kind,
        name=line.name,
        description=line.description,
        vendor=line.vendor,
        import_run=run,
    )
    await created.save()
    await EffectiveNeed.insert(EffectiveNeed(target_object=created.id, confidentiality=1, integrity=1, availability=1))
    made.also("object.imported", created, unit=unit.id, run=f"import_run:{run}", name=line.name)
    await _categorise(created.id, line.category, on)
    if line.own:
        await _assess(made, created.id, wanted, version=1)


async def _change(made: Change, wanted: WantedObject, known: KnownObject, *, on: date) -> None:
    line, version = wanted.line, known.version
    made.also("object.imported", known, unit=known.unit, fields=[field.value for field in wanted.fields])
    if {ObjectField.DESCRIPTION, ObjectField.VENDOR} & set(wanted.fields):
        await _describe(known, line)
        version += 1
    if ObjectField.CATEGORY in wanted.fields:
        await _categorise(known.id, line.category, on)
    if ObjectField.NEEDS in wanted.fields:
        await _assess(made, known.id, wanted, version=version)


async def _describe(known: KnownObject, line: ObjectLine) -> None:
    described = (
        await TargetObject.update(
            {
                TargetObject.description: line.description or known.description,
                TargetObject.vendor: line.vendor or known.vendor,
                TargetObject.version: known.version + 1,
            }
        )
        .where((TargetObject.id == known.id) & (TargetObject.version == known.version))
        .returning(TargetObject.id)
    )
    if not described:
        raise Stale


async def _categorise(id: int, category: str | None, on: date) -> None:
    if category:
        await ObjectCategory.insert(ObjectCategory(target_object=id, category=category, starts_on=on))


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
