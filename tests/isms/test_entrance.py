"""Signing in: for the right people, without telling the wrong ones anything, and without losing what was typed."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from isms.db import execute
from isms.db.reading import value
from isms.login import open_session, sign_in, visitor
from isms.rules.errors import Refused, TooMany
from isms.rules.throttling import FREE_FOR_ACCOUNT_AT_ADDRESS
from isms.settings import Settings
from isms.web.gate import SESSION
from tests.browser import BASE, Browser
from tests.office import PASSWORD, TODAY, Office


async def test_weber_signs_in_and_finds_his_desk(office: Office, browser: Browser):
    answer = await browser.submit("/sign-in", login="Weber", password=PASSWORD, next="/")

    assert answer.status_code == 303
    assert answer.headers["location"] == "/"
    token = answer.cookies[SESSION]
    assert await value("SELECT count(*) FROM session WHERE token_hash = {}", token) == 0


async def test_a_session_that_a_browser_brought_along_is_not_taken_over(office: Office, browser: Browser):
    first = await browser.submit("/sign-in", login="weber", password=PASSWORD)
    second = await browser.submit("/sign-in", login="weber", password=PASSWORD)

    assert first.cookies[SESSION] != second.cookies[SESSION]


@pytest.mark.parametrize(("login", "password"), [("weber", "falsch geraten"), ("niemand", PASSWORD)])
async def test_a_wrong_name_and_a_wrong_password_sound_the_same(
    office: Office, browser: Browser, login: str, password: str
):
    answer = await browser.submit("/sign-in", login=login, password=password)

    assert answer.status_code == 409
    assert "Anmeldename und Passwort passen nicht zusammen." in answer.text
    assert password not in answer.text


async def test_after_some_wrong_tries_one_waits_but_others_go_on(office: Office, browser: Browser):
    for _ in range(FREE_FOR_ACCOUNT_AT_ADDRESS):
        await browser.submit("/sign-in", login="weber", password="falsch geraten")
    weber = await browser.submit("/sign-in", login="weber", password=PASSWORD)
    kaya = await browser.submit("/sign-in", login="kaya", password=PASSWORD)

    assert weber.status_code == 429
    assert "Zu viele Fehlversuche. Bitte warten Sie" in weber.text
    assert kaya.status_code == 303


async def test_tries_at_the_same_moment_count_one_by_one(office: Office, browser: Browser):
    async def guess() -> str:
        try:
            return await sign_in(
                "weber", "falsch geraten", address="::1", browser="", settings=Settings(), secret=b"geheim"
            )
        except Refused as error:
            return type(error).__name__

    answers = await asyncio.gather(*(guess() for _ in range(20)))

    assert answers.count("Refused") <= FREE_FOR_ACCOUNT_AT_ADDRESS + 1
    assert answers.count("TooMany") >= 14


async def test_who_left_cannot_sign_in_and_loses_the_open_session(office: Office, browser: Browser):
    await browser.get("/", as_=office.weber)
    await execute("UPDATE person SET left_on = {} WHERE id = {}", TODAY - timedelta(days=1), office.weber.id)

    assert (await browser.submit("/sign-in", login="weber", password=PASSWORD)).status_code == 409
    assert (await browser.get("/", as_=office.weber)).headers["location"].startswith("/sign-in")


async def test_an_auditor_whose_access_ended_may_nothing(office: Office, browser: Browser):
    await execute("UPDATE membership SET ends_on = {} WHERE person = {}", TODAY - timedelta(days=1), office.lindner.id)

    assert (await browser.get("/", as_=office.lindner)).status_code == 403


async def test_sessions_end_when_idle_and_at_last(office: Office):
    settings = Settings()
    token = await open_session(office.weber.id, browser="Firefox", settings=settings)
    now = datetime.now(UTC)

    assert await visitor(token, now=now, settings=settings)
    assert not await visitor(token, now=now + timedelta(minutes=61), settings=settings)
    await execute("UPDATE session SET seen_at = {}", now + timedelta(hours=13))
    assert not await visitor(token, now=now + timedelta(hours=13), settings=settings)


async def test_signing_out_ends_the_session_for_good(office: Office, browser: Browser):
    answer = await browser.submit("/sign-out", as_=office.weber)

    assert answer.headers["location"] == "/sign-in"
    assert (await browser.get("/", as_=office.weber)).status_code == 303


async def test_a_form_without_the_sessions_token_is_refused(office: Office, browser: Browser):
    answer = await browser.submit("/sign-out", as_=office.weber, csrf="AAAA")

    assert answer.status_code == 403
    assert (await browser.get("/", as_=office.weber)).status_code == 200


async def test_a_session_that_ends_in_the_middle_of_a_form_loses_nothing(office: Office, browser: Browser):
    await browser.get("/", as_=office.weber)
    token = await browser.token(as_=office.weber)
    await execute("UPDATE session SET ended_at = {}", datetime.now(UTC))

    answer = await browser.submit("/sign-out", as_=office.weber, csrf=token, reason="Drucker im Flur")
    assert answer.status_code == 401
    assert "Ihre Anmeldung ist abgelaufen." in answer.text
    assert 'name="resume.reason" value="Drucker im Flur"' in answer.text

    typed: dict[str, Any] = {"resume.reason": "Drucker im Flur"}
    resumed = await browser.submit("/sign-in", login="weber", password=PASSWORD, next="/sign-out", **typed)
    assert resumed.status_code == 200
    assert 'action="/sign-out"' in resumed.text
    assert 'name="reason" value="Drucker im Flur"' in resumed.text


@pytest.mark.parametrize("said", [{"Origin": "https://boese.example"}, {"Sec-Fetch-Site": "cross-site"}])
async def test_a_form_of_another_site_is_not_carried_past_the_sign_in(
    office: Office, browser: Browser, said: dict[str, str]
):
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=browser.app), base_url=BASE) as client:  # type: ignore[arg-type]
        answer = await client.post(f"/people/{office.weber.id}/roles", data={"role": "head"}, headers=said)

    assert answer.status_code == 401
    assert 'name="resume.' not in answer.text
    assert f'name="next" value="/people/{office.weber.id}/roles"' not in answer.text


async def test_no_password_is_carried_past_the_sign_in(office: Office, browser: Browser):
    answer = await browser.submit("/account/password", current=PASSWORD, password="Zander Birke Fahrrad")

    assert answer.status_code == 401
    assert PASSWORD not in answer.text
    assert "Zander" not in answer.text


async def test_a_page_with_umlauts_is_found_again_after_signing_in(office: Office, browser: Browser):
    wanted = "/search?q=Übergabe€"
    page = await browser.submit("/sign-in", login="weber", password=PASSWORD, next=wanted)
    part = await browser.submit("/sign-in", htmx=True, login="weber", password=PASSWORD, next=wanted)

    assert page.status_code == 303
    assert part.status_code == 200
    assert "%C3%9Cbergabe%E2%82%AC" in part.headers["hx-redirect"]


@pytest.mark.parametrize("cookie", ["isms_visitor=eA.ü", "isms_notice=eA.ü", "isms_session=ü", "isms_language=ü"])
async def test_cookies_that_nobody_handed_out_are_passed_over(office: Office, browser: Browser, cookie: str):
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=browser.app), base_url=BASE) as client:  # type: ignore[arg-type]
        answer = await client.get("/sign-in", headers={b"cookie": cookie.encode()})

    assert answer.status_code == 200


async def test_the_way_back_stays_in_our_house(office: Office, browser: Browser):
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=browser.app), base_url=BASE) as client:  # type: ignore[arg-type]
        answer = await client.get("/gibt-es-nicht", headers={"referer": f"{BASE}//boese.example"})

    assert "//boese.example" not in answer.text


async def test_strangers_cannot_send_large_bodies(office: Office, browser: Browser):
    answer = await browser.submit("/sign-in", login="weber", password="x" * 2_000_000)

    assert answer.status_code == 413


@pytest.mark.parametrize(
    "target", ["//boese.example/", "/\\boese.example", "/\t/boese.example", "https://boese.example"]
)
async def test_after_signing_in_one_stays_in_our_house(office: Office, browser: Browser, target: str):
    answer = await browser.submit("/sign-in", login="weber", password=PASSWORD, next=target)

    assert answer.headers["location"] == "/"


async def test_an_unknown_address_says_so_with_the_strict_headers(office: Office, browser: Browser):
    answer = await browser.get("/gibt-es-nicht", as_=office.weber)

    assert answer.status_code == 404
    assert "Diese Seite gibt es nicht." in answer.text
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-request-id"]


async def test_the_language_can_be_chosen_before_and_after_signing_in(office: Office, browser: Browser):
    before = await browser.submit("/preferences", language="en", back_to="/sign-in")
    await browser.submit("/preferences", as_=office.weber, language="en", theme="dark", back_to="/")

    assert before.cookies["isms_language"] == "en"
    text = (await browser.get("/", as_=office.weber)).text
    assert 'lang="en"' in text
    assert 'data-kern-theme="dark"' in text


async def test_health_answers_without_an_account(office: Office, browser: Browser):
    assert (await browser.get("/health/live")).text == "ok"
    assert (await browser.get("/health/ready")).text == "ok"


def test_waiting_grows_and_has_an_end():
    assert str(TooMany(3)) == "Zu viele Fehlversuche. Bitte warten Sie 3 Sekunden."
