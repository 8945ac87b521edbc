"""Which figure speaks for which requirement: every end of every rule leads somewhere."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from isms.app import AREAS
from isms.rules.errors import Refused
from risks.intake import packs
from tests.risks.published import controls_in, stable_key

COURSES = Path(__file__).parents[2] / "training" / "courses"


def test_every_rule_leads_to_requirements_that_exist(published: Any) -> None:
    known = {stable_key(control) for control in controls_in(published)}
    ours = {requirement.uuid for requirement in packs.starter_catalogue().requirements}

    for rule in packs.rule_pack().rules:
        assert rule.supports, rule.key
        assert set(rule.supports) <= known, rule.key
        assert set(rule.supports_starter) <= ours, rule.key


def test_every_figure_that_a_rule_names_is_offered() -> None:
    offered = {indicator.key for area in AREAS for indicator in area.indicators}

    assert {rule.indicator for rule in packs.rule_pack().rules} <= offered


def test_training_speaks_for_sens_and_the_device_register_for_asst(published: Any) -> None:
    printed = {stable_key(control): control["id"] for control in controls_in(published)}
    spoken_for = {
        indicator: {printed[key].split(".")[0] for rule in rules_of(indicator) for key in rule.supports}
        for indicator in ("training.coverage", "assets.devices_assigned", "assets.inventory_seen_within")
    }

    assert spoken_for == {
        "training.coverage": {"SENS", "PERS"},
        "assets.devices_assigned": {"ASST"},
        "assets.inventory_seen_within": {"ASST"},
    }


def rules_of(indicator: str) -> list[packs.Rule]:
    return [rule for rule in packs.rule_pack().rules if rule.indicator == indicator]


def test_every_topic_of_the_course_is_bound_and_no_other() -> None:
    for rule in rules_of("training.coverage"):
        folder = COURSES / rule.parameters["course"]
        course = yaml.safe_load((folder / "course.yaml").read_text(encoding="utf-8"))
        assert set(rule.topics) <= {topic["key"] for topic in course["topics"]}

    taught = {(topic["key"], topic["title"]) for topic in course["topics"]}
    assert {(topic.key, topic.title) for topic in packs.rule_pack().topics} == taught
    assert {topic for rule in packs.rule_pack().rules for topic in rule.topics} == {key for key, _ in taught}


def test_a_requirement_finds_the_rules_that_speak_for_it() -> None:
    pack = packs.rule_pack()
    phishing = next(rule for rule in pack.rules if rule.key == "course.phishing")

    assert phishing in pack.rules_for(phishing.supports[0])
    assert pack.rules_for(phishing.supports_starter[0]) == (phishing,)
    assert pack.rules_for("00000000-0000-4000-8000-000000000000") == ()


RULES = """
uuid: f415b280-da89-5233-a2d2-a937793dadd6
title: Muster
version: "1"
refers_to: {title: T, uuid: d148a3ab-14d9-4106-8f32-5748625e3fdd, version: "1", published_on: 2026-06-30}
topics: [{key: phishing, title: Phishing}]
rules:
  - key: course
    title: Quote
    indicator: training.coverage
    parameters: {course: muster}
    topics: [phishing]
    yes_from: 95
    partly_from: 70
    explanation: Darum.
    limits: Nicht mehr.
    supports: [f5c0d014-bafa-4672-ad7d-fdb1fb16f3c4]
"""


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("partly_from: 70", "partly_from: 96", "„partly_from“ muss eine ganze Zahl von 0 bis 95 sein"),
        ("yes_from: 95", "yes_from: 0.95", "„yes_from“ muss eine ganze Zahl von 1 bis 100 sein"),
        ("topics: [phishing]", "topics: [fishing]", "course: Das Thema „fishing“ steht nicht unter „topics“"),
        ("course: muster", "days: 365", "„parameters“ muss benannte Texte enthalten"),
        ("limits: Nicht mehr.", "limits: Nicht mehr.\n    limits: Doch.", "„limits“ steht doppelt"),
        ("indicator:", "indicators:", "Die Angabe „indicators“ ist nicht vorgesehen"),
    ],
)
def test_a_slip_in_the_rule_pack_is_named(tmp_path: Path, right: str, wrong: str, said: str) -> None:
    pack = tmp_path / "evidence.yaml"
    pack.write_text(RULES)
    assert packs.rule_pack(pack).rules[0].parameters == {"course": "muster"}

    pack.write_text(RULES.replace(right, wrong, 1))
    with pytest.raises(Refused) as refused:
        packs.rule_pack(pack)

    assert said in str(refused.value)
