"""My account: my password, my sessions, and nobody else's."""

from isms.db import execute
from isms.db.reading import value
from isms.login import open_session
from isms.rules.throttling import FREE_FOR_ACCOUNT_AT_ADDRESS
from tests.browser import Browser
from tests.office import PASSWORD, Office

BETTER = "Dachs Laterne Moos"
SET = "SELECT count(*) FROM audit_entry WHERE action = 'password.set' AND actor = {}"


async def test_the_account_page_says_who_i_am(office: Office, browser: Browser):
    answer = await browser.get("/account", as_=office.brandt)

    assert answer.status_code == 200
    assert "Jonas Brandt" in answer.text
    assert "IT-Betreuung" in answer.text


async def test_a_visitor_is_led_to_the_sign_in_page(office: Office, browser: Browser):
    answer = await browser.get("/account")

    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/sign-in")


async def test_a_new_password_ends_all_other_sessions(office: Office, browser: Browser):
    await open_session(office.weber.id, browser="Anderswo", settings=browser.house.settings)

    answer = await browser.submit("/account/password", as_=office.weber, current=PASSWORD, password=BETTER)

    assert answer.status_code == 303
    still = "SELECT count(*) FROM session WHERE person = {} AND ended_at IS NULL"
    assert await value(still, office.weber.id) == 1
    assert await value(SET, office.weber.id) == 1


async def test_a_wrong_or_weak_password_is_said_beside_its_field(office: Office, browser: Browser):
    wrong = await browser.submit("/account/password", as_=office.weber, current="geraten", password=BETTER)
    weak = await browser.submit("/account/password", as_=office.weber, current=PASSWORD, password="kurz")

    assert wrong.status_code == weak.status_code == 422
    assert "Das ist nicht Ihr jetziges Passwort." in wrong.text
    assert "mindestens 12 Zeichen" in weak.text
    assert BETTER not in wrong.text
    assert not await value(SET, office.weber.id)


async def test_one_ends_the_session_on_another_browser(office: Office, browser: Browser):
    await open_session(office.weber.id, browser="Firefox, Windows", settings=browser.house.settings)
    other = await value("SELECT id FROM session WHERE browser = 'Firefox, Windows'")

    before = await browser.get("/account/sessions", as_=office.weber)
    after = await browser.submit("/account/sessions/endings", as_=office.weber, htmx=True, session=other)

    assert "Firefox, Windows" in before.text
    assert after.text.startswith('<div id="sessions">')
    assert "Firefox, Windows" not in after.text


async def test_nobody_ends_somebody_elses_session(office: Office, browser: Browser):
    await open_session(office.kaya.id, browser="Kaya", settings=browser.house.settings)
    hers = await value("SELECT id FROM session WHERE browser = 'Kaya'")

    await browser.submit("/account/sessions/endings", as_=office.weber, session=hers)

    assert await value("SELECT count(*) FROM session WHERE id = {} AND ended_at IS NULL", hers) == 1


async def test_the_permission_table_is_open_to_everyone_inside(office: Office, browser: Browser):
    answer = await browser.get("/permissions", as_=office.kaya)

    assert answer.status_code == 200
    assert "Prüfspur lesen" in answer.text
    assert "Schulungsverantwortliche" in answer.text


async def test_a_password_that_somebody_else_gave_is_changed_before_anything_else(office: Office, browser: Browser):
    await execute("UPDATE person SET must_change_password = {} WHERE id = {}", True, office.weber.id)
    held_up = await browser.get("/", as_=office.weber)
    assert held_up.headers["location"] == "/account/password"

    await browser.submit("/account/password", as_=office.weber, current=PASSWORD, password="Segelboot Laterne Moos")

    assert (await browser.get("/", as_=office.weber)).status_code == 200


async def test_who_keeps_guessing_the_current_password_waits(office: Office, browser: Browser):
    """An unlocked screen is no place to try passwords either."""
    for _ in range(FREE_FOR_ACCOUNT_AT_ADDRESS):
        await browser.submit("/account/password", as_=office.weber, current="falsch", password="Zander Birke Fahrrad")

    answer = await browser.submit(
        "/account/password", as_=office.weber, current=PASSWORD, password="Zander Birke Fahrrad"
    )

    assert answer.status_code == 429
    assert "Zu viele Fehlversuche" in answer.text
