import pytest

from training.rules.permissions import OBLIGED, May
from training.rules.privacy import shown


@pytest.mark.parametrize(
    ("sizes", "visible"),
    [
        ([12, 7, 9], [True, True, True]),
        ([12, 4, 9], [True, False, False]),
        ([12, 4, 3], [True, False, False]),
        ([4], [False]),
        ([0, 12], [True, True]),
        ([0, 3, 12], [True, False, False]),
        ([5, 5, 1], [False, True, False]),
    ],
)
def test_no_small_group_can_be_read_or_calculated(sizes: list[int], visible: list[bool]):
    assert shown(sizes) == visible


def test_nobody_has_a_right_to_scores():
    assert not any("score" in right for right in May)


def test_an_assignment_to_everybody_does_not_mean_the_auditor():
    assert "auditor" not in OBLIGED
    assert "employee" in OBLIGED
