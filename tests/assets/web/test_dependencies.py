"""Who relies on whom: of a whole office and around one object, with the links that hand the needs down."""

import re
from datetime import timedelta

import pytest

from assets.commands.links import link, unlink
from assets.commands.needs import assess
from assets.queries.dependencies import around
from assets.queries.links import links_of
from assets.queries.objects import ObjectDetail
from assets.rules.kinds import Kind, LinkKind
from assets.rules.protection import Goal, ProtectionNeed
from assets.web import dependencies
from tests.assets.plans import a_large_structure
from tests.assets.things import an_object
from tests.browser import Browser
from tests.office import TODAY, Office

DECIDING = 'class="plan__wire plan__wire--deciding" d="M'
Chain = tuple[ObjectDetail, ObjectDetail, ObjectDetail, ObjectDetail]


@pytest.fixture
async def chain(office: Office) -> Chain:
    """A process on an application on a server in a room; only the application's secrets are out of the ordinary."""
    process = await an_object(office, "Meldungen bearbeiten", Kind.PROCESS)
    application = await an_object(office, "Meldewerk")
    server = await an_object(office, "Datenbankserver", Kind.IT_SYSTEM)
    room = await an_object(office, "Serverraum", Kind.ROOM)
    await link(process, LinkKind.USES, application, by=office.yildiz, on=TODAY)
    await link(application, LinkKind.RUNS_ON, server, by=office.yildiz, on=TODAY)
    await link(server, LinkKind.LOCATED_IN, room, by=office.yildiz, on=TODAY)
    own = {Goal.CONFIDENTIALITY: ProtectionNeed.VERY_HIGH, Goal.INTEGRITY: None, Goal.AVAILABILITY: None}
    await assess(application, own, reason="Gesundheitsdaten", by=office.yildiz)
    return process, application, server, room


async def test_the_whole_office_from_processes_to_rooms(office: Office, browser: Browser, chain: Chain):
    answer = await browser.get("/dependencies", as_=office.yildiz)

    picture, words = answer.text.split('id="in-words"')
    assert [word for word in re.findall(r'class="plan__band"[^>]*>([^<]+)<', picture)] == [
        "Geschäftsprozesse",
        "Anwendungen",
        "IT-Systeme",
        "Räume",
    ]
    assert picture.count(DECIDING) == 2 + 1  # to the server, to the room, and in the key
    assert picture.count('class="plan__wire plan__wire--thin" d="M') == 1 + 1
    assert "Stützt sich auf: IT-001 Datenbankserver (läuft auf, vererbt: Vertraulichkeit)." in words
    assert "Stützt sich auf: AW-001 Meldewerk (nutzt)." in words


async def test_around_one_object_as_far_as_one_wants(office: Office, browser: Browser, chain: Chain):
    _, application, server, room = chain

    near = await browser.get(f"/objects/{application.id}/dependencies?levels=1", as_=office.yildiz)
    far = await browser.get(f"/objects/{application.id}/dependencies?levels=2", as_=office.yildiz)
    wild = await browser.get(f"/objects/{application.id}/dependencies?levels=99999", as_=office.yildiz)

    assert "GP-001" in near.text
    assert "IT-001" in near.text
    assert "RM-001" not in near.text
    assert "2 Schritte danach" in far.text
    assert "RM-001" in far.text
    assert wild.status_code == 200
    assert await around(application.id, 1) == {chain[0].id: -1, application.id: 0, server.id: 1}
    assert (await around(room.id, 9))[chain[0].id] == -3


async def test_whoever_decides_is_shown_however_far_away(office: Office, browser: Browser, chain: Chain):
    answer = await browser.get(f"/objects/{chain[3].id}/dependencies?levels=1", as_=office.yildiz)

    assert "AW-001" in answer.text
    assert "GP-001" not in answer.text
    assert answer.text.count(DECIDING) == 2 + 1
    assert f'plan__box--here" href="/objects/{chain[3].id}"' in answer.text


async def test_a_circle_is_drawn(office: Office, browser: Browser):
    one, other = await an_object(office, "Eins"), await an_object(office, "Zwei")
    await link(one, LinkKind.USES, other, by=office.yildiz, on=TODAY)
    await link(other, LinkKind.USES, one, by=office.yildiz, on=TODAY)

    answer = await browser.get(f"/objects/{one.id}/dependencies?levels=5", as_=office.yildiz)

    assert answer.text.count('class="plan__box ') == 2


async def test_a_link_that_ended_is_not_drawn_but_was_there_before(office: Office, browser: Browser, chain: Chain):
    (gone, *_) = await links_of(chain[3].id, seen_by=office.yildiz)
    await unlink(gone, by=office.yildiz, on=TODAY)

    now = await browser.get("/dependencies", as_=office.yildiz)
    before = await browser.get(f"/dependencies?on={TODAY - timedelta(days=1)}", as_=office.yildiz)

    assert "Stützt sich auf: RM-001" not in now.text
    assert "noch keine Zielobjekte" in before.text


async def test_files_stand_alone(office: Office, browser: Browser, chain: Chain):
    whole = await browser.get("/dependencies/plan.svg", as_=office.yildiz)
    one = await browser.get(f"/objects/{chain[1].id}/dependencies/plan.svg", as_=office.yildiz)
    paper = await browser.get(f"/objects/{chain[1].id}/dependencies/plan.pdf", as_=office.yildiz)

    for answer in (whole, one):
        assert answer.headers["content-type"].startswith("image/svg+xml")
        assert "<style>" in answer.text
        assert "var(" not in answer.text
    assert paper.content.startswith(b"%PDF-1.7")
    assert (await browser.get("/dependencies/plan.pdf", as_=office.yildiz)).content.startswith(b"%PDF-1.7")


async def test_the_page_of_an_object_leads_there(office: Office, browser: Browser, chain: Chain):
    answer = await browser.get(f"/objects/{chain[1].id}", as_=office.yildiz)

    assert f'href="/objects/{chain[1].id}/dependencies"' in answer.text


async def test_strangers_see_none_of_it(office: Office, browser: Browser, chain: Chain):
    assert "Meldewerk" not in (await browser.get("/dependencies", as_=office.petersen)).text
    assert (await browser.get(f"/dependencies?unit={office.unit.id}", as_=office.petersen)).status_code == 404
    here = f"/objects/{chain[1].id}/dependencies"
    assert (await browser.get(here, as_=office.petersen)).status_code == 404
    assert (await browser.get(f"{here}/plan.svg", as_=office.petersen)).status_code == 404
    assert (await browser.get(here, as_=office.weber)).status_code == 403


async def test_too_much_is_refused_and_says_so(
    office: Office, browser: Browser, chain: Chain, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(dependencies, "MOST_BOXES", 3)

    page = await browser.get("/dependencies", as_=office.yildiz)
    file = await browser.get("/dependencies/plan.svg", as_=office.yildiz)

    assert "zu viel für ein lesbares Bild" in page.text
    assert file.status_code == 409


async def test_three_hundred_objects_are_all_there(office: Office, browser: Browser):
    made = await a_large_structure(office, 300)

    page = await browser.get("/dependencies", as_=office.yildiz)

    assert page.text.count('class="plan__box ') == sum(map(len, made.values()))
