"""The head's word, the overview, and the needs of any past day as a table."""

import pytest

from assets.commands.confirmations import confirm
from assets.commands.links import link
from assets.commands.needs import assess, settle
from assets.queries.assessments import latest
from assets.queries.need_duties import confirming, questioned
from assets.queries.reports.needs import criteria, needs
from assets.rules.kinds import Kind, LinkKind
from assets.rules.protection import Goal, Ground, ProtectionNeed, ReasonKind
from isms.rules.errors import Forbidden, Incomplete, Refused, Stale
from tests.assets.things import YESTERDAY, an_object, seen, trail
from tests.browser import Browser
from tests.office import TODAY, Office

NORMAL, HIGH, VERY_HIGH = ProtectionNeed


@pytest.fixture
async def process(office: Office):
    process = await an_object(office, "Meldungen bearbeiten", Kind.PROCESS)
    await assess(process, {Goal.CONFIDENTIALITY: VERY_HIGH}, reason="Befunde", by=office.yildiz)
    return await seen(office, process)


async def waiting(office: Office, ask, person) -> list[str]:
    return [str(duty.values["object"]) for duty in await ask(person, seen_by=person, on=TODAY)]


class TestTheHead:
    async def test_confirms_what_needs_more_than_normal(self, office: Office, browser: Browser, process):
        path = f"/objects/{process.id}/confirmations/new"
        assert await waiting(office, confirming, office.albrecht) == ["GP-001 Meldungen bearbeiten"]
        assert "Befunde" in (await browser.get(path, as_=office.albrecht)).text
        found = await latest(process.id)
        assert found

        unsaid = await browser.submit(path, as_=office.albrecht, assessment=found.id)
        answer = await browser.submit(path, as_=office.albrecht, follow=True, assessment=found.id, agreed=1)

        assert (unsaid.status_code, answer.status_code) == (422, 200)
        assert "Bitte sagen Sie, ob Sie zustimmen." in unsaid.text
        assert "Bestätigt von" in answer.text
        assert await waiting(office, confirming, office.albrecht) == []
        assert (await trail())[0].action == "object.need_confirmed"
        with pytest.raises(Refused, match="schon beantwortet"):
            await confirm(process, found.id, agreed=True, note="", by=office.albrecht)

    async def test_a_no_needs_a_word_and_goes_to_the_officer(self, office: Office, process):
        found = await latest(process.id)
        assert found
        with pytest.raises(Incomplete):
            await confirm(process, found.id, agreed=False, note=" ", by=office.albrecht)

        await confirm(process, found.id, agreed=False, note="zu hoch", by=office.albrecht)

        assert await waiting(office, questioned, office.yildiz) == ["GP-001 Meldungen bearbeiten"]
        assert await waiting(office, questioned, office.albrecht) == []
        await assess(process, {Goal.CONFIDENTIALITY: HIGH}, reason="", by=office.yildiz)
        assert await waiting(office, questioned, office.yildiz) == []
        assert await waiting(office, confirming, office.albrecht) == ["GP-001 Meldungen bearbeiten"]

    async def test_a_newer_finding_is_read_first(self, office: Office, browser: Browser, process):
        found = await latest(process.id)
        assert found
        await assess(process, {Goal.CONFIDENTIALITY: HIGH}, reason="neu", by=office.yildiz)

        answer = await browser.submit(
            f"/objects/{process.id}/confirmations/new", as_=office.albrecht, assessment=found.id, agreed=1, note="Gut"
        )

        assert answer.status_code == 409
        assert "Gut" in answer.text
        with pytest.raises(Stale):
            await confirm(process, found.id, agreed=True, note="", by=office.albrecht)

    async def test_nobody_else_does(self, office: Office, browser: Browser, process):
        found = await latest(process.id)
        assert found
        for person in (office.yildiz, office.brandt, office.petersen):
            with pytest.raises(Forbidden):
                await confirm(process, found.id, agreed=True, note="", by=person)
        other = await an_object(office, "Poststelle", Kind.PROCESS)
        assert (await browser.get(f"/objects/{other.id}/confirmations/new", as_=office.albrecht)).status_code == 404

    async def test_what_is_normal_needs_no_word(self, office: Office):
        other = await an_object(office, "Poststelle", Kind.PROCESS)
        await assess(other, dict.fromkeys(Goal, NORMAL), reason="", by=office.yildiz)

        assert await waiting(office, confirming, office.albrecht) == []


async def test_the_overview_names_what_deviates_and_what_runs_in_circles(office: Office, browser: Browser, process):
    one, other = await an_object(office, "Akte"), await an_object(office, "Laborschnittstelle")
    await link(process, LinkKind.USES, one, by=office.yildiz, on=TODAY)
    await link(one, LinkKind.USES, other, by=office.yildiz, on=TODAY)
    await link(other, LinkKind.USES, one, by=office.yildiz, on=TODAY)
    await settle(
        await seen(office, other),
        Goal.AVAILABILITY,
        HIGH,
        kind=ReasonKind.ACCUMULATION,
        reason="viele",
        by=office.yildiz,
    )

    text = (await browser.get("/protection-needs", as_=office.yildiz)).text

    assert "AW-001 Akte</a>, " in text
    assert "Kumulationseffekt: vieles zusammen wiegt schwerer. viele" in text
    assert (await browser.get("/protection-needs?office=999", as_=office.yildiz)).status_code == 404
    assert "AW-001" not in (await browser.get("/protection-needs", as_=office.petersen)).text


async def test_the_needs_of_any_day_as_a_table(office: Office, process):
    server = await an_object(office, "Portal")
    await link(process, LinkKind.USES, server, by=office.yildiz, on=TODAY)
    await settle(
        await seen(office, server),
        Goal.CONFIDENTIALITY,
        HIGH,
        kind=ReasonKind.DEPENDENCY,
        reason="nur Termine",
        by=office.yildiz,
    )

    lines = [line async for line in needs(office.unit.path, on=TODAY)]

    told = {(line[1], line[5]): line[6:13] for line in lines}
    assert told["GP-001", Goal.CONFIDENTIALITY][:5] == (VERY_HIGH, VERY_HIGH, None, Ground.OWN, "Befunde")
    assert told["AW-001", Goal.CONFIDENTIALITY][:5] == (HIGH, VERY_HIGH, HIGH, Ground.DEPENDENCY, "nur Termine")
    assert told["AW-001", Goal.CONFIDENTIALITY][5] == "Sabine Yıldız"
    assert told["AW-001", Goal.INTEGRITY][:4] == (NORMAL, NORMAL, None, Ground.MAXIMUM)
    assert told["GP-001", Goal.INTEGRITY][3] == Ground.OPEN
    assert [line async for line in needs(office.unit.path, on=YESTERDAY)] == []
    words = [line async for line in criteria(office.unit.path, on=TODAY)]
    assert len(words) == 18
    assert words[0][2] == 1
