"""Steps in the life of a device, with the papers that some of them leave."""

from __future__ import annotations

from datetime import date

from assets.commands.advancing import Given, advance
from assets.commands.handovers import Handing, hand_over, take_in
from assets.commands.protocols import Piece
from assets.queries.devices import DeviceDetail
from assets.rules.lifecycle import Product, Step
from assets.rules.steps import rule_of
from isms.people import Actor, Someone

__all__ = ["Given", "issue", "retire", "take", "take_back"]


async def take(device: DeviceDetail, step: Step, given: Given, *, by: Actor, on: date) -> int | None:
    """Take a device one step further, unless someone else was faster. `device` is as the person saw it.

    Answers with the id of the protocol where the step leaves one.
    """
    produces = rule_of(step).produces
    if Product.HANDOVER in produces and given.holder:
        handing = Handing(due_back_on=given.due_back_on, place=given.place, note=given.reason)
        return await hand_over([Piece(device)], given.holder, handing, by=by, on=on)
    if Product.RECEIPT in produces and device.holder:
        return await take_in([Piece(device)], step, given, by=by, on=on)
    await advance(device, step, given, by=by, on=on)
    return None


async def issue(
    device: DeviceDetail, to: Someone, *, by: Actor, on: date, due_back_on: date | None = None, note: str = ""
) -> int | None:
    """Hand a device to a person, who answers for it until it comes back."""
    return await take(device, Step.ISSUE, Given(holder=to, due_back_on=due_back_on, reason=note), by=by, on=on)


async def take_back(device: DeviceDetail, *, by: Actor, on: date, place: str = "", note: str = "") -> int | None:
    """Take a device back; it is checked before it goes into stock."""
    return await take(device, Step.TAKE_BACK, Given(place=place, reason=note), by=by, on=on)


async def retire(device: DeviceDetail, *, reason: str, by: Actor, on: date) -> None:
    """Take a device out of use; it stays in the house until it is disposed of."""
    await advance(device, Step.RETIRE, Given(reason=reason, place=device.place), by=by, on=on)
