import pytest

from isms.rules.errors import Refused
from risks.rules.lifecycle import Stage, Step, open_steps, stage_after

WAYS = [
    (Stage.RECORDED, Step.VALUE, Stage.VALUED),
    (Stage.VALUED, Step.TREAT, Stage.TREATED),
    (Stage.TREATED, Step.VALUE, Stage.TREATED),
    (Stage.TREATED, Step.ACCEPT, Stage.ACCEPTED),
    (Stage.ACCEPTED, Step.VALUE, Stage.TREATED),
    (Stage.ACCEPTED, Step.TREAT, Stage.TREATED),
    (Stage.ACCEPTED, Step.ACCEPT, Stage.ACCEPTED),
    (Stage.ACCEPTED, Step.REVIEW, Stage.ACCEPTED),
    (Stage.TREATED, Step.CLOSE, Stage.CLOSED),
    (Stage.CLOSED, Step.REOPEN, Stage.VALUED),
]


@pytest.mark.parametrize(("stage", "step", "after"), WAYS)
def test_a_step_leads_on(stage: Stage, step: Step, after: Stage) -> None:
    assert stage_after(step, stage) is after


@pytest.mark.parametrize(
    ("stage", "step"),
    [
        (Stage.RECORDED, Step.ACCEPT),
        (Stage.RECORDED, Step.TREAT),
        (Stage.RECORDED, Step.CLOSE),
        (Stage.VALUED, Step.ACCEPT),
        (Stage.CLOSED, Step.VALUE),
        (Stage.VALUED, Step.REOPEN),
    ],
)
def test_a_step_that_the_stage_does_not_allow_is_refused(stage: Stage, step: Step) -> None:
    with pytest.raises(Refused, match="geht nicht: Das Risiko ist"):
        stage_after(step, stage)


def test_a_refusal_names_what_is_possible() -> None:
    with pytest.raises(Refused) as refused:
        stage_after(Step.ACCEPT, Stage.CLOSED)

    assert refused.value.values["ways_on"] == (Step.REOPEN,)


def test_the_page_offers_what_the_rule_allows() -> None:
    assert open_steps(Stage.RECORDED) == (Step.VALUE, Step.REVIEW)
