"""A workbook holds text as text, numbers and dates as such, and never a formula."""

from collections.abc import AsyncIterator, Sequence
from datetime import date
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

from isms.workbook import MAIN, workbook
from tests.browser import Browser
from tests.office import Office

ROWS: list[Sequence[object]] = [
    ("=SUMME(A1:A2)", 12, date(2026, 11, 23), None),
    ("Ümläüte <&> \x00\x0b\ud800", 3.5, date(1999, 1, 1), ""),
]


async def rows(times: int = 1) -> AsyncIterator[Sequence[object]]:
    for _ in range(times):
        for row in ROWS:
            yield row


async def written(times: int = 1) -> ZipFile:
    parts = [
        part async for part in workbook("Ein [Name]: viel zu lang für ein Blatt", ["A", "B", "C", "D"], rows(times))
    ]
    return ZipFile(BytesIO(b"".join(parts)))


async def test_a_workbook_says_what_was_put_in():
    packed = await written()

    sheet = ElementTree.fromstring(packed.read("xl/worksheets/sheet1.xml"))
    cells = [cell for row in sheet.iter(f"{{{MAIN}}}row") for cell in row]
    assert "".join(cells[4].itertext()) == "=SUMME(A1:A2)"
    assert cells[4].get("t") == "inlineStr"
    assert "".join(cells[5].itertext()) == "12"
    assert "".join(cells[6].itertext()) == "46349"
    assert "".join(cells[8].itertext()) == "Ümläüte <&> "
    assert not list(sheet.iter(f"{{{MAIN}}}f"))


async def test_every_part_is_well_formed_and_the_name_fits():
    packed = await written()

    for name in packed.namelist():
        ElementTree.fromstring(packed.read(name))
    book = packed.read("xl/workbook.xml").decode()
    assert 'name="Ein  Name   viel zu lang für ei"' in book
    assert packed.testzip() is None


async def test_many_rows_come_in_many_pieces():
    pieces = [part async for part in workbook("Viele", ["A", "B", "C", "D"], rows(2000))]

    assert len(pieces) > 5


@pytest.mark.parametrize("path", ["/people", "/devices", "/objects", "/risks", "/requirements"])
async def test_every_list_is_there_as_a_workbook(office: Office, browser: Browser, path: str):
    answer = await browser.get(f"{path}/export.xlsx", as_=office.yildiz)

    if path != "/requirements":  # there is no catalogue to list
        assert answer.headers["content-type"].endswith("spreadsheetml.sheet")
        assert ZipFile(BytesIO(answer.content)).testzip() is None
