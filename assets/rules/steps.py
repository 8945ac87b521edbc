"""The steps of a device as data: who may take each, from where to where, what it demands and what it leaves behind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from assets.rules.lifecycle import Demand, Ownership, Product, Stage, Step
from assets.rules.permissions import May
from isms.rules.errors import Refused
from isms.rules.texts import N_

OURS = frozenset({Ownership.OFFICE, Ownership.LEASED})
KEPT = (Stage.DELIVERED, Stage.IN_STOCK, Stage.ISSUED, Stage.INSTALLED, Stage.RETURNED, Stage.IN_REPAIR, Stage.FOUND)
MISSING = (Stage.LOST, Stage.STOLEN)
STANDING = (Stage.IN_STOCK, Stage.ISSUED, Stage.INSTALLED, Stage.RETURNED, Stage.FOUND)
OUT_OF_USE = (Stage.RETIRED, Stage.ERASED)


@dataclass(frozen=True)
class StepRule:
    """One step. `moves` holds for devices whose owner is in `of`, `private` for those of the staff themselves."""

    right: May
    moves: Mapping[Stage, Stage] = field(default_factory=dict)
    private: Mapping[Stage, Stage] = field(default_factory=dict)
    of: frozenset[Ownership] = OURS
    demands: frozenset[Demand] = frozenset()
    produces: frozenset[Product] = frozenset()

    def ways(self, ownership: Ownership) -> Mapping[Stage, Stage]:
        if ownership is Ownership.PRIVATE:
            return self.private
        return self.moves if ownership in self.of else {}


def _to(after: Stage, *before: Stage) -> Mapping[Stage, Stage]:
    return dict.fromkeys(before, after)


SEEN_THERE = frozenset({Product.SIGHTING, Product.PLACE})
DISAPPEARED = frozenset({Product.END_OF_HANDOVER, Product.INCIDENT_HINT})

STEPS: Mapping[Step, StepRule] = {
    Step.APPROVE: StepRule(
        May.APPROVE, _to(Stage.APPROVED, Stage.REQUESTED), demands=frozenset({Demand.SECOND_PERSON})
    ),
    Step.REJECT: StepRule(May.APPROVE, _to(Stage.REJECTED, Stage.REQUESTED), demands=frozenset({Demand.REASON})),
    Step.ORDER: StepRule(May.KEEP, _to(Stage.ORDERED, Stage.APPROVED)),
    Step.DELIVER: StepRule(May.ISSUE, _to(Stage.DELIVERED, Stage.ORDERED), produces=SEEN_THERE),
    Step.RECEIVE: StepRule(
        May.ISSUE, _to(Stage.IN_STOCK, Stage.ORDERED, Stage.DELIVERED, Stage.IN_REPAIR), produces=SEEN_THERE
    ),
    Step.ISSUE: StepRule(
        May.ISSUE,
        _to(Stage.ISSUED, Stage.IN_STOCK),
        demands=frozenset({Demand.HOLDER, Demand.SIGNATURE}),
        produces=SEEN_THERE | {Product.HANDOVER},
    ),
    Step.INSTALL: StepRule(
        May.ISSUE, _to(Stage.INSTALLED, Stage.IN_STOCK), demands=frozenset({Demand.PLACE}), produces=SEEN_THERE
    ),
    Step.TAKE_BACK: StepRule(  # ASST.6.4: what comes back is checked and reset before anybody else gets it
        May.ISSUE,
        _to(Stage.RETURNED, Stage.ISSUED, Stage.INSTALLED),
        produces=SEEN_THERE | {Product.END_OF_HANDOVER, Product.RECEIPT},
    ),
    Step.RESET: StepRule(
        May.ISSUE,
        _to(Stage.IN_STOCK, Stage.RETURNED, Stage.FOUND),
        demands=frozenset({Demand.RESET}),
        produces=SEEN_THERE,
    ),
    Step.REPAIR: StepRule(
        May.ISSUE,
        _to(Stage.IN_REPAIR, Stage.IN_STOCK, Stage.INSTALLED, Stage.RETURNED, Stage.FOUND),
        demands=frozenset({Demand.REASON, Demand.MEDIA}),
        produces=frozenset({Product.SIGHTING}),
    ),
    Step.MOVE: StepRule(
        May.ISSUE,
        {stage: stage for stage in (*STANDING, *OUT_OF_USE)},
        demands=frozenset({Demand.PLACE}),
        produces=SEEN_THERE,
    ),
    Step.REPORT_LOST: StepRule(
        May.ISSUE,
        _to(Stage.LOST, *KEPT, *OUT_OF_USE),
        private=_to(Stage.LOST, Stage.REGISTERED),
        demands=frozenset({Demand.REASON}),
        produces=DISAPPEARED,
    ),
    Step.REPORT_STOLEN: StepRule(
        May.ISSUE,
        _to(Stage.STOLEN, *KEPT, *OUT_OF_USE, Stage.LOST),
        private=_to(Stage.STOLEN, Stage.REGISTERED, Stage.LOST),
        demands=frozenset({Demand.REASON}),
        produces=DISAPPEARED,
    ),
    Step.FIND: StepRule(
        May.ISSUE,
        _to(Stage.FOUND, *MISSING, Stage.WRITTEN_OFF),
        private=_to(Stage.REGISTERED, *MISSING),
        produces=SEEN_THERE,
    ),
    Step.WRITE_OFF: StepRule(
        May.APPROVE,
        _to(Stage.WRITTEN_OFF, *MISSING),
        private=_to(Stage.WRITTEN_OFF, *MISSING),
        demands=frozenset({Demand.REASON, Demand.SECOND_PERSON}),
        produces=frozenset({Product.END_OF_HANDOVER}),
    ),
    Step.CANCEL: StepRule(
        May.KEEP,
        _to(Stage.CANCELLED, Stage.REQUESTED, Stage.APPROVED, Stage.ORDERED),
        demands=frozenset({Demand.REASON}),
    ),
    Step.RETIRE: StepRule(
        May.RETIRE,
        _to(Stage.RETIRED, Stage.IN_STOCK, Stage.RETURNED, Stage.IN_REPAIR, Stage.FOUND),
        demands=frozenset({Demand.REASON}),
        produces=SEEN_THERE,
    ),
    Step.REUSE: StepRule(May.RETIRE, _to(Stage.RETURNED, *OUT_OF_USE), demands=frozenset({Demand.REASON})),
    Step.ERASE: StepRule(
        May.RETIRE,
        _to(Stage.ERASED, Stage.RETIRED),
        demands=frozenset({Demand.DOSSIER}),
        produces=frozenset({Product.SIGHTING}),
    ),
    Step.DISPOSE: StepRule(
        May.RETIRE,
        _to(Stage.DISPOSED, *OUT_OF_USE),
        of=frozenset({Ownership.OFFICE}),
        demands=frozenset({Demand.REASON, Demand.DOSSIER}),
        produces=frozenset({Product.SIGHTING}),
    ),
    Step.SELL: StepRule(
        May.RETIRE,
        _to(Stage.SOLD, Stage.ERASED),
        of=frozenset({Ownership.OFFICE}),
        demands=frozenset({Demand.REASON, Demand.DOCUMENT, Demand.DOSSIER}),
        produces=frozenset({Product.SIGHTING}),
    ),
    Step.GIVE_BACK: StepRule(
        May.RETIRE,
        _to(Stage.GIVEN_BACK, *OUT_OF_USE),
        of=frozenset({Ownership.LEASED}),
        demands=frozenset({Demand.DOCUMENT, Demand.DOSSIER}),
        produces=frozenset({Product.SIGHTING}),
    ),
    Step.DEREGISTER: StepRule(
        May.ISSUE,
        private=_to(Stage.DEREGISTERED, Stage.REGISTERED),
        demands=frozenset({Demand.RESET}),
        produces=frozenset({Product.END_OF_HANDOVER, Product.RECEIPT}),
    ),
}
"""In the order in which a page offers them."""


def rule_of(step: Step) -> StepRule:
    return STEPS[step]


def right_for(step: Step) -> May:
    """The right that a step asks for."""
    return STEPS[step].right


def stage_after(step: Step, stage: Stage, ownership: Ownership = Ownership.OFFICE) -> Stage:
    """Where a step leads; refused with what is possible instead."""
    try:
        return STEPS[step].ways(ownership)[stage]
    except KeyError:
        raise _refusal(step, stage, ownership) from None


def open_steps(stage: Stage, ownership: Ownership = Ownership.OFFICE) -> list[Step]:
    """What may happen next. The page offers exactly these."""
    return [step for step, rule in STEPS.items() if stage in rule.ways(ownership)]


def demands(step: Step) -> frozenset[Demand]:
    return STEPS[step].demands


def ends_handover(step: Step, ownership: Ownership) -> bool:
    """Whether nobody answers for the device any more. Whose own device is lost still owns it."""
    ends = Product.END_OF_HANDOVER in STEPS[step].produces
    return ends and (ownership is not Ownership.PRIVATE or step not in (Step.REPORT_LOST, Step.REPORT_STOLEN))


def _refusal(step: Step, stage: Stage, ownership: Ownership) -> Refused:
    ways_on = open_steps(stage, ownership)
    if not ways_on:
        return Refused(
            N_("„{step}“ geht nicht: Das Gerät ist {stage}. Damit ist seine Akte abgeschlossen."),
            step=step,
            stage=stage,
        )
    return Refused(
        N_("„{step}“ geht nicht: Das Gerät ist {stage}. Möglich ist: {ways_on}."),
        step=step,
        stage=stage,
        ways_on=tuple(ways_on),
    )
