"""The forms about protection needs that have a field for each scenario, and how they become findings and words."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from msgspec import Meta

from assets.rules.protection import Goal, ProtectionNeed
from assets.rules.scenarios import Criteria, DamageScenario, Finding, criterion_field
from isms.forms import Form

Text = Annotated[str, Meta(max_length=1000)]

CriteriaForm: Any = msgspec.defstruct(
    "CriteriaForm",
    [
        ("after", int),
        ("reason", Text, ""),
        *((criterion_field(scenario, need), Text, "") for scenario in DamageScenario for need in ProtectionNeed),
    ],
    bases=(Form,),
    frozen=True,
)

ScenariosForm: Any = msgspec.defstruct(
    "ScenariosForm",
    [
        ("version", int),
        ("reason", str, ""),
        *(
            (f"{scenario.value}_{goal.value}", ProtectionNeed | None, None)
            for scenario in DamageScenario
            for goal in Goal
        ),
        *((f"{scenario.value}_reason", Text, "") for scenario in DamageScenario),
    ],
    bases=(Form,),
    frozen=True,
)


def texts_of(form: Any) -> Criteria:
    return {
        (scenario, need): getattr(form, criterion_field(scenario, need))
        for scenario in DamageScenario
        for need in ProtectionNeed
    }


def criteria_typed(texts: Criteria) -> dict[str, object]:
    """The words as the form's fields hold them."""
    return {criterion_field(*key): text for key, text in texts.items()}


def findings_of(form: Any) -> list[Finding]:
    return [
        Finding(
            scenario,
            {goal: need for goal in Goal if (need := getattr(form, f"{scenario.value}_{goal.value}")) is not None},
            getattr(form, f"{scenario.value}_reason"),
        )
        for scenario in DamageScenario
    ]


def findings_typed(findings: list[Finding]) -> dict[str, object]:
    """Findings as the form's fields hold them."""
    damage = {f"{one.scenario.value}_{goal.value}": need for one in findings for goal, need in one.damage.items()}
    return damage | {f"{one.scenario.value}_reason": one.reason for one in findings}
