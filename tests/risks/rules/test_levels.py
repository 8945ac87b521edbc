import pytest

from risks.rules.levels import Frequency, Impact, RiskLevel, level_of

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
