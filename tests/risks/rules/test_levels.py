import pytest

from risks.rules.levels import Frequency, Impact, RiskLevel, State, counts_today, level_of

MATRIX = [
    ("existenzbedrohend", ["mittel", "hoch", "sehr hoch", "sehr hoch"]),
    ("beträchtlich", ["mittel", "mittel", "hoch", "sehr hoch"]),
    ("begrenzt", ["gering", "gering", "mittel", "hoch"]),
    ("vernachlässigbar", ["gering", "gering", "gering", "gering"]),
]


@pytest.mark.parametrize(("impact", "levels"), MATRIX)
def test_frequency_and_impact_give_the_level_of_the_standard(impact: str, levels: list[str]) -> None:
    row = next(each for each in Impact if each.label == impact)

    assert [level_of(frequency, row).label for frequency in Frequency] == levels


def test_levels_compare_by_gravity() -> None:
    assert RiskLevel.LOW < RiskLevel.MEDIUM < RiskLevel.HIGH < RiskLevel.VERY_HIGH


@pytest.mark.parametrize(
    ("state", "existing", "counts"),
    [
        (State.WITHOUT, False, True),
        (State.WITHOUT, True, False),
        (State.EXISTING, False, True),
        (State.EXISTING, True, True),
        (State.TREATED, False, False),
        (State.TREATED, True, False),
    ],
)
def test_what_is_only_planned_never_counts_today(state: State, existing: bool, counts: bool) -> None:
    assert counts_today(state, existing) is counts
