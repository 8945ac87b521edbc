"""JSON that could be read in two ways, or that would not end, is refused with its place."""

import json
import os
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isms.intake import Unreadable
from isms.intake.strict_json import read_json

REAL = os.environ.get("ISMS_TEST_DATA")

REFUSED = {
    "empty": (b"", "Die Datei ist leer."),
    "value missing": (b'{\n  "a": ,\n}', "in Zeile 2, Spalte 8 ab: Es fehlt ein Wert."),
    "comma missing": (b'{"a": 1 "b": 2}', "Es fehlt ein Komma"),
    "single quotes": (b"{'a': 1}", "Es fehlt ein Name in Anführungszeichen"),
    "cut off": (b'{"a": "text', "schließendes Anführungszeichen fehlt"),
    "line break in text": (b'"a\nb"', "Zeilenumbruch"),
    "two values": (b"{} {}", "Hinter dem Ende steht noch etwas"),
    "doubled": (b'{"catalog": {"groups": [{}, {"id": "a", "id": "b"}]}}', "„id“ zweimal in „/catalog/groups/1“"),
    "doubled at the root": (b'{"a": 1, "a": 1}', "„a“ zweimal in „/“"),
    "nan": (b'{"a": NaN}', "„NaN“"),
    "infinity": (b'{"a": -Infinity}', "„-Infinity“"),
    "infinite by digits": (b'{"a": 1e999}', "Die Zahl 1e999 ist zu groß."),
    "endless integer": (b"1" * 5000, "mehreren Tausend Stellen"),
    "deep": (b"[" * 65 + b"]" * 65, "tiefer als 64 Ebenen"),
    "bottomless": (b"[" * 5_000_000, "tiefer als 64 Ebenen"),
    "not utf-8": (b'{\n"a": "\xfc"}', "In Zeile 2 steht ein Zeichen"),
    "utf-16": ('{"a": 1}'.encode("utf-16"), "Zeichen, das in UTF-8 nicht vorkommt"),
    "half a letter": (b'{"a": ["\\ud800"]}', "Der Text in „/a/0“"),
    "nul": (b'{"a\\u0000": 1}', "Der Text in „/“"),
    "xml bomb": (b'<?xml version="1.0"?><!DOCTYPE lolz []><lolz/>', "XML- oder HTML-Datei"),
    "archive": (b"PK\x03\x04", "Erwartet wird JSON."),
}


@pytest.mark.parametrize(("content", "said"), REFUSED.values(), ids=REFUSED)
def test_what_is_not_plain_json_is_refused_with_its_place(content: bytes, said: str):
    with pytest.raises(Unreadable) as refused:
        read_json(content)

    assert said in str(refused.value)


def test_oversized_files_are_refused_by_their_size():
    with pytest.raises(Unreadable, match=r"höchstens 1 MB"):
        read_json(b" " * 2_000_000 + b"1", limit=1_000_000)


def test_a_bom_and_an_escaped_backslash_are_fine():
    assert read_json(b'\xef\xbb\xbf{"a": "\\\\u0000", "\\ud83d\\ude00": 1}') == {"a": "\\u0000", "😀": 1}


@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers()
        | st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(codec="ascii", min_codepoint=32)), inner),
    )
)
def test_honest_json_reads_as_it_is(value: object):
    assert read_json(json.dumps(value).encode()) == value


@given(st.binary(max_size=200))
def test_no_bytes_make_it_stumble(content: bytes):
    with suppress(Unreadable):
        read_json(content)


@pytest.mark.skipif(not REAL, reason="ISMS_TEST_DATA is not set")
@pytest.mark.parametrize("folder", ["bsi", "nist", "endoflife", "glpi-inventory", "oscal-schemas", "sbom"])
def test_real_files_read_as_python_reads_them(folder: str):
    files = sorted((Path(REAL or "") / folder).rglob("*.json"))

    assert files
    for file in files:
        assert read_json(file.read_bytes()) == json.loads(file.read_text(encoding="utf-8-sig")), file
