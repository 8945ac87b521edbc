"""What was typed becomes a form, or one complaint per field at once; nothing typed is lost."""

from datetime import date
from typing import Annotated, Any

import msgspec
import pytest

from isms.forms import Draft, Form
from isms.rules.errors import Complaint, Incomplete
from isms.rules.roles import Role


class Handing(Form):
    person: int
    issued_on: date
    role: Role
    note: Annotated[str, msgspec.Meta(max_length=10)] = ""
    tags: list[str] = []
    signed: bool = False
    ends_on: date | None = None


def typed(**fields: Any) -> dict[str, list[Any]]:
    return {name: value if isinstance(value, list) else [value] for name, value in fields.items()}


def test_a_good_form_is_typed_in_german():
    form = Draft(
        Handing,
        typed(person=" 17 ", issued_on="31.12.2026", role="it", tags=["", "neu", "mobil"], signed="on", ends_on=""),
    ).form

    assert form == Handing(17, date(2026, 12, 31), Role.IT, "", ["neu", "mobil"], True, None)


def test_every_field_complains_at_once_and_keeps_what_was_typed():
    draft = Draft(Handing, typed(person="siebzehn", issued_on="31.02.2026", role="chef", note="viel zu lange Notiz"))

    assert set(draft.complaints) == {"person", "issued_on", "role", "note"}
    assert str(draft.complaint("issued_on")) == "Bitte geben Sie ein Datum ein, zum Beispiel 31.12.2026."
    assert str(draft.complaint("note")) == "Bitte kürzen Sie auf höchstens 10 Zeichen."
    assert draft.value("person") == "siebzehn"
    with pytest.raises(Incomplete):
        _ = draft.form


def test_what_is_missing_is_asked_for():
    draft = Draft(Handing, typed(person="", role="it"))

    assert {name: str(said) for name, said in draft.complaints.items()} == {
        "person": "Bitte füllen Sie dieses Feld aus.",
        "issued_on": "Bitte füllen Sie dieses Feld aus.",
    }


def test_a_form_to_start_with_has_nothing_wrong_yet():
    draft = Draft.blank(Handing, person=17, issued_on=date(2026, 1, 2), role=Role.IT, tags=["a", "b"], signed=True)

    assert not draft.complaints
    assert draft.value("issued_on") == "2026-01-02"
    assert draft.value("role") == "it"
    assert draft.chosen("tags") == ["a", "b"]
    assert draft.value("signed") == "on"
    assert draft.value("ends_on") == ""


def test_a_command_can_blame_a_field_afterwards():
    draft = Draft(Handing, typed(person="17", issued_on="2026-12-31", role="it"))
    draft.blame(Incomplete({"person": Complaint("{name} ist ausgeschieden.", {"name": "Lukas Weber"})}))

    assert str(draft.complaint("person")) == "Lukas Weber ist ausgeschieden."
    with pytest.raises(Incomplete):
        _ = draft.form


@pytest.mark.parametrize("giant", ["9" * 5000, "x" * 20_000])
def test_giants_are_complaints_and_no_crash(giant: str):
    assert "person" in Draft(Handing, typed(person=giant, issued_on="2026-12-31", role="it")).complaints
