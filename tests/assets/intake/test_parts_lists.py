"""Parts lists: for which application is asked, a newer list supersedes, what runs out of support is named."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.intake.parts_lists import ASKED, PARTS_LISTS, read
from assets.queries.parts_lists import newest, news, supported
from assets.rules.support import Standing
from isms.area import Outcome, Upload
from isms.db.reading import value
from isms.rules.errors import Forbidden, Incomplete, Missing, Refused
from tests.assets.facts import all_data, shipped_data
from tests.assets.things import a_run, an_object
from tests.browser import Browser
from tests.office import TODAY, Office

MIT = [{"license": {"id": "MIT"}}]


def a_list(**versions: str) -> bytes:
    parts = [
        {
            "type": "library",
            "group": "org.beispiel",
            "name": name,
            "version": version,
            "licenses": [{"license": {"id": "MIT"}}],
        }
        for name, version in versions.items()
    ]
    about = {"component": {"name": "Meldewerk", "version": "7"}, "timestamp": "2026-03-01T08:00:00Z"}
    return json.dumps({"bomFormat": "CycloneDX", "specVersion": "1.6", "metadata": about, "components": parts}).encode()


async def plan(office: Office, content: bytes, **answers: str):
    return await PARTS_LISTS.plan(Upload("bom.json", content, office.unit.id, answers), by=office.yildiz, on=TODAY)


async def take(office: Office, content: bytes, of: int):
    sent = Upload("bom.json", content, office.unit.id, {ASKED: str(of)})
    made = await PARTS_LISTS.plan(sent, by=office.yildiz, on=TODAY)
    await PARTS_LISTS.carry_out(made, sent, run=await a_run(office, "parts"), by=office.yildiz, on=TODAY)
    return made


def as_xml(document: dict[str, Any]) -> bytes:
    """The same parts list in the other form of the format."""
    bom = ElementTree.Element("bom", xmlns=f"http://cyclonedx.org/schema/bom/{document['specVersion']}")
    told = ElementTree.SubElement(bom, "metadata")
    ElementTree.SubElement(told, "timestamp").text = document["metadata"].get("timestamp", "")
    told.append(_component(document["metadata"].get("component", {})))
    bom.append(_components(document["components"]))
    return bytes(ElementTree.tostring(bom, encoding="utf-8", xml_declaration=True))


def _components(parts: list[dict[str, Any]]) -> ElementTree.Element:
    box = ElementTree.Element("components")
    box.extend(_component(one) for one in parts)
    return box


def _component(one: dict[str, Any]) -> ElementTree.Element:
    made = ElementTree.Element("component", type=one.get("type", "library"))
    for name in ("group", "name", "version", "purl"):
        ElementTree.SubElement(made, name).text = one.get(name, "")
    licences = ElementTree.SubElement(made, "licenses")
    for told in one.get("licenses", []):
        if "expression" in told:
            ElementTree.SubElement(licences, "expression").text = told["expression"]
            continue
        licence = ElementTree.SubElement(licences, "license")
        for name in ("id", "name"):
            if name in told["license"]:
                ElementTree.SubElement(licence, name).text = told["license"][name]
    made.append(_components(one.get("components", [])))
    return made


WORDS = st.text("abc :/äß<&", min_size=1, max_size=8).filter(str.strip)
LICENCES = st.lists(
    st.one_of(
        st.fixed_dictionaries({"expression": WORDS}),
        st.fixed_dictionaries({"license": st.fixed_dictionaries({"id": WORDS})}),
        st.fixed_dictionaries({"license": st.fixed_dictionaries({"name": WORDS})}),
    ),
    max_size=2,
)
LEAVES = st.fixed_dictionaries(
    {"name": WORDS, "type": st.just("library")},
    optional={"group": WORDS, "version": WORDS, "purl": st.just("pkg:npm/a@1"), "licenses": LICENCES},
)
PARTS = st.recursive(
    LEAVES, lambda below: st.fixed_dictionaries({"name": WORDS, "components": st.lists(below, max_size=3)})
)


@given(st.lists(PARTS, min_size=1, max_size=4), st.sampled_from(["1.0", "1.3", "1.6"]))
def test_both_forms_say_the_same(parts: list[dict[str, Any]], version: str):
    about = {"component": {"name": "Meldewerk", "version": "7"}, "timestamp": "2026-03-01T08:00:00Z"}
    document = {"bomFormat": "CycloneDX", "specVersion": version, "metadata": about, "components": parts}

    assert read(as_xml(document)).about == "Meldewerk 7"
    assert set(read(as_xml(document)).parts) == {
        replace(one, kind=one.kind or "library") for one in read(json.dumps(document).encode()).parts
    }


def test_a_real_list_says_the_same_in_both_forms(real_data: Path):
    content = (real_data / "sbom" / "keycloak-10.0.2.cdx.json").read_bytes()
    in_json, in_xml = read(content), read(as_xml(json.loads(content)))

    assert len(in_json.parts) > 100
    assert in_xml == in_json


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<html><body/></html>", "keine Stückliste"),
        (b'<bom xmlns="http://cyclonedx.org/schema/bom/1.4"/>', "keine Bestandteile"),
        (b'<!DOCTYPE bom><bom xmlns="http://cyclonedx.org/schema/bom/1.4"/>', "DOCTYPE"),
        (b'<bom xmlns="http://cyclonedx.org/schema/bom/1.4"><components>', "bricht in Zeile 1"),
    ],
)
def test_xml_that_is_no_parts_list_says_why(content: bytes, said: str):
    with pytest.raises(Incomplete) as error:
        read(content)

    assert said in str(next(iter(error.value.complaints.values())))


async def test_it_asks_which_application_and_names_the_likely_one_first(office: Office):
    await an_object(office, "Akte")
    melder = await an_object(office, "Meldewerk")

    made = await plan(office, a_list(a="1"))

    assert [one.outcome for one in made.verdicts] == [Outcome.QUESTION]
    assert made.questions[0].choices[0].value == str(melder.id)


async def test_a_newer_list_supersedes_and_says_what_changed(office: Office):
    one = await an_object(office, "Meldewerk")
    await take(office, a_list(a="1", b="1", c="1"), one.id)

    made = await take(office, a_list(a="2", c="1", d="1"), one.id)

    assert {outcome: made.count(outcome) for outcome in (Outcome.NEW, Outcome.CHANGED, Outcome.LEFT_OUT)} == {
        Outcome.NEW: 1,
        Outcome.CHANGED: 1,
        Outcome.LEFT_OUT: 1,
    }
    held = await newest(one.id)
    assert held
    changes = await news(held)
    assert changes
    assert [(part.name, part.version, older) for part, older in changes.changed] == [("a", "2", "1")]
    assert [part.name for part in changes.gone] == ["b"]
    assert await value("SELECT count(*) FROM parts_list") == 2
    assert await value("SELECT licence FROM component LIMIT 1") == "MIT"


async def test_the_same_list_again_changes_nothing(office: Office):
    one = await an_object(office, "Meldewerk")
    await take(office, a_list(a="1"), one.id)

    made = await plan(office, a_list(a="1"), **{ASKED: str(one.id)})

    assert [each.outcome for each in made.verdicts] == [Outcome.UNCHANGED]
    with pytest.raises(Refused):
        await take(office, a_list(a="1"), one.id)


async def test_the_real_list_of_keycloak(office: Office, real_data):
    await all_data(office, real_data)
    one = await an_object(office, "Anmeldedienst")

    await take(office, (real_data / "sbom/keycloak-10.0.2.cdx.json").read_bytes(), one.id)

    held = await newest(one.id)
    assert held
    assert (held.parts, held.form, held.made_at.date()) == (903, "CycloneDX 1.2", date(2020, 8, 2))
    assert await value("SELECT count(*) FROM component WHERE package LIKE 'pkg:maven/%'") == 903
    looked = await supported(held, office.unit.path)
    assert any(each.standing(TODAY) is Standing.OVER for each in looked)


async def test_through_the_pages(office: Office, browser: Browser):
    await shipped_data(office)
    one = await an_object(office, "Meldewerk")
    it: dict[str, Any] = {"as_": office.yildiz, "follow": True}
    assert (await browser.get(f"/objects/{one.id}/components", as_=office.yildiz)).status_code == 404
    sent = {"file": ("bom.json", a_list(a="1", b="2"), "application/json")}
    preview = await browser.submit("/imports", kind="parts", unit=office.unit.id, files=sent, **it)
    run = str(preview.url).rsplit("/", 1)[-1]
    answers: dict[str, Any] = {f"answer.{ASKED}": one.id}
    await browser.submit(f"/imports/{run}/answers", **answers, **it)
    await browser.submit(f"/imports/{run}/completion", **it)

    assert "2 Bestandteile" in (await browser.get(f"/objects/{one.id}", as_=office.yildiz)).text
    page = await browser.get(f"/objects/{one.id}/components?q=beispiel/b", as_=office.yildiz)
    assert "org.beispiel/b" in page.text
    assert "org.beispiel/a" not in page.text
    part = await browser.get(f"/objects/{one.id}/components", as_=office.yildiz, htmx=True)
    assert part.text.startswith('<div id="parts">')


NONSENSE = [
    {},
    {"bomFormat": "SPDX"},
    {"bomFormat": "CycloneDX"},
    {"bomFormat": "CycloneDX", "components": [1, None, {"name": 3}]},
    {"bomFormat": "CycloneDX", "components": {"name": "x"}},
]


@pytest.mark.parametrize("document", NONSENSE)
async def test_a_file_that_is_no_list_is_explained(office: Office, document: dict[str, Any]):
    await an_object(office, "Meldewerk")

    with pytest.raises(Incomplete):
        await plan(office, json.dumps(document).encode())


@pytest.mark.parametrize("who", ["weber", "lindner", "petersen"])
async def test_who_may_not(office: Office, who: str):
    await an_object(office, "Meldewerk")
    sent = Upload("bom.json", a_list(a="1"), office.unit.id)

    with pytest.raises((Forbidden, Missing)):
        await PARTS_LISTS.plan(sent, by=getattr(office, who), on=TODAY)
