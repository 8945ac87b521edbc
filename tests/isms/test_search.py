"""The global search, help and the licences: open to those whom they concern."""

from isms.commands.people import set_password
from isms.people import person
from isms.permissions import May
from tests.browser import Browser
from tests.office import Office


async def test_the_search_finds_people_and_units_in_reach(office: Office, browser: Browser):
    found = await browser.get("/search?q=hygiene", as_=office.yildiz)
    part = await browser.get("/search?q=lukas%20web", as_=office.yildiz, htmx=True)

    assert f'href="/units/{office.hygiene.id}"' in found.text
    assert part.text.startswith('<div id="hits">')
    assert f'href="/people/{office.weber.id}"' in part.text


async def test_the_search_keeps_strangers_and_wildcards_out(office: Office, browser: Browser):
    stranger = await browser.get("/search?q=hansen", as_=office.yildiz)
    wildcard = await browser.get("/search?q=%25", as_=office.yildiz)
    employee = await browser.get("/search?q=lukas", as_=office.kaya)
    nothing = await browser.get("/search", as_=office.kaya)

    assert "Nichts gefunden" in stranger.text
    assert "Nichts gefunden" in wildcard.text
    assert "Nichts gefunden" in employee.text
    assert "Zum Beispiel ein Name" in nothing.text
    assert (await browser.get("/search?q=lukas")).status_code == 303


async def test_help_and_licences(office: Office, browser: Browser):
    keyboard = await browser.get("/help/keyboard", as_=office.weber)
    about = await browser.get("/about")

    assert "Strg" in keyboard.text
    assert "CC BY-SA 4.0" in about.text


async def test_who_got_a_password_from_somebody_else_first_chooses_an_own_one(office: Office, browser: Browser):
    weber = await person(office.weber.id, seen_by=office.reuter, asks=May.MANAGE_PEOPLE)
    await set_password(weber, "Dachs Laterne Moos", by=office.reuter, temporary=True)

    desk = await browser.get("/", as_=office.weber)
    form = await browser.get("/account/password", as_=office.weber)
    await browser.submit(
        "/account/password", as_=office.weber, current="Dachs Laterne Moos", password="Igel Fenster Regen"
    )
    after = await browser.get("/", as_=office.weber)

    assert desk.headers["location"] == "/account/password"
    assert "jemand anderes vergeben" in form.text
    assert after.status_code == 200
