"""What ships as YAML holds together, fits the published catalogue and copies none of its sentences."""

import csv
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from assets.rules import categories
from isms.rules.errors import Refused
from risks.intake import packs
from tests.risks.published import controls_in, stable_key

SENTENCE = 8

# Elementary threats


def test_there_are_47_elementary_threats() -> None:
    assert [threat.id for threat in packs.threats()] == [f"G 0.{number}" for number in range(1, 48)]


def test_the_threats_are_the_published_ones(real_data: Path) -> None:
    with (real_data / "bsi/extra/basethreats.csv").open(encoding="utf-8-sig", newline="") as file:
        published = [(row["ID"], row["Begriff"], row["uuid"].lower()) for row in csv.DictReader(file)]

    assert [(threat.id, threat.title, threat.uuid) for threat in packs.threats()] == published


# The starter catalogue


def test_the_starter_catalogue_is_a_start_and_no_library() -> None:
    requirements = packs.starter_catalogue().requirements
    first = [requirement for requirement in requirements if requirement.order == "R1"]

    assert 115 <= len(requirements) <= 130
    assert len(first) < len(requirements) / 2


def test_the_starter_catalogue_covers_what_an_office_does() -> None:
    covered = " ".join(practice.id.removeprefix("GA.") for practice in packs.starter_catalogue().practices)

    assert covered == "ORG STR RIS GER PER SEN BES AEN GEB NET ZUG NOT ERK VOR KON MOB FAC GES AKT KIC"


@pytest.mark.parametrize("requirement", packs.starter_catalogue().requirements, ids=lambda requirement: requirement.id)
def test_a_requirement_says_who_does_what_and_what_proves_it(requirement: packs.Requirement) -> None:
    verbs = re.findall(r"\b(MUSS|SOLLTE|KANN)\b", requirement.text)

    assert verbs == [requirement.modal_verb]
    assert requirement.text.endswith(".")
    assert requirement.text.count(". ") == 0, "one sentence"
    assert len(requirement.text) <= 220, "a sentence that is read in one breath"
    assert len(requirement.proof) >= 25, "a proof that somebody can ask for"
    assert (requirement.security_level == "erhöht") == (requirement.modal_verb == "KANN")
    assert requirement.refers_to
    assert len(set(requirement.refers_to)) == len(requirement.refers_to)


def test_ids_follow_the_tree_and_what_comes_first_stands_first() -> None:
    for practice in packs.starter_catalogue().practices:
        for topic in practice.topics:
            assert topic.id.rpartition(".")[0] == practice.id
            assert all(requirement.id.rpartition(".")[0] == topic.id for requirement in topic.requirements)
            assert list(topic.requirements) == sorted(topic.requirements, key=lambda requirement: requirement.order)


def test_target_categories_are_words_of_the_vocabulary() -> None:
    known = {category.name for category in categories.CATEGORIES.values()}
    used = {name for requirement in packs.starter_catalogue().requirements for name in requirement.target_categories}

    assert used <= known


def test_every_reference_of_the_starter_catalogue_leads_to_a_published_requirement(published: Any) -> None:
    known = {stable_key(control) for control in controls_in(published)}
    lost = {
        requirement.id: sorted(set(requirement.refers_to) - known)
        for requirement in packs.starter_catalogue().requirements
        if not set(requirement.refers_to) <= known
    }

    assert not lost


def test_the_named_edition_is_the_one_that_was_checked(published: Any) -> None:
    for edition in (packs.starter_catalogue().refers_to, packs.rule_pack().refers_to):
        assert edition.uuid == published["uuid"]
        assert edition.version == published["metadata"]["version"]
        assert edition.title in ("Anwenderkatalog Grundschutz++", published["metadata"]["title"])


def test_the_printed_ids_in_the_comments_are_those_of_the_edition(published: Any) -> None:
    printed = {stable_key(control): control["id"] for control in controls_in(published)}
    for pack in ("starter.yaml", "evidence.yaml"):
        noted = re.findall(r"- ([0-9a-f-]{36})  # ([A-Z]+\.[\d.]+\d)$", (packs.PACKS / pack).read_text(), re.MULTILINE)
        assert noted
        assert not {key: name for key, name in noted if printed[key] != name}


# Nothing of the BSI's prose


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def runs(text: str) -> Iterator[tuple[str, ...]]:
    said = words(text)
    return (tuple(said[start : start + SENTENCE]) for start in range(len(said) - SENTENCE + 1))


def filled(prose: str, control: Any) -> str:
    labels = {parameter["id"]: parameter.get("label", "") for parameter in control.get("params", [])}
    return re.sub(r"\{\{ insert: param, (\S+) \}\}", lambda gap: labels.get(gap[1], ""), prose)


