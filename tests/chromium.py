"""A real Chromium, Debian's own, and axe, which reads its pages as assistive technology would."""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    ViewportSize,
    expect,
    sync_playwright,
)

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
DESKTOP = ViewportSize(width=1280, height=900)
PHONE = ViewportSize(width=390, height=844)
NARROW = ViewportSize(width=320, height=640)


def executable() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser")


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


def violations(page: Page) -> list[str]:
    """What axe finds on the page as it stands, in light and in dark."""
    found: list[str] = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for violation in Axe().run(page, options=RULES).response["violations"]:
            nodes = "; ".join(str(node["html"])[:160] for node in violation["nodes"][:3])
            found.append(f"{page.url} ({scheme}): {violation['id']}: {violation['help']}: {nodes}")
    page.emulate_media(color_scheme="light")
    return found


def sideways(page: Page) -> int:
    """By how many pixels the page is wider than the window: a reader would have to scroll both ways."""
    wide = "() => document.documentElement.scrollWidth - window.innerWidth"
    return max(0, int(page.evaluate(wide)))


def overflow(page: Page) -> list[str]:
    """Where somebody with a small window, or with letters four times as large, would have to scroll both ways."""
    before = page.viewport_size or DESKTOP
    page.set_viewport_size(NARROW)
    pixels = sideways(page)
    page.set_viewport_size(before)
    return [f"{page.url}: {pixels} pixels wider than a window of {NARROW['width']}"] if pixels else []


def weigh(page: Page, path: str) -> tuple[int, list[str]]:
    """What opening a page on a cold cache costs, fonts aside: bytes as they were sent, and what was asked for."""
    session = page.context.new_cdp_session(page)
    asked: dict[str, str] = {}
    sent: dict[str, int] = {}
    session.on("Network.responseReceived", lambda e: asked.update({e["requestId"]: e["response"]["url"]}))
    session.on("Network.loadingFinished", lambda e: sent.update({e["requestId"]: int(e["encodedDataLength"])}))
    session.send("Network.enable")
    session.send("Network.clearBrowserCache")
    page.goto(path, wait_until="networkidle")
    session.detach()
    counted = {url: sent.get(id, 0) for id, url in asked.items() if is_counted(url)}
    return sum(counted.values()), sorted(counted)


def is_counted(url: str) -> bool:
    return not url.startswith("data:") and not url.endswith(".woff2")


def begins(words: str) -> re.Pattern[str]:
    return re.compile(rf"^\s*{re.escape(words)}")


class ChromiumWalker:
    """Walks in Chromium; `look` is called on every page that a story sees."""

    def __init__(self, browser: Browser, base: str, *, javascript: bool, look: Callable[[Page], None]) -> None:
        self.browser, self.base, self.javascript, self.look = browser, base, javascript, look
        self.kind = "Chromium" if javascript else "Chromium without JavaScript"
        self.context: BrowserContext | None = None
        self.troubles: list[str] = []
        self.forget()

    def forget(self) -> None:
        self.close()
        self.context = self.browser.new_context(
            base_url=self.base, java_script_enabled=self.javascript, viewport=DESKTOP, locale="de-DE"
        )
        self.context.set_default_timeout(10_000)
        self.page = self.context.new_page()
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page.on("request", self._stay_home)

    def _hear(self, said: ConsoleMessage) -> None:
        if said.type == "error" and not said.text.startswith("Failed to load resource"):
            self.troubles.append(f"{self.page.url}: {said.text}")

    def _stay_home(self, request: Request) -> None:
        if not request.url.startswith((self.base, "data:", "blob:")):
            self.troubles.append(f"{self.page.url} asks another host: {request.url}")

    def close(self) -> None:
        if self.context:
            self.context.close()

    def open(self, path: str) -> None:
        self.page.goto(path)

    def follow(self, link: str) -> None:
        self._first("link", link).click()

    def download(self, link: str) -> bytes:
        with self.page.expect_download(timeout=60_000) as coming:
            self._first("link", link).click()
        return Path(coming.value.path()).read_bytes()

    def fill(self, label: str, value: str) -> None:
        self._field(label).fill(value)

    def select(self, label: str, option: str) -> None:
        field = self._field(label)
        value = field.locator("option").filter(has_text=option).first.get_attribute("value")
        field.select_option(value=value)

    def choose(self, option: str, within: str = "") -> None:
        self._field(option, within).check()

    def search(self, label: str, words: str) -> None:
        if self.javascript:
            self._type_and_wait(self._field(label), words)
        else:
            self._field(label).fill(words)
            self._field(label).press("Enter")

    def _type_and_wait(self, field: Locator, words: str) -> None:
        """Until the answer to what was typed stands on the page, as a person would."""
        with self.page.expect_response(lambda answer: "hx-request" in answer.request.headers):
            field.fill(words)
        expect(self.page.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)

    def look_up(self, label: str, typed: str, option: str) -> None:
        searched = self._field(f"Suchbegriff für: {label}")
        if self.javascript:
            self._type_and_wait(searched, typed)
        else:
            searched.fill(typed)
            self.page.locator("fieldset", has=searched).locator("button[name=_find]").last.click()
        self.choose(option)

    def attach(self, label: str, file: Path) -> None:
        self._field(label).set_input_files(file)

    def press(self, button: str) -> None:
        self._first("button", button).click()

    def sees(self, *words: str) -> None:
        for word in words:
            expect(self.page.locator("body")).to_contain_text(word, timeout=30_000, use_inner_text=True)
        self.look(self.page)

    def misses(self, *words: str) -> None:
        for word in words:
            expect(self.page.locator("body")).not_to_contain_text(word, use_inner_text=True)

    def shows(self, words: str) -> bool:
        return words in " ".join(self.page.locator("body").inner_text().split())

    def where(self) -> str:
        return self.page.url.removeprefix(self.base).split("?")[0]

    def _first(self, role: Literal["link", "button"], name: str) -> Locator:
        return self.page.get_by_role(role, name=begins(name)).first

    def _field(self, label: str, within: str = "") -> Locator:
        page = self.page
        group = page.get_by_role("group", name=begins(within)).and_(page.locator("fieldset"))
        labelled = (group if within else page).get_by_label(begins(label))
        return labelled.and_(page.locator("input, select, textarea")).first
