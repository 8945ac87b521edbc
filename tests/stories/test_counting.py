"""Counting in a real browser: a scanner faster than the answers, a broken connection, a camera, no script."""

import re
from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from isms.demo import PASSWORD
from tests.chromium import FLAGS, PHONE, ChromiumWalker, executable, overflow, violations
from tests.stories.screenshots import demo

CAMERA = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
# Debian's Chromium has no detector of its own; this one reads what the test holds before the camera.
DETECTOR = """window.held = "";
    window.BarcodeDetector = class { async detect() { return window.held ? [{ rawValue: window.held }] : []; } };"""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with demo(tmp_path_factory.mktemp("demo")) as base:
        yield base


@pytest.fixture
def phone(chromium: Browser, office: str) -> Iterator[Page]:
    context = chromium.new_context(base_url=office, viewport=PHONE, locale="de-DE")
    yield signed_in(context)
    context.close()


def signed_in(context: BrowserContext) -> Page:
    page = context.new_page()
    page.goto("/sign-in")
    page.get_by_label("Anmeldename").fill("it")
    page.get_by_label("Passwort").fill(PASSWORD)
    page.get_by_role("button", name="Anmelden").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Meine Aufgaben")
    return page


def running(page: Page) -> str:
    page.goto("/stocktakes")
    href = page.get_by_role("link", name="Jahresinventur").get_attribute("href")
    assert href
    return href


def missing(page: Page, stocktake: str) -> list[str]:
    page.goto(f"{stocktake}?finding=missing")
    return page.locator("#results tbody td:nth-child(2)").all_inner_texts()


def scan(page: Page, code: str) -> None:
    expect(page.locator("#field-code")).to_be_focused()
    page.keyboard.type(code)
    page.keyboard.press("Enter")


def test_a_scanner_may_be_faster_than_the_answers(phone: Page):
    troubles: list[str] = []
    phone.on("pageerror", lambda error: troubles.append(str(error)))
    one = running(phone)
    numbers = missing(phone, one)[:2]
    phone.goto(f"{one}/count")

    for code in (numbers[0], "FREMD-1", numbers[1]):
        scan(phone, code)

    expect(phone.locator("#counted .kern-title")).to_have_text(re.compile(f"Gefunden: {numbers[1]}"))
    assert [said.split()[0] for said in phone.locator(".count-scan__label").all_inner_texts()[:3]] == [
        numbers[1],
        "FREMD-1",
        numbers[0],
    ]
    expect(phone.locator("#field-code")).to_be_focused()
    expect(phone.locator("#field-code")).to_have_value("")
    expect(phone.locator("#announcer")).to_have_text(re.compile(numbers[1]))
    assert [*violations(phone), *overflow(phone), *troubles] == []


def test_what_was_scanned_without_a_connection_is_counted_later(phone: Page):
    one = running(phone)
    phone.goto(f"{one}/count")
    phone.context.set_offline(True)
    scan(phone, "FREMD-2")
    expect(phone.locator(".count-waiting")).to_have_text(re.compile("Noch nicht übertragen: 1"))

    phone.context.set_offline(False)

    expect(phone.locator("#counted .kern-title")).to_have_text("Unerwartet: FREMD-2", timeout=15_000)
    expect(phone.locator(".count-waiting")).to_have_text("")


def test_keyboard_alone_takes_a_mistake_back(phone: Page):
    one = running(phone)
    phone.goto(f"{one}/count")
    scan(phone, "FREMD-3")
    expect(phone.locator("#counted .kern-title")).to_have_text("Unerwartet: FREMD-3")

    phone.locator(".count-verdict").get_by_role("button", name="Zurücknehmen").focus()
    phone.keyboard.press("Enter")

    expect(phone.locator("#notice")).to_have_text(re.compile("„FREMD-3“ ist nicht mehr gezählt"))


def test_without_javascript_each_scan_is_a_page(chromium: Browser, office: str):
    with closing(ChromiumWalker(chromium, office, javascript=False, look=lambda page: None)) as walker:
        page = walker.page
        page.goto("/sign-in")
        walker.fill("Anmeldename", "it")
        walker.fill("Passwort", PASSWORD)
        walker.press("Anmelden")
        one = running(page)
        page.goto(f"{one}/count?place=Raum+9")
        expect(page.get_by_role("button", name="Mit der Kamera scannen")).to_be_hidden()
        walker.fill("Inventarnummer", "FREMD-4")
        walker.press("Zählen")
        walker.sees("Unerwartet: FREMD-4", "Sie sind hier: Raum 9")
        walker.fill("Inventarnummer", "FREMD-4")
        walker.press("Zählen")
        walker.sees("Schon gezählt: FREMD-4")


def test_a_camera_reads_a_label_once(chromium: Browser, office: str):
    with closing(chromium.browser_type.launch(executable_path=executable(), args=[*FLAGS, *CAMERA])) as seeing:
        context = seeing.new_context(base_url=office, viewport=PHONE, locale="de-DE", permissions=["camera"])
        context.add_init_script(DETECTOR)
        page = signed_in(context)
        one = running(page)
        page.goto(f"{one}/count")
        page.get_by_role("button", name="Mit der Kamera scannen").click()
        expect(page.locator("video")).to_be_visible()
        page.evaluate("window.held = 'FREMD-5'")
        expect(page.locator("#counted .kern-title")).to_have_text("Unerwartet: FREMD-5")
        page.wait_for_timeout(1000)
        expect(page.locator("#counted .kern-title")).to_have_text("Unerwartet: FREMD-5")
        assert violations(page) == []
        page.get_by_role("button", name="Mit der Kamera scannen").click()
        expect(page.locator("video")).to_be_hidden()
