"""Addresses and forms that nobody would type: numbers beyond every column, NUL, torn marks. Never a 500."""

from typing import Any

import pytest

from isms.db.reading import value
from tests.assets.things import a_device
from tests.browser import Browser
from tests.office import TODAY, Office

LARGE, HUGE = 99_999_999_999, 99_999_999_999_999_999_999


@pytest.mark.parametrize(
    "path",
    [
        f"/devices?unit={LARGE}",
        f"/devices?unit={HUGE}",
        "/devices?unit=-5",
        "/devices?unit=abc",
        f"/devices/{LARGE}",
        f"/devices/{HUGE}",
        f"/objects/{LARGE}",
        f"/scopes/{HUGE}",
        "/devices?q=%00abc",
        "/devices?category=%00",
        "/devices/holders?holder_q=%00",
        "/devices?q=%F0%9F%98%80",
        "/devices?q=%22%27%3B--",
        "/devices?q=" + "a" * 5000,
        "/devices?after=WzEsMTBd",
        "/devices?after=WyJhIiw5OTk5OTk5OTk5OTk5OTk5OTk5OTld",
    ],
)
async def test_an_address_out_of_nowhere(office: Office, browser: Browser, path: str):
    assert (await browser.get(path, as_=office.brandt)).status_code in (200, 400, 404)


@pytest.mark.parametrize(
    "fields",
    [
        {"unit": LARGE},
        {"it_system": LARGE},
        {"it_system": HUGE},
        {"price": "99999999999999"},
        {"name": " "},
        {"name": "\0"},
        {"name": "Note\0book"},
    ],
)
async def test_a_form_out_of_nowhere(office: Office, browser: Browser, fields: dict[str, Any]):
    given: dict[str, Any] = {"inventory_number": "NB-1", "name": "N", "stage": "in_stock", "unit": office.unit.id}

    answer = await browser.submit("/devices/new", as_=office.brandt, **(given | fields))

    assert answer.status_code in (404, 422)
    assert not await value("SELECT count(*) FROM device")


@pytest.mark.parametrize("holder", [LARGE, HUGE, -1, "0"])
async def test_a_holder_out_of_nowhere(office: Office, browser: Browser, holder: int):
    one = await a_device(office)

    answer = await browser.submit(f"/devices/{one.id}/steps/issue", as_=office.brandt, on=TODAY, holder=holder)

    assert answer.status_code in (404, 422)
    assert not await value("SELECT count(*) FROM handover")
