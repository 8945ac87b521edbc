"""CSV as it comes in: read where that is safe, else one sentence that names the place."""

import os
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isms.intake import Unreadable
from isms.intake.tables import CsvTable, Limits, match, read_table
from isms.rules.cells import line

REAL = os.environ.get("ISMS_TEST_DATA")
needs_real_files = pytest.mark.skipif(not REAL, reason="ISMS_TEST_DATA is not set")


def cells(table: CsvTable) -> list[dict[str, str]]:
    return [dict(row.cells) for row in table.rows()]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_spreadsheets_dialect_reads_the_same(encoding: str, delimiter: str, end: str):
    rows = [["Name", "Gerät"], ["Ayşe" if encoding != "cp1252" else "Käthe", '"Größe; 1,5\t"']]
    content = end.join(delimiter.join(row) for row in rows).encode(encoding)

    table = read_table(content)

    assert table.columns == ("Name", "Gerät")
    assert cells(table) == [{"Name": rows[1][0], "Gerät": "Größe; 1,5"}]
    assert bool(table.warnings) == (encoding == "cp1252")


def test_rows_are_counted_as_a_spreadsheet_counts_them():
    table = read_table(b'a;b\n1;"two\nlines"\n\n;\n3;4\n')

    assert [(row.number, row["a"]) for row in table.rows()] == [(2, "1"), (5, "3")]


def test_excels_hint_about_the_delimiter_is_no_header():
    table = read_table(b"sep=,\r\na,b;c\r\n1,2\r\n")

    assert cells(table) == [{"a": "1", "b;c": "2"}]
    assert [row.number for row in table.rows()] == [2]


def test_columns_are_found_by_alias_whatever_their_case():
    table = read_table(b"ASSET TAG,serial_number,Other\n7,X,y\n")

    named = match(table, {"tag": ("Inventarnummer", "Asset Tag"), "serial": ("Serial Number",), "room": ("Raum",)})

    assert named == {"tag": "ASSET TAG", "serial": "serial_number"}
    assert [row["tag"] for row in table.rows(named)] == ["7"]
    assert [row["room"] for row in table.rows(named)] == [""]


def test_the_first_alias_wins():
    table = read_table(b"Name,Bezeichnung\na,b\n")

    assert match(table, {"title": ("Bezeichnung", "Name")}) == {"title": "Bezeichnung"}


def test_missing_columns_are_named_with_what_was_found():
    table = read_table(b"Name;Ort\na;b\n")

    with pytest.raises(Unreadable) as refused:
        match(table, {"tag": ("Inventarnummer", "Asset Tag"), "name": ("Name",)}, required=("tag", "name"))

    assert str(refused.value) == "Diese Spalten fehlen: „Inventarnummer“. Gefunden wurden: „Name“, „Ort“."


def test_doubled_and_nameless_columns_get_names_of_their_own():
    table = read_table(b"Name;;name;Name\na;b;c;d\n")

    assert table.columns == ("Name", "Spalte 2", "name (2)", "Name (3)")
    assert [values["second"] for _, values in table.warnings] == [3, 4]


def test_uneven_rows_are_named_and_the_others_stand():
    table = read_table(b"a;b;c\n1;2;3\n1;2\n1;2;3;4\n1;2;3;;\n")

    said = {row.number: str(row.complaint) for row in table.rows() if row.complaint}

    assert said == {
        3: "Die Zeile hat 2 Zellen statt 3: Es fehlt „c“.",
        4: "Die Zeile hat 4 Zellen statt 3. Steht ein Trennzeichen ohne Anführungszeichen im Text?",
    }


