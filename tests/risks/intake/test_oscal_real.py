"""The catalogues that offices really load."""

import json
from collections import Counter
from pathlib import Path
from time import process_time

import pytest

from isms.intake import Unreadable
from risks.intake.oscal import read
from risks.rules.prose import Parameter, resolved
from tests.risks.real_data import CATALOGUE, CSF, GA_LOTSE, NIST_LOW, ORACLE

PRACTICES = {
    "GC": 35, "STM": 15, "UMS": 11, "VRB": 10, "PERF": 24, "RISK": 4, "ASST": 58, "PERS": 30, "BES": 109, "DLS": 18,
    "TEST": 35, "GEB": 75, "SENS": 88, "ARCH": 63, "BER": 81, "NOT": 37, "DET": 82, "REA": 23, "KONF": 157, "DEV": 34,
}  # fmt: skip


def test_the_edition_of_june_2026_is_read_whole_and_fast(real_data: Path) -> None:
    content = (real_data / CATALOGUE).read_bytes()

    started = process_time()
    reading = read(content)
    seconds = process_time() - started

    found = reading.catalogue
    assert (reading.defects, reading.warnings) == ([], [])
    assert len(found.requirements) == len({each.uuid for each in found.requirements}) == 989
    assert Counter(each.practice for each in found.requirements) == PRACTICES
    assert Counter(each.modal_verb for each in found.requirements) == {"MUSS": 149, "SOLLTE": 616, "KANN": 224}
    assert Counter(each.security_level for each in found.requirements) == {"normal-SdT": 762, "erhöht": 227}
    assert Counter(link.relation for each in found.requirements for link in each.references) == {
        "required": 67,
        "related": 195,
    }
    assert len(found.topics) == 139
    assert sum(len(each.parameters) for each in found.requirements) == 218
    assert found.licence == "CC BY-SA 4.0"
    assert seconds < 1


def test_the_categories_agree_with_an_independent_count(real_data: Path) -> None:
    requirements = read((real_data / CATALOGUE).read_bytes()).catalogue.requirements
    oracle = json.loads((real_data / ORACLE).read_bytes())

    own = Counter(category for each in requirements for category in each.categories or ["(ohne Zielobjektkategorie)"])

    assert {name: own[name] for name in oracle} == {name: about["own"] for name, about in oracle.items()}


@pytest.mark.parametrize(("file", "requirements", "practices"), [(NIST_LOW, 149, 18), (CSF, 219, 6)])
def test_catalogues_of_nist_are_read_too(file: str, requirements: int, practices: int, real_data: Path) -> None:
    reading = read((real_data / file).read_bytes())

    assert reading.defects == []
    assert len(reading.catalogue.requirements) == requirements
    assert len(reading.catalogue.practices) == practices


def test_choices_inside_choices_are_resolved(real_data: Path) -> None:
    requirements = {each.code: each for each in read((real_data / NIST_LOW).read_bytes()).catalogue.requirements}
    policy = requirements["ac-1"]

    spans = resolved(
        policy.statement,
        {each.name: Parameter(each.label, each.values, each.choices, each.parts) for each in policy.parameters},
    )

    text = "".join(span.text for span in spans)
    assert "insert:" not in text
    assert "1. [organization-level | mission/business process-level | system-level] access control policy" in text


def test_a_component_definition_that_breaks_its_schema_is_answered_with_the_place(real_data: Path) -> None:
    with pytest.raises(Unreadable) as refused:
        read((real_data / GA_LOTSE).read_bytes())

    assert "eine Komponentendefinition („Entwurf GA-Lotse Grundmodul“)" in str(refused.value)
    assert "Fehlerstellen: 1, die erste ist import-component-definitions[0].remarks." in str(refused.value)
