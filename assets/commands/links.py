"""Links between target objects: made and ended; needs follow at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from assets.commands.needs import hand_down
from assets.queries.links import LinkRow
from assets.queries.objects import ObjectDetail
from assets.rules.kinds import LINKS, LinkKind, check_link
from assets.rules.permissions import May
from assets.rules.protection import Shift
from assets.tables import ObjectLink, TargetObject
from isms.audit import Change, change
from isms.db import hold
from isms.people import Actor
from isms.rules.errors import Refused, Stale
from isms.rules.texts import N_


async def link(source: ObjectDetail, kind: LinkKind, target: ObjectDetail, *, by: Actor, on: date) -> list[Shift[int]]:
    """Say that `source` relies on `target`. Answers with every object whose need moves."""
    return await link_all([source], kind, target, by=by, on=on)


async def link_all(
    sources: Sequence[ObjectDetail], kind: LinkKind, target: ObjectDetail, *, by: Actor, on: date
) -> list[Shift[int]]:
    """Say that all of `sources` rely on `target`, or none. Answers with every object whose need moves."""
    for source in sources:
        by.needs(May.MODEL, at=source.path)
        check_link(source.kind, kind, target.kind)
        check_ends(source, target)
    names = ", ".join(source.short_id for source in sources)
    async with change(
        "object.linked_from", target, by=by, unit=target.unit, link_kind=kind.value, source=names
    ) as made:
        await hold(f"needs of {target.institution}")
        for source in sources:
            made.also("object.linked", source, unit=source.unit, link_kind=kind.value, to=target.short_id)
            await _refuse_a_second(source, kind, target)
            await ObjectLink.insert(ObjectLink(source=source.id, kind=kind, target=target.id, starts_on=on))
        if kind is LinkKind.OPERATED_BY:
            await mark_operated([source.id for source in sources])
        return await hand_down(made, target.institution, touched=[target.id]) if LINKS[kind].inherits else []


async def unlink(found: LinkRow, *, by: Actor, on: date) -> list[Shift[int]]:
    """Say that the source no longer relies on the target."""
    by.needs(May.MODEL, at=found.source_path)
    async with change(
        "object.unlinked", f"target_object:{found.source}", by=by, unit=found.source_unit, link_kind=found.kind.value
    ) as made:
        made.with_(to=found.target_short_id)
        ended = (
            await ObjectLink.update({ObjectLink.ended_on: on})
            .where((ObjectLink.id == found.id) & ObjectLink.ended_on.is_null())
            .returning(ObjectLink.id)
        )
        if not ended:
            raise Stale
        return await hand_down(made, found.institution, touched=[found.target]) if LINKS[found.kind].inherits else []


async def mark_operated(ids: Sequence[int]) -> None:
    """Keep in mind that a provider operates these objects, for the list's filter. Inside a change only."""
    if not ids:
        return
    await TargetObject.update({TargetObject.provider_operated: True}).where(
        TargetObject.id.is_in(list(ids)) & TargetObject.provider_operated.eq(False)
    )


async def end_links(made: Change, target: ObjectDetail, on: date) -> set[int]:
    """End every link of an object that leaves the structure. Answers with the objects that it relied on."""
    ended = (
        await ObjectLink.update({ObjectLink.ended_on: on})
        .where(((ObjectLink.source == target.id) | (ObjectLink.target == target.id)) & ObjectLink.ended_on.is_null())
        .returning(ObjectLink.source, ObjectLink.target)
    )
    made.with_(links_ended=len(ended))
    return {link["target"] for link in ended if link["source"] == target.id}


def check_ends(source: ObjectDetail, target: ObjectDetail) -> None:
    """Refuse a link of an object to itself, to another office, or to what is no longer there."""
    if source.id == target.id:
        raise Refused(N_("Ein Zielobjekt kann nicht mit sich selbst verknüpft werden."))
    if source.institution != target.institution:
        raise Refused(N_("Beide Zielobjekte müssen zum selben Amt gehören."))
    if source.ended_on or target.ended_on:
        raise Refused(N_("Eines der Zielobjekte gehört nicht mehr zur Struktur."))


async def _refuse_a_second(source: ObjectDetail, kind: LinkKind, target: ObjectDetail) -> None:
    if await ObjectLink.exists().where(
        (ObjectLink.source == source.id)
        & (ObjectLink.kind == kind)
        & (ObjectLink.target == target.id)
        & ObjectLink.ended_on.is_null()
    ):
        raise Refused(
            N_("Diese Verknüpfung gibt es schon: „{source}“ {kind} „{target}“."),
            source=source.name,
            kind=kind,
            target=target.name,
        )
