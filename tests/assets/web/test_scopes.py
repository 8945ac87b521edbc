"""Scopes: drawn, filled, described; what lies within stays on record."""

from typing import Any

import pytest

from assets.commands.scopes import add_scope, change_scope, include, leave_out
from assets.queries.scopes import ScopeRow, members, scope, scopes_of
from assets.rules.scopes import Method, SafeguardLevel
from isms.db.reading import value
from isms.rules.errors import Forbidden, Missing, Refused, Stale
from tests.assets.things import an_object, trail
from tests.browser import Browser
from tests.office import TODAY, Office

HOW: dict[str, Any] = {"method": Method.BOTH, "level": SafeguardLevel.STANDARD}


@pytest.fixture
async def drawn(office: Office) -> ScopeRow:
    id = await add_scope("Gesundheitsamt", "ohne Rettungsdienst", unit=office.unit, by=office.yildiz, **HOW)
    return await scope(id, seen_by=office.yildiz)


async def test_an_object_comes_and_goes_and_may_lie_in_several(office: Office, drawn: ScopeRow):
    one = await an_object(office, "Meldewesen")
    other = await add_scope("Labor", "", unit=office.unit, by=office.yildiz, **HOW)

    await include(drawn, [one], by=office.yildiz, on=TODAY)
    await include(await scope(other, seen_by=office.yildiz), [one], by=office.yildiz, on=TODAY)
    assert [found.name for found in await scopes_of(one.id, seen_by=office.yildiz)] == ["Gesundheitsamt", "Labor"]

    (inside,) = await members(drawn, seen_by=office.yildiz)
    await leave_out(drawn, inside, by=office.yildiz, on=TODAY)
    assert await members(drawn, seen_by=office.yildiz) == []
    assert await value("SELECT count(*) FROM scope_member") == 2
    with pytest.raises(Stale):
        await leave_out(drawn, inside, by=office.yildiz, on=TODAY)
    assert [entry.action for entry in (await trail())[:3]] == ["scope.left_out", "scope.included", "scope.included"]


async def test_an_object_lies_in_a_scope_once(office: Office, drawn: ScopeRow):
    one = await an_object(office, "Meldewesen")
    await include(drawn, [one], by=office.yildiz, on=TODAY)

    with pytest.raises(Refused, match="Meldewesen liegt schon in diesem Informationsverbund"):
        await include(drawn, [one], by=office.yildiz, on=TODAY)


async def test_two_people_describe_the_same_scope(office: Office, drawn: ScopeRow):
    await change_scope(drawn, "Erste Fassung", "", version=1, by=office.yildiz, **HOW)

    with pytest.raises(Stale):
        await change_scope(drawn, "Zweite Fassung", "", version=1, by=office.yildiz, **HOW)


@pytest.mark.parametrize("who", ["brandt", "albrecht", "petersen", "weber"])
async def test_only_the_security_officer_draws(office: Office, drawn: ScopeRow, who: str):
    with pytest.raises(Forbidden):
        await change_scope(drawn, "Anders", "", version=1, by=getattr(office, who), **HOW)


async def test_strangers_see_none(office: Office, drawn: ScopeRow, browser: Browser):
    with pytest.raises(Missing):
        await scope(drawn.id, seen_by=office.petersen)
    assert "ohne Rettungsdienst" not in (await browser.get("/scopes", as_=office.petersen)).text
    assert (await browser.get(f"/scopes/{drawn.id}", as_=office.petersen)).status_code == 404
    assert (await browser.get("/scopes", as_=office.weber)).status_code == 403


async def test_from_the_first_form_to_the_last_object(office: Office, browser: Browser):
    one = await an_object(office, "Meldewesen")
    assert "Noch kein Informationsverbund." in (await browser.get("/scopes", as_=office.yildiz)).text
    assert "Absicherung" in (await browser.get("/scopes/new", as_=office.yildiz)).text
    wrong = await browser.submit("/scopes/new", as_=office.yildiz, name="Ohne Methode", unit=office.unit.id)
    assert wrong.status_code == 422
    assert 'value="Ohne Methode"' in wrong.text

    given: dict[str, Any] = {"name": "Gesundheitsamt", "method": "both", "level": "core", "unit": office.unit.id}
    made = await browser.submit("/scopes/new", as_=office.yildiz, follow=True, **given)
    here = made.url.path
    searched = await browser.submit(f"{here}/members", as_=office.yildiz, targets_q="melde", _find="targets")
    inside = await browser.submit(f"{here}/members", as_=office.yildiz, follow=True, targets=[one.id])
    twice = await browser.submit(f"{here}/members", as_=office.yildiz, targets=[one.id])
    none = await browser.submit(f"{here}/members", as_=office.yildiz)
    id = await value("SELECT id FROM scope_member")
    outside = await browser.submit(f"{here}/members/{id}/ending", as_=office.yildiz, follow=True)

    assert "Gesundheitsamt ist angelegt." in made.text
    assert "AW-001 Meldewesen" in searched.text
    assert "Der Informationsverbund ist größer geworden." in inside.text
    assert "AW-001 Meldewesen" in inside.text
    assert none.status_code == 422
    assert twice.status_code == 409
    assert "Meldewesen liegt nicht mehr im Informationsverbund." in outside.text


async def test_a_lost_race_shows_both_versions(office: Office, drawn: ScopeRow, browser: Browser):
    path = f"/scopes/{drawn.id}/edit"
    assert 'value="Gesundheitsamt"' in (await browser.get(path, as_=office.yildiz)).text
    given: dict[str, Any] = {"method": "both", "level": "core", "version": 1}
    await browser.submit(path, as_=office.yildiz, name="Die Schnelle", **given)

    answer = await browser.submit(path, as_=office.yildiz, name="Die Langsame", **given)

    assert answer.status_code == 409
    assert "Die Schnelle" in answer.text
    assert 'value="Die Langsame"' in answer.text
