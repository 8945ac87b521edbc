"""The house in English: every form of a text keeps its places, and a reader meets English on the pages."""

import re
from collections.abc import Iterator

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from isms import texts
from isms.rules.errors import Complaint, Refused
from isms.rules.roles import Role
from tests.browser import Browser
from tests.office import Office

Forms = str | list[str] | tuple[str, ...] | None
PLACES = re.compile(r"%\(\w+\)\w|%%|{\w+}")


def messages() -> Iterator[Message]:
    with (texts.LOCALE / "en" / "LC_MESSAGES" / "isms.po").open("rb") as file:
        yield from (message for message in read_po(file, locale="en") if message.id)


def forms(text: Forms) -> list[str]:
    return [text] if isinstance(text, str) else list(text or ())


def faults(german: Forms, english: Forms) -> Iterator[str]:
    for said, meant in zip(forms(german), forms(english), strict=True):
        if sorted(PLACES.findall(said)) != sorted(PLACES.findall(meant)):
            yield f"„{said}“ and “{meant}” fill in different values"
        if set("„‚") & set(meant):
            yield f"“{meant}” has German quotation marks"


def test_every_form_of_every_text_keeps_its_places():
    assert not [fault for message in messages() for fault in faults(message.id, message.string)]


def test_a_lost_place_is_found():
    assert list(faults(("%(n)s Gerät", "%(n)s Geräte"), ("%(n)s device", "devices")))
    assert list(faults("„{name}“ fehlt.", "„{name}“ is missing."))
    assert not list(faults("{a} von {b}", "of {b}, {a}"))


@pytest.fixture
def english() -> Iterator[None]:
    before = texts.language.set("en")
    yield
    texts.language.reset(before)


@pytest.mark.usefixtures("english")
def test_texts_terms_and_refusals_are_translated():
    assert texts._("Gerät") == "Device"
    assert texts.label(Role.SECURITY_OFFICER) == "Information security officer"
    assert texts.ngettext("%(n)s Aufgabe", "%(n)s Aufgaben", 1) == "%(n)s task"
    assert texts.ngettext("%(n)s Aufgabe", "%(n)s Aufgaben", 2) == "%(n)s tasks"
    assert texts.said(Complaint("Bitte kürzen Sie auf höchstens {limit} Zeichen.", {"limit": 9})) == (
        "Please shorten this to at most 9 characters."
    )
    assert texts.said(Refused("Die Rolle {role} braucht ein Ende.", role=Role.AUDITOR)) == (
        "The role Auditor needs an end."
    )


async def test_the_pages_are_in_english_once_chosen(office: Office, browser: Browser):
    await browser.submit("/preferences", as_=office.yildiz, language="en", theme="", back_to="/")
    desk = (await browser.get("/", as_=office.yildiz)).text
    missing = (await browser.get("/gibt-es-nicht", as_=office.yildiz)).text
    matrix = (await browser.get("/risks", as_=office.yildiz)).text

    assert "<h1" in desk
    assert "My tasks" in desk
    assert "Meine Aufgaben" not in desk
    assert "This page does not exist." in missing
    assert "very high" in matrix
    assert "sehr hoch" not in matrix
