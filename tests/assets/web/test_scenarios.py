"""Protection need scenario by scenario, by the office's own words, which every assessment keeps."""

from typing import Any

import pytest

from assets.commands.criteria import decide
from assets.commands.needs import settle
from assets.queries.criteria import in_force, meanings
from assets.rules.kinds import Kind
from assets.rules.protection import Goal, ProtectionNeed, ReasonKind
from assets.rules.scenarios import STARTER, DamageScenario
from isms.db.reading import value
from isms.rules.errors import Forbidden, Incomplete, Stale
from tests.assets.things import an_object, runs_on, seen, trail
from tests.browser import Browser
from tests.office import Office

NORMAL, HIGH, VERY_HIGH = ProtectionNeed
OWN_WORDS = {**STARTER, (DamageScenario.FINANCES, HIGH): "Mehr als 50.000 Euro."}


@pytest.fixture
async def records(office: Office):
    return await an_object(office, "Patientenakte")


def words() -> dict[str, Any]:
    """The form as an office finds it."""
    return {f"{scenario.value}_{int(need)}": text for (scenario, need), text in STARTER.items()}


class TestTheWords:
    async def test_an_office_starts_with_some(self, office: Office, browser: Browser):
        text = (await browser.get("/need-criteria", as_=office.yildiz)).text

        assert "Das Amt hat noch nichts Eigenes festgelegt." in text
        assert "Der Schaden gefährdet den Haushalt des Trägers." in text
        assert "Neu festlegen" in text
        assert "Neu festlegen" not in (await browser.get("/need-criteria", as_=office.lindner)).text
        assert (await browser.get("/need-criteria", as_=office.weber)).status_code == 403

    async def test_the_officer_decides_anew_and_old_words_stay(self, office: Office, browser: Browser, records):
        form = words()
        assert "Haushalt des Trägers" in (await browser.get("/need-criteria/new", as_=office.yildiz)).text

        first = await browser.submit("/need-criteria/new", as_=office.yildiz, follow=True, after=0, **form)
        changed: dict[str, Any] = form | {
            "finances_2": "Mehr als 50.000 Euro.",
            "after": 1,
            "reason": "Haushaltsbeschluss",
        }
        second = await browser.submit("/need-criteria/new", as_=office.yildiz, follow=True, **changed)

        assert "Festgelegt als Fassung 1." in first.text
        assert "Festgelegt als Fassung 2." in second.text
        assert "Mehr als 50.000 Euro." in second.text
        old = await value("SELECT id FROM need_criteria WHERE number = 1")
        text = (await browser.get(f"/need-criteria/{old}", as_=office.yildiz)).text
        assert "überplanmäßigen Ausgabe" in text
        assert "Heute gilt eine neuere." in text
        assert (await browser.get(f"/need-criteria/{old}", as_=office.petersen)).status_code == 404

    async def test_a_gap_is_said_beside_the_field(self, office: Office, browser: Browser):
        answer = await browser.submit("/need-criteria/new", as_=office.yildiz, after=0, law_1="Harmlos.")

        assert answer.status_code == 422
        assert "Bitte schreiben Sie, was „hoch“ hier bedeutet." in answer.text
        assert "was „sehr hoch“ hier bedeutet" not in answer.text
        assert "Harmlos." in answer.text

    async def test_two_officers_at_once(self, office: Office, browser: Browser):
        await decide(office.unit, OWN_WORDS, reason="", after=0, by=office.yildiz)
        form = words()

        answer = await browser.submit("/need-criteria/new", as_=office.yildiz, after=0, **form)

        assert answer.status_code == 409
        assert "Jetzt gespeichert: Mehr als 50.000 Euro." in answer.text
        assert 'name="after" value="1"' in answer.text
        with pytest.raises(Stale):
            await decide(office.unit, STARTER, reason="", after=0, by=office.yildiz)

    async def test_only_the_officer_of_the_office_decides(self, office: Office, browser: Browser):
        for person in (office.brandt, office.petersen, office.weber):
            with pytest.raises(Forbidden):
                await decide(office.unit, OWN_WORDS, reason="", after=0, by=person)
        with pytest.raises(Incomplete):
            await decide(office.unit, {}, reason="", after=0, by=office.yildiz)
        asked = await browser.get(f"/need-criteria?office={office.unit.institution}", as_=office.petersen)

        assert asked.status_code == 404
        assert await in_force(office.unit.institution) is None

    async def test_two_levels_are_enough(self, office: Office):
        two = {key: text for key, text in STARTER.items() if key[1] is not VERY_HIGH}

        assert await decide(office.unit, two, reason="", after=0, by=office.yildiz) == 1
        assert await meanings(await in_force(office.unit.institution)) == two


