"""The erasure and disposal dossier: what is proven of each medium, and what is missing before something may leave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assets.rules.erasure import ErasureLevel
from assets.rules.lifecycle import Stage, Step
from isms.rules.errors import Incomplete, Refused
from isms.rules.terms import Term
from isms.rules.texts import N_

APPROVAL_DAYS = 14
"""How long an approval may wait before the desk shows it as late."""
RETIRED_DAYS = 30
"""How long a device may lie retired without a dossier that allows it to leave."""
CERTIFICATE_DAYS = 28
"""How long a provider may take to send the certificate of destruction."""
IN_OTHER_HANDS = frozenset({Stage.ISSUED, Stage.INSTALLED, Stage.REGISTERED, Stage.IN_REPAIR})
"""Stages in which somebody works with a device or has it on the bench: what is erased then may be full again when it
comes back, and nobody would know."""


class MediumState(Term):
    """How far the proof for a medium is."""

    OPEN = "open", N_("noch nichts festgelegt")
    PLANNED = "planned", N_("Verfahren festgelegt, noch nicht gelöscht")
    ERASED = "erased", N_("gelöscht, noch nicht geprüft")
    FAILED = "failed", N_("Löschung misslungen, muss vernichtet werden")
    PROVEN = "proven", N_("gelöscht und geprüft")
    TO_HAND_OVER = "to_hand_over", N_("geht zur Vernichtung an einen Dienstleister")
    HANDED_OVER = "handed_over", N_("übergeben, Nachweis steht aus")
    DESTROYED = "destroyed", N_("vernichtet, Nachweis liegt vor")


SETTLED = frozenset({MediumState.PROVEN, MediumState.TO_HAND_OVER, MediumState.HANDED_OVER, MediumState.DESTROYED})
"""States in which somebody may be asked to approve the disposal."""
SAFE = frozenset({MediumState.PROVEN, MediumState.HANDED_OVER, MediumState.DESTROYED})
"""States in which a medium may leave the house: nothing readable is on it, or it left under seal."""
PROVEN = frozenset({MediumState.PROVEN, MediumState.DESTROYED})
"""States in which nothing is left to prove."""


class Verdict(Term):
    """What a second person decided about a disposal."""

    APPROVED = "approved", N_("freigegeben")
    REFUSED = "refused", N_("abgelehnt")
    WITHDRAWN = "withdrawn", N_("Freigabe zurückgenommen")


class DisposalWay(Term):
    """How something leaves the office for good."""

    RECYCLING = "recycling", N_("Verwertung als Altgerät")
    DESTRUCTION = "destruction", N_("Vernichtung durch einen Dienstleister")
    SALE = "sale", N_("Verkauf")
    GIFT = "gift", N_("Abgabe an eine andere Stelle")
    RETURN = "return", N_("Rückgabe an den Eigentümer, zum Beispiel Leasing")


WAYS: Mapping[Step, frozenset[DisposalWay]] = {
    Step.DISPOSE: frozenset({DisposalWay.RECYCLING, DisposalWay.DESTRUCTION, DisposalWay.GIFT}),
    Step.SELL: frozenset({DisposalWay.SALE}),
    Step.GIVE_BACK: frozenset({DisposalWay.RETURN}),
}
"""Which approved ways a step may take: what was approved for destruction is not sold."""


class Clearance(Term):
    """What was decided about the data before a device goes to somebody else for repair."""

    ERASED = "erased", N_("Die Datenträger sind gelöscht und geprüft.")
    REMOVED = "removed", N_("Die Datenträger sind ausgebaut und bleiben im Haus.")
    ENCRYPTED = "encrypted", N_("Die Datenträger sind verschlüsselt, der Schlüssel bleibt im Haus.")
    CONTRACT = "contract", N_("Die Werkstatt ist vertraglich gebunden (Auftragsverarbeitung).")
    NONE = "none", N_("Das Gerät hat keine Datenträger.")


@dataclass(frozen=True)
class LastErasure:
    """The latest erasure of a medium and what a second person found; `passed` is None until somebody looked."""

    level: ErasureLevel
    succeeded: bool
    passed: bool | None = None


@dataclass(frozen=True)
class MediumProof:
    """What counts for a medium today. `level` is what was decided, None before that; `by_provider` who destroys it."""

    level: ErasureLevel | None = None
    by_provider: bool = False
    last: LastErasure | None = None
    handed_over: bool = False
    certified: bool = False
    failed_before: bool = False


class Need(Term):
    """A point of the checklist, in the order in which they are dealt with."""

    MEDIA = "media", N_("Angabe, welche Datenträger vorhanden sind")
    ERASURE = "erasure", N_("Löschung und Prüfung jedes Datenträgers oder Entscheidung zur Vernichtung")
    LABELS = "labels", N_("Entfernen der Beschriftungen des Amtes")
    REQUEST = "request", N_("Antrag auf Freigabe")
    APPROVAL = "approval", N_("Freigabe durch eine zweite Person")
    HANDOVER = "handover", N_("Übergabe des zu Vernichtenden unter Siegel")


@dataclass(frozen=True)
class Dossier:
    """What the checklist is drawn from. `mediumless` means that two people state that there is no medium.

    `requested` and `approved` count only while the file is the one that was asked about.
    """

    media: Sequence[MediumState] = ()
    mediumless: bool = False
    labels_removed: bool = False
    requested: bool = False
    approved: bool = False


@dataclass(frozen=True)
class Point:
    need: Need
    is_done: bool


def state_of(proof: MediumProof) -> MediumState:
    """A failed erasure, or one that a second person did not confirm, leaves only destruction."""
    if proof.certified:
        return MediumState.DESTROYED
    if proof.handed_over:
        return MediumState.HANDED_OVER
    if proof.level is None:
        return MediumState.FAILED if proof.failed_before else MediumState.OPEN
    if proof.level is ErasureLevel.DESTROY and proof.by_provider:
        return MediumState.TO_HAND_OVER
    return _erased(proof, proof.level)


def checklist(dossier: Dossier) -> list[Point]:
    """All points in order. The handover is one only where something goes to a provider."""
    known = bool(dossier.media) or dossier.mediumless
    points = [
        Point(Need.MEDIA, known),
        Point(Need.ERASURE, known and all(state in SETTLED for state in dossier.media)),
        Point(Need.LABELS, dossier.labels_removed),
        Point(Need.REQUEST, dossier.requested),
        Point(Need.APPROVAL, dossier.approved),
    ]
    if any(state in SETTLED - {MediumState.PROVEN} for state in dossier.media):
        points.append(Point(Need.HANDOVER, all(state in SAFE for state in dossier.media)))
    return points


def missing(dossier: Dossier) -> list[Need]:
    """What is not done yet, in order."""
    return [point.need for point in checklist(dossier) if not point.is_done]


def may_be_requested(dossier: Dossier) -> bool:
    """Whether everything is there that a second person is asked to approve."""
    return not {Need.MEDIA, Need.ERASURE, Need.LABELS} & set(missing(dossier))


def check_leaving(dossier: Dossier) -> None:
    """Refuse to let something leave the house while a point is open (ASST.7.3, ASST.7.6, ASST.7.7)."""
    if lacking := missing(dossier):
        raise Refused(N_("So darf es das Haus nicht verlassen. Es fehlt: {lacking}"), lacking=tuple(lacking))


def check_way(step: Step, way: DisposalWay) -> None:
    """Refuse a step that leads elsewhere than what was approved."""
    if way not in WAYS[step]:
        raise Refused(N_("„{step}“ geht nicht: Freigegeben ist „{way}“."), step=step, way=way)


def check_erased(dossier: Dossier) -> None:
    """Refuse to call something erased while data may be on it."""
    if not dossier.media and not dossier.mediumless:
        raise Refused(N_("Es steht nicht fest, welche Datenträger es hat. Erfassen Sie sie zuerst."))
    if not all(state in PROVEN for state in dossier.media):
        raise Refused(N_("Noch sind nicht alle Datenträger gelöscht und geprüft. Was fehlt, zeigt die Akte."))


def check_other_person(person: int, *others: int) -> None:
    """Four eyes: refuse somebody who is one of the others."""
    if person in others:
        raise Refused(
            N_("Das braucht eine zweite Person: Sie waren an dieser Löschung oder diesem Antrag schon beteiligt.")
        )


def check_at_hand(stage: Stage | None) -> None:
    """Refuse to work on the dossier of a device that somebody has; `stage` is None for a medium on its own."""
    if stage in IN_OTHER_HANDS:
        raise Refused(
            N_("Das Gerät ist {stage}. Gelöscht wird, was niemand mehr benutzt: Nehmen Sie es zuerst zurück."),
            stage=stage,
        )


def check_clearance(clearance: Clearance, media: Sequence[tuple[MediumState, bool | None]], reason: str) -> None:
    """Refuse a decision about the data of a device that goes to a workshop and is not true of it.

    `media` are the media recorded in the device: how far each is proven, and whether it is known to be encrypted.
    Raises Incomplete without a reason where one is needed.
    """
    if clearance in (Clearance.REMOVED, Clearance.NONE) and media:
        raise Refused(N_("Es sind noch Datenträger im Gerät erfasst. Buchen Sie zuerst ihren Ausbau."))
    if clearance in (Clearance.ERASED, Clearance.ENCRYPTED) and not media:
        raise Refused(N_("Für das Gerät ist kein Datenträger erfasst. Erfassen Sie ihn zuerst."))
    if clearance is Clearance.ERASED and any(state is not MediumState.PROVEN for state, _ in media):
        raise Refused(N_("Noch sind nicht alle Datenträger gelöscht und geprüft."))
    if clearance is Clearance.ENCRYPTED and not all(encrypted for _, encrypted in media):
        raise Refused(N_("Nicht von jedem Datenträger ist bekannt, dass er verschlüsselt ist."))
    if clearance is Clearance.CONTRACT and not reason.strip():
        raise Incomplete({"reason": N_("Bitte nennen Sie den Vertrag, zum Beispiel mit Aktenzeichen.")})


def _erased(proof: MediumProof, level: ErasureLevel) -> MediumState:
    last = proof.last
    if last is not None and (not last.succeeded or last.passed is False):
        return MediumState.FAILED
    if last is None or last.level < level:
        return MediumState.PLANNED
    return MediumState.PROVEN if last.passed else MediumState.ERASED
