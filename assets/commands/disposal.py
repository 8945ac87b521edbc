"""Leaving the house: no medium, labels off, asked for, approved by a second person, or cleared for repair."""

from __future__ import annotations

from datetime import date

from assets.queries.devices import DeviceDetail
from assets.queries.dossiers import Subject, dossier_of, fresh
from assets.rules.dossier import (
    Clearance,
    DisposalWay,
    Verdict,
    check_at_hand,
    check_clearance,
    check_other_person,
)
from assets.rules.permissions import May
from assets.tables import DisposalRequest, DisposalVerdict, LabelRemoval, MediumlessStatement, RepairClearance
from isms.audit import change
from isms.db import hold
from isms.db.writing import insert
from isms.people import Actor
from isms.rules.errors import Incomplete, Refused, Stale
from isms.rules.texts import N_

GONE = N_("Die Akte ist abgeschlossen: Es hat das Haus schon verlassen.")
CHANGED = N_("Die Akte hat sich geändert, seit Sie sie gelesen haben. Bitte lesen Sie sie noch einmal.")
ACTIONS = {
    Verdict.APPROVED: "disposal.approved",
    Verdict.REFUSED: "disposal.refused",
    Verdict.WITHDRAWN: "disposal.withdrawn",
}


async def state_mediumless(subject: Subject, *, reason: str, by: Actor, on: date) -> None:
    """State that a device holds no data; it counts once a second person states the same."""
    by.needs(May.ERASE, at=subject.path)
    if subject.device is None:
        raise Refused(N_("Ein Datenträger ist ein Datenträger. Ohne kann nur ein Gerät sein."))
    if not reason.strip():
        raise Incomplete({"reason": N_("Bitte schreiben Sie, woran das zu sehen ist, zum Beispiel „Monitor“.")})
    async with change("device.stated_mediumless", subject.device, by=by, unit=subject.unit, reason=reason):
        now = await _held(subject)
        if now.media:
            raise Refused(N_("Für das Gerät sind Datenträger erfasst. Bauen Sie sie aus, oder löschen Sie sie."))
        await insert(MediumlessStatement, device=subject.device.id, reason=reason, stated_on=on, stated_by=by.id)


async def confirm_mediumless(subject: Subject, *, by: Actor, on: date) -> None:
    """Look as a second person and state the same."""
    by.needs(May.VERIFY_ERASURE, at=subject.path)
    async with change("device.confirmed_mediumless", subject.key, by=by, unit=subject.unit):
        now = await _held(subject)
        first = now.unconfirmed
        if first is None or now.media:
            raise Refused(N_("Dazu ist nichts zu bestätigen."))
        check_other_person(by.id, first.stated_by)
        await insert(
            MediumlessStatement,
            device=first.device,
            reason=first.reason,
            stated_on=on,
            stated_by=by.id,
            confirms=first.id,
        )


async def remove_labels(subject: Subject, *, note: str, by: Actor, on: date) -> None:
    """Note that everything is off that names the office: stickers, engravings, names in the settings (ASST.7.7)."""
    by.needs(May.ERASE, at=subject.path)
    async with change("disposal.labels_removed", subject.key, by=by, unit=subject.unit, note=note, on=on.isoformat()):
        await _held(subject)
        await insert(LabelRemoval, **_about(subject), removed_on=on, removed_by=by.id, note=note)


async def request_disposal(
    subject: Subject, way: DisposalWay, *, recipient: str, note: str, by: Actor, on: date
) -> None:
    """Ask a second person to let something go; what they will be asked about is the file as it is now."""
    by.needs(May.ERASE, at=subject.path)
    if not recipient.strip():
        raise Incomplete({"recipient": N_("Bitte schreiben Sie, wer es bekommt, zum Beispiel den Entsorger.")})
    async with change("disposal.requested", subject.key, by=by, unit=subject.unit, recipient=recipient) as made:
        now = await _held(subject)
        if not now.may_be_requested:
            raise Refused(N_("Die Akte ist noch nicht so weit. Was fehlt, zeigt die Liste."))
        if now.waits or now.is_approved:
            raise Refused(N_("Die Freigabe ist schon beantragt."))
        asked = {"recipient": recipient.strip(), "note": note, "sha256": now.sha256}
        await insert(DisposalRequest, **_about(subject), way=way, **asked, requested_on=on, requested_by=by.id)
        made.with_(way=way.value, sha256=now.sha256)


async def decide_disposal(subject: Subject, verdict: Verdict, *, reason: str, seen: str, by: Actor, on: date) -> None:
    """Approve or refuse as a second person (ASST.7.6), or withdraw an approval before the thing has left.

    `seen` is `as_read` of the file that the person read: another request, or another file, has to be read anew.
    """
    by.needs(May.APPROVE_DISPOSAL, at=subject.path)
    if verdict is not Verdict.APPROVED and not reason.strip():
        raise Incomplete({"reason": N_("Bitte schreiben Sie, warum.")})
    async with change(ACTIONS[verdict], subject.key, by=by, unit=subject.unit, reason=reason) as made:
        now = await _held(subject)
        if now.as_read != seen:
            raise Stale(CHANGED)
        made.with_(sha256=now.sha256)
        await _check_verdict(now, verdict, by)
        asked = now.request
        said = {"verdict": verdict, "reason": reason, "decided_on": on, "decided_by": by.id}
        await insert(DisposalVerdict, request=asked.id if asked else 0, **said)


async def clear_for_repair(
    device: DeviceDetail, clearance: Clearance, *, provider: str, reason: str, by: Actor, on: date
) -> None:
    """Decide what becomes of the data before a device goes to somebody else for repair, or say that it holds none."""
    by.needs(May.ERASE, at=device.path)
    if not provider.strip():
        raise Incomplete({"provider": N_("Bitte schreiben Sie, wer das Gerät repariert.")})
    async with change("device.cleared_for_repair", device, by=by, unit=device.unit, provider=provider) as made:
        subject = await _open(await dossier_of(device))
        check_clearance(clearance, subject.media_at_stake, reason)
        facts = {"provider": provider.strip(), "reason": reason, "decided_on": on, "decided_by": by.id}
        await insert(RepairClearance, device=device.id, clearance=clearance, **facts)
        made.with_(clearance=clearance.value, reason=reason, on=on.isoformat())


async def _held(subject: Subject) -> Subject:
    """The file as it is now, for as long as this change lasts. Refused while somebody has the device."""
    now = await _open(subject)
    check_at_hand(now.stage)
    return now


async def _open(subject: Subject) -> Subject:
    await hold(subject.lock)
    now = await fresh(subject)
    if now.has_left:
        raise Refused(GONE)
    return now


async def _check_verdict(now: Subject, verdict: Verdict, by: Actor) -> None:
    if verdict is Verdict.WITHDRAWN:
        if not now.is_approved:
            raise Refused(N_("Es gibt keine Freigabe, die Sie zurücknehmen könnten."))
        return
    if not now.waits:
        raise Stale(N_("Über diesen Antrag ist schon entschieden, oder die Akte hat sich seither geändert."))
    check_other_person(by.id, *now.involved)


def _about(subject: Subject) -> dict[str, int | None]:
    return {
        "device": subject.device.id if subject.device else None,
        "medium": subject.alone.id if subject.alone else None,
    }