REFUSED = {
    "empty": (b" \n", "Die Datei ist leer."),
    "no header": (b"\na;b\n", "Die erste Zeile ist leer."),
    "nul": (b"a;b\n1;\x002\n", "In Zeile 2 steht ein Nullzeichen."),
    "utf-16 without bom": ("a;ü\n".encode("utf-16-le"), "Nullzeichen"),
    "broken utf-8": ("a;ü\n1;2\n1;".encode() + b"\xfc\n", "In Zeile 3 steht ein Zeichen, das in UTF-8 nicht vorkommt."),
    "bom and then not": (b"\xef\xbb\xbfa;b\n1;\xfc\n", "In Zeile 2"),
    "not even windows": (b"a;b\r1;\x81\r", "In Zeile 2 steht ein Zeichen, das in Windows-1252"),
    "half a utf-16 letter": ("a;b\n".encode("utf-16") + b"\n", "in UTF-16 nicht vorkommt"),
    "open quote": (b'a;b\n1;2\n1;"2\n3;4\n', "In Zeile 3 fehlt ein Anführungszeichen"),
    "quote amid text": (b'a;b\n1;"2"3\n', "In Zeile 2 fehlt ein Anführungszeichen"),
    "pdf": (b"%PDF-1.7 ...", "Das ist eine PDF-Datei."),
    "workbook": (b"PK\x03\x04....", "Die Arbeitsmappe ist beschädigt oder kein Excel."),
    "old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".xls"),
    "xml bomb": (
        b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "b">]><l>&a;</l>',
        "Solche Dateien werden hier nicht gelesen.",
    ),
    "image": (b"\x89PNG\r\n\x1a\n", "Das ist ein Bild."),
    "many columns": (b";".join(b"a%d" % n for n in range(500)), "500 Spalten"),
}


@pytest.mark.parametrize(("content", "said"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_is_refused_with_its_place(content: bytes, said: str):
    with pytest.raises(Unreadable) as refused:
        list(read_table(content).rows())

    assert said in str(refused.value)
    assert str(refused.value.complaints["file"]) == str(refused.value)


@pytest.mark.parametrize("quote", [b"", b'"'])
def test_a_cell_of_ten_megabytes_is_named_without_a_blow_up(quote: bytes):
    content = b"name;note\na;b\nc;" + quote + b"x" * 10_000_000 + quote + b"\n"
    tracemalloc.start()

    with pytest.raises(Unreadable) as refused:
        list(read_table(content).rows())

    assert "In Zeile 3 hat die Zelle „note“ mehr als 32767 Zeichen." in str(refused.value)
    assert tracemalloc.get_traced_memory()[1] < 60_000_000
    tracemalloc.stop()


def test_a_quote_that_swallows_the_file_is_found_at_its_start():
    content = b'name;note\na;b\nc;"oops\n' + b"more;rows\n" * 20_000

    with pytest.raises(Unreadable, match="In Zeile 3 hat die Zelle „note“ mehr als"):
        list(read_table(content).rows())


def test_limits_are_told():
    with pytest.raises(Unreadable, match="mehr als 2 Zeilen"):
        list(read_table(b"a\n1\n2\n3\n", Limits(rows=2)).rows())
    with pytest.raises(Unreadable, match=r"Die Datei hat 2 MB\. Gelesen werden höchstens 1 MB\."):
        read_table(b"a" * 1_500_000, Limits(size=1_000_000))


@given(
    st.lists(
        st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20), min_size=3, max_size=3),
        max_size=8,
    )
)
def test_what_we_export_we_read_back(rows: list[list[str]]):
    content = "".join(line(row) for row in [["a", "b", "c"], *rows]).encode("utf-8-sig")

    found = [[row[name].lstrip("'") for name in "abc"] for row in read_table(content).rows()]

    trimmed = [[value.strip().lstrip("'").strip() for value in row] for row in rows]
    assert [[value.strip() for value in row] for row in found] == [row for row in trimmed if any(row)] or any(
        "'" in value for row in rows for value in row
    )


@needs_real_files
@pytest.mark.parametrize(
    ("folder", "name", "columns", "rows"),
    [
        ("snipe-it", "assets-sample.csv", 21, None),
        ("snipe-it", "users-sample.csv", 23, None),
        ("snipe-it", "accessories-sample.csv", 13, None),
        ("snipe-it", "locations-sample.csv", 10, None),
        ("snipe-it", "models-sample.csv", 9, None),
        ("health-office", "anwendungen.csv", 8, 23),
        ("lms-exports", "moodle_progress_excel_utf16le.csv", 7, 3),
        ("lms-exports", "moodle_progress.csv", 7, 3),
        ("ralph", "warehouses.csv", 2, 3),
        ("ralph", "back_office_assets.csv", 7, 2),
    ],
)
def test_real_files_read_without_a_complaint(folder: str, name: str, columns: int, rows: int | None):
    table = read_table((Path(REAL or "") / folder / name).read_bytes())

    found = list(table.rows())

    assert len(table.columns) == columns
    assert rows is None or len(found) == rows
    assert found
    assert [row.complaint for row in found if row.complaint] == []
