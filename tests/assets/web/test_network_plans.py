"""The Netzplan as a page, as SVG and as PDF: what it shows to whom, of which day."""

import re
from datetime import timedelta
from xml.etree import ElementTree

import pytest

from assets.commands.links import link
from assets.commands.needs import assess
from assets.commands.scopes import add_scope, include
from assets.queries.objects import ObjectDetail
from assets.queries.scopes import scope
from assets.rules.kinds import Kind, LinkKind
from assets.rules.protection import Goal, ProtectionNeed
from assets.rules.scopes import Method, SafeguardLevel
from assets.web import network_plans
from tests.assets.plans import a_large_structure
from tests.assets.things import an_object
from tests.browser import Browser
from tests.office import TODAY, Office

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
async def server(office: Office) -> ObjectDetail:
    """A server in its room on the network, with a critical connection to the data centre."""
    server: ObjectDetail = await an_object(office, "Datenbankserver", Kind.IT_SYSTEM, number=2)
    net = await an_object(office, "Hausnetz", Kind.NETWORK)
    room = await an_object(office, "Serverraum", Kind.ROOM)
    house = await an_object(office, "Haupthaus", Kind.BUILDING)
    line = await an_object(office, "Leitung ins Rechenzentrum", Kind.COMMUNICATION_LINK, critical="k1")
    centre = await an_object(office, "Rechenzentrum Nordmark", Kind.SERVICE_PROVIDER)
    for source, kind, target in (
        (server, LinkKind.CONNECTED_TO, net),
        (server, LinkKind.LOCATED_IN, room),
        (room, LinkKind.LIES_IN, house),
        (server, LinkKind.START_OF, line),
        (centre, LinkKind.END_OF, line),
    ):
        await link(source, kind, target, by=office.yildiz, on=TODAY)
    return server


