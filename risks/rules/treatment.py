"""What an office can do about a risk, and what it has to say for it (BSI 200-3, section 6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from isms.rules.calendar import months_later
from isms.rules.errors import Complaint, Incomplete, Refused
from isms.rules.terms import Term
from isms.rules.texts import N_
from risks.rules.levels import RiskLevel


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


def check_acceptance(takeover: Takeover, remainder: Remainder) -> None:
    """By the head, by nobody who owns or worked on the risk, with a reason and an end (R-SIGN, R-EXP, R-BASIS)."""
    _check_signature(takeover, remainder)
    if remainder.open_basics:
        raise Refused(
            N_("Dieses Risiko kann niemand übernehmen: Die Basis-Anforderung {requirement} ist nicht erfüllt."),
            requirement=remainder.open_basics[0],
        )
    _check_terms(takeover)


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


def _check_terms(takeover: Takeover) -> None:
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
    if complaints:
        raise Incomplete(complaints)


def latest_end(on: date) -> date:
    """The last day that an acceptance of today may name."""
    return months_later(on, 12 * LONGEST_ACCEPTANCE_YEARS)


def needs_signature(level: RiskLevel) -> bool:
    """From medium on, only the head's decision closes a risk (R-SIGN)."""
    return level >= RiskLevel.MEDIUM


def check_closing(level: RiskLevel, avoided: bool, accepted_until: date | None, on: date) -> None:
    """A risk is closed when it is avoided, low, or taken over by the head for today."""
    if avoided or not needs_signature(level):
        return
    if accepted_until is None or accepted_until < on:
        raise Refused(
            N_(
                "„Schließen“ geht nicht: Das Restrisiko ist {level}, und die Leitung hat es nicht übernommen. "
                "Bitten Sie die Leitung um die Entscheidung, oder behandeln Sie das Risiko weiter."
            ),
            level=level,
        )
