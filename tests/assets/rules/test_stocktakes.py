from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.rules.stocktakes import DECISIONS, Code, Finding, due_after, finding_at, label_path, read_code

HOSTS = ("isms.amt.example",)
MARK = "3f2a1c0b"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (" NB-0001 ", Code("NB-0001")),
        ("https://isms.amt.example/devices/17", Code("https://isms.amt.example/devices/17", 17)),
        ("/devices/17", Code("/devices/17", 17)),
        ("https://alt.example/devices/17?r=3f2a1c0b", Code("https://alt.example/devices/17?r=3f2a1c0b", 17)),
        ("https://fremd.example/devices/17", Code("https://fremd.example/devices/17")),
        ("https://fremd.example/devices/17?r=00000000", Code("https://fremd.example/devices/17?r=00000000")),
        ("https://isms.amt.example/devices/17/edit", Code("https://isms.amt.example/devices/17/edit")),
        ("https://isms.amt.example/devices/99999999999", Code("https://isms.amt.example/devices/99999999999")),
        ("http://[kaputt/devices/1", Code("http://[kaputt/devices/1")),
        ("", Code("")),
    ],
)
def test_a_code_is_a_label_of_ours_or_a_number(typed: str, meant: Code):
    assert read_code(typed, hosts=HOSTS, mark=MARK) == meant


@given(st.text())
def test_whatever_is_scanned_is_a_code(typed: str):
    code = read_code(typed, hosts=HOSTS, mark=MARK)

    assert len(code.text) <= 200
    assert "\n" not in code.text


@given(st.integers(1, 10**9 - 1))
def test_a_label_leads_back_to_its_device(device: int):
    assert read_code(f"https://x.example{label_path(device, MARK)}", hosts=HOSTS, mark=MARK).device == device


@pytest.mark.parametrize(
    ("place", "expected", "finding"),
    [
        ("Raum 112", "Raum 112", Finding.FOUND),
        ("raum112", "Raum  112", Finding.FOUND),
        ("Raum 113", "Raum 112", Finding.WRONG_PLACE),
        ("", "Raum 112", Finding.FOUND),
        ("Raum 113", "", Finding.FOUND),
    ],
)
def test_a_place_is_right_or_wrong_however_it_is_spelled(place: str, expected: str, finding: Finding):
    assert finding_at(place, expected) is finding
    assert finding_at(place, expected, is_room=False) is Finding.FOUND


@pytest.mark.parametrize(
    ("opened", "months", "due"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 11, 25), 12, date(2027, 11, 25)),
        (date(2026, 12, 31), 6, date(2027, 6, 30)),
    ],
)
def test_the_next_stocktake_is_due_months_later(opened: date, months: int, due: date):
    assert due_after(opened, months) == due


def test_only_what_differs_is_decided_on():
    assert set(DECISIONS) == {Finding.MISSING, Finding.UNEXPECTED}
