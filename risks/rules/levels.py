"""How grave a risk is: frequency and impact give a level (BSI 200-3, section 5)."""

from collections.abc import Mapping

from isms.rules.terms import Level, Term
from isms.rules.texts import N_


class Frequency(Level):
    RARE = 1, N_("selten")
    MEDIUM = 2, N_("mittel")
    OFTEN = 3, N_("häufig")
    VERY_OFTEN = 4, N_("sehr häufig")


class Impact(Level):
    NEGLIGIBLE = 1, N_("vernachlässigbar")
    LIMITED = 2, N_("begrenzt")
    CONSIDERABLE = 3, N_("beträchtlich")
    EXISTENTIAL = 4, N_("existenzbedrohend")


class RiskLevel(Level):
    LOW = 1, N_("gering")
    MEDIUM = 2, N_("mittel")
    HIGH = 3, N_("hoch")
    VERY_HIGH = 4, N_("sehr hoch")


class State(Term):
    """What a valuation takes into account. Measures that are only planned never count as present."""

    WITHOUT = "without", N_("ohne Maßnahmen")
    EXISTING = "existing", N_("mit vorhandenen Maßnahmen")
    TREATED = "treated", N_("nach der Behandlung")


FREQUENCY_MEANS: Mapping[Frequency, str] = {
    Frequency.RARE: N_("höchstens einmal in fünf Jahren"),
    Frequency.MEDIUM: N_("einmal in fünf Jahren bis einmal im Jahr"),
    Frequency.OFTEN: N_("einmal im Jahr bis einmal im Monat"),
    Frequency.VERY_OFTEN: N_("mehrmals im Monat"),
}

IMPACT_MEANS: Mapping[Impact, str] = {
    Impact.NEGLIGIBLE: N_("Die Folgen sind gering und ohne Weiteres zu verkraften."),
    Impact.LIMITED: N_("Die Folgen sind spürbar, aber tragbar."),
    Impact.CONSIDERABLE: N_("Die Folgen sind erheblich; wichtige Aufgaben leiden darunter."),
    Impact.EXISTENTIAL: N_("Die Folgen bedrohen die Institution oder Leib und Leben."),
}

# One row per impact, its columns from rare to very often. A valuation names the matrix
# it was made with, so that a later matrix leaves old valuations readable as they were.
MATRIX_NAME = "bsi-200-3"
MATRIX: Mapping[Impact, tuple[RiskLevel, ...]] = {
    Impact.EXISTENTIAL: (RiskLevel.MEDIUM, RiskLevel.HIGH, RiskLevel.VERY_HIGH, RiskLevel.VERY_HIGH),
    Impact.CONSIDERABLE: (RiskLevel.MEDIUM, RiskLevel.MEDIUM, RiskLevel.HIGH, RiskLevel.VERY_HIGH),
    Impact.LIMITED: (RiskLevel.LOW, RiskLevel.LOW, RiskLevel.MEDIUM, RiskLevel.HIGH),
    Impact.NEGLIGIBLE: (RiskLevel.LOW, RiskLevel.LOW, RiskLevel.LOW, RiskLevel.LOW),
}


def level_of(frequency: Frequency, impact: Impact) -> RiskLevel:
    return MATRIX[impact][frequency - 1]


def counts_today(state: State, existing: bool) -> bool:
    """Whether a new valuation is the one that counts today: with existing measures, or else without any.

    `existing` says whether the risk was valued with existing measures before.
    """
    return state is State.EXISTING or (state is State.WITHOUT and not existing)
