"""Target objects: added with a short id that nobody gets again, described, ended."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from assets.commands.links import end_links
from assets.commands.moving import check_move
from assets.commands.needs import hand_down
from assets.commands.tags import retag
from assets.queries.objects import ObjectDetail
from assets.rules.categories import CATEGORIES
from assets.rules.facts import ObjectFacts, differences, written
from assets.rules.kinds import Kind, LinkKind, short_id
from assets.rules.permissions import May
from assets.tables import EffectiveNeed, ObjectCategory, ObjectLink, Responsibility, TargetObject
from isms.audit import change
from isms.db import execute
from isms.people import Actor, UnitRow
from isms.rules.errors import Incomplete, Stale
from isms.rules.texts import N_

# Two people adding at once get two numbers: the row is theirs until their transaction ends.
NEXT_NUMBER = """INSERT INTO short_id_series (institution, kind, last) VALUES ({}, {}, 1)
    ON CONFLICT (institution, kind) DO UPDATE SET last = short_id_series.last + 1 RETURNING last"""


async def add(
    kind: Kind,
    facts: ObjectFacts,
    *,
    unit: UnitRow,
    by: Actor,
    on: date,
    categories: Collection[str] = (),
    tags: Collection[str] = (),
    run: int | None = None,
) -> int:
    """Record a target object; answers with its id. Its needs start as „normal“ until somebody finds more."""
    by.needs(May.MODEL, at=unit.path)
    async with change("object.added", by=by, unit=unit.id, kind=kind.value, name=facts.name) as made:
        created = await create(kind, facts, unit=unit.id, institution=unit.institution, run=run)
        await categorise(created.id, (), categories, on)
        await retag(created.id, unit.institution, (), tags, on=on)
        made.about(created)
        made.with_(short_id=created.short_id)
        return int(created.id)


async def create(
    kind: Kind, facts: ObjectFacts, *, unit: int, institution: int, run: int | None = None
) -> TargetObject:
    """A new object with its short id and the first rows of what is kept day by day. Inside a change only."""
    created = TargetObject(
        **written(facts),
        kind=kind,
        short_id=await next_short_id(kind, institution),
        unit=unit,
        institution=institution,
        import_run=run,
    )
    await created.save()
    await EffectiveNeed.insert(EffectiveNeed(target_object=created.id, confidentiality=1, integrity=1, availability=1))
    if facts.responsible:
        await Responsibility.insert(Responsibility(target_object=created.id, responsible=facts.responsible))
    return created


async def change_object(
    target: ObjectDetail,
    facts: ObjectFacts,
    *,
    by: Actor,
    on: date,
    categories: Collection[str],
    version: int,
    unit: UnitRow | None = None,
    tags: Collection[str] | None = None,
) -> None:
    """Describe an object anew, or move it to another unit. `version` is what the form was opened with; no `tags`
    leaves them as they are."""
    by.needs(May.MODEL, at=target.path)
    tags = target.tags if tags is None else tags
    async with change("object.changed", target, by=by, unit=target.unit) as made:
        made.with_(**differences(target.facts, facts))
        if unit and unit.id != target.unit:
            check_move(by, May.MODEL, unit, target.institution)
            made.with_(unit={"before": target.unit_name, "after": unit.name})
        if set(categories) != set(target.categories):
            made.with_(categories={"before": sorted(target.categories), "after": sorted(categories)})
        if {tag.casefold() for tag in tags} != {tag.casefold() for tag in target.tags}:
            made.with_(tags={"before": sorted(target.tags), "after": sorted(tags)})
        changed = (
            await TargetObject.update(
                {**written(facts), "unit": unit.id if unit else target.unit, "version": version + 1}
            )
            .where((TargetObject.id == target.id) & (TargetObject.version == version) & TargetObject.ended_on.is_null())
            .returning(TargetObject.id)
        )
        if not changed:
            raise Stale
        await _keep_responsibility(target, facts)
        await _refuse_without_provider(target, facts)
        await categorise(target.id, target.categories, categories, on)
        await retag(target.id, target.institution, target.tags, tags, on=on)


async def end(target: ObjectDetail, *, reason: str, by: Actor, on: date) -> None:
    """Take an object out of the structure with all its links. It stays on record, and its short id stays taken."""
    by.needs(May.MODEL, at=target.path)
    if not reason.strip():
        raise Incomplete({"reason": N_("Bitte schreiben Sie, warum das Zielobjekt entfällt.")})
    async with change("object.ended", target, by=by, unit=target.unit, reason=reason, on=on.isoformat()) as made:
        ended = (
            await TargetObject.update({TargetObject.ended_on: on, TargetObject.version: target.version + 1})
            .where(
                (TargetObject.id == target.id)
                & (TargetObject.version == target.version)
                & TargetObject.ended_on.is_null()
            )
            .returning(TargetObject.id)
        )
        if not ended:
            raise Stale
        await hand_down(made, target.institution, touched=await end_links(made, target, on))


async def count_devices(target: ObjectDetail, follow: bool, *, by: Actor) -> None:
    """Let the number of an object follow the devices behind it from now on, or stay at what people say."""
    by.needs(May.MODEL, at=target.path)
    async with change("object.changed", target, by=by, unit=target.unit) as made:
        made.with_(counts_devices={"before": target.counts_devices, "after": follow})
        changed = (
            await TargetObject.update(
                {
                    TargetObject.counts_devices: follow,
                    TargetObject.number: max(target.number, 1),
                    TargetObject.version: target.version + 1,
                }
            )
            .where(
                (TargetObject.id == target.id)
                & (TargetObject.version == target.version)
                & TargetObject.ended_on.is_null()
            )
            .returning(TargetObject.id)
        )
        if not changed:
            raise Stale


async def next_short_id(kind: Kind, institution: int) -> str:
    given = await execute(NEXT_NUMBER, institution, kind.value)
    return short_id(kind, given[0]["last"])


async def categorise(id: int, before: Collection[str], after: Collection[str], on: date) -> None:
    """Put an object's chosen categories in line with `after`. Inside a change only."""
    if not set(after) <= set(CATEGORIES):
        raise Incomplete({"categories": N_("Bitte wählen Sie Kategorien aus der Liste.")})
    if gone := sorted(set(before) - set(after)):
        await ObjectCategory.update({ObjectCategory.ended_on: on}).where(
            (ObjectCategory.target_object == id)
            & ObjectCategory.category.is_in(gone)
            & ObjectCategory.ended_on.is_null()
        )
    if fresh := sorted(set(after) - set(before)):
        await ObjectCategory.insert(*(ObjectCategory(target_object=id, category=uuid, starts_on=on) for uuid in fresh))


async def _keep_responsibility(target: ObjectDetail, facts: ObjectFacts) -> None:
    if facts.responsible != target.responsible:
        await Responsibility.insert(Responsibility(target_object=target.id, responsible=facts.responsible))


async def _refuse_without_provider(target: ObjectDetail, facts: ObjectFacts) -> None:
    """What a provider operates cannot be said to be operated by none."""
    if facts.provider_operated or not target.provider_operated:
        return
    if await ObjectLink.exists().where(
        (ObjectLink.source == target.id) & (ObjectLink.kind == LinkKind.OPERATED_BY) & ObjectLink.ended_on.is_null()
    ):
        raise Incomplete({"provider_operated": N_("Bitte lösen Sie zuerst die Verknüpfung mit dem Dienstleister.")})
