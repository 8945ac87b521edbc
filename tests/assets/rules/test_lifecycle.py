import pytest

from assets.rules.lifecycle import GONE, IN_THE_HOUSE, NEVER_CAME, STARTS, Demand, Ownership, Product, Stage, Step
from assets.rules.permissions import May
from assets.rules.steps import STEPS, demands, ends_handover, open_steps, right_for, stage_after
from isms.rules.errors import Refused


@pytest.mark.parametrize(
    ("before", "step", "after"),
    [
        (Stage.ORDERED, Step.RECEIVE, Stage.IN_STOCK),
        (Stage.IN_STOCK, Step.ISSUE, Stage.ISSUED),
        (Stage.IN_STOCK, Step.INSTALL, Stage.INSTALLED),
        (Stage.ISSUED, Step.MOVE, Stage.ISSUED),
        (Stage.REQUESTED, Step.APPROVE, Stage.APPROVED),
        (Stage.APPROVED, Step.ORDER, Stage.ORDERED),
        (Stage.ORDERED, Step.DELIVER, Stage.DELIVERED),
        (Stage.DELIVERED, Step.RECEIVE, Stage.IN_STOCK),
        (Stage.ISSUED, Step.TAKE_BACK, Stage.RETURNED),
        (Stage.INSTALLED, Step.TAKE_BACK, Stage.RETURNED),
        (Stage.RETURNED, Step.RESET, Stage.IN_STOCK),
        (Stage.FOUND, Step.RESET, Stage.IN_STOCK),
        (Stage.INSTALLED, Step.REPAIR, Stage.IN_REPAIR),
        (Stage.IN_REPAIR, Step.RECEIVE, Stage.IN_STOCK),
        (Stage.ISSUED, Step.REPORT_LOST, Stage.LOST),
        (Stage.LOST, Step.REPORT_STOLEN, Stage.STOLEN),
        (Stage.STOLEN, Step.FIND, Stage.FOUND),
        (Stage.LOST, Step.WRITE_OFF, Stage.WRITTEN_OFF),
        (Stage.WRITTEN_OFF, Step.FIND, Stage.FOUND),
        (Stage.RETIRED, Step.ERASE, Stage.ERASED),
        (Stage.ERASED, Step.SELL, Stage.SOLD),
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
            "„Ausgeben“ geht nicht: Das Gerät ist ausgesondert. Möglich ist: Umstellen, Verlust melden, "
            "Diebstahl melden, Wieder verwenden, Löschung abschließen, Entsorgen.",
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


@pytest.mark.parametrize("ownership", Ownership)
@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("step", Step)
def test_exactly_the_open_steps_can_be_taken(stage, step, ownership):
    if step in open_steps(stage, ownership):
        assert stage_after(step, stage, ownership) in Stage
    else:
        with pytest.raises(Refused):
            stage_after(step, stage, ownership)


def test_what_is_gone_stays_gone_but_what_was_written_off_may_turn_up():
    assert {stage for stage in Stage if not any(open_steps(stage, one) for one in Ownership)} == GONE - {
        Stage.WRITTEN_OFF
    }


def test_every_step_has_a_rule_and_every_stage_a_way_to_it():
    assert set(STEPS) == set(Step)
    reached = {after for rule in STEPS.values() for after in (*rule.moves.values(), *rule.private.values())}
    assert set(Stage) == reached | STARTS | NEVER_CAME | {Stage.REGISTERED}


def test_whose_a_device_is_decides_how_it_leaves():
    assert Step.DISPOSE in open_steps(Stage.ERASED, Ownership.OFFICE)
    assert Step.GIVE_BACK not in open_steps(Stage.ERASED, Ownership.OFFICE)
    leaving = set(open_steps(Stage.ERASED, Ownership.LEASED)) & {Step.DISPOSE, Step.SELL, Step.GIVE_BACK}
    assert leaving == {Step.GIVE_BACK}


def test_a_private_device_is_never_issued_nor_disposed_of():
    theirs = {step for stage in Stage for step in open_steps(stage, Ownership.PRIVATE)}

    assert theirs == {Step.REPORT_LOST, Step.REPORT_STOLEN, Step.FIND, Step.WRITE_OFF, Step.DEREGISTER}


def test_who_loses_their_own_device_still_owns_it():
    assert ends_handover(Step.REPORT_LOST, Ownership.OFFICE)
    assert not ends_handover(Step.REPORT_LOST, Ownership.PRIVATE)
    assert ends_handover(Step.DEREGISTER, Ownership.PRIVATE)
    assert not ends_handover(Step.FIND, Ownership.OFFICE)


def test_nothing_leaves_the_house_without_its_dossier():
    leaving = [
        step for step, rule in STEPS.items() if {*rule.moves.values()} & {Stage.DISPOSED, Stage.SOLD, Stage.GIVEN_BACK}
    ]

    assert set(leaving) == {Step.DISPOSE, Step.SELL, Step.GIVE_BACK}
    assert all(Demand.DOSSIER in demands(step) for step in leaving)


def test_buying_and_writing_off_take_two_people():
    two = {step for step in Step if Demand.SECOND_PERSON in demands(step)}

    assert two == {Step.APPROVE, Step.WRITE_OFF}
    assert {right_for(step) for step in two} == {May.APPROVE}


def test_what_comes_back_is_checked_before_anybody_else_gets_it():
    for stage in (Stage.RETURNED, Stage.FOUND):
        assert Step.ISSUE not in open_steps(stage)
        assert Demand.RESET in demands(Step.RESET)
    assert Product.RECEIPT in STEPS[Step.TAKE_BACK].produces


def test_what_is_in_the_house_is_not_gone():
    assert not IN_THE_HOUSE & GONE
