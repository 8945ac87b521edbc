import pytest

from isms.rules.errors import Incomplete
from risks.rules.requirements import Effective, Implementation, check_judgement, effective, proposal

YES, NO, NOT_NEEDED = Implementation.YES, Implementation.NO, Implementation.NOT_NEEDED

EFFECTIVE = [
    ("nothing judged", {}, {}, Effective(Implementation.OPEN)),
    ("alone", {"a": YES}, {}, Effective(YES)),
    ("on firm ground", {"a": YES, "b": YES}, {"a": ["b"]}, Effective(YES)),
    ("on what is not needed", {"a": YES, "b": NOT_NEEDED}, {"a": ["b"]}, Effective(YES)),
    ("on what nobody judged", {"a": YES}, {"a": ["b"]}, Effective(YES, ("b",))),
    ("far down", {"a": YES, "b": YES, "c": NO}, {"a": ["b"], "b": ["c"]}, Effective(YES, ("c",))),
    ("in a circle", {"a": YES, "b": YES}, {"a": ["b"], "b": ["a"]}, Effective(YES)),
    ("a no stays a no", {"a": NO}, {"a": ["b"]}, Effective(NO)),
]


@pytest.mark.parametrize(
    ("judged", "required", "expected"), [case[1:] for case in EFFECTIVE], ids=[c[0] for c in EFFECTIVE]
)
def test_a_yes_counts_only_with_everything_it_requires(
    judged: dict[str, Implementation], required: dict[str, list[str]], expected: Effective
) -> None:
    assert effective("a", judged, required) == expected


def test_only_what_is_done_and_not_blocked_counts() -> None:
    assert Effective(YES).counts
    assert Effective(NOT_NEEDED).counts
    assert not Effective(YES, ("b",)).counts
    assert not Effective(Implementation.PARTLY).counts


@pytest.mark.parametrize("implementation", [Implementation.PARTLY, NO, NOT_NEEDED])
def test_whoever_does_not_say_yes_says_why(implementation: Implementation) -> None:
    check_judgement(implementation, "Die zweite Leitung fehlt noch.")

    with pytest.raises(Incomplete):
        check_judgement(implementation, " ")


@pytest.mark.parametrize("implementation", [Implementation.OPEN, YES])
def test_open_and_yes_need_no_reason(implementation: Implementation) -> None:
    check_judgement(implementation, "")


@pytest.mark.parametrize(
    ("percent", "expected"),
    [(None, None), (100, YES), (95, YES), (94, Implementation.PARTLY), (70, Implementation.PARTLY), (69, NO), (0, NO)],
)
def test_a_figure_proposes_and_decides_nothing(percent: int | None, expected: Implementation | None) -> None:
    assert proposal(percent, yes_from=95, partly_from=70) is expected
