"""All kinds of objects with what only they have, tags, who answers, and who operates."""

from typing import Any

import pytest

from assets.commands.links import link, unlink
from assets.commands.needs import assess
from assets.commands.objects import change_object
from assets.queries.links import links_of
from assets.rules.communication import Critical
from assets.rules.kinds import SYSTEMS, Kind, LinkKind
from assets.rules.protection import Goal, ProtectionNeed
from assets.tables import ObjectTag, Responsibility, Tag
from isms.rules.errors import Incomplete
from tests.assets.things import an_object, seen
from tests.browser import Browser
from tests.office import TODAY, Office

NEED = ProtectionNeed


async def changed(office: Office, one, **given: Any):
    facts = given.pop("facts", one.facts)
    await change_object(one, facts, by=office.yildiz, on=TODAY, categories=[], version=one.version, **given)
    return await seen(office, one)


@pytest.mark.parametrize("kind", list(Kind))
async def test_every_kind_is_added_with_its_own_fields(office: Office, browser: Browser, kind: Kind):
    form = (await browser.get(f"/objects/new?kind={kind.value}", as_=office.yildiz)).text
    assert f'name="kind" value="{kind.value}"' in form
    given: dict[str, Any] = {
        "name": "Neues",
        "kind": kind.value,
        "unit": office.unit.id,
        "variety": "Besonderes",
        "number": 1,
    }

    answer = await browser.submit("/objects/new", as_=office.yildiz, follow=True, **given)

    assert f"{kind.prefix}-001" in answer.text
    assert ("Besonderes" in answer.text) is (kind is not Kind.APPLICATION)
    assert ('name="platform"' in form) is (kind in SYSTEMS)
    assert ('name="critical"' in form) is (kind is Kind.COMMUNICATION_LINK)


async def test_a_communication_link_says_from_where_to_where_and_why_it_is_critical(office: Office, browser: Browser):
    vpn = await an_object(office, "VPN", Kind.COMMUNICATION_LINK, critical="k1")
    server = await an_object(office, "Meldeserver", Kind.IT_SYSTEM)
    centre = await an_object(office, "Rechenzentrum", Kind.SERVICE_PROVIDER)
    await link(server, LinkKind.START_OF, vpn, by=office.yildiz, on=TODAY)
    await link(centre, LinkKind.END_OF, vpn, by=office.yildiz, on=TODAY)
    await assess(await seen(office, server), {Goal.CONFIDENTIALITY: NEED.VERY_HIGH}, reason="Befunde", by=office.yildiz)

    vpn = await seen(office, vpn)
    text = (await browser.get(f"/objects/{vpn.id}", as_=office.lindner)).text

    assert vpn.critical_kinds == [Critical.EXTERNAL, Critical.CONFIDENTIAL]
    for said in ("IT-001 Meldeserver", "DL-001 Rechenzentrum", "K1 Außenverbindung", "K2 hohe Vertraulichkeit"):
        assert said in text


async def test_information_decides_what_its_application_needs(office: Office):
    findings = await an_object(office, "Befunde", Kind.INFORMATION)
    records = await an_object(office, "Patientenakte")
    await assess(findings, {Goal.CONFIDENTIALITY: NEED.VERY_HIGH}, reason="Schweigepflicht", by=office.yildiz)

    await link(await seen(office, findings), LinkKind.PROCESSED_BY, records, by=office.yildiz, on=TODAY)

    assert (await seen(office, records)).confidentiality is NEED.VERY_HIGH


class TestTags:
    async def test_they_come_and_go_and_keep_their_first_spelling(self, office: Office):
        one = await changed(office, await an_object(office, "Eins"), tags=["Umzug 2027", "Größe"])
        two = await changed(office, await an_object(office, "Zwei"), tags=["UMZUG 2027"])
        assert (one.tags, two.tags) == (("Größe", "Umzug 2027"), ("Umzug 2027",))

        one = await changed(office, one, tags=["Größe"])

        assert one.tags == ("Größe",)
        assert await Tag.count() == 2
        assert await ObjectTag.count() == 3

    async def test_no_word_leaves_them_as_they_are(self, office: Office):
        one = await changed(office, await an_object(office, "Eins"), tags=["bleibt"])

        assert (await changed(office, one)).tags == ("bleibt",)

    async def test_a_tag_that_is_too_long_is_said_beside_its_field(self, office: Office, browser: Browser):
        given: dict[str, Any] = {
            "name": "Neues",
            "kind": "room",
            "unit": office.unit.id,
            "number": 1,
            "tags": "kurz, " + "x" * 41,
        }

        answer = await browser.submit("/objects/new", as_=office.yildiz, **given)

        assert answer.status_code == 422
        assert "ist zu lang. Ein Schlagwort hat höchstens 40 Zeichen." in answer.text


async def test_who_answers_is_kept_from_moment_to_moment(office: Office):
    one = await an_object(office, "Eins", responsible=office.weber.id)
    one = await changed(office, one, facts=one.facts.__class__("Eins"))
    await changed(office, one, facts=one.facts.__class__("Eins, anders"))

    kept = await Responsibility.select(Responsibility.responsible).order_by(Responsibility.id)
    assert [row["responsible"] for row in kept] == [office.weber.id, None]


async def test_what_a_provider_operates_is_marked_until_the_link_is_gone(office: Office):
    portal = await an_object(office, "Portal")
    centre = await an_object(office, "Rechenzentrum", Kind.SERVICE_PROVIDER)
    await link(portal, LinkKind.OPERATED_BY, centre, by=office.yildiz, on=TODAY)
    portal = await seen(office, portal)
    assert portal.provider_operated
    ours = portal.facts.__class__("Portal")

    with pytest.raises(Incomplete):
        await changed(office, portal, facts=ours)
    await unlink((await links_of(portal.id, seen_by=office.yildiz))[0], by=office.yildiz, on=TODAY)

    assert not (await changed(office, await seen(office, portal), facts=ours)).provider_operated


async def test_what_a_form_does_not_ask_stays(office: Office, browser: Browser):
    room = await an_object(office, "Lager", Kind.ROOM, vendor="Baufirma")

    given: dict[str, Any] = {"name": "Lager", "number": 1, "version": 1, "variety": "Archiv"}
    await browser.submit(f"/objects/{room.id}/edit", as_=office.yildiz, **given)

    room = await seen(office, room)
    assert (room.vendor, room.variety) == ("Baufirma", "Archiv")
