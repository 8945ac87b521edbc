"""One step of one device: asks the rule, notices who was faster, and leaves rows for later days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from assets.queries.devices import DeviceDetail
from assets.queries.disposal import check_dossier
from assets.rules.lifecycle import Demand, Product, Stage, Step, check_day
from assets.rules.steps import demands, ends_handover, right_for, rule_of, stage_after
from assets.tables import Device, Handover, Sighting, StageChange
from isms.audit import Change, change
from isms.commands.files import attach
from isms.db.reading import value
from isms.db.writing import insert
from isms.files import KeptFile
from isms.people import Actor, Someone, unit
from isms.permissions import May as Ground
from isms.rules.errors import Complaint, Incomplete, Refused, Stale
from isms.rules.texts import N_

ACTIONS: Mapping[Step, str] = {
    Step.APPROVE: "device.approved",
    Step.REJECT: "device.rejected",
    Step.ORDER: "device.ordered",
    Step.CANCEL: "device.cancelled",
    Step.DELIVER: "device.delivered",
    Step.RECEIVE: "device.received",
    Step.ISSUE: "device.issued",
    Step.INSTALL: "device.installed",
    Step.MOVE: "device.moved",
    Step.TAKE_BACK: "device.taken_back",
    Step.RESET: "device.reset",
    Step.REPAIR: "device.sent_to_repair",
    Step.REPORT_LOST: "device.reported_lost",
    Step.REPORT_STOLEN: "device.reported_stolen",
    Step.FIND: "device.found",
    Step.WRITE_OFF: "device.written_off",
    Step.RETIRE: "device.retired",
    Step.REUSE: "device.reused",
    Step.ERASE: "device.erased",
    Step.DISPOSE: "device.disposed",
    Step.SELL: "device.sold",
    Step.GIVE_BACK: "device.given_back",
    Step.DEREGISTER: "device.deregistered",
}

LACKING: Mapping[Demand, tuple[str, str]] = {
    Demand.HOLDER: ("holder", N_("Bitte wählen Sie, wer das Gerät bekommt.")),
    Demand.PLACE: ("place", N_("Bitte schreiben Sie, wo das Gerät steht, zum Beispiel „Raum 112“.")),
    Demand.REASON: ("reason", N_("Bitte schreiben Sie, warum.")),
    Demand.DOCUMENT: ("document", N_("Bitte fügen Sie den Beleg als Datei hinzu.")),
    Demand.RESET: ("is_reset", N_("Bitte bestätigen Sie: Das Gerät ist geprüft, alle Daten sind entfernt.")),
}
"""The field of the form in which a demand is met, and what to do about it."""


@dataclass(frozen=True)
class Given:
    """What came with a step: who gets the device and until when, where it stands, why, what proves it.

    `is_reset` says that the device was checked and that all data are gone from it.
    """

    holder: Someone | None = None
    due_back_on: date | None = None
    place: str = ""
    reason: str = ""
    document: KeptFile | None = None
    is_reset: bool = False


@dataclass(frozen=True)
class Taken:
    """What a step left: the handover that it began or ended, if one."""

    handover: int | None = None


async def advance(device: DeviceDetail, step: Step, given: Given, *, by: Actor, on: date) -> Taken:
    """Take a device one step further, unless someone else was faster. `device` is as the person saw it."""
    by.needs(right_for(step), at=device.path)
    after = stage_after(step, device.stage, device.ownership)
    _check_given(step, given)
    check_day(on, device.since, device.stage)
    _check_second_person(device, step, by)
    place = given.place.strip() or (await _workplace(given.holder) if given.holder else "")
    given = replace(given, place=place)
    async with change(ACTIONS[step], device, by=by, unit=device.unit, on=on.isoformat()) as made:
        made.with_(stage={"before": device.stage.value, "after": after.value}, **_details(given))
        await _advance(device, after, given.place)
        if demands(step) & {Demand.DOSSIER, Demand.MEDIA}:
            await check_dossier(device, step)  # before the step is noted: from then on older proofs count no more
        await _note_step(device, step, after, given, by=by, on=on)
        if given.document:
            home = await unit(device.unit, seen_by=by, asks=Ground.ATTACH)
            await attach(given.document, device.key, unit=home, by=by)
        if step is Step.ISSUE and given.holder:
            return Taken(await hold_device(made, device.id, given.holder, given, on=on))
        if ends_handover(step, device.ownership):
            return Taken(await _end_handover(made, device, by=by, on=on))
        return Taken()


async def _workplace(holder: Someone) -> str:
    """Where a device is that somebody got without a word about its place: where they work."""
    name = await value("SELECT u.name FROM person p JOIN unit u ON u.id = p.unit WHERE p.id = {}", holder.id)
    return str(name)


async def _advance(device: DeviceDetail, after: Stage, place: str) -> None:
    moved = (
        await Device.update({Device.stage: after, Device.place: place, Device.version: device.version + 1})
        .where((Device.id == device.id) & (Device.stage == device.stage) & (Device.version == device.version))
        .returning(Device.id)
    )
    if not moved:
        raise Stale


async def _note_step(device: DeviceDetail, step: Step, after: Stage, given: Given, *, by: Actor, on: date) -> None:
    await StageChange.insert(
        StageChange(
            device=device.id,
            step=step,
            stage=after,
            place=given.place,
            reason=given.reason,
            taken_on=on,
            taken_by=by.id,
        )
    )
    if Product.SIGHTING in rule_of(step).produces:
        await Sighting.insert(Sighting(device=device.id, seen_on=on, place=given.place, seen_by=by.id))


async def hold_device(made: Change, device: int, to: Someone, given: Given, *, on: date) -> int:
    """Note within an open change that somebody has a device from now on; answers with the handover's id."""
    return await insert(
        Handover,
        device=device,
        person=to.id,
        issued_on=on,
        issued_by=made.by.id,
        due_back_on=given.due_back_on,
        note=given.reason,
    )


