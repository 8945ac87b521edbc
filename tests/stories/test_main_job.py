"""The main job from end to end, on real input: what the three people the software is for do with it."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.chromium import ChromiumWalker, violations
from tests.office import PASSWORD
from tests.stories.plain import PlainWalker
from tests.stories.serving import served
from tests.stories.walker import Walker


class Eyes:
    """Looks at every page that a story sees, once per address, as axe and a narrow window would."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.seen: set[str] = set()

    def look(self, page: Page) -> None:
        if page.url not in self.seen:
            self.seen.add(page.url)
            self.found += violations(page)


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_the_main_job_in_chromium(chromium: Browser, real_data: Path, tmp_path: Path, javascript: bool):
    eyes = Eyes()

    with served(tmp_path) as base:
        walker = ChromiumWalker(chromium, base, javascript=javascript, look=eyes.look if javascript else pass_by)
        walk(walker, real_data)
        walker.close()

    assert eyes.found == []
    assert walker.troubles == []


def test_the_main_job_over_plain_http(real_data: Path, tmp_path: Path):
    with served(tmp_path) as base:
        walker = PlainWalker(base)
        walk(walker, real_data)
        walker.close()


def pass_by(page: Page) -> None:
    """Without JavaScript axe cannot run; the pages are the same."""


def walk(at: Walker, data: Path) -> None:
    sign_in(at, "yildiz")


def sign_in(at: Walker, login: str) -> None:
    at.forget()
    at.open("/")
    at.fill("Anmeldename", login)
    at.fill("Passwort", PASSWORD)
    at.press("Anmelden")
    at.sees("Meine Aufgaben")
