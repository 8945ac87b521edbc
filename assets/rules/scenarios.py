"""The six damage scenarios (BSI 200-2, section 8.2.1), what each need means in each, and what a finding comes to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assets.rules.protection import Goal, ProtectionNeed
from isms.rules.errors import Complaint, Incomplete
from isms.rules.terms import Term
from isms.rules.texts import N_

NORMAL, HIGH, VERY_HIGH = ProtectionNeed


class DamageScenario(Term):
    LAW = "law", N_("Verstoß gegen Gesetze, Vorschriften oder Verträge")
    PRIVACY = "privacy", N_("Beeinträchtigung des informationellen Selbstbestimmungsrechts")
    SAFETY = "safety", N_("Beeinträchtigung der persönlichen Unversehrtheit")
    TASKS = "tasks", N_("Beeinträchtigung der Aufgabenerfüllung")
    REPUTATION = "reputation", N_("Negative Innen- oder Außenwirkung")
    FINANCES = "finances", N_("Finanzielle Auswirkungen")


Criteria = Mapping[tuple[DamageScenario, ProtectionNeed], str]
"""What a need means in a scenario, in the office's own words."""

# An office starts with these and makes them its own; they are stored as its words, so no catalogue translates them.
STARTER: Criteria = {
    (DamageScenario.LAW, NORMAL): "Der Verstoß bleibt ohne ernste Folgen. Wir stellen ihn selbst ab, niemand haftet.",
    (DamageScenario.LAW, HIGH): "Die Aufsicht greift ein, ein Bußgeld oder Schadenersatz in spürbarer Höhe droht.",
    (DamageScenario.LAW, VERY_HIGH): "Der Verstoß ist strafbar oder bringt das Amt um eine Befugnis, ohne die es nicht "
    "arbeiten kann.",
    (DamageScenario.PRIVACY, NORMAL): "Betroffene würden den Umgang mit ihren Daten ärgerlich finden, hätten aber "
    "keine Nachteile.",
    (DamageScenario.PRIVACY, HIGH): "Betroffene können beruflich oder in ihrem Umfeld erheblich benachteiligt werden.",
    (DamageScenario.PRIVACY, VERY_HIGH): "Es geht um Befunde, Meldungen oder Beratungen unter Schweigepflicht; wird "
    "etwas bekannt, ist das für Betroffene nicht wiedergutzumachen.",
    (DamageScenario.SAFETY, NORMAL): "Niemand kommt zu Schaden.",
    (DamageScenario.SAFETY, HIGH): "Jemand kann vorübergehend erkranken oder verletzt werden, weil eine Auskunft fehlt "
    "oder falsch ist.",
    (DamageScenario.SAFETY, VERY_HIGH): "Menschen können dauerhaft geschädigt werden oder sterben, zum Beispiel weil "
    "ein Ausbruch zu spät erkannt wird.",
    (DamageScenario.TASKS, NORMAL): "Ein Ausfall von mehr als einem Tag lässt sich mit Papier und Telefon überbrücken.",
    (DamageScenario.TASKS, HIGH): "Nach einem Tag bleiben Aufgaben liegen, die eine gesetzliche Frist haben.",
    (DamageScenario.TASKS, VERY_HIGH): "Schon nach einer Stunde kann das Amt eine Aufgabe nicht mehr erfüllen, die "
    "keinen Aufschub duldet.",
    (DamageScenario.REPUTATION, NORMAL): "Einzelne verlieren vorübergehend Vertrauen in eine Stelle des Amtes.",
    (DamageScenario.REPUTATION, HIGH): "Die örtliche Presse berichtet, Partner und Bürgerinnen wenden sich ab.",
    (
        DamageScenario.REPUTATION,
        VERY_HIGH,
    ): "Das Vertrauen ist landesweit und auf Jahre dahin; Menschen meiden das Amt, obwohl sie es brauchen.",
    (DamageScenario.FINANCES, NORMAL): "Der Schaden lässt sich aus dem laufenden Budget des Fachdienstes tragen.",
    (DamageScenario.FINANCES, HIGH): "Der Schaden ist nur mit einer überplanmäßigen Ausgabe zu tragen.",
    (DamageScenario.FINANCES, VERY_HIGH): "Der Schaden gefährdet den Haushalt des Trägers.",
}


@dataclass(frozen=True)
class Finding:
    """How bad it would be in one scenario, goal by goal; a goal that is left open does no damage there."""

    scenario: DamageScenario
    damage: Mapping[Goal, ProtectionNeed] = field(default_factory=dict)
    reason: str = ""


def own_need(findings: Sequence[Finding]) -> dict[Goal, ProtectionNeed | None]:
    """What an object itself needs: the worst damage of any scenario, goal by goal; None where none was found."""
    return {goal: max((one.damage[goal] for one in findings if goal in one.damage), default=None) for goal in Goal}


def check_criteria(texts: Criteria) -> None:
    """Raise Incomplete unless every scenario says what „normal“ and „hoch“ mean. Grundschutz++ knows no third level,
    so „sehr hoch“ may stay empty, but then everywhere."""
    said = {key for key, text in texts.items() if text.strip()}
    levels = [NORMAL, HIGH] + [VERY_HIGH] * any(need is VERY_HIGH for _, need in said)
    missing = [(scenario, need) for scenario in DamageScenario for need in levels if (scenario, need) not in said]
    if missing:
        raise Incomplete({criterion_field(*key): Complaint(WHAT_IT_MEANS, {"need": key[1]}) for key in missing})


def criterion_field(scenario: DamageScenario, need: ProtectionNeed) -> str:
    return f"{scenario.value}_{int(need)}"


WHAT_IT_MEANS = N_("Bitte schreiben Sie, was „{need}“ hier bedeutet.")
