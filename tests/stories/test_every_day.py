"""What everybody does every day, by mouse, by keyboard alone, on a phone and with large letters."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.chromium import NARROW, PHONE, sideways, violations, weigh
from tests.office import PASSWORD


@pytest.fixture
def page(chromium: Browser, base: str) -> Iterator[Page]:
    context = chromium.new_context(base_url=base, locale="de-DE")
    yield context.new_page()
    context.close()


def sign_in(page: Page, login: str) -> None:
    """By keyboard alone."""
    page.goto("/")
    page.get_by_label("Anmeldename").focus()
    page.keyboard.type(login)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Meine Aufgaben")


def test_the_keyboard_alone_leads_to_the_desk_and_past_the_navigation(page: Page):
    sign_in(page, "weber")

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Zum Inhalt springen")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.locator("#main")).to_be_focused()


@pytest.mark.parametrize("path", ["/sign-in", "/permissions"])
def test_what_everybody_may_see_is_accessible_in_light_and_dark(page: Page, path: str):
    sign_in(page, "weber")

    page.goto(path)

    assert violations(page) == []


@pytest.mark.parametrize("size", [NARROW, PHONE], ids=["320 px", "phone"])
@pytest.mark.parametrize("path", ["/sign-in", "/", "/permissions"])
def test_no_page_scrolls_sideways(page: Page, path: str, size: ViewportSize):
    sign_in(page, "weber")

    page.set_viewport_size(size)
    page.goto(path)

    assert sideways(page) == 0


def test_not_even_a_long_word_scrolls_sideways(page: Page):
    sign_in(page, "yildiz")
    page.set_viewport_size(NARROW)

    page.goto("/objects/new")
    page.get_by_role("link", name="Raum", exact=True).click()
    page.get_by_label("Einheit").select_option(index=1)
    page.get_by_label("Name", exact=True).fill("Impfstoffkühlschranktemperaturüberwachungsraum" * 2)
    page.get_by_role("button", name="Zielobjekt anlegen").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Impfstoffkühlschrank")
    assert sideways(page) == 0
    page.goto("/audit-trail")
    assert sideways(page) == 0


def test_a_page_weighs_under_150_kb_on_a_cold_cache(page: Page):
    sign_in(page, "yildiz")

    weight, asked = weigh(page, "/permissions")

    assert weight < 150_000, asked
    assert len(asked) <= 8, asked
