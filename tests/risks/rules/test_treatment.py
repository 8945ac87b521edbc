from dataclasses import replace
from datetime import date

import pytest

from isms.rules.errors import Incomplete, Refused
from risks.rules.levels import RiskLevel, State
from risks.rules.lifecycle import Stage
from risks.rules.treatment import (
    Decision,
    Remainder,
    Settlement,
    Takeover,
    Treatment,
    check_acceptance,
    check_closing,
    check_review,
    check_state,
    check_treatment,
)

TODAY = date(2026, 11, 23)
ALBRECHT, YILDIZ, BRANDT = 1, 2, 3
TAKEOVER = Takeover(by=ALBRECHT, is_head=True, reason="Der Umbau folgt 2027.", until=date(2027, 6, 30), on=TODAY)
REMAINDER = Remainder(level=RiskLevel.HIGH, owner=BRANDT, authors=frozenset({YILDIZ}))


@pytest.mark.parametrize(
    ("decision", "measures", "missing"),
    [
        (Decision(Treatment.AVOID, " "), 0, "reason"),
        (Decision(Treatment.REDUCE, "Zweite Leitung"), 0, "measure"),
        (Decision(Treatment.TRANSFER, "Versicherung"), 0, "contract"),
    ],
)
def test_a_treatment_names_what_it_needs(decision: Decision, measures: int, missing: str) -> None:
    with pytest.raises(Incomplete) as incomplete:
        check_treatment(decision, measures)

    assert set(incomplete.value.complaints) == {missing}


@pytest.mark.parametrize(
    ("decision", "measures"),
    [
        (Decision(Treatment.AVOID, "Der Dienst wird abgeschaltet."), 0),
        (Decision(Treatment.REDUCE, "Zweite Leitung"), 1),
        (Decision(Treatment.TRANSFER, "Versicherung", contract="Police 4711"), 0),
        (Decision(Treatment.ACCEPT, "Der Aufwand steht in keinem Verhältnis."), 0),
    ],
)
def test_a_complete_treatment_passes(decision: Decision, measures: int) -> None:
    check_treatment(decision, measures)


def test_the_head_takes_over_what_others_worked_on() -> None:
    assert check_acceptance(TAKEOVER, REMAINDER) == TAKEOVER.until


@pytest.mark.parametrize(
    ("takeover", "remainder", "why"),
    [
        (replace(TAKEOVER, is_head=False), REMAINDER, "übernimmt die Leitung"),
        (TAKEOVER, replace(REMAINDER, owner=ALBRECHT), "verantwortet"),
        (TAKEOVER, replace(REMAINDER, authors=frozenset({ALBRECHT})), "bewertet oder behandelt"),
        (TAKEOVER, replace(REMAINDER, open_basics=("ORP.4.A1",)), "Basis-Anforderung ORP.4.A1"),
    ],
)
def test_a_takeover_without_the_right_person_is_refused(takeover: Takeover, remainder: Remainder, why: str) -> None:
    with pytest.raises(Refused, match=why):
        check_acceptance(takeover, remainder)


@pytest.mark.parametrize(
    ("takeover", "missing"),
    [
        (replace(TAKEOVER, reason=" "), "reason"),
        (replace(TAKEOVER, until=None), "until"),
        (replace(TAKEOVER, until=TODAY), "until"),
        (replace(TAKEOVER, until=date(2029, 11, 24)), "until"),
    ],
)
def test_a_takeover_has_a_reason_and_an_end(takeover: Takeover, missing: str) -> None:
    with pytest.raises(Incomplete) as incomplete:
        check_acceptance(takeover, REMAINDER)

    assert set(incomplete.value.complaints) == {missing}


SETTLED = Settlement(level=RiskLevel.MEDIUM, avoided=False, open_measures=0, accepted_until=TODAY)


@pytest.mark.parametrize(
    "settlement",
    [
        SETTLED,
        replace(SETTLED, level=RiskLevel.LOW, accepted_until=None),
        replace(SETTLED, level=RiskLevel.VERY_HIGH, avoided=True, accepted_until=None),
    ],
)
def test_a_risk_that_is_settled_may_be_closed(settlement: Settlement) -> None:
    check_closing(settlement, TODAY)


@pytest.mark.parametrize(
    ("settlement", "why"),
    [
        (replace(SETTLED, accepted_until=None), "Das Restrisiko ist mittel"),
        (replace(SETTLED, accepted_until=date(2026, 11, 22)), "Das Restrisiko ist mittel"),
        (replace(SETTLED, level=RiskLevel.LOW, open_measures=2), r"Maßnahmen offen \(2\)"),
    ],
)
def test_a_risk_that_is_not_settled_stays_open(settlement: Settlement, why: str) -> None:
    with pytest.raises(Refused, match=why):
        check_closing(settlement, TODAY)


@pytest.mark.parametrize("stage", [Stage.RECORDED, Stage.VALUED])
def test_what_is_left_can_be_valued_once_there_is_a_treatment(stage: Stage) -> None:
    check_state(State.TREATED, Stage.TREATED, "Die zweite Leitung halbiert die Ausfälle.")

    with pytest.raises(Refused, match="erst bewerten, wenn das Risiko behandelt ist"):
        check_state(State.TREATED, stage, "Die zweite Leitung halbiert die Ausfälle.")


def test_a_valuation_says_why() -> None:
    with pytest.raises(Incomplete):
        check_state(State.WITHOUT, Stage.RECORDED, " ")


@pytest.mark.parametrize(
    ("note", "next_on", "missing"),
    [
        (" ", date(2027, 5, 1), "note"),
        ("Unverändert.", TODAY, "next_on"),
        ("Unverändert.", date(2027, 11, 24), "next_on"),
    ],
)
def test_a_review_says_what_it_found_and_when_the_next_one_is(note: str, next_on: date, missing: str) -> None:
    check_review("Unverändert.", date(2027, 11, 23), TODAY)

    with pytest.raises(Incomplete) as incomplete:
        check_review(note, next_on, TODAY)

    assert set(incomplete.value.complaints) == {missing}
