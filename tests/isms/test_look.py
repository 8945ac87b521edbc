"""The look of an office: its colour and logo by setting, light and dark by choice, error pages that say what to do."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from isms.settings import SettingsError, read_settings
from tests.browser import Browser
from tests.office import Office


async def test_an_office_brings_its_colour_and_logo(office: Office, browser: Browser, tmp_path: Path):
    logo = tmp_path / "wappen.svg"
    logo.write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    state: Any = browser.app.state
    settings = replace(browser.house.settings, office_logo=str(logo), office_colour="#00695c")
    state.house = replace(browser.house, settings=settings)

    page = await browser.get("/sign-in")
    colour = await browser.get("/office.css")
    picture = await browser.get("/office-logo")

    state.house = browser.house
    assert 'src="/office-logo"' in page.text
    assert "#00695c" in colour.text
    assert picture.headers["content-type"].startswith("image/svg+xml")
    assert "sandbox" in picture.headers["content-security-policy"]
    assert (await browser.get("/office-logo")).status_code == 404


@pytest.mark.parametrize(("name", "wrong"), [("OFFICE_COLOUR", "rot; }"), ("OFFICE_LOGO", "logo.exe")])
def test_a_look_that_makes_no_sense_is_refused(name: str, wrong: str):
    with pytest.raises(SettingsError, match=f"Einstellung „{name.lower()}“"):
        read_settings({f"ISMS_{name}": wrong})


async def test_light_and_dark_are_chosen_by_a_form(office: Office, browser: Browser):
    before = await browser.get("/account", as_=office.weber)
    await browser.submit("/preferences", as_=office.weber, theme="dark", language="", back_to="/account")
    after = await browser.get("/account", as_=office.weber)

    assert "data-kern-theme" not in before.text
    assert '<html lang="de" data-kern-theme="dark">' in after.text


async def test_a_missing_page_says_so_and_leads_on(office: Office, browser: Browser):
    whole = await browser.get("/gibt-es-nicht", as_=office.weber)
    part = await browser.get("/gibt-es-nicht", as_=office.weber, htmx=True)

    assert whole.status_code == part.status_code == 404
    assert "Zu „Meine Aufgaben“" in whole.text
    assert part.headers["hx-retarget"] == "#notice"


async def test_single_keys_can_be_switched_off(office: Office, browser: Browser):
    before = await browser.get("/help/keyboard", as_=office.weber)
    switched = await browser.submit("/preferences", as_=office.weber, keys="off", back_to="/help/keyboard")

    assert "data-no-keys" not in before.text
    assert "Tasten ausschalten" in before.text
    assert switched.cookies["isms_keys"] == "off"


@pytest.mark.parametrize(
    ("path", "kind"), [("/", "text/html"), ("/gibt-es-nicht", "text/html"), ("/static/house.css", "text/css")]
)
async def test_the_kind_of_an_answer_names_its_encoding_once(office: Office, browser: Browser, path: str, kind: str):
    answer = await browser.get(path, as_=office.weber)

    assert answer.headers["content-type"] == f"{kind}; charset=utf-8"
