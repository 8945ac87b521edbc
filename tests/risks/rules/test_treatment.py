from dataclasses import replace
from datetime import date

import pytest

from isms.rules.errors import Incomplete, Refused
from risks.rules.levels import RiskLevel
from risks.rules.treatment import (
    Decision,
    Remainder,
    Takeover,
    Treatment,
    check_acceptance,
    check_closing,
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
    check_acceptance(TAKEOVER, REMAINDER)


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


@pytest.mark.parametrize(
    ("level", "avoided", "accepted_until"),
    [
        (RiskLevel.LOW, False, None),
        (RiskLevel.VERY_HIGH, True, None),
        (RiskLevel.MEDIUM, False, TODAY),
    ],
)
def test_a_risk_that_is_settled_may_be_closed(level: RiskLevel, avoided: bool, accepted_until: date | None) -> None:
    check_closing(level, avoided, accepted_until, TODAY)


@pytest.mark.parametrize("accepted_until", [None, date(2026, 11, 22)])
def test_from_medium_on_only_a_running_takeover_closes_a_risk(accepted_until: date | None) -> None:
    with pytest.raises(Refused, match="Das Restrisiko ist mittel"):
        check_closing(RiskLevel.MEDIUM, False, accepted_until, TODAY)