async def _end_handover(made: Change, device: DeviceDetail, *, by: Actor, on: date) -> int | None:
    """What takes a device out of a person's hands ends their answering for it."""
    ended = (
        await Handover.update(
            {
                Handover.returned_on: on,
                Handover.taken_back_by: by.id,
                Handover.return_recorded_at: datetime.now(UTC),
            }
        )
        .where((Handover.device == device.id) & Handover.returned_on.is_null())
        .returning(Handover.id, Handover.person)
    )
    if not ended:
        return None
    made.with_(held_by=f"person:{ended[0]['person']}")
    return int(ended[0]["id"])


def _check_given(step: Step, given: Given) -> None:
    there = {
        Demand.HOLDER: given.holder is not None,
        Demand.PLACE: bool(given.place.strip()),
        Demand.REASON: bool(given.reason.strip()),
        Demand.DOCUMENT: given.document is not None,
        Demand.RESET: given.is_reset,
    }
    lacking = [demand for demand in demands(step) if not there.get(demand, True)]
    complaints: dict[str, Complaint | str] = dict(LACKING[demand] for demand in lacking)
    if given.due_back_on and step is not Step.ISSUE:
        complaints["due_back_on"] = N_("Eine Rückgabefrist gibt es nur bei der Ausgabe.")
    if complaints:
        raise Incomplete(complaints)


def _check_second_person(device: DeviceDetail, step: Step, by: Actor) -> None:
    if Demand.SECOND_PERSON in demands(step) and device.last_taken_by == by.id:
        raise Refused(N_("„{step}“ braucht eine zweite Person: Den Schritt davor haben Sie selbst gebucht."), step=step)


def _details(given: Given) -> dict[str, object]:
    details: dict[str, object] = {name: text for name in ("place", "reason") if (text := getattr(given, name))}
    if given.holder:
        details |= {"to": given.holder.name, "person": given.holder.key}
    if given.is_reset:
        details["is_reset"] = True
    if given.due_back_on:
        details["due_back_on"] = given.due_back_on.isoformat()
    return details
