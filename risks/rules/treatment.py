"""What an office can do about a risk, and what it has to say for it (BSI 200-3, section 6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from isms.rules.calendar import months_later
from isms.rules.errors import Complaint, Incomplete, Refused
from isms.rules.terms import Term
from isms.rules.texts import N_
from risks.rules.levels import RiskLevel, State
from risks.rules.lifecycle import Stage


class Treatment(Term):
    AVOID = "avoid", N_("vermeiden")
    REDUCE = "reduce", N_("reduzieren")
    TRANSFER = "transfer", N_("übertragen")
    ACCEPT = "accept", N_("akzeptieren")


@dataclass(frozen=True)
class Decision:
    """A treatment as somebody decides on it."""

    treatment: Treatment
    reason: str
    contract: str = ""


def check_treatment(decision: Decision, measures: int) -> None:
    """Every treatment has a reason; reducing names a measure, transferring the contract."""
    complaints: dict[str, Complaint | str] = {}
    if not decision.reason.strip():
        complaints["reason"] = N_("Begründen Sie die Behandlung, zum Beispiel: „Eine zweite Leitung ist bestellt.“")
    if decision.treatment is Treatment.REDUCE and not measures:
        complaints["measure"] = N_("Nennen Sie eine Maßnahme, die das Risiko reduziert.")
    if decision.treatment is Treatment.TRANSFER and not decision.contract.strip():
        complaints["contract"] = N_("Nennen Sie den Vertrag, mit dem das Risiko übertragen wird.")
    if complaints:
        raise Incomplete(complaints)


@dataclass(frozen=True)
class Takeover:
    """Somebody wants to take over what is left of a risk."""

    by: int
    is_head: bool
    reason: str
    until: date | None
    on: date


@dataclass(frozen=True)
class Remainder:
    """What is left of a risk: its level after treatment, who worked on it, which basic requirements stay open."""

    level: RiskLevel
    owner: int
    authors: frozenset[int]
    open_basics: Sequence[str] = ()


LONGEST_ACCEPTANCE_YEARS = 3


def check_acceptance(takeover: Takeover, remainder: Remainder) -> date:
    """By the head, by nobody who owns or worked on the risk, with a reason and an end (R-SIGN, R-EXP, R-BASIS).

    Answers with the last day of the acceptance.
    """
    _check_signature(takeover, remainder)
    if remainder.open_basics:
        raise Refused(
            N_("Dieses Risiko kann niemand übernehmen: Die Basis-Anforderung {requirement} ist nicht erfüllt."),
            requirement=remainder.open_basics[0],
        )
    return _checked_terms(takeover)


def _check_signature(takeover: Takeover, remainder: Remainder) -> None:
    if not takeover.is_head:
        raise Refused(N_("Das Restrisiko übernimmt die Leitung. Bitten Sie sie um die Entscheidung."))
    if takeover.by == remainder.owner:
        raise Refused(
            N_(
                "Vier Augen sind nötig: Wer das Risiko verantwortet, kann es nicht selbst übernehmen. "
                "Tragen Sie eine andere verantwortliche Person ein, oder lassen Sie eine andere Leitung entscheiden."
            )
        )
    if takeover.by in remainder.authors:
        raise Refused(
            N_(
                "Vier Augen sind nötig: Wer das Risiko bewertet oder behandelt hat, kann es nicht selbst übernehmen. "
                "Lassen Sie eine andere Leitung entscheiden."
            )
        )


def _checked_terms(takeover: Takeover) -> date:
    complaints: dict[str, Complaint | str] = {}
    if not takeover.reason.strip():
        complaints["reason"] = N_("Begründen Sie, warum das Restrisiko tragbar ist.")
    if takeover.until is None:
        complaints["until"] = N_("Nennen Sie den Tag, bis zu dem die Übernahme gilt, zum Beispiel 31.12.2027.")
    elif takeover.until <= takeover.on:
        complaints["until"] = N_("Die Übernahme muss in der Zukunft enden.")
    elif takeover.until > latest_end(takeover.on):
        complaints["until"] = Complaint(
            N_("Eine Übernahme gilt höchstens {years} Jahre."), {"years": LONGEST_ACCEPTANCE_YEARS}
        )
    if complaints or takeover.until is None:
        raise Incomplete(complaints)
    return takeover.until


def latest_end(on: date) -> date:
    """The last day that an acceptance of today may name."""
    return months_later(on, 12 * LONGEST_ACCEPTANCE_YEARS)


def needs_signature(level: RiskLevel) -> bool:
    """From medium on, only the head's decision closes a risk (R-SIGN)."""
    return level >= RiskLevel.MEDIUM


@dataclass(frozen=True)
class Settlement:
    """How things stand when somebody wants to close a risk."""

    level: RiskLevel
    avoided: bool
    open_measures: int
    accepted_until: date | None


def check_closing(settlement: Settlement, on: date) -> None:
    """A risk is closed when nothing is left to do and it is avoided, low, or taken over by the head for today."""
    if settlement.open_measures:
        raise Refused(
            N_("„Schließen“ geht nicht: Es sind noch Maßnahmen offen ({count}). Geplantes zählt nicht als vorhanden."),
            count=settlement.open_measures,
        )
    if settlement.avoided or not needs_signature(settlement.level):
        return
    if settlement.accepted_until is None or settlement.accepted_until < on:
        raise Refused(
            N_(
                "„Schließen“ geht nicht: Das Restrisiko ist {level}, und die Leitung hat es nicht übernommen. "
                "Bitten Sie die Leitung um die Entscheidung, oder behandeln Sie das Risiko weiter."
            ),
            level=settlement.level,
        )


def nothing_valued() -> Refused:
    """Why nobody can decide yet: what is only planned never counts as present."""
    return Refused(
        N_("Noch hat niemand bewertet, was nach der Behandlung bleibt. Bewerten Sie zuerst den Zustand „{state}“."),
        state=State.TREATED,
    )


def check_state(state: State, stage: Stage, reason: str) -> None:
    """What remains after the treatment can be valued once there is one; every valuation says why."""
    if state is State.TREATED and stage not in {Stage.TREATED, Stage.ACCEPTED}:
        raise Refused(
            N_("„{state}“ lässt sich erst bewerten, wenn das Risiko behandelt ist. Möglich ist: {ways_on}."),
            state=state,
            ways_on=(State.WITHOUT, State.EXISTING),
        )
    if not reason.strip():
        raise Incomplete({"reason": N_("Begründen Sie die Bewertung, zum Beispiel mit Erfahrungen oder Zahlen.")})


def check_review(note: str, next_on: date, on: date) -> None:
    """A review says what was found and when somebody looks again: within a year (BSI 200-3, section 8)."""
    complaints: dict[str, Complaint | str] = {}
    if not note.strip():
        complaints["note"] = N_("Schreiben Sie, was die Überprüfung ergab, zum Beispiel: „Unverändert.“")
    if not on < next_on <= months_later(on, 12):
        complaints["next_on"] = N_("Nennen Sie einen Tag nach heute, spätestens heute in einem Jahr.")
    if complaints:
        raise Incomplete(complaints)
