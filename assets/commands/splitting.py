"""A part of a group becomes an object of its own: of 20 alike 5, with everything that holds for all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assets.commands.merging import assess_again, settle_again
from assets.commands.needs import hand_down, keep_own
from assets.commands.objects import categorise, create
from assets.commands.tags import retag
from assets.queries.lineage import memberships, open_links, owned_devices, settlements
from assets.queries.objects import ObjectDetail
from assets.rules.kinds import SuccessionKind
from assets.rules.permissions import May
from assets.tables import Device, ObjectLink, ScopeMember, Succession, TargetObject
from isms.audit import Change, change
from isms.db import hold
from isms.people import Actor
from isms.rules.errors import Complaint, Incomplete, Refused, Stale
from isms.rules.texts import N_

NO_GROUP = N_("{name} steht für ein einziges Objekt. Aufteilen lässt sich nur eine Gruppe.")
TOO_MANY = N_("Bitte geben Sie eine Zahl von 1 bis {most} ein: Mindestens eines bleibt zurück.")

AS_MANY = N_("Bitte wählen Sie so viele Geräte, wie abgeteilt werden: {count}.")
WHY = N_("Bitte schreiben Sie, warum die Gruppe aufgeteilt wird.")


@dataclass(frozen=True)
class Part:
    """What leaves the group: how many, under which name, and which of its devices."""

    name: str
    number: int
    reason: str
    devices: Sequence[int] = ()


async def split(group: ObjectDetail, part: Part, *, by: Actor, on: date) -> int:
    """Make an object of its own of a part of a group; answers with its id.

    Links, categories, tags, scopes, own and settled needs are copied: until somebody says otherwise the part needs
    what the group needs. Raises Stale when the group changed since it was looked at.
    """
    check_split(group, part, by)
    async with change("object.split_off", by=by, unit=group.unit, name=part.name, count=part.number) as made:
        await hold(f"needs of {group.institution}")
        made.also("object.split", group, unit=group.unit, count=part.number, name=part.name, reason=part.reason)
        await _shrink(group, part)
        facts = replace(group.facts, name=part.name, number=part.number)
        created = await create(group.kind, facts, unit=group.unit, institution=group.institution)
        made.about(created)
        made.with_(short_id=created.short_id, **{"from": group.short_id}, reason=part.reason)
        await _follow(made, group, int(created.id), part.reason, on=on)
        await _copy_words(group, created.id, on)
        await _copy_links(group, created.id, on)
        await _move_devices(made, group, created, part)
        await _copy_needs(made, group, created.id)
        await hand_down(made, group.institution)
        return int(created.id)


def check_split(group: ObjectDetail, part: Part, by: Actor) -> None:
    """Refuse to split what is no group or is gone. Raises Forbidden, and Incomplete for a part that is none."""
    by.needs(May.MODEL, at=group.path)
    if group.ended_on:
        raise Refused(N_("{name} gehört nicht mehr zur Struktur."), name=group.name)
    if group.number < 2:
        raise Refused(NO_GROUP, name=group.name)
    if complaints := {name: said for name, said in _complaints(group, part) if said}:
        raise Incomplete(complaints)
    if group.is_assessed_itself:
        by.needs(May.ASSESS, at=group.path)


def _complaints(group: ObjectDetail, part: Part) -> Iterator[tuple[str, Complaint | str]]:
    """What is wrong with the part, field by field; nothing for a field that is right."""
    enough = 1 <= part.number < group.number
    chosen = len(part.devices) == part.number if group.counts_devices else len(part.devices) <= part.number
    yield "number", "" if enough else Complaint(TOO_MANY, {"most": group.number - 1})
    yield "devices", "" if chosen or not enough else Complaint(AS_MANY, {"count": part.number})
    yield "reason", "" if part.reason.strip() else WHY


async def _shrink(group: ObjectDetail, part: Part) -> None:
    shrunk = (
        await TargetObject.update(
            {TargetObject.number: group.number - part.number, TargetObject.version: group.version + 1}
        )
        .where(
            (TargetObject.id == group.id) & (TargetObject.version == group.version) & TargetObject.ended_on.is_null()
        )
        .returning(TargetObject.id)
    )
    if not shrunk:
        raise Stale


async def _follow(made: Change, group: ObjectDetail, id: int, reason: str, *, on: date) -> None:
    if group.counts_devices:
        await TargetObject.update({TargetObject.counts_devices: True}).where(TargetObject.id == id)
    await Succession.insert(
        Succession(
            before=group.id,
            after=id,
            kind=SuccessionKind.SPLIT,
            reason=reason,
            happened_on=on,
            done_by=made.by.id,
        )
    )


async def _copy_words(group: ObjectDetail, id: int, on: date) -> None:
    """Categories, tags and scopes."""
    await categorise(id, (), group.categories, on)
    await retag(id, group.institution, (), group.tags, on=on)
    for one in await memberships([group.id]):
        await ScopeMember.insert(ScopeMember(scope=one.scope, target_object=id, starts_on=on))


async def _copy_links(group: ObjectDetail, id: int, on: date) -> None:
    for link in await open_links([group.id]):
        source = id if link.source == group.id else link.source
        target = id if link.target == group.id else link.target
        await ObjectLink.insert(ObjectLink(source=source, kind=link.kind, target=target, starts_on=on))


async def _move_devices(made: Change, group: ObjectDetail, created: TargetObject, part: Part) -> None:
    mine = {device.id: device for device in await owned_devices([group.id])}
    if not set(part.devices) <= set(mine):
        raise Refused(N_("Eines der Geräte gehört nicht mehr zu dieser Gruppe. Bitte wählen Sie erneut."))
    for id in part.devices:
        await Device.update({Device.it_system: created.id, Device.version: Device.version + 1}).where(
            (Device.id == id) & (Device.it_system == group.id)
        )
        made.also("device.changed", mine[id], unit=mine[id].unit, it_system={"after": created.short_id})


async def _copy_needs(made: Change, group: ObjectDetail, id: int) -> None:
    if group.is_assessed_itself:
        await keep_own(id, group.own, version=1)
        await assess_again(made, group, id, group.own, of=[group.id])
    if settled := (await settlements([group.id]))[group.id]:
        made.by.needs(May.ASSESS, at=group.path)
        await settle_again(id, group.institution, settled, made.by)
