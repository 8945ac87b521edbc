"""What the demo office found about its processes, scenario by scenario, by words of its own."""

from collections.abc import Mapping, Sequence

from assets.rules.protection import Goal, ProtectionNeed
from assets.rules.scenarios import STARTER, Criteria, DamageScenario, Finding

NORMAL, HIGH, VERY_HIGH = ProtectionNeed
SECRET, RIGHT, THERE = Goal

WORDS: Criteria = {
    **STARTER,
    (DamageScenario.FINANCES, NORMAL): "Bis 10.000 Euro; der Fachdienst trägt es selbst.",
    (DamageScenario.FINANCES, HIGH): "Bis 250.000 Euro; der Kreistag muss zustimmen.",
    (DamageScenario.FINANCES, VERY_HIGH): "Mehr als 250.000 Euro.",
}
WHY_WORDS = "Mit Amtsleitung und Kämmerei abgestimmt."

FINDINGS: Mapping[str, Sequence[Finding]] = {
    "Meldungen nach dem Infektionsschutzgesetz bearbeiten": (
        Finding(DamageScenario.LAW, {SECRET: HIGH, THERE: HIGH}, "Meldefrist von 24 Stunden"),
        Finding(DamageScenario.PRIVACY, {SECRET: VERY_HIGH, RIGHT: HIGH}, "Befunde mit Namen und Anschrift"),
        Finding(DamageScenario.SAFETY, {RIGHT: HIGH, THERE: HIGH}, "Ein übersehener Ausbruch macht Menschen krank"),
        Finding(DamageScenario.TASKS, {THERE: HIGH}),
        Finding(DamageScenario.FINANCES, {SECRET: NORMAL, RIGHT: NORMAL, THERE: NORMAL}),
    ),
    "Personal und Haushalt": (
        Finding(DamageScenario.PRIVACY, {SECRET: HIGH}, "Personalakten"),
        Finding(DamageScenario.FINANCES, {RIGHT: HIGH, THERE: NORMAL}, "Falsche Zahlungen"),
    ),
}
