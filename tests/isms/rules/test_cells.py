"""No cell of an export runs in a spreadsheet."""

import csv
from datetime import UTC, date, datetime
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isms.rules import cells

FORMULAS = [
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "＝1",
    "＋1",
    "－1-1",
    "＠a",
    "\ufeff=1",
    "\u200b@x",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_becomes_text(text: str):
    assert cells.cell(text) == f"'{text}"


@pytest.mark.parametrize("number", ["-5", "-3,5", "+49", "-1.234,56", "-12 %", "0"])
def test_a_number_stays_a_number(number: str):
    assert cells.cell(number) == number


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, ""),
        (-5, "-5"),
        (-2.5, "-2.5"),
        (True, "true"),
        (date(2026, 8, 20), "2026-08-20"),
        (datetime(2026, 8, 20, 8, tzinfo=UTC), "2026-08-20T08:00:00+00:00"),
        ("Notebook – Außendienst", "Notebook – Außendienst"),
        ("a-b", "a-b"),
        ("", ""),
    ],
)
def test_values_become_text(value: object, written: str):
    assert cells.cell(value) == written


def test_a_line_quotes_what_would_break_it():
    assert cells.line(["a;b", 'say "hi"', "two\nlines", None]) == '"a;b";"say ""hi""";"two\nlines";\r\n'


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), min_size=2))
def test_a_line_reads_back_as_it_was_written(values: list[str]):
    [read] = csv.reader(StringIO(cells.line(values), newline=""), delimiter=cells.DELIMITER)

    assert read == [cells.cell(value) for value in values]
    assert [value.removeprefix("'") for value in read] == [value.removeprefix("'") for value in values]
