"""The server is asked what runs on it, instead of every application where it runs."""

from typing import Any

import pytest

from assets.commands.needs import assess
from assets.rules.kinds import Kind
from assets.rules.protection import Goal, ProtectionNeed
from isms.db.reading import value
from tests.assets.things import an_object, seen
from tests.browser import Browser
from tests.office import Office

SECRET = {Goal.CONFIDENTIALITY: ProtectionNeed.VERY_HIGH}


@pytest.fixture
async def host(office: Office):
    await an_object(office, "Meldewesen")
    await an_object(office, "Impfbuch")
    return await an_object(office, "Server West", Kind.IT_SYSTEM)


async def test_many_at_once(office: Office, browser: Browser, host):
    path = f"/objects/{host.id}/carried/new"
    ids = [await value("SELECT id FROM target_object WHERE short_id = {}", one) for one in ("AW-001", "AW-002")]
    melde = await seen(office, ids[0])
    await assess(melde, SECRET, reason="", by=office.yildiz)

    offered = (await browser.get(path, as_=office.yildiz)).text
    narrowed = await browser.submit(path, as_=office.yildiz, sources=ids[:1], sources_q="impf", _find="sources")
    given: dict[str, Any] = {"kind": "runs_on", "sources": ids}
    preview = await browser.submit(path, as_=office.yildiz, _preview=1, **given)
    saved = await browser.submit(path, as_=office.yildiz, follow=True, **given)

    assert "AW-001 Meldewesen" in offered
    assert "AW-002 Impfbuch" in offered
    assert "Server West" not in offered.split("kern-fieldset")[-1]
    assert f'value="{ids[0]}" checked' in narrowed.text
    assert "IT-001 Server West" in preview.text
    assert "Verknüpft." in saved.text
    assert (await seen(office, host)).confidentiality == ProtectionNeed.VERY_HIGH
    assert await value("SELECT count(*) FROM object_link") == 2
    assert "AW-001" not in (await browser.get(path, as_=office.yildiz)).text


async def test_nothing_chosen_or_nothing_that_fits(office: Office, browser: Browser, host):
    path = f"/objects/{host.id}/carried/new"

    none = await browser.submit(path, as_=office.yildiz, kind="runs_on")
    forged = await browser.submit(path, as_=office.yildiz, kind="runs_on", sources=[999_999])
    wrong = await browser.submit(path, as_=office.yildiz, kind="located_in", sources=[host.id])

    assert (none.status_code, forged.status_code, wrong.status_code) == (422, 422, 409)
    assert (await browser.get(path, as_=office.petersen)).status_code == 404
    assert not await value("SELECT count(*) FROM object_link")
