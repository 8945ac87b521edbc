"""What is due about erasure and disposal: to check, to approve, to bring out of the house, to ask a provider for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from assets.queries.consignments import late_manifests
from assets.queries.disposals import lying_longest, unchecked, waiting
from assets.rules.permissions import May
from isms.area import Duty
from isms.people import Actor, Someone
from isms.rules.texts import N_

AHEAD = timedelta(days=7)


async def approvals(for_: Someone, *, seen_by: Actor, on: date) -> Sequence[Duty]:
    """For those who approve: what waits for them. Their own requests wait for others."""
    if for_.id != seen_by.id or not seen_by.may(May.APPROVE_DISPOSAL):
        return ()
    return [
        Duty(
            N_("Über die Entsorgung von {thing} entscheiden"),
            f"{one.home}/disposal-verdict",
            one.due_on,
            values={"thing": one.title},
        )
        for one in await waiting(May.APPROVE_DISPOSAL, seen_by=seen_by, limit=20)
        if one.requested_by != seen_by.id
    ]


async def checks(for_: Someone, *, seen_by: Actor, on: date) -> Sequence[Duty]:
    """For second persons: what others erased."""
    if for_.id != seen_by.id or not seen_by.may(May.VERIFY_ERASURE):
        return ()
    return [
        Duty(
            N_("Löschung von {medium} prüfen"),
            f"/media/{one.medium}/checks/new",
            one.due_on,
            values={"medium": one.title},
        )
        for one in await unchecked(seen_by=seen_by)
    ]


async def left_lying(for_: Someone, *, seen_by: Actor, on: date) -> Sequence[Duty]:
    """For IT: what is out of use and soon lies too long without an approved dossier."""
    if for_.id != seen_by.id or not seen_by.may(May.ERASE):
        return ()
    return [
        Duty(
            N_("{device} ist ausgesondert: Löschung und Freigabe fehlen"),
            f"/devices/{one.id}/dossier",
            one.due_on,
            values={"device": one.title},
        )
        for one in await lying_longest(May.ERASE, seen_by=seen_by, until=on + AHEAD, limit=20)
    ]


async def certificates(for_: Someone, *, seen_by: Actor, on: date) -> Sequence[Duty]:
    """For IT: which provider still owes a proof of destruction."""
    if for_.id != seen_by.id or not seen_by.may(May.ERASE):
        return ()
    return [
        Duty(
            N_("Vernichtungsnachweis für {container} von {provider} fehlt"),
            f"/consignments/{one.consignment.id}",
            one.consignment.due_on,
            values={"container": one.consignment.container, "provider": one.consignment.provider},
        )
        for one in await late_manifests(seen_by=seen_by, on=on)
    ]
