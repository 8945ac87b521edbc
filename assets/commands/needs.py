"""Protection needs: found for an object itself, settled against the maximum, and handed down from there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime

from assets.commands.criteria import criteria_in_force
from assets.queries.objects import ObjectDetail
from assets.queries.standing import computed, standings, units_of, what_follows
from assets.queries.structure import what_follows_of_all
from assets.rules.consequences import Consequence
from assets.rules.permissions import May
from assets.rules.proposals import Proposal
from assets.rules.protection import Goal, ProtectionNeed, ReasonKind, Shift, check_settlement
from assets.rules.scenarios import Finding
from assets.tables import NeedAssessment, ScenarioFinding, SettledNeed, TargetObject
from isms.audit import Change, change
from isms.db import executemany, hold
from isms.people import Actor
from isms.rules.errors import Incomplete, Refused, Stale
from isms.rules.texts import N_

Own = Mapping[Goal, ProtectionNeed | None]


async def assess(
    target: ObjectDetail, own: Own, *, reason: str, by: Actor, findings: Sequence[Finding] = ()
) -> list[Shift[int]]:
    """Note what the object itself needs, and hand it down. Answers with every object whose need moves.

    `findings` say scenario by scenario how that was found; `own` is then their worst. The assessment keeps by which
    version of the office's words it judged.
    """
    by.needs(May.ASSESS, at=target.path)
    before = {goal.value: target.own[goal] for goal in Goal}
    after = {goal.value: own.get(goal) for goal in Goal}
    async with change("object.assessed", target, by=by, unit=target.unit, reason=reason) as made:
        made.with_(**{name: {"before": before[name], "after": after[name]} for name in after})
        made.with_(protection_need={"before": _highest(before.values()), "after": _highest(after.values())})
        await keep_own(target.id, own, version=target.version)
        await hold(f"needs of {target.institution}")
        criteria = await criteria_in_force(made, target.institution)
        assessment = NeedAssessment(
            target_object=target.id,
            confidentiality=own.get(Goal.CONFIDENTIALITY),
            integrity=own.get(Goal.INTEGRITY),
            availability=own.get(Goal.AVAILABILITY),
            reason=reason,
            assessed_by=by.id,
            criteria=criteria,
        )
        await record(assessment, findings)
        return await hand_down(made, target.institution, touched=[target.id])


async def record(assessment: NeedAssessment, findings: Sequence[Finding]) -> None:
    """Store an assessment with what it found scenario by scenario. Inside a change only."""
    await assessment.save()
    told = [one for one in findings if one.damage or one.reason]
    if told:
        await ScenarioFinding.insert(
            *(
                ScenarioFinding(
                    assessment=assessment.id,
                    scenario=one.scenario,
                    confidentiality=one.damage.get(Goal.CONFIDENTIALITY),
                    integrity=one.damage.get(Goal.INTEGRITY),
                    availability=one.damage.get(Goal.AVAILABILITY),
                    reason=one.reason,
                )
                for one in told
            )
        )


async def settle(
    target: ObjectDetail, goal: Goal, need: ProtectionNeed, *, kind: ReasonKind, reason: str, by: Actor
) -> list[Shift[int]]:
    """Decide on a need against the maximum, with a reason; it is what the object hands down from here on."""
    by.needs(May.ASSESS, at=target.path)
    if not reason.strip():
        raise Incomplete({"reason": N_("Bitte begründen Sie, warum vom Maximum abgewichen wird.")})
    async with change("object.settled", target, by=by, unit=target.unit, goal=goal.value, reason=reason) as made:
        await hold(f"needs of {target.institution}")
        maximum = (await computed(target.id))[goal]
        check_settlement(kind, need, maximum)
        made.with_(protection_need={"before": target.needs[goal], "after": need}, computed=maximum)
        made.with_(reason_kind=kind.value)
        await _touch(target)
        await SettledNeed.insert(
            SettledNeed(
                target_object=target.id,
                goal=goal,
                need=need,
                computed=maximum,
                reason_kind=kind,
                reason=reason,
                settled_by=by.id,
            )
        )
        return await hand_down(made, target.institution, touched=[target.id])


async def unsettle(target: ObjectDetail, goal: Goal, *, reason: str, by: Actor) -> list[Shift[int]]:
    """Go back to the maximum."""
    by.needs(May.ASSESS, at=target.path)
    async with change("object.unsettled", target, by=by, unit=target.unit, goal=goal.value, reason=reason) as made:
        await hold(f"needs of {target.institution}")
        if goal not in (await standings([target.id]))[target.id].settled:
            raise Refused(N_("Für „{goal}“ ist kein Schutzbedarf festgesetzt."), goal=goal)
        await _touch(target)
        maximum = (await computed(target.id))[goal]
        await SettledNeed.insert(
            SettledNeed(
                target_object=target.id, goal=goal, need=None, computed=maximum, reason=reason, settled_by=by.id
            )
        )
        return await hand_down(made, target.institution, touched=[target.id])


async def hand_down(made: Change, institution: int, *, touched: Collection[int] | None = None) -> list[Shift[int]]:
    """Bring the stored needs of an institution in line with its structure: the only place that writes them.

    `touched` are the objects whose own or settled need, or whose links from above, just changed: then only what these
    may move is looked at. Without it everything is computed anew, which heals whatever was stored wrong. Notes one
    entry per object whose need moves, with the object that decides it.
    """
    await hold(f"needs of {institution}")
    if touched is None:
        found = await what_follows_of_all(institution)
    else:
        found = await what_follows(Proposal(touched=touched), institution)
    await _store([one.shift for one in found])
    units = await units_of([one.shift.key for one in found])
    for one in found:
        _note(made, one, units[one.shift.key])
    return [one.shift for one in found]


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


async def _store(moved: Sequence[Shift[int]]) -> None:
    if not moved:
        return
    at = datetime.now(UTC)
    lines = [(*(int(shift.after[goal]) for goal in Goal), shift.key) for shift in moved]
    await executemany(STORE, lines)
    await executemany(REMEMBER, [(*line, at) for line in lines])


STORE = "UPDATE target_object SET confidentiality = {}, integrity = {}, availability = {} WHERE id = {}"
REMEMBER = """INSERT INTO effective_need (confidentiality, integrity, availability, target_object, recorded_at)
    VALUES ({}, {}, {}, {}, {})"""


def _note(made: Change, found: Consequence[int], unit: int) -> None:
    shift = found.shift
    made.also(
        "object.need_changed",
        f"target_object:{shift.key}",
        unit=unit,
        goal=[goal.value for goal in shift.goals],
        **{
            goal.value: {
                "before": shift.before[goal],
                "after": shift.after[goal],
                "from": f"target_object:{found.origins[goal].decided_by}",
            }
            for goal in shift.goals
        },
    )
