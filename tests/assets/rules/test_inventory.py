"""Reports are read whatever they hold: what fits is kept, what is personal is not, and nothing breaks."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assets.rules.inventory import FactName, State, category_of, is_junk, same
from assets.rules.inventory_door import PERSONAL, at_the_door
from assets.rules.inventory_matching import changes, differing, filled
from assets.rules.inventory_reading import encryption, report_of
from isms.rules.errors import Incomplete
from tests.assets.facts import a_report, glpi

SMALL: dict[str, Any] = json.loads(a_report())
JSONS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.just("\0"),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


def places(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path] if path else []
    pairs = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return found + [place for key, value in pairs for place in places(value, (*path, key))]


PLACES = places(SMALL)


def replaced(node: Any, path: tuple[Any, ...], value: Any) -> Any:
    copy = json.loads(json.dumps(node))
    holder = copy
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = value
    return copy


@given(st.data())
@settings(max_examples=100)
def test_a_report_with_anything_in_any_place_is_read_or_explained(data):
    document = replaced(SMALL, data.draw(st.sampled_from(PLACES)), data.draw(JSONS))

    _read(document)


@given(st.data())
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.parametrize("name", ["computer_1", "phone_1", "networkequipment_3"])
def test_real_reports_with_anything_in_any_place(real_data, name, data):
    whole = json.loads(glpi(real_data, name))
    document = replaced(whole, data.draw(st.sampled_from(places(whole))), data.draw(JSONS))

    _read(document)


def _read(document: dict[str, Any]) -> None:
    kept = at_the_door(document)
    assert at_the_door(kept) == kept or kept != kept  # a number that is none equals nothing
    try:
        report = report_of(kept)
    except Incomplete:
        return
    assert all(0 < len(value) <= 250 and "\0" not in value for value in report.facts.values())
    assert all(name in FactName for name in report.facts)


@given(st.sampled_from(sorted(PERSONAL)), st.text(min_size=6, max_size=20), st.sampled_from([(), ("bios",), ("new",)]))
def test_what_is_personal_stays_outside_wherever_it_stands(name, secret, below):
    secret = f"geheim-{secret}"
    document = json.loads(json.dumps(SMALL))
    holder = document["content"]
    for step in below:
        holder = holder.setdefault(step, {})
    holder[name] = secret

    kept = at_the_door(document)

    assert secret not in json.dumps(kept, ensure_ascii=False)
    assert any(path.endswith(name) for path in kept["dropped"])


@pytest.mark.parametrize(
    ("text", "junk"),
    [
        *[(text, True) for text in ("", "0", "0000000000", "To be filled by O.E.M.", "None", "x")],
        *[(text, False) for text in ("640HP72", "COMP1", "NB-0001")],
    ],
)
def test_what_makers_leave_in_a_field_is_no_identity(text, junk):
    assert is_junk(text) is junk


@pytest.mark.parametrize(
    ("drives", "state"),
    [
        ([{"type": "/", "encrypt_status": "Yes"}, {"type": "/boot"}], State.ON),
        ([{"type": "/", "encrypt_status": "Yes"}, {"type": "…"}], State.PARTLY),
        ([{"letter": "C:", "encrypt_status": "No"}], State.OFF),
        ([{"letter": "C:", "encrypt_status": "Partially"}], State.PARTLY),
        ([{"letter": "C:"}], State.UNKNOWN),
        ([], State.UNKNOWN),
        ([{"letter": "C:", "encrypt_status": "Yes"}, {"type": "Removable Disk", "encrypt_status": "No"}], State.ON),
    ],
)
def test_encrypted_is_what_says_so_throughout(drives, state):
    assert encryption(drives, []) is state


def test_makers_and_models_may_say_more_without_differing():
    assert same(FactName.MAKER, "Dell", "Dell Inc.")
    assert same(FactName.MODEL, "XPS 13", "XPS 13 9350")
    assert same(FactName.SERIAL, "640hp72", "640HP72")
    assert not same(FactName.SERIAL, "640HP72", "640HP73")
    assert not same(FactName.MODEL, "Sturm 9", "Reise 14")


def test_only_empty_fields_are_filled():
    report = report_of(at_the_door(SMALL))

    assert filled(report.facts.items(), {"serial": "X1", "maker": ""}) == {"maker": "Nordwind", "model": "Reise 14"}
    assert differing(report.facts, {"serial": "X1", "maker": "Nordwind GmbH"}) == {FactName.SERIAL}
    assert category_of(report) == "Notebook"


def test_a_report_after_itself_changes_nothing():
    report = report_of(at_the_door(SMALL))

    assert not changes(report, dict(report.facts)).is_news
    assert changes(report, {}).is_news
