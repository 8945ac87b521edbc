"""Labels: what is printed is what a phone reads, where the sheet has its labels."""

from typing import Any

import pypdfium2
import pytest
import zxingcpp

from assets.commands.steps import issue
from assets.rules.labels import SHEETS, LabelFormat, spot
from assets.tables import Device
from isms.db import execute
from tests.assets.things import a_device, a_run
from tests.browser import BASE, Browser
from tests.isms.pdfs import text
from tests.office import TODAY, Office

DPI = 300
DOTS = DPI / 25.4


def read_codes(pdf: bytes) -> list[list[Any]]:
    """The QR codes of every page, as a scanner sees the paper at 300 dpi."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [_codes(page) for page in document]


def _codes(page: Any) -> list[Any]:
    drawn = page.render(scale=DPI / 72, grayscale=True)
    grey = memoryview(bytes(drawn.buffer)).cast("B", shape=[drawn.height, drawn.stride])
    return [found for found in zxingcpp.read_barcodes(grey) if found.format == zxingcpp.BarcodeFormat.QRCode]


@pytest.mark.parametrize("kind", LabelFormat)
async def test_every_code_leads_to_its_device_and_lies_on_its_label(
    office: Office, browser: Browser, kind: LabelFormat
):
    ids = {}
    for number in range(1, 5):
        one = await a_device(office, f"NB-{number:04}")
        ids[one.inventory_number] = one.id
    sheet, first = SHEETS[kind], 2

    answer = await browser.get(f"/devices/labels.pdf?format={kind}&first={first}", as_=office.brandt)

    pages = read_codes(answer.content)
    assert sum(map(len, pages)) == 4
    mark = browser.house.uuid.hex[:8]
    for place, number in enumerate(sorted(ids)):
        where = spot(sheet, place, first)
        url = f"{BASE}/devices/{ids[number]}?r={mark}"
        corners = next(code.position for code in pages[where.page] if code.text == url)
        for corner in (corners.top_left, corners.top_right, corners.bottom_left, corners.bottom_right):
            assert where.x <= corner.x / DOTS <= where.x + sheet.label_width
            assert where.y <= corner.y / DOTS <= where.y + sheet.label_height
    assert (await browser.get(f"/devices/{ids['NB-0001']}?r={mark}", as_=office.brandt)).status_code == 200


async def test_a_label_says_number_and_office_but_never_who_has_it(office: Office, browser: Browser):
    one = await a_device(office, "NB-0001", name="Notebook [Außendienst] #1")
    await issue(one, office.weber, by=office.brandt, on=TODAY)

    named = text((await browser.get(f"/devices/labels.pdf?device_id={one.id}&named=true", as_=office.brandt)).content)
    bare = text((await browser.get(f"/devices/labels.pdf?device_id={one.id}", as_=office.brandt)).content)

    for word in ("NB-0001", "Gesundheitsamt Seestadt", "[Außendienst] #1"):
        assert word in named
    assert "Außendienst" not in bare
    assert "Weber" not in named + bare


async def test_a_long_number_still_fits_on_the_smallest_label(office: Office, browser: Browser):
    number = "GESUNDHEITSAMT-SEESTADT-2026-NOTEBOOK-01"
    await a_device(office, number)

    said = text((await browser.get("/devices/labels.pdf?format=38x21", as_=office.brandt)).content)

    assert number in said.replace("\r\n", "").replace("\x02", "-")  # how a hyphen at the end of a line is read


async def test_labels_are_for_what_the_list_shows(office: Office, browser: Browser):
    await a_device(office, "NB-0001", category="Notebook")
    await a_device(office, "DR-0001", category="Drucker")

    listed = await browser.get("/devices?category=Drucker", as_=office.brandt)
    asked = await browser.get("/devices/labels?category=Drucker", as_=office.brandt)
    printed = await browser.get("/devices/labels.pdf?category=Drucker", as_=office.brandt)

    assert 'href="/devices/labels?category=Drucker' in listed.text
    assert 'name="category" value="Drucker"' in asked.text
    assert "DR-0001" in asked.text
    assert "NB-0001" not in asked.text
    assert "NB-0001" not in text(printed.content)


async def test_labels_are_for_what_an_import_brought(office: Office, browser: Browser):
    await a_device(office, "NB-0001")
    fresh = await a_device(office, "NB-0002")
    run = await a_run(office, "devices")
    await Device.update({Device.import_run: run}).where(Device.id == fresh.id)

    said = text((await browser.get(f"/devices/labels.pdf?run={run}", as_=office.brandt)).content)

    assert "NB-0002" in said
    assert "NB-0001" not in said


async def test_a_print_has_its_limit_and_says_so(office: Office, browser: Browser, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("assets.web.labels.MOST_LABELS", 1)
    await a_device(office, "NB-0001")
    await a_device(office, "NB-0002")

    asked = await browser.get("/devices/labels", as_=office.brandt)
    printed = await browser.get("/devices/labels.pdf", as_=office.brandt)

    assert "Ein Druck fasst höchstens 1 Etiketten" in asked.text
    assert "NB-0002" not in text(printed.content)


async def test_where_there_is_nothing_to_print_the_page_says_so(office: Office, browser: Browser):
    await a_device(office)

    assert "kein Gerät" in (await browser.get("/devices/labels?q=gibtesnicht", as_=office.brandt)).text
    assert (await browser.get("/devices/labels.pdf?q=gibtesnicht", as_=office.brandt)).status_code == 404
    assert (await browser.get("/devices/labels", as_=office.lindner)).status_code == 403
    assert (await browser.get("/devices/labels.pdf?device_id=1", as_=office.hansen)).status_code == 404


async def test_a_phone_without_a_session_comes_back_to_the_device_after_signing_in(office: Office, browser: Browser):
    one = await a_device(office)

    scanned = await browser.get(f"/devices/{one.id}?r={browser.house.uuid.hex[:8]}")
    assert scanned.status_code == 303
    entrance = await browser.get(scanned.headers["location"])

    assert f'name="next" value="/devices/{one.id}' in entrance.text


async def test_what_nobody_saw_for_long_is_found(office: Office, browser: Browser):
    await a_device(office, "NB-0001")
    old = await a_device(office, "NB-0002")
    await execute("UPDATE sighting SET seen_on = {} WHERE device = {}", TODAY.replace(year=TODAY.year - 2), old.id)

    text = (await browser.get("/devices?unseen=365", as_=office.brandt, htmx=True)).text

    assert "NB-0002" in text
    assert "NB-0001" not in text
    for nonsense in ("-5", "viele", "99999999999999999999"):
        assert (await browser.get(f"/devices?unseen={nonsense}&run={nonsense}", as_=office.brandt)).status_code == 200
