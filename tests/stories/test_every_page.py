"""Every kind of page, for everybody in the demo office: links lead somewhere, axe finds nothing, 320 pixels suffice."""

import re
from collections.abc import Iterator
from contextlib import closing
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from isms.demo import LOGINS, PASSWORD
from tests.chromium import ChromiumWalker, overflow, violations
from tests.stories.plain import PlainWalker
from tests.stories.screenshots import demo

FILES = re.compile(r"\.(csv|xlsx|zip|json|svg|pdf)$|/download$|/export|/attachments/\d+$")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with demo(tmp_path_factory.mktemp("demo")) as base:
        yield base


def look_around(walker: PlainWalker) -> Iterator[tuple[str, int, str]]:
    """The address of one page of each kind that links lead to, what it answers, and where the link stands."""
    waiting, seen = [("/", "")], {"/"}
    while waiting:
        href, found_on = waiting.pop(0)
        answer = walker.client.get(href)
        walker.show(answer)
        yield href, answer.status_code, found_on
        for link in walker.page.all("a"):
            target = link.get("href")
            if leads_on(target, link.attributes) and kind(target) not in seen:
                seen.add(kind(target))
                waiting.append((target, href))


def kind(href: str) -> str:
    """`/devices/17` and `/devices/4` are one kind of page."""
    return re.sub(r"/lessons/[\w-]+", "/lessons/x", re.sub(r"/\d+", "/1", urlsplit(href).path))


def leads_on(href: str, attributes: dict[str, str]) -> bool:
    return href.startswith("/") and "download" not in attributes and not FILES.search(urlsplit(href).path)


def signed_in(walker: PlainWalker | ChromiumWalker, login: str) -> None:
    walker.open("/sign-in")
    walker.fill("Anmeldename", login)
    walker.fill("Passwort", PASSWORD)
    walker.press("Anmelden")
    walker.sees("Meine Aufgaben")


def kinds_of_pages(office: str, login: str) -> dict[str, str]:
    with closing(PlainWalker(office)) as walker:
        signed_in(walker, login)
        return {kind(href): href for href, _, _ in look_around(walker)}


@pytest.mark.parametrize("login", [login for login, _ in LOGINS])
def test_no_page_offers_a_link_that_leads_nowhere(office: str, login: str):
    with closing(PlainWalker(office)) as walker:
        signed_in(walker, login)
        dead = [f"{place} offers {href}: {status}" for href, status, place in look_around(walker) if status >= 400]

    assert dead == []


def test_every_kind_of_page_is_accessible_and_fits(chromium: Browser, office: str):
    looked_at: set[str] = set()
    found: list[str] = []
    for login in ("isb", "it", "admin", "schulung", "mitarbeit", "leitung"):
        pages = {kind: href for kind, href in kinds_of_pages(office, login).items() if kind not in looked_at}
        with closing(ChromiumWalker(chromium, office, javascript=True, look=lambda page: None)) as walker:
            signed_in(walker, login)
            for href in pages.values():
                walker.open(href)
                found += [*violations(walker.page), *overflow(walker.page)]
            found += walker.troubles
        looked_at |= set(pages)

    assert found == []
