"""The life of a device: its stages, and the steps that lead from one to the next, as data."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from isms.rules.errors import Refused
from isms.rules.terms import Term
from isms.rules.texts import N_


class Stage(Term):
    ORDERED = "ordered", N_("bestellt")
    IN_STOCK = "in_stock", N_("im Lager")
    ISSUED = "issued", N_("ausgegeben")
    INSTALLED = "installed", N_("aufgestellt")
    IN_REPAIR = "in_repair", N_("in Reparatur")
    LOST = "lost", N_("verloren")
    STOLEN = "stolen", N_("gestohlen")
    RETIRED = "retired", N_("ausgesondert")
    DISPOSED = "disposed", N_("entsorgt")
    WITHDRAWN = "withdrawn", N_("zurückgenommen")


class Step(Term):
    RECEIVE = "receive", N_("Wareneingang buchen")
    ISSUE = "issue", N_("Ausgeben")
    INSTALL = "install", N_("Aufstellen")
    MOVE = "move", N_("Umstellen")
    TAKE_BACK = "take_back", N_("Zurücknehmen")
    REPAIR = "repair", N_("In Reparatur geben")
    REPORT_LOST = "report_lost", N_("Verlust melden")
    REPORT_STOLEN = "report_stolen", N_("Diebstahl melden")
    FIND = "find", N_("Als wiedergefunden buchen")
    RETIRE = "retire", N_("Aussondern")
    DISPOSE = "dispose", N_("Entsorgen")


class Demand(Term):
    """What a step must be given before it can be taken."""

    HOLDER = "holder", N_("wer das Gerät bekommt")
    PLACE = "place", N_("wo das Gerät steht")
    REASON = "reason", N_("warum")


STEPS: Mapping[Step, Mapping[Stage, Stage]] = {
    Step.RECEIVE: {Stage.ORDERED: Stage.IN_STOCK, Stage.IN_REPAIR: Stage.IN_STOCK},
    Step.ISSUE: {Stage.IN_STOCK: Stage.ISSUED},
    Step.INSTALL: {Stage.IN_STOCK: Stage.INSTALLED},
    Step.TAKE_BACK: {Stage.ISSUED: Stage.IN_STOCK, Stage.INSTALLED: Stage.IN_STOCK},
    Step.REPAIR: {Stage.IN_STOCK: Stage.IN_REPAIR, Stage.INSTALLED: Stage.IN_REPAIR},
    Step.MOVE: {stage: stage for stage in (Stage.IN_STOCK, Stage.ISSUED, Stage.INSTALLED)},
    Step.REPORT_LOST: {
        Stage.IN_STOCK: Stage.LOST,
        Stage.ISSUED: Stage.LOST,
        Stage.INSTALLED: Stage.LOST,
        Stage.IN_REPAIR: Stage.LOST,
    },
    Step.REPORT_STOLEN: {
        Stage.IN_STOCK: Stage.STOLEN,
        Stage.ISSUED: Stage.STOLEN,
        Stage.INSTALLED: Stage.STOLEN,
        Stage.IN_REPAIR: Stage.STOLEN,
        Stage.LOST: Stage.STOLEN,
    },
    Step.FIND: {Stage.LOST: Stage.IN_STOCK, Stage.STOLEN: Stage.IN_STOCK},
    Step.RETIRE: {Stage.IN_STOCK: Stage.RETIRED, Stage.IN_REPAIR: Stage.RETIRED},
    Step.DISPOSE: {Stage.RETIRED: Stage.DISPOSED},
}

DEMANDS: Mapping[Step, frozenset[Demand]] = {
    Step.ISSUE: frozenset({Demand.HOLDER}),
    Step.INSTALL: frozenset({Demand.PLACE}),
    Step.MOVE: frozenset({Demand.PLACE}),
    Step.REPAIR: frozenset({Demand.REASON}),
    Step.REPORT_LOST: frozenset({Demand.REASON}),
    Step.REPORT_STOLEN: frozenset({Demand.REASON}),
    Step.RETIRE: frozenset({Demand.REASON}),
    Step.DISPOSE: frozenset({Demand.REASON}),
}

STARTS: frozenset[Stage] = frozenset({Stage.ORDERED, Stage.IN_STOCK})
"""Where the life of a device may begin: nobody records a device that is already gone."""

NEVER_CAME: frozenset[Stage] = frozenset({Stage.WITHDRAWN})
"""Entered by mistake: the import that brought the device was taken back. Lists leave it out unless asked for it."""

IN_THE_HOUSE: frozenset[Stage] = frozenset({Stage.IN_STOCK, Stage.ISSUED, Stage.INSTALLED, Stage.IN_REPAIR})
"""Stages in which the office answers for where a device is and who has it."""

SIGHTED: frozenset[Step] = frozenset(
    {
        Step.RECEIVE,
        Step.ISSUE,
        Step.INSTALL,
        Step.MOVE,
        Step.TAKE_BACK,
        Step.REPAIR,
        Step.FIND,
        Step.RETIRE,
        Step.DISPOSE,
    }
)
"""Steps at which somebody had the device in their hands."""

PLACED: frozenset[Step] = frozenset(
    {Step.RECEIVE, Step.ISSUE, Step.INSTALL, Step.MOVE, Step.TAKE_BACK, Step.FIND, Step.RETIRE}
)
"""Steps after which the device stands at a place of the office."""

KEEPING_HOLDER: frozenset[Step] = frozenset({Step.MOVE})
"""Steps that leave a device with whoever answers for it."""


def stage_after(step: Step, stage: Stage) -> Stage:
    """Where a step leads; refused with what is possible instead."""
    try:
        return STEPS[step][stage]
    except KeyError:
        raise _refusal(step, stage) from None


def open_steps(stage: Stage) -> list[Step]:
    """What may happen next. The page offers exactly these."""
    return [step for step, moves in STEPS.items() if stage in moves]


def demands(step: Step) -> frozenset[Demand]:
    return DEMANDS.get(step, frozenset())


def _refusal(step: Step, stage: Stage) -> Refused:
    ways_on = open_steps(stage)
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


def check_day(on: date, since: date, stage: Stage) -> None:
    """Refuse a step dated before the one that led here: the file of a device runs forward only."""
    if on < since:
        raise Refused(
            N_("Das Gerät ist seit {since} {stage}. Der nächste Schritt kann nicht davor liegen."),
            since=since,
            stage=stage,
        )
