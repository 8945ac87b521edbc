"""The way of a risk from being recorded to being closed, as data that refuses steps and draws buttons."""

from collections.abc import Mapping

from isms.rules.errors import Refused
from isms.rules.terms import Term
from isms.rules.texts import N_


class Stage(Term):
    RECORDED = "recorded", N_("erfasst")
    VALUED = "valued", N_("bewertet")
    TREATED = "treated", N_("in Behandlung")
    ACCEPTED = "accepted", N_("übernommen")
    CLOSED = "closed", N_("geschlossen")


class Step(Term):
    VALUE = "value", N_("Bewerten")
    TREAT = "treat", N_("Behandeln")
    ACCEPT = "accept", N_("Restrisiko übernehmen")
    REVIEW = "review", N_("Überprüfen")
    CLOSE = "close", N_("Schließen")
    REOPEN = "reopen", N_("Wieder öffnen")


# A new valuation or treatment ends an acceptance: the head took over what was known then.
STEPS: Mapping[Step, Mapping[Stage, Stage]] = {
    Step.VALUE: {
        Stage.RECORDED: Stage.VALUED,
        Stage.VALUED: Stage.VALUED,
        Stage.TREATED: Stage.TREATED,
        Stage.ACCEPTED: Stage.TREATED,
    },
    Step.TREAT: {
        Stage.VALUED: Stage.TREATED,
        Stage.TREATED: Stage.TREATED,
        Stage.ACCEPTED: Stage.TREATED,
    },
    Step.ACCEPT: {Stage.TREATED: Stage.ACCEPTED, Stage.ACCEPTED: Stage.ACCEPTED},
    Step.REVIEW: {
        Stage.RECORDED: Stage.RECORDED,
        Stage.VALUED: Stage.VALUED,
        Stage.TREATED: Stage.TREATED,
        Stage.ACCEPTED: Stage.ACCEPTED,
    },
    Step.CLOSE: {Stage.TREATED: Stage.CLOSED, Stage.ACCEPTED: Stage.CLOSED},
    Step.REOPEN: {Stage.CLOSED: Stage.VALUED},
}


def stage_after(step: Step, stage: Stage) -> Stage:
    """Where the step leads from here; refused where the risk's way does not allow it."""
    try:
        return STEPS[step][stage]
    except KeyError:
        raise Refused(
            N_("„{step}“ geht nicht: Das Risiko ist {stage}. Möglich ist: {ways_on}."),
            step=step,
            stage=stage,
            ways_on=open_steps(stage),
        ) from None


def open_steps(stage: Stage) -> tuple[Step, ...]:
    """What may happen next. The page offers exactly these."""
    return tuple(step for step, moves in STEPS.items() if stage in moves)
