"""Pages about protection needs: found, settled and taken back, each with what would change beforehand."""

from typing import Any

import pytest

from assets.commands.needs import assess
from assets.rules.kinds import Kind
from assets.rules.protection import Goal, ProtectionNeed
from isms.db.reading import value
from tests.assets.things import an_object, runs_on, seen
from tests.browser import Browser
from tests.office import Office

SECRET = {Goal.CONFIDENTIALITY: ProtectionNeed.VERY_HIGH, Goal.INTEGRITY: ProtectionNeed.HIGH}


@pytest.fixture
async def server(office: Office):
    """A server on which the records run that decide what it needs."""
    records = await an_object(office, "Patientenakte")
    server = await an_object(office, "Anwendungsserver", Kind.IT_SYSTEM)
    await runs_on(office, records, server)
    await assess(await seen(office, records), SECRET, reason="", by=office.yildiz)
    return await seen(office, server)


class TestNeeds:
    async def test_a_preview_changes_nothing(self, office: Office, browser: Browser, server):
        path = "/objects/{}/needs".format(await value("SELECT id FROM target_object WHERE short_id = 'AW-001'"))
        assert "nicht festgestellt" in (await browser.get(path, as_=office.yildiz)).text

        answer = await browser.submit(path, as_=office.yildiz, _preview=1, availability=3, reason="Getippt", version=2)

        assert answer.status_code == 200
        assert "Was sich ändern würde" in answer.text
        assert "IT-001 Anwendungsserver" in answer.text
        assert "Getippt" in answer.text
        assert (await seen(office, server)).availability == ProtectionNeed.NORMAL

    async def test_saving_hands_down(self, office: Office, browser: Browser, server):
        id = await value("SELECT id FROM target_object WHERE short_id = 'AW-001'")

        answer = await browser.submit(f"/objects/{id}/needs", as_=office.yildiz, follow=True, availability=3, version=2)

        assert "deren Schutzbedarf sich geändert hat: 2." in answer.text
        assert (await seen(office, server)).availability == ProtectionNeed.VERY_HIGH

    async def test_a_lost_race_keeps_what_was_typed(self, office: Office, browser: Browser, server):
        id = await value("SELECT id FROM target_object WHERE short_id = 'AW-001'")

        answer = await browser.submit(f"/objects/{id}/needs", as_=office.yildiz, reason="Getippt", version=1)

        assert answer.status_code == 409
        assert "Getippt" in answer.text
        assert 'name="version" value="2"' in answer.text


class TestSettling:
    async def test_from_form_to_page_and_back(self, office: Office, browser: Browser, server):
        path = f"/objects/{server.id}/settlements/new"
        assert (
            "Das Maximum ergibt „sehr hoch“."
            in (await browser.get(f"{path}?goal=confidentiality", as_=office.yildiz)).text
        )
        given: dict[str, Any] = {
            "goal": "confidentiality",
            "need": 2,
            "kind": "distribution",
            "reason": "verschlüsselt",
            "version": 1,
        }

        preview = await browser.submit(path, as_=office.yildiz, _preview=1, **given)
        saved = await browser.submit(path, as_=office.yildiz, follow=True, **given)

        assert "Was sich ändern würde" in preview.text
        assert "Festgesetzt von Sabine Yıldız" in saved.text
        assert "statt „sehr hoch“" in saved.text

        ending = f"/objects/{server.id}/settlements/ending"
        before = (await browser.get(f"{ending}?goal=confidentiality", as_=office.yildiz)).text
        assert "Was sich ändern würde" in before
        assert "von AW-001 Patientenakte" in before
        assert (await browser.get(f"{ending}?goal=unsinn", as_=office.yildiz)).status_code == 404
        assert "ist nichts festgesetzt" in (await browser.get(f"{ending}?goal=integrity", as_=office.yildiz)).text
        late = await browser.submit(ending, as_=office.yildiz, goal="confidentiality", version=1)
        assert late.status_code == 409
        undone = await browser.submit(ending, as_=office.yildiz, follow=True, goal="confidentiality", version=2)
        assert "Bestimmt von AW-001 Patientenakte:" in undone.text

    async def test_what_is_wrong_is_said(self, office: Office, browser: Browser, server):
        path = f"/objects/{server.id}/settlements/new"

        answer = await browser.submit(path, as_=office.yildiz, goal="integrity", need=2, version=1)
        refused = await browser.submit(
            path, as_=office.yildiz, goal="integrity", need=2, kind="manual", reason="so", version=1
        )

        assert answer.status_code == 422
        assert refused.status_code == 409
        assert "Das Maximum ergibt schon „hoch“." in refused.text
        assert (await browser.get(path, as_=office.yildiz)).status_code == 404
