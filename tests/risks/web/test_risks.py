from typing import Any

from assets.commands.merging import Merger, merge
from risks.queries.decisions import controls
from tests.assets.things import an_object, seen
from tests.browser import Browser
from tests.office import TODAY, Office
from tests.risks.things import (
    SOON,
    a_requirement,
    a_risk,
    a_valued_risk,
    an_edition,
)


async def test_an_owner_sees_the_risk_and_may_not_change_it(office: Office, browser: Browser) -> None:
    found = await a_valued_risk(office, owner=office.weber)

    answer = await browser.get(f"/risks/{found.id}", as_=office.weber)

    assert "R-1 Ausfall der Meldesoftware" in answer.text
    assert "/valuations/new" not in answer.text
    assert (await browser.get(f"/risks/{found.id}/edit", as_=office.weber)).status_code == 403


async def test_a_risk_is_recorded_by_form(office: Office, browser: Browser) -> None:
    of = await an_object(office, "Terminbuch")
    blank = await browser.get(f"/risks/new?object={of.id}", as_=office.yildiz)
    assert f'value="{of.id}" checked' in blank.text

    answer = await browser.submit(
        "/risks/new",
        as_=office.yildiz,
        follow=True,
        object=of.id,
        title="Terminbuch weg",
        threat="G 0.45",
        owner=office.brandt.id,
        review_on=SOON,
    )

    assert "R-1 Terminbuch weg" in answer.text
    assert "Das Risiko ist erfasst." in answer.text
    assert "G 0.45 Datenverlust" in answer.text


async def test_a_search_field_works_with_and_without_javascript(office: Office, browser: Browser) -> None:
    of = await an_object(office, "Terminbuch")

    part = await browser.get("/risks/objects?object_q=Termin&field=object", as_=office.yildiz, htmx=True)
    assert f'value="{of.id}"' in part.text
    people = await browser.get("/risks/owners?owner_q=Brandt&field=owner", as_=office.yildiz, htmx=True)
    assert "Jonas Brandt" in people.text

    whole = await browser.submit("/risks/new", as_=office.yildiz, object_q="Termin", title="Bleibt", _find="object")
    assert whole.status_code == 200
    assert f'value="{of.id}"' in whole.text
    assert 'value="Bleibt"' in whole.text


async def test_an_incomplete_form_comes_back_with_everything_typed(office: Office, browser: Browser) -> None:
    answer = await browser.submit(
        "/risks/new", as_=office.yildiz, title="Bleibt stehen", threat="G 9.9", owner="x", review_on="31.2.2026"
    )

    assert answer.status_code == 422
    assert 'value="Bleibt stehen"' in answer.text


async def test_objects_of_strangers_are_not_there(office: Office, browser: Browser) -> None:
    of = await an_object(office, "Fremdes", unit=office.unit)
    typed: dict[str, Any] = {"title": "X", "threat": "G 0.1", "owner": office.petersen.id, "review_on": SOON}

    answer = await browser.submit("/risks/new", as_=office.petersen, object=of.id, **typed)

    assert answer.status_code == 404


async def test_two_people_describe_the_same_risk_and_the_slower_sees_both(office: Office, browser: Browser) -> None:
    found = await a_risk(office)
    path = f"/risks/{found.id}/edit"
    typed: dict[str, Any] = {"threat": "G 0.25", "owner": office.brandt.id, "review_on": SOON}
    assert 'value="Ausfall der Meldesoftware"' in (await browser.get(path, as_=office.yildiz)).text

    first = await browser.submit(path, as_=office.yildiz, version=1, title="Die Schnellere", **typed)
    second = await browser.submit(path, as_=office.yildiz, version=1, title="Die Langsamere", **typed)

    assert (first.status_code, second.status_code) == (303, 409)
    assert "Die Schnellere" in second.text
    assert 'value="Die Langsamere"' in second.text


async def test_a_requirement_is_linked_and_unlinked_on_the_risks_page(office: Office, browser: Browser) -> None:
    await an_edition(office)
    found, requirement = await a_risk(office), await a_requirement(3)
    path = f"/risks/{found.id}/controls"
    offer = await browser.get(f"{path}/new?q=Netze", as_=office.yildiz, htmx=True)
    assert "TEST.1.3 Netze trennen" in offer.text
    assert "TEST.1.1" not in offer.text

    page = await browser.submit(path, as_=office.yildiz, follow=True, requirement=requirement.id)
    assert "TEST.1.3 Netze trennen" in page.text
    twice = await browser.submit(path, as_=office.yildiz, requirement=requirement.id)
    assert twice.status_code == 409
    [linked] = await controls(found.id, path=found.path, on=TODAY)
    ended = await browser.submit(f"{path}/{linked.id}/endings", as_=office.yildiz, htmx=True)

    assert ended.text.lstrip().startswith(f'<div id="risk-{found.id}">')
    assert await controls(found.id, path=found.path, on=TODAY) == []
    assert (await browser.submit(f"{path}/{linked.id}/endings", as_=office.yildiz)).status_code == 404


async def test_the_risks_of_what_was_merged_are_shown_with_what_it_became(office: Office, browser: Browser) -> None:
    first, second, third = [await an_object(office, name) for name in ("Akte", "Ordner", "Mappe")]
    await a_risk(office, of=third)
    for into, other in ((second, third), (first, second)):
        merger = Merger(await seen(office, into), [await seen(office, other)], 1, "Doppelt")
        await merge(merger, by=office.yildiz, on=TODAY)

    assert "Ausfall der Meldesoftware" in (await browser.get(f"/objects/{first.id}", as_=office.yildiz)).text
    assert "Ausfall der Meldesoftware" in (await browser.get(f"/risks?object={first.id}", as_=office.yildiz)).text
