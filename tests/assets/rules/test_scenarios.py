import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.rules.protection import Goal, Ground, ProtectionNeed, ReasonKind, check_settlement, ground
from assets.rules.scenarios import STARTER, DamageScenario, Finding, check_criteria, own_need
from isms.rules.errors import Incomplete, Refused
from tests.assets.rules.structures import NEED

NORMAL, HIGH, VERY_HIGH = ProtectionNeed
FINDINGS = st.lists(
    st.builds(Finding, st.sampled_from(DamageScenario), st.dictionaries(st.sampled_from(Goal), NEED)), max_size=6
)


def test_what_an_office_starts_with_is_complete():
    check_criteria(STARTER)
    assert len(STARTER) == len(DamageScenario) * len(ProtectionNeed)
    assert len(set(STARTER.values())) == len(STARTER)


def test_a_third_level_is_said_everywhere_or_nowhere():
    check_criteria({key: text for key, text in STARTER.items() if key[1] is not VERY_HIGH})
    with pytest.raises(Incomplete) as error:
        check_criteria({**STARTER, (DamageScenario.LAW, VERY_HIGH): " "})
    assert set(error.value.complaints) == {"law_3"}


@given(FINDINGS)
def test_the_worst_scenario_decides_goal_by_goal(findings):
    own = own_need(findings)

    for goal in Goal:
        assert all((own[goal] or NORMAL) >= one.damage[goal] for one in findings if goal in one.damage)
        assert own[goal] is None or any(one.damage.get(goal) == own[goal] for one in findings)


@given(FINDINGS, FINDINGS)
def test_one_more_scenario_never_means_less(findings, more):
    before, after = own_need(findings), own_need([*findings, *more])

    assert all((after[goal] or 0) >= (before[goal] or 0) for goal in Goal)


@pytest.mark.parametrize(
    ("settled", "own", "computed", "carries", "expected"),
    [
        (ReasonKind.DISTRIBUTION, HIGH, HIGH, True, Ground.DISTRIBUTION),
        (ReasonKind.DEPENDENCY, None, HIGH, True, Ground.DEPENDENCY),
        (None, HIGH, HIGH, True, Ground.OWN),
        (None, NORMAL, HIGH, True, Ground.MAXIMUM),
        (None, None, NORMAL, True, Ground.MAXIMUM),
        (None, None, NORMAL, False, Ground.OPEN),
    ],
)
def test_the_kind_of_reason(settled, own, computed, carries, expected):
    assert ground(settled, own, computed, carries=carries) is expected


def test_who_carries_only_trifles_needs_less():
    check_settlement(ReasonKind.DEPENDENCY, NORMAL, HIGH)
    with pytest.raises(Refused, match="Möglich ist nur weniger als „hoch“"):
        check_settlement(ReasonKind.DEPENDENCY, VERY_HIGH, HIGH)
