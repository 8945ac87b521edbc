"""Every word on screen has its label, and every German text used has an English one with the same places to fill in."""

import importlib
import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po

from isms.rules.terms import Level, Term
from tests.house.tree import PACKAGES, ROOT, code, expect_none, here

LANGUAGES = ("en",)
PLACES = re.compile(r"%\(\w+\)\w|{\w+}")
Msgid = str | tuple[str, ...]


def catalogue(language: str) -> Catalog:
    path = ROOT / "isms/locale" / language / "LC_MESSAGES/isms.po"
    if not path.exists():
        pytest.fail(f"{here(path)} is missing: make texts, then translate", pytrace=False)
    with path.open("rb") as file:
        return read_po(file, locale=language)


@cache
def used() -> Mapping[str, str]:
    """Every text that code and templates mark, with the first file that says it."""
    mappings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["babel"]["mappings"]
    options = {one["pattern"]: {k: v for k, v in one.items() if k not in ("method", "pattern")} for one in mappings}
    methods = [(one["pattern"], one["method"]) for one in mappings]
    found: dict[str, str] = {}
    for top in (*PACKAGES, "templates"):
        said = extract_from_dir(ROOT / top, methods, options, keywords=DEFAULT_KEYWORDS | {"N_": None})
        for file, _, message, *_ in said:
            found.setdefault(first(message), f"{top}/{file}")
    return found


def first(message: Msgid | list[str] | None) -> str:
    return message if isinstance(message, str) else message[0] if message else ""


def untranslated(texts: Mapping[str, str], known: Mapping[str, str]) -> Iterator[str]:
    for text, place in texts.items():
        if not known.get(text):
            yield f"{place}: „{text}“ has no translation: make texts, then write one"
        elif set(PLACES.findall(text)) != set(PLACES.findall(known[text])):
            yield f"{place}: „{text}“ and „{known[text]}“ fill in different values: use the same names"


def translations(language: str) -> dict[str, str]:
    messages = [message for message in catalogue(language) if message.id and not message.fuzzy]
    return {first(message.id): first(message.string) for message in messages}


def unlabelled(kinds: Iterator[type[Term] | type[Level]]) -> Iterator[str]:
    for kind in kinds:
        for member in kind:
            if not getattr(member, "label", ""):
                yield f"{kind.__module__}.{kind.__name__}.{member.name} has no label: write N_(…) beside its value"


def terms() -> Iterator[type[Term] | type[Level]]:
    """Every closed list of words in the house."""
    for path in code(*PACKAGES):
        if not {"migrations", "__main__"} & set(path.with_suffix("").parts):
            importlib.import_module(here(path).removesuffix(".py").replace("/", ".").removesuffix(".__init__"))
    waiting: list[type[Term] | type[Level]] = [Term, Level]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if kind.__module__.split(".")[0] in PACKAGES:
            yield kind


def test_every_term_has_a_label():
    expect_none(unlabelled(terms()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_term_has_a_label_in_every_language(language: str):
    labels = {member.label: kind.__module__ for kind in terms() for member in kind}

    expect_none(untranslated(labels, translations(language)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated(language: str):
    expect_none(untranslated(used(), translations(language)))


def test_a_term_without_a_label_is_found():
    class Planted(Term):
        BLUE = "blue"

    assert list(unlabelled(iter([Planted])))


def test_a_text_without_a_translation_is_found():
    assert list(untranslated({"Gerät": "x.py"}, {}))
    assert list(untranslated({"{n} Geräte": "x.py"}, {"{n} Geräte": "devices"}))
    assert not list(untranslated({"{n} Geräte": "x.py"}, {"{n} Geräte": "{n} devices"}))
