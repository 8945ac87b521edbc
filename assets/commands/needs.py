"""Protection needs: found for an object itself, settled against the maximum, and handed down from there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from assets.queries.objects import ObjectDetail
from assets.queries.structure import Needs, structure
from assets.rules.permissions import May
from assets.rules.protection import (
    Goal,
    Protection,
    ProtectionNeed,
    ReasonKind,
    Shift,
    Structure,
    check_settlement,
    shifts,
)
from assets.tables import EffectiveNeed, NeedAssessment, SettledNeed, TargetObject
from isms.audit import Change, change
from isms.db import hold
from isms.people import Actor
from isms.rules.errors import Incomplete, Refused, Stale
from isms.rules.texts import N_

Own = Mapping[Goal, ProtectionNeed | None]


async def assess(target: ObjectDetail, own: Own, *, reason: str, by: Actor) -> list[Shift[int]]:
    """Note what the object itself needs, and hand it down. Answers with every object whose need moves."""
    by.needs(May.ASSESS, at=target.path)
    before = {goal.value: target.own[goal] for goal in Goal}
    after = {goal.value: own.get(goal) for goal in Goal}
    async with change("object.assessed", target, by=by, unit=target.unit, reason=reason) as made:
        made.with_(**{name: {"before": before[name], "after": after[name]} for name in after})
        made.with_(protection_need={"before": _highest(before.values()), "after": _highest(after.values())})
        await keep_own(target.id, own, version=target.version)
        await NeedAssessment.insert(
            NeedAssessment(
                target_object=target.id,
                confidentiality=own.get(Goal.CONFIDENTIALITY),
                integrity=own.get(Goal.INTEGRITY),
                availability=own.get(Goal.AVAILABILITY),
                reason=reason,
                assessed_by=by.id,
            )
        )
        return await hand_down(made, target.institution)


async def settle(
    target: ObjectDetail, goal: Goal, need: ProtectionNeed, *, kind: ReasonKind, reason: str, by: Actor
) -> list[Shift[int]]:
    """Decide on a need against the maximum, with a reason; it is what the object hands down from here on."""
    by.needs(May.ASSESS, at=target.path)
    if not reason.strip():
        raise Incomplete({"reason": N_("Bitte begründen Sie, warum vom Maximum abgewichen wird.")})
    async with change("object.settled", target, by=by, unit=target.unit, goal=goal.value, reason=reason) as made:
        await hold(f"needs of {target.institution}")
        computed = await _computed(target, goal)
        check_settlement(kind, need, computed)
        made.with_(protection_need={"before": target.needs[goal], "after": need}, computed=computed)
        made.with_(reason_kind=kind.value)
        await _touch(target)
        await SettledNeed.insert(
            SettledNeed(
                target_object=target.id,
                goal=goal,
                need=need,
                computed=computed,
                reason_kind=kind,
                reason=reason,
                settled_by=by.id,
            )
        )
        return await hand_down(made, target.institution)


async def unsettle(target: ObjectDetail, goal: Goal, *, reason: str, by: Actor) -> list[Shift[int]]:
    """Go back to the maximum."""
    by.needs(May.ASSESS, at=target.path)
    async with change("object.unsettled", target, by=by, unit=target.unit, goal=goal.value, reason=reason) as made:
        await hold(f"needs of {target.institution}")
        found, _ = await structure(target.institution)
        if goal not in found.settled.get(target.id, {}):
            raise Refused(N_("Für „{goal}“ ist kein Schutzbedarf festgesetzt."), goal=goal)
        await _touch(target)
        computed = await _computed(target, goal)
        await SettledNeed.insert(
            SettledNeed(
                target_object=target.id, goal=goal, need=None, computed=computed, reason=reason, settled_by=by.id
            )
        )
        return await hand_down(made, target.institution)


async def hand_down(made: Change, institution: int) -> list[Shift[int]]:
    """Bring the stored needs of an institution in line with its structure: the only place that writes them.

    Notes one entry per object whose need moves, with the object that decides it.
    """
    await hold(f"needs of {institution}")
    found, stored = await structure(institution)
    needs = found.inherit()
    moved = shifts({key: one.stored for key, one in stored.items()}, needs)
    at = datetime.now(UTC)
    for shift in moved:
        await _store(shift, at)
        _note(made, shift, stored[shift.key], _origins(found, shift, needs))
    return moved


async def keep_own(id: int, own: Own, *, version: int) -> None:
    """Store what an object itself needs, unless somebody changed the object meanwhile."""
    kept = (
        await TargetObject.update(
            {
                TargetObject.own_confidentiality: own.get(Goal.CONFIDENTIALITY),
                TargetObject.own_integrity: own.get(Goal.INTEGRITY),
                TargetObject.own_availability: own.get(Goal.AVAILABILITY),
                TargetObject.version: version + 1,
            }
        )
        .where((TargetObject.id == id) & (TargetObject.version == version) & TargetObject.ended_on.is_null())
        .returning(TargetObject.id)
    )
    if not kept:
        raise Stale


async def _touch(target: ObjectDetail) -> None:
    touched = (
        await TargetObject.update({TargetObject.version: target.version + 1})
        .where(
            (TargetObject.id == target.id) & (TargetObject.version == target.version) & TargetObject.ended_on.is_null()
        )
        .returning(TargetObject.id)
    )
    if not touched:
        raise Stale


def _highest(needs: Iterable[ProtectionNeed | None]) -> ProtectionNeed | None:
    return max((need for need in needs if need is not None), default=None)


async def _computed(target: ObjectDetail, goal: Goal) -> ProtectionNeed:
    found, _ = await structure(target.institution)
    return found.computed(target.id, found.inherit())[goal]


async def _store(shift: Shift[int], at: datetime) -> None:
    after = shift.after
    await TargetObject.update(
        {
            TargetObject.confidentiality: after.confidentiality,
            TargetObject.integrity: after.integrity,
            TargetObject.availability: after.availability,
        }
    ).where(TargetObject.id == shift.key)
    await EffectiveNeed.insert(
        EffectiveNeed(
            target_object=shift.key,
            confidentiality=after.confidentiality,
            integrity=after.integrity,
            availability=after.availability,
            recorded_at=at,
        )
    )


def _note(made: Change, shift: Shift[int], stored: Needs, origins: Mapping[Goal, str]) -> None:
    made.also(
        "object.need_changed",
        f"target_object:{shift.key}",
        unit=stored.unit,
        goal=[goal.value for goal in shift.goals],
        **{
            goal.value: {"before": shift.before[goal], "after": shift.after[goal], "from": origins[goal]}
            for goal in shift.goals
        },
    )


def _origins(found: Structure[int], shift: Shift[int], needs: Mapping[int, Protection]) -> dict[Goal, str]:
    return {goal: f"target_object:{found.explain(shift.key, goal, needs).decided_by}" for goal in shift.goals}
