"""The main job from end to end, on real input: what the three people the software is for do with it."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.chromium import ChromiumWalker, overflow, violations
from tests.stories.chapters import chapters
from tests.stories.plain import PlainWalker
from tests.stories.serving import served


class Eyes:
    """Looks at every page that a story sees, once per address: as axe does, and through a window of 320 pixels."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.seen: set[str] = set()

    def look(self, page: Page) -> None:
        if page.url not in self.seen:
            self.seen.add(page.url)
            self.found += [*violations(page), *overflow(page)]


@pytest.fixture
def base(tmp_path: Path) -> Iterator[str]:
    """Each walk has an office of its own."""
    with served(tmp_path) as address:
        yield address


def test_the_main_job_in_chromium_with_axe_on_every_page(chromium: Browser, base: str, real_data: Path, tmp_path: Path):
    eyes = Eyes()

    with closing(ChromiumWalker(chromium, base, javascript=True, look=eyes.look)) as walker:
        for chapter in chapters(real_data, tmp_path):
            chapter(walker)

    assert eyes.found == []
    assert walker.troubles == []


def test_the_main_job_in_chromium_without_javascript(chromium: Browser, base: str, real_data: Path, tmp_path: Path):
    with closing(ChromiumWalker(chromium, base, javascript=False, look=pass_by)) as walker:
        for chapter in chapters(real_data, tmp_path):
            chapter(walker)

    assert walker.troubles == []


def test_the_main_job_over_plain_http(base: str, real_data: Path, tmp_path: Path):
    with closing(PlainWalker(base)) as walker:
        for chapter in chapters(real_data, tmp_path):
            chapter(walker)


def pass_by(page: Page) -> None:
    """Without JavaScript axe cannot run; the pages are the same."""
