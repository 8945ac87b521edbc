"""Several target objects become one: what hung on them hangs on it, and they end with a pointer to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assets.commands.criteria import criteria_in_force
from assets.commands.moving_belongings import move_belongings
from assets.commands.needs import hand_down, keep_own, record
from assets.commands.objects import categorise
from assets.commands.tags import retag
from assets.queries.lineage import latest_findings, memberships, open_links, owned_devices, settlements
from assets.queries.objects import ObjectDetail
from assets.queries.structure import structure
from assets.rules.kinds import SuccessionKind
from assets.rules.merging import Own, Settled, kept_settlements, merged_findings, merged_own, moved_links
from assets.rules.permissions import May
from assets.rules.protection import Goal, Shift
from assets.tables import (
    Device,
    NeedAssessment,
    ObjectLink,
    ScopeMember,
    SettledNeed,
    Succession,
    TargetObject,
)
from isms.audit import Change, change
from isms.db import hold
from isms.people import Actor
from isms.rules.errors import Incomplete, Refused, Stale
from isms.rules.texts import N_


@dataclass(frozen=True)
class Merger:
    """What is to be merged: `others` go, `into` stays, and stands for `number` alike from then on."""

    into: ObjectDetail
    others: Sequence[ObjectDetail]
    number: int
    reason: str

    @property
    def gone(self) -> list[int]:
        return [other.id for other in self.others]

    @property
    def all(self) -> list[ObjectDetail]:
        return [self.into, *self.others]


async def merge(merger: Merger, *, by: Actor, on: date) -> list[Shift[int]]:
    """Make one of several objects, all at once. Answers with every object whose need moves.

    Links, categories, tags, scopes, devices, licences and decisions about support move over; of own needs
    the highest holds on, and of what was settled what raised a need. Raises Stale when one of them changed since it
    was looked at.
    """
    check_merger(merger, by)
    into = merger.into
    names = ", ".join(other.short_id for other in merger.others)
    async with change("object.merged", into, by=by, unit=into.unit, names=names, reason=merger.reason) as made:
        await hold(f"needs of {into.institution}")
        await _end_others(made, merger, on)
        await _keep_one(merger)
        await _move_links(merger, on)
        await _move_words(merger, on)
        await _move_scopes(merger, on)
        await _move_devices(made, merger)
        await move_belongings(made, into, merger.others)
        await _move_needs(made, merger)
        return await hand_down(made, into.institution)


def check_merger(merger: Merger, by: Actor) -> None:
    """Refuse to merge what is not alike, is gone, or belongs to another office. Raises Forbidden and Incomplete."""
    for one in merger.all:
        by.needs(May.MODEL, at=one.path)
        _check_alike(merger.into, one)
    if merger.into.id in merger.gone:
        raise Refused(N_("Ein Zielobjekt kann nicht mit sich selbst zusammengeführt werden."))
    if not merger.reason.strip():
        raise Incomplete({"reason": N_("Bitte schreiben Sie, warum die Zielobjekte eines sind.")})
    if any(other.is_assessed_itself for other in merger.others):
        by.needs(May.ASSESS, at=merger.into.path)


def _check_alike(into: ObjectDetail, one: ObjectDetail) -> None:
    if one.kind is not into.kind:
        raise Refused(N_("Nur Zielobjekte derselben Art lassen sich zusammenführen."))
    if one.institution != into.institution:
        raise Refused(N_("Alle Zielobjekte müssen zum selben Amt gehören."))
    if one.ended_on:
        raise Refused(N_("{name} gehört nicht mehr zur Struktur."), name=one.name)


async def _end_others(made: Change, merger: Merger, on: date) -> None:
    for other in merger.others:
        ended = (
            await TargetObject.update({TargetObject.ended_on: on, TargetObject.version: other.version + 1})
            .where(
                (TargetObject.id == other.id)
                & (TargetObject.version == other.version)
                & TargetObject.ended_on.is_null()
            )
            .returning(TargetObject.id)
        )
        if not ended:
            raise Stale
        made.also("object.merged_into", other, unit=other.unit, to=merger.into.short_id, reason=merger.reason)
        await Succession.insert(
            Succession(
                before=other.id,
                after=merger.into.id,
                kind=SuccessionKind.MERGED,
                reason=merger.reason,
                happened_on=on,
                done_by=made.by.id,
            )
        )


async def _keep_one(merger: Merger) -> None:
    into = merger.into
    kept = (
        await TargetObject.update(
            {
                TargetObject.number: merger.number,
                TargetObject.counts_devices: any(one.counts_devices for one in merger.all),
                TargetObject.personal_data: any(one.personal_data for one in merger.all),
                TargetObject.provider_operated: any(one.provider_operated for one in merger.all),
                TargetObject.version: into.version + 1,
            }
        )
        .where((TargetObject.id == into.id) & (TargetObject.version == into.version) & TargetObject.ended_on.is_null())
        .returning(TargetObject.id)
    )
    if not kept:
        raise Stale


async def _move_links(merger: Merger, on: date) -> None:
    found = await open_links([one.id for one in merger.all])
    leaving = [link.id for link in found if {link.source, link.target} & set(merger.gone)]
    if leaving:
        await ObjectLink.update({ObjectLink.ended_on: on}).where(ObjectLink.id.is_in(leaving))
    for link in moved_links([link.ends for link in found], merger.into.id, merger.gone):
        await ObjectLink.insert(ObjectLink(source=link.source, kind=link.kind, target=link.target, starts_on=on))


async def _move_words(merger: Merger, on: date) -> None:
    """Categories and tags."""
    into = merger.into
    for other in merger.others:
        await categorise(other.id, other.categories, (), on)
        await retag(other.id, other.institution, other.tags, (), on=on)
    categories = {category for one in merger.all for category in one.categories}
    await categorise(into.id, into.categories, categories, on)
    await retag(into.id, into.institution, into.tags, [tag for one in merger.all for tag in one.tags], on=on)


async def _move_scopes(merger: Merger, on: date) -> None:
    found = await memberships([one.id for one in merger.all])
    inside = {one.scope for one in found if one.target_object == merger.into.id}
    left = [one for one in found if one.target_object != merger.into.id]
    if left:
        await ScopeMember.update({ScopeMember.ended_on: on}).where(ScopeMember.id.is_in([one.id for one in left]))
    for scope in sorted({one.scope for one in left} - inside):
        await ScopeMember.insert(ScopeMember(scope=scope, target_object=merger.into.id, starts_on=on))


async def _move_devices(made: Change, merger: Merger) -> None:
    for device in await owned_devices(merger.gone):
        await Device.update({Device.it_system: merger.into.id, Device.version: Device.version + 1}).where(
            Device.id == device.id
        )
        made.also("device.changed", device, unit=device.unit, it_system={"after": merger.into.short_id})


async def _move_needs(made: Change, merger: Merger) -> None:
    """The highest of what was found for them, and what was settled upwards."""
    into, own = merger.into, merged_own(one.own for one in merger.all)
    if own != into.own:
        await keep_own(into.id, own, version=into.version + 1)
        await assess_again(made, into, into.id, own, of=[one.id for one in merger.all])
    settled = await settlements([one.id for one in merger.all])
    mine = [one.goal for one in settled[into.id]]
    if kept := kept_settlements(mine, [one for id in merger.gone for one in settled[id]]):
        made.by.needs(May.ASSESS, at=into.path)
        await settle_again(into.id, into.institution, kept, made.by)


async def assess_again(made: Change, target: ObjectDetail, id: int, own: Own, *, of: Sequence[int]) -> None:
    """Note for the object `id` of the target's office what was found for others, scenarios included. Inside a change
    only, with the needs held."""
    made.by.needs(May.ASSESS, at=target.path)
    assessment = NeedAssessment(
        target_object=id,
        confidentiality=own.get(Goal.CONFIDENTIALITY),
        integrity=own.get(Goal.INTEGRITY),
        availability=own.get(Goal.AVAILABILITY),
        reason=str(made.details.get("reason", "")),
        assessed_by=made.by.id,
        criteria=await criteria_in_force(made, target.institution),
    )
    await record(assessment, merged_findings(await latest_findings(of)))


async def settle_again(id: int, institution: int, kept: Sequence[Settled], by: Actor) -> None:
    """Carry settlements over to another object, against its own maximum. Inside a change only."""
    found, _ = await structure(institution)
    computed = found.computed(id, found.inherit())
    for one in kept:
        await SettledNeed.insert(
            SettledNeed(
                target_object=id,
                goal=one.goal,
                need=one.need,
                computed=computed[one.goal],
                reason_kind=one.reason_kind,
                reason=one.reason,
                settled_by=by.id,
            )
        )
