"""YAML that an office edits: what is wrong is said with the file, the place and what would be right."""

from collections.abc import Callable
from pathlib import Path

import pytest

from isms.intake.yaml_file import Section, read_yaml, read_yaml_bytes
from isms.rules.errors import Refused

ENTRIES = """
title: Muster
entries:
  - {id: A.1, count: 3, day: 2026-06-30, tags: [eins, zwei], uuid: 71A82FA5-70f8-42a3-98a4-184e8369d977}
  - {count: 9}
settings: {days: "365"}
"""


def section(text: str) -> Section:
    return read_yaml_bytes("pack.yaml", text.encode())


def test_a_file_is_read_entry_by_entry() -> None:
    file = section(ENTRIES)
    first, second = file.sections("entries")

    assert file.text("title") == "Muster"
    assert file.section("settings").text("days") == "365"
    assert file.pairs("settings") == {"days": "365"}
    assert (first.number("count", 1, 5), first.day("day").year, first.texts("tags")) == (3, 2026, ("eins", "zwei"))
    assert first.uuid("uuid") == "71a82fa5-70f8-42a3-98a4-184e8369d977"
    assert second.texts("tags") == ()
    assert (first.place, second.place) == ("entries A.1", "entries 2")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: 1\nb: 2\na: 3\n", "Zeile 3: „a“ steht doppelt"),
        ("a:\n  b: 1\n  b: 2\n", "Zeile 3: „b“ steht doppelt"),
        ("a: 'offen\n", "kein gültiges YAML"),
        ("a: 1\n b: 2\n", "kein gültiges YAML; die erste unklare Stelle ist in Zeile 2"),
        ("- a\n", "muss mit benannten Angaben beginnen"),
        ("", "muss mit benannten Angaben beginnen"),
        ("a: !!python/object/apply:os.getcwd []\n", "kein gültiges YAML"),
        ("? {a: 1}\n: 2\n", "kein gültiges YAML"),
        ("a: 2026-02-31\n", "kein gültiges YAML"),
        ("[" * 5000, "kein gültiges YAML"),
        ("x: " + "a" * 2_100_000, "größer als 2 MB"),
    ],
)
def test_what_is_no_clean_yaml_is_refused(text: str, said: str) -> None:
    with pytest.raises(Refused) as refused:
        section(text)

    assert said in str(refused.value)
    assert "„pack.yaml“" in str(refused.value)


def test_another_encoding_is_refused() -> None:
    with pytest.raises(Refused, match="nicht in UTF-8"):
        read_yaml_bytes("pack.yaml", "title: Prüfung".encode("latin-1"))


def test_a_byte_order_mark_does_no_harm() -> None:
    assert read_yaml_bytes("pack.yaml", "\ufefftitle: Prüfung".encode()).text("title") == "Prüfung"


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"Die Datei „weg\.yaml“ gibt es nicht"):
        read_yaml(tmp_path / "weg.yaml")


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda entry: entry.text("name"), "„pack.yaml“, entries A.1: Die Angabe „name“ fehlt."),
        (lambda entry: entry.text("count"), "„count“ muss ein Text sein"),
        (lambda entry: entry.text("blank"), "„blank“ muss ein Text sein"),
        (lambda entry: entry.number("flag", 0, 9), "„flag“ muss eine ganze Zahl von 0 bis 9 sein"),
        (lambda entry: entry.number("count", 7, 9), "„count“ muss eine ganze Zahl von 7 bis 9 sein"),
        (lambda entry: entry.choice("word", ("MUSS", "KANN")), "muss eine dieser Angaben sein: MUSS, KANN"),
        (lambda entry: entry.day("word"), "„word“ muss ein Datum wie 2026-06-30 sein"),
        (lambda entry: entry.uuid("word"), "„word“ muss eine UUID wie"),
        (lambda entry: entry.uuids("mixed"), "„mixed“ muss eine UUID wie"),
        (lambda entry: entry.texts("mixed"), "„mixed“ muss eine Liste von Texten sein"),
        (lambda entry: entry.texts("word"), "„word“ muss eine Liste sein"),
        (lambda entry: entry.pairs("deep"), "„deep“ muss benannte Texte enthalten"),
        (lambda entry: entry.section("word"), "„word“ muss ein Abschnitt"),
        (lambda entry: list(entry.sections("mixed")), "„mixed“ muss eine Liste von Abschnitten sein"),
        (lambda entry: entry.only("id", "count"), "Die Angabe „word“ ist nicht vorgesehen. Möglich sind: id, count."),
    ],
)
def test_a_field_of_another_kind_is_named_with_its_place(ask: Callable[[Section], object], said: str) -> None:
    (entry,) = section(
        "entries: [{id: A.1, word: Wort, count: 3, flag: yes, blank: '  ', mixed: [a, 1], deep: {a: 1}}]"
    ).sections("entries")

    with pytest.raises(Refused) as refused:
        ask(entry)

    assert said in str(refused.value)
    assert str(refused.value).startswith("„pack.yaml“, entries A.1: ")
