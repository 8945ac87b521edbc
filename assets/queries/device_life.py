"""Everything that happened to a device, in order: each source of events is one line of EVENTS."""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Protocol

from assets.queries.devices import DeviceDetail
from assets.queries.life_erasures import disposals, erasures
from assets.queries.life_sources import Event, EventKind, facts, handovers, maintenance, media, sightings, stages
from assets.rules.permissions import May
from isms.people import Actor
from isms.rules.packages import pseudonym
from isms.veil import veil


class AskEvents(Protocol):
    """All that one source knows to have happened to a device; who may read names is settled afterwards."""

    def __call__(self, device: int) -> Awaitable[Sequence[Event]]: ...


EVENTS: Sequence[AskEvents] = (stages, handovers, sightings, media, maintenance, facts, erasures, disposals)


async def life(device: DeviceDetail, *, seen_by: Actor, secret: bytes) -> list[Event]:
    """From the first day to the last. Raises Forbidden for whoever may only see the device while they hold it."""
    seen_by.needs(May.VIEW_DEVICES, at=device.path)
    found = [event for ask in EVENTS for event in await ask(device.id)]
    ordered = sorted(found, key=lambda one: (one.on, one.at, one.kind is not EventKind.STEP))
    if seen_by.may(May.NAME_HOLDERS, at=device.path):
        return ordered
    return await _veiled(ordered, seen_by, secret)


async def _veiled(events: list[Event], reader: Actor, secret: bytes) -> list[Event]:
    """Holders under a pseudonym; whoever acted under their name, unless they are an employee or a holder themselves."""
    key = hmac.new(secret, f"lives of devices before {reader.key}".encode(), sha256).digest()
    holders = {event.person for event in events if event.person}
    hidden = await veil({event.who for event in events}, seen_by=reader, secret=secret)

    def name(text: str, always: bool) -> str:
        return pseudonym(text, key) if text and (always or text in holders or text in hidden.hidden) else text

    return [
        replace(one, person=name(one.person, True), who=name(one.who, False), note="" if one.is_free else one.note)
        for one in events
    ]


@dataclass(frozen=True)
class Spell:
    """What held for a while: a stage, or somebody who had the device."""

    since: date
    until: date | None
    label: str | object


def stages_of(events: Sequence[Event]) -> list[Spell]:
    """The stages one after the other."""
    steps = [event for event in events if event.stage is not None]
    following: list[Event | None] = [*steps[1:], None]
    return [
        Spell(step.on, after.on if after else None, step.stage) for step, after in zip(steps, following, strict=True)
    ]


def holders_of(events: Sequence[Event]) -> list[Spell]:
    """Who had it, from the day it was handed out until the day it came back."""
    given = [event for event in events if event.kind is EventKind.ISSUED]
    back = {event.of: event.on for event in events if event.kind is EventKind.RETURNED}
    return [Spell(event.on, back.get(event.of), event.person) for event in given]
