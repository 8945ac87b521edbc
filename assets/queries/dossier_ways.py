"""What somebody can do next about a dossier: from the rule and the right, as buttons beside the points they settle."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assets.queries.dossiers import Subject
from assets.queries.medium_files import MediumDossier
from assets.rules.dossier import IN_OTHER_HANDS, MediumState, Need, Verdict
from assets.rules.permissions import May
from isms.people import Actor
from isms.rules.texts import N_


@dataclass(frozen=True)
class Way:
    """A button: a link, or with `posts` something that happens at once."""

    label: str
    href: str
    about: str = ""
    posts: bool = False


def home(subject: Subject) -> str:
    """The address of what a dossier is about."""
    return f"/devices/{subject.device.id}" if subject.device else f"/media/{subject.thing.id}"


def ways_of(subject: Subject, user: Actor) -> Mapping[Need, list[Way]]:
    """The next steps, point by point; none while somebody has the device."""
    if subject.has_left or subject.in_other_hands:
        return {}
    return {
        Need.MEDIA: _known(subject, user),
        Need.ERASURE: [way for one in subject.media if (way := way_on(one, user))],
        Need.LABELS: _erasing(subject, user, LABELS) if not subject.labels else [],
        Need.REQUEST: _erasing(subject, user, REQUEST) if subject.may_be_requested and not _asked(subject) else [],
        Need.APPROVAL: _decided(subject, user),
        Need.HANDOVER: [Way(HAND_OVER, "/consignments/new")] if subject.is_approved and user.may(May.ERASE) else [],
    }


def way_on(one: MediumDossier, user: Actor) -> Way | None:
    """The next step for one medium."""
    found = MEDIUM_STEPS.get(one.state)
    if one.medium.device_stage in IN_OTHER_HANDS:
        return None
    if found is None or not user.may(found[0], at=one.medium.path):
        return None
    if one.state is MediumState.ERASED and one.last and one.last.operator == user.id:
        return None
    return Way(found[1], f"/media/{one.medium.id}/{found[2]}", one.medium.mark)


MEDIUM_STEPS = {
    MediumState.OPEN: (May.ERASE, N_("Verfahren festlegen"), "plan"),
    MediumState.FAILED: (May.ERASE, N_("Vernichtung festlegen"), "plan"),
    MediumState.PLANNED: (May.ERASE, N_("Löschung eintragen"), "erasures/new"),
    MediumState.ERASED: (May.VERIFY_ERASURE, N_("Löschung prüfen"), "checks/new"),
}
LABELS = (N_("Beschriftungen entfernt"), "labels")
REQUEST = (N_("Freigabe beantragen"), "disposal-request")
HAND_OVER = N_("Sammelübergabe machen")


def _known(subject: Subject, user: Actor) -> list[Way]:
    if subject.device is None or subject.media or subject.mediumless:
        return []
    at, ways = subject.path, []
    if user.may(May.KEEP_MEDIA, at=at):
        ways.append(Way(N_("Datenträger aufnehmen"), f"/media/new?device={subject.device.id}"))
    first = subject.unconfirmed
    if first is None and user.may(May.ERASE, at=at):
        ways.append(Way(N_("Hat keinen Datenträger"), f"{home(subject)}/mediumless"))
    if first and first.stated_by != user.id and user.may(May.VERIFY_ERASURE, at=at):
        ways.append(Way(N_("Bestätigen: hat keinen"), f"{home(subject)}/mediumless/confirmation", posts=True))
    return ways


def _decided(subject: Subject, user: Actor) -> list[Way]:
    if not user.may(May.APPROVE_DISPOSAL, at=subject.path):
        return []
    href = f"{home(subject)}/disposal-verdict"
    if subject.waits and user.id not in subject.involved:
        return [Way(N_("Über die Freigabe entscheiden"), href)]
    return [Way(N_("Freigabe zurücknehmen"), href)] if subject.is_approved else []


def _asked(subject: Subject) -> bool:
    refused = subject.verdict is not None and subject.verdict.verdict is not Verdict.APPROVED
    return subject.is_unchanged and not refused


def _erasing(subject: Subject, user: Actor, way: tuple[str, str]) -> list[Way]:
    return [Way(way[0], f"{home(subject)}/{way[1]}")] if user.may(May.ERASE, at=subject.path) else []