class TestAssessing:
    async def test_the_worst_damage_is_the_own_need(self, office: Office, browser: Browser, records):
        path = f"/objects/{records.id}/needs/scenarios"
        page = (await browser.get(path, as_=office.yildiz)).text
        assert "Ausgangstexte; das Amt hat noch keine eigenen" in page
        assert "Der Schaden gefährdet den Haushalt des Trägers." in page
        given: dict[str, Any] = {
            "version": 1,
            "privacy_confidentiality": 3,
            "privacy_reason": "Befunde",
            "law_confidentiality": 2,
            "law_availability": 1,
            "tasks_availability": 2,
            "reason": "Mit dem Fachdienst besprochen",
        }

        preview = await browser.submit(path, as_=office.yildiz, _preview=1, **given)
        saved = await browser.submit(path, as_=office.yildiz, follow=True, **given)

        assert "Daraus ergibt sich als eigener Schutzbedarf:" in preview.text
        assert "Zielobjekte, deren Schutzbedarf sich ändern würde: 1" in preview.text
        assert "Für dieses Zielobjekt selbst festgestellt von Sabine Yıldız" in saved.text
        found = (await seen(office, records)).own
        assert list(found.values()) == [VERY_HIGH, None, HIGH]

    async def test_it_is_told_later_by_which_words_it_was_judged(self, office: Office, browser: Browser, records):
        path = f"/objects/{records.id}/needs/scenarios"
        await browser.submit(path, as_=office.yildiz, version=1, privacy_confidentiality=3, privacy_reason="Befunde")
        await decide(office.unit, OWN_WORDS, reason="", after=1, by=office.yildiz)
        await browser.submit(f"/objects/{records.id}/needs", as_=office.yildiz, version=2, confidentiality=2)

        text = (await browser.get(f"/objects/{records.id}/assessments", as_=office.lindner)).text

        assert "Beurteilt nach Fassung 1 der Schutzbedarfskategorien" in text
        assert "Beurteilt nach Fassung 2 der Schutzbedarfskategorien" in text
        assert "Befunde" in text
        assert "Beeinträchtigung des informationellen Selbstbestimmungsrechts" in text
        assert [entry.action for entry in await trail()].count("need_criteria.adopted") == 1
        form = (await browser.get(path, as_=office.yildiz)).text
        assert "Texte des Amtes, Fassung 2" in form
        assert 'value="Befunde"' not in form

    async def test_the_form_comes_back_with_what_counts(self, office: Office, browser: Browser, records):
        path = f"/objects/{records.id}/needs/scenarios"
        await browser.submit(path, as_=office.yildiz, version=1, privacy_confidentiality=3, privacy_reason="Befunde")

        form = (await browser.get(path, as_=office.yildiz)).text
        late = await browser.submit(path, as_=office.yildiz, version=1, law_reason="Getippt")
        wrong = await browser.submit(path, as_=office.yildiz, version=2, law_integrity="viel", law_reason="Getippt")

        assert 'value="Befunde"' in form
        assert (late.status_code, wrong.status_code) == (409, 422)
        assert "Getippt" in late.text
        assert "Getippt" in wrong.text
        for person in (office.brandt, office.lindner):
            assert (await browser.get(path, as_=person)).status_code == 403


async def test_the_page_says_what_counts_what_the_maximum_gives_and_why(office: Office, browser: Browser, records):
    server = await an_object(office, "Anwendungsserver", Kind.IT_SYSTEM)
    for name in ("Akte A", "Akte B", "Akte C"):
        one = await an_object(office, name)
        await browser.submit(f"/objects/{one.id}/needs", as_=office.yildiz, version=1, integrity=2, reason="Befunde")
        await runs_on(office, await seen(office, one), server)
    here = f"/objects/{server.id}"

    before = (await browser.get(here, as_=office.yildiz)).text
    found = await seen(office, server)
    await settle(found, Goal.INTEGRITY, VERY_HIGH, kind=ReasonKind.ACCUMULATION, reason="drei", by=office.yildiz)
    after = (await browser.get(here, as_=office.yildiz)).text

    assert "Maximumprinzip" in before
    assert "Integrität: 3 Zielobjekte brauchen „hoch“" in before
    assert "Kumulationseffekt" in after
    assert "Festgesetzt von Sabine Yıldız" in after
    assert "Hier kommt vieles zusammen" not in after
