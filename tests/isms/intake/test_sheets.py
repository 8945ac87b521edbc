"""Workbooks are read sheet by sheet, in a process of their own that a hostile file may take down alone."""

import io
import zipfile

import pytest

from isms.intake import Unreadable
from isms.intake.tables import WhichSheet, read_table
from tests.isms.intake.workbooks import MAIN, sheet, workbook

DEVICES: list[list[object]] = [
    ["Inventarnummer", "Kaufdatum", "Preis"],
    ["NB-1", ("date", 45717), 1234.5],
    [2065556, None, 899],
]


def said(content: bytes) -> str:
    with pytest.raises(Unreadable) as refused:
        list(read_table(content).rows())
    return refused.value.message.format(**refused.value.values)


def test_dates_and_numbers_arrive_as_a_list_would_hold_them():
    table = read_table(workbook({"Geräte": sheet(DEVICES)}))

    assert table.columns == ("Inventarnummer", "Kaufdatum", "Preis")
    assert [(row.number, *row.cells.values()) for row in table.rows()] == [
        (2, "NB-1", "2025-03-01", "1234.5"),
        (3, "2065556", "", "899"),
    ]


def test_a_table_may_begin_further_down_and_rows_count_as_the_spreadsheet_shows_them():
    table = read_table(workbook({"Geräte": sheet(DEVICES, first=4, hidden=[5])}))

    assert [row.number for row in table.rows()] == [5, 6]
    ((warning, values),) = table.warnings
    assert warning.format(**values) == "In der Tabelle sind 1 Zeilen ausgeblendet. Sie werden mitgelesen."


def test_several_sheets_are_asked_about_and_empty_or_hidden_ones_do_not_count():
    one, other = sheet(DEVICES), sheet([["Name"], ["Lager"]])
    book = workbook({"Geräte": one, "Orte": other, "Leer": sheet([]), "Alt": one}, hidden=["Alt"])

    with pytest.raises(WhichSheet) as which:
        read_table(book)

    assert which.value.sheets == ("Geräte", "Orte")
    assert read_table(book, sheet="Orte").columns == ("Name",)
    assert read_table(workbook({"Geräte": one, "Leer": sheet([])})).columns[0] == "Inventarnummer"


def test_a_workbook_with_nothing_on_it_says_so():
    assert "kein sichtbares Blatt" in said(workbook({"Leer": sheet([])}))


def test_two_cells_far_apart_take_no_memory_of_the_server():
    """Dense, they would be half a terabyte."""
    bomb = (
        f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    )

    assert "zu viel Speicher" in said(workbook({"Bombe": bomb}))


def test_a_zip_bomb_is_not_unfolded():
    packed = io.BytesIO(workbook({"Bombe": sheet(DEVICES)}))
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/bild.bin", b"\0" * 300_000_000)

    assert "ausgepackt" in said(packed.getvalue())


@pytest.mark.parametrize(
    ("book", "why"),
    [
        (workbook({"Halb": f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1"><v>1'}), "Arbeitsmappe"),
        (workbook({"Böse": f'<!DOCTYPE x [<!ENTITY a "b">]><worksheet xmlns="{MAIN}"/>'}), "beschädigt"),
        (workbook({"Gut": sheet(DEVICES)})[:-200], "beschädigt"),
    ],
)
def test_broken_workbooks_are_explained(book: bytes, why: str):
    assert why in said(book)