def our_texts() -> Iterator[tuple[str, str]]:
    catalogue, pack = packs.starter_catalogue(), packs.rule_pack()
    for requirement in catalogue.requirements:
        yield from ((requirement.id, text) for text in (requirement.title, requirement.text, requirement.proof))
    for rule in pack.rules:
        yield from ((rule.key, text) for text in (rule.title, rule.explanation, rule.limits))
    yield from ((topic.key, topic.title) for topic in pack.topics)


def copied(ours: Iterable[tuple[str, str]], theirs: set[tuple[str, ...]]) -> list[str]:
    return [f"{name}: {' '.join(run)}" for name, text in ours for run in runs(text) if run in theirs]


def test_no_sentence_is_the_bsi_s(published: Any) -> None:
    theirs = {
        run
        for control in controls_in(published)
        for part in control.get("parts", [])
        for run in runs(filled(part.get("prose", ""), control))
    }

    assert len(theirs) > 50_000
    assert not copied(our_texts(), theirs)


def test_a_copied_sentence_would_be_found() -> None:
    theirs = set(runs("Eins zwei drei vier fünf sechs sieben acht neun."))

    assert copied([("X", "Und: eins, zwei, drei, vier, fünf, sechs, sieben, acht!")], theirs)
    assert not copied([("X", "eins zwei drei vier fünf sechs sieben")], theirs)


# What somebody may get wrong when editing

STARTER = """
uuid: 27ae1fb7-5c5b-53f0-a56b-116a50dc663d
title: Muster
version: "1"
published_on: 2026-11-23
licence: EUPL-1.2
refers_to: {title: T, uuid: d148a3ab-14d9-4106-8f32-5748625e3fdd, version: "1", published_on: 2026-06-30}
actors: [Die Amtsleitung]
practices:
  - id: M
    uuid: 273a8a07-92e1-5c1e-aea5-447fba758b17
    title: Praktik
    topics:
      - id: M.1
        uuid: 4751604b-4a5f-53c9-8e16-dd9407349de8
        title: Thema
        requirements:
          - id: M.1.1
            uuid: e6297966-c5e5-5cf7-816e-a36403dcccbe
            title: Anfangen
            modal_verb: MUSS
            text: Die Amtsleitung MUSS anfangen.
            proof: Ein Anfang mit Datum
            effort_level: 1
            security_level: normal-SdT
            order: R1
            refers_to: [af7b68e3-ac36-4876-a1ea-80d38407f1c1]
"""


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        (
            "modal_verb: MUSS",
            "modal_verb: DARF",
            "requirements M.1.1: „modal_verb“ muss eine dieser Angaben sein: MUSS",
        ),
        ("effort_level: 1", "effort_level: 6", "„effort_level“ muss eine ganze Zahl von 1 bis 5 sein"),
        ("order: R1", "order: R4", "„order“ muss eine dieser Angaben sein: R1, R2, R3"),
        ("            proof: Ein Anfang mit Datum\n", "", "requirements M.1.1: Die Angabe „proof“ fehlt"),
        ("proof:", "prof:", "Die Angabe „prof“ ist nicht vorgesehen"),
        ("Die Amtsleitung MUSS an", "Jemand MUSS an", "M.1.1: Der Satz muss mit einer Rolle aus „actors“ und „MUSS“"),
        ("Die Amtsleitung MUSS an", "Die Amtsleitung KANN an", "M.1.1: Der Satz muss mit einer Rolle"),
        ("id: M.1.1", "id: M.1", "Die Kennung „M.1“ ist doppelt vergeben"),
        ("e6297966-c5e5-5cf7-816e-a36403dcccbe", "273a8a07-92e1-5c1e-aea5-447fba758b17", "Die UUID „273a8a07"),
        ("[af7b68e3-ac36-4876-a1ea-80d38407f1c1]", "[GC.5.1.3]", "„refers_to“ muss eine UUID wie"),
        ('version: "1"\npub', "version: 1\npub", "„version“ muss ein Text sein"),
    ],
)
def test_a_slip_in_the_starter_catalogue_is_named(tmp_path: Path, right: str, wrong: str, said: str) -> None:
    pack = tmp_path / "starter.yaml"
    pack.write_text(STARTER)
    assert len(packs.starter_catalogue(pack).requirements) == 1

    pack.write_text(STARTER.replace(right, wrong, 1))
    with pytest.raises(Refused) as refused:
        packs.starter_catalogue(pack)

    assert said in str(refused.value)
    assert "„starter.yaml“" in str(refused.value)


def test_a_number_that_is_given_twice_is_named(tmp_path: Path) -> None:
    pack = tmp_path / "threats.yaml"
    pack.write_text(
        """threats:
  - {id: G 0.1, uuid: 71a82fa5-70f8-42a3-98a4-184e8369d977, title: Feuer}
  - {id: G 0.1, uuid: 1058f5c7-1857-4c18-8f2f-f6f47638bad6, title: Frost}
"""
    )

    with pytest.raises(Refused, match=r"„threats\.yaml“: Die Nummer „G 0\.1“ ist doppelt vergeben"):
        packs.threats(pack)