def svg_of(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(text)


async def test_the_plan_shows_systems_in_their_rooms_and_says_so_in_words(
    office: Office, browser: Browser, server: ObjectDetail
):
    own = dict.fromkeys(Goal, ProtectionNeed.VERY_HIGH)
    await assess(server, own, reason="Gesundheitsdaten", by=office.yildiz)

    answer = await browser.get("/network-plan", as_=office.yildiz)

    picture, words = answer.text.split('id="in-words"')
    said = (
        "IT-001 Datenbankserver, IT-System, Anzahl 2. "
        "Schutzbedarf: Vertraulichkeit sehr hoch, Integrität sehr hoch, Verfügbarkeit sehr hoch."
    )
    assert f'href="/objects/{server.id}" aria-label="{said}"' in picture
    assert "IT-001 ×2" in picture
    assert "RM-001 Serverraum · GB-001" in picture
    assert re.search(r"letzte Änderung daran: \d\d\.\d\d\.\d{4}, \d\d:\d\d Uhr", picture)
    assert said in words
    assert "RM-001 Serverraum, GB-001 Haupthaus" in words
    assert "IT-001 Datenbankserver ist Anfang von KV-001 Leitung ins Rechenzentrum" in words


async def test_a_critical_connection_is_marked_by_word_and_line(office: Office, browser: Browser, server: ObjectDetail):
    answer = await browser.get("/network-plan", as_=office.yildiz)

    assert "kritisch: K1" in answer.text
    assert answer.text.count('class="plan__wire plan__wire--critical" d="M') == 3  # two lines, and the key


async def test_the_file_stands_alone(office: Office, browser: Browser, server: ObjectDetail):
    answer = await browser.get("/network-plan/plan.svg", as_=office.yildiz)

    picture = svg_of(answer.text)
    assert answer.headers["content-type"].startswith("image/svg+xml")
    assert "attachment" in answer.headers["content-disposition"]
    assert picture.find(f"{SVG}style") is not None
    assert "var(" not in answer.text
    assert not re.search(r'(href|src)="https?:', answer.text)
    assert f"Stand der Daten: {TODAY:%d.%m.%Y}" in answer.text


async def test_the_paper_has_the_picture_and_its_words(office: Office, browser: Browser, server: ObjectDetail):
    answer = await browser.get("/network-plan/plan.pdf", as_=office.yildiz)

    small = await browser.get("/network-plan/plan.pdf?paper=a4", as_=office.yildiz)

    assert answer.content.startswith(b"%PDF-1.7")
    assert re.search(rb"/MediaBox ?\[0 0 1190\.", answer.content)
    assert re.search(rb"/MediaBox ?\[0 0 841\.", small.content)
    assert "bereinigter-netzplan" in answer.headers["content-disposition"]


async def test_yesterday_nothing_was_there(office: Office, browser: Browser, server: ObjectDetail):
    answer = await browser.get(f"/network-plan?on={TODAY - timedelta(days=1)}", as_=office.yildiz, htmx=True)

    assert answer.text.startswith('<div id="plan">')
    assert "noch keine IT-Systeme und Netze" in answer.text


async def test_a_scope_shows_what_lies_within(office: Office, browser: Browser, server: ObjectDetail):
    how = {"method": Method.BOTH, "level": SafeguardLevel.BASIC}
    other = await an_object(office, "Messgerät", Kind.IOT)
    id = await add_scope("Labor", "", unit=office.unit, by=office.yildiz, **how)  # type: ignore[arg-type]
    await include(await scope(id, seen_by=office.yildiz), [other], by=office.yildiz, on=TODAY)

    within = await browser.get(f"/network-plan?within={id}", as_=office.yildiz)
    of_a_kind = await browser.get("/network-plan?kind=iot", as_=office.yildiz)

    for answer in (within, of_a_kind):
        assert "IO-001" in answer.text
        assert "IT-001" not in answer.text
    assert "Bereinigter Netzplan: Labor" in within.text


async def test_a_network_is_chosen(office: Office, browser: Browser, server: ObjectDetail):
    await an_object(office, "Ohne Netz", Kind.IT_SYSTEM)
    net = await browser.get("/network-plan", as_=office.yildiz)
    (id,) = re.findall(r'<option value="(\d+)">NW-001 Hausnetz', net.text)

    answer = await browser.get(f"/network-plan?network={id}", as_=office.yildiz)

    assert "IT-001" in answer.text
    assert "IT-002" not in answer.text
    assert "IT-002" in net.text


async def test_strangers_see_none_of_it(office: Office, browser: Browser, server: ObjectDetail):
    own = await browser.get("/network-plan", as_=office.petersen)
    ours = await browser.get(f"/network-plan?unit={office.unit.id}", as_=office.petersen)
    file = await browser.get(f"/network-plan/plan.svg?unit={office.unit.id}", as_=office.petersen)

    assert "Datenbankserver" not in own.text
    assert ours.status_code == file.status_code == 404
    assert (await browser.get("/network-plan", as_=office.weber)).status_code == 403


async def test_three_hundred_objects_fit_on_a_page_and_too_many_are_refused(
    office: Office, browser: Browser, monkeypatch: pytest.MonkeyPatch
):
    made = await a_large_structure(office, 300)
    page = await browser.get("/network-plan", as_=office.yildiz)
    assert page.text.count('class="plan__box ') == len(made[Kind.IT_SYSTEM]) + len(made[Kind.COMMUNICATION_LINK])

    monkeypatch.setattr(network_plans, "MOST_BOXES", 100)
    many = await browser.get("/network-plan", as_=office.yildiz)
    file = await browser.get("/network-plan/plan.svg", as_=office.yildiz)

    assert "zu viel für ein lesbares Bild" in many.text
    assert file.status_code == 409


@pytest.mark.parametrize("asked", ["within=9", "unit=999", "network=999", "kind=unsinn", "on=unsinn", "size=riesig"])
async def test_nonsense_in_the_address_breaks_nothing(
    office: Office, browser: Browser, server: ObjectDetail, asked: str
):
    answer = await browser.get(f"/network-plan?{asked}", as_=office.yildiz)

    assert answer.status_code in (200, 404)
