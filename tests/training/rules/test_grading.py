import pytest

from training.rules.grading import Grade, grade, unanswered

SOLUTION = {1: {11}, 2: {21, 22}, 3: {31}}


@pytest.mark.parametrize(
    ("given", "right"),
    [
        ({1: {11}, 2: {21, 22}, 3: {31}}, 3),
        ({1: {11}, 2: {21}, 3: {31}}, 2),
        ({1: {11, 12}, 2: {21, 22, 23}, 3: {31}}, 1),
        ({1: {11}}, 1),
        ({1: {31}, 3: {11}}, 0),
        ({}, 0),
    ],
    ids=["all", "one of two is not enough", "ticking more is wrong", "rest left out", "another question's", "nothing"],
)
def test_a_question_counts_only_with_exactly_its_right_answers(given: dict[int, set[int]], right: int):
    assert grade(SOLUTION, given, 80).right == right


def test_ticking_everything_earns_nothing():
    everything = {1: {11, 12}, 2: {21, 22, 23}, 3: {31, 32}}

    assert grade(SOLUTION, everything, 80).right == 0


@pytest.mark.parametrize(
    ("right", "asked", "mark", "percent", "passed"),
    [
        (4, 5, 80, 80, True),
        (7, 9, 78, 77, False),
        (2, 3, 67, 66, False),
        (2, 3, 66, 66, True),
        (12, 16, 80, 75, False),
        (13, 16, 80, 81, True),
        (16, 16, 100, 100, True),
        (15, 16, 100, 93, False),
    ],
)
def test_the_pass_mark_is_reached_exactly_or_not_at_all(
    *, right: int, asked: int, mark: int, percent: int, passed: bool
):
    judged = Grade(right, asked, mark)

    assert (judged.percent, judged.passed) == (percent, passed)


def test_a_question_without_a_tick_is_forgotten_not_wrong():
    assert unanswered({1, 2, 3}, {1: {11}, 2: set()}) == {2, 3}
