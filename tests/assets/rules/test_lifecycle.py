import pytest

from assets.rules.lifecycle import DEMANDS, STEPS, Stage, Step, open_steps, stage_after
from isms.rules.errors import Refused


@pytest.mark.parametrize(
    ("before", "step", "after"),
    [
        (Stage.ORDERED, Step.RECEIVE, Stage.IN_STOCK),
        (Stage.IN_STOCK, Step.ISSUE, Stage.ISSUED),
        (Stage.IN_STOCK, Step.INSTALL, Stage.INSTALLED),
        (Stage.ISSUED, Step.MOVE, Stage.ISSUED),
        (Stage.ISSUED, Step.TAKE_BACK, Stage.IN_STOCK),
        (Stage.INSTALLED, Step.TAKE_BACK, Stage.IN_STOCK),
        (Stage.INSTALLED, Step.REPAIR, Stage.IN_REPAIR),
        (Stage.IN_REPAIR, Step.RECEIVE, Stage.IN_STOCK),
        (Stage.ISSUED, Step.REPORT_LOST, Stage.LOST),
        (Stage.LOST, Step.REPORT_STOLEN, Stage.STOLEN),
        (Stage.STOLEN, Step.FIND, Stage.IN_STOCK),
        (Stage.IN_REPAIR, Step.RETIRE, Stage.RETIRED),
        (Stage.RETIRED, Step.DISPOSE, Stage.DISPOSED),
    ],
)
def test_a_step_leads_to_the_next_stage(before, step, after):
    assert stage_after(step, before) is after


@pytest.mark.parametrize(
    ("stage", "step", "said"),
    [
        (
            Stage.IN_REPAIR,
            Step.ISSUE,
            "„Ausgeben“ geht nicht: Das Gerät ist in Reparatur. Möglich ist: "
            "Wareneingang buchen, Verlust melden, Diebstahl melden, Aussondern.",
        ),
        (
            Stage.RETIRED,
            Step.ISSUE,
            "„Ausgeben“ geht nicht: Das Gerät ist ausgesondert. Möglich ist: Entsorgen.",
        ),
        (
            Stage.DISPOSED,
            Step.FIND,
            "„Als wiedergefunden buchen“ geht nicht: Das Gerät ist entsorgt. Damit ist seine Akte abgeschlossen.",
        ),
    ],
)
def test_a_step_that_does_not_fit_says_what_does(stage, step, said):
    with pytest.raises(Refused) as refusal:
        stage_after(step, stage)

    assert str(refusal.value) == said


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("step", Step)
def test_exactly_the_open_steps_can_be_taken(stage, step):
    if step in open_steps(stage):
        assert stage_after(step, stage) in Stage
    else:
        with pytest.raises(Refused):
            stage_after(step, stage)


def test_no_stage_is_a_dead_end_but_the_last():
    assert [stage for stage in Stage if not open_steps(stage)] == [Stage.DISPOSED, Stage.WITHDRAWN]


def test_demands_belong_to_steps_that_exist():
    assert set(DEMANDS) <= set(STEPS) == set(Step)
