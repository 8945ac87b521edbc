from typing import Any

import pytest

from risks.commands.steps import value
from risks.queries.decisions import acceptances, measures, valuations
from risks.rules.lifecycle import Stage
from tests.browser import Browser
from tests.office import TODAY, Office
from tests.risks.things import (
    NEXT_YEAR,
    SOON,
    WITHOUT,
    a_risk,
    a_risk_to_accept,
    a_treated_risk,
    a_valued_risk,
    seen,
)

STEPS = ["valuations", "treatments", "reviews", "closures", "reopenings", "acceptances"]


async def test_every_step_is_a_form_that_ends_on_the_risk(office: Office, browser: Browser) -> None:
    found = await a_risk(office)
    path = f"/risks/{found.id}"

    async def send(step: str, **typed: Any) -> str:
        now = await seen(office, found)
        assert (await browser.get(f"{path}/{step}/new", as_=office.yildiz)).status_code == 200
        answer = await browser.submit(f"{path}/{step}", as_=office.yildiz, follow=True, version=now.version, **typed)
        assert answer.status_code == 200, answer.text
        return answer.text

    page = await send("valuations", state="existing", frequency=3, impact=3, reason="Zweimal im Jahr.")
    assert "Die Bewertung ist gespeichert." in page
    page = await send(
        "treatments",
        treatment="reduce",
        reason="Weniger Ausfälle.",
        measure="Zweite Leitung",
        responsible=office.brandt.id,
        due_on=SOON,
    )
    assert "Zweite Leitung" in page
    await send("valuations", state="treated", frequency=1, impact=2, reason="Mit zweiter Leitung.")
    await send("reviews", note="Unverändert.", next_on=NEXT_YEAR)
    [planned] = await measures(found.id)
    done = await browser.submit(
        f"/measures/{planned.id}/completions", as_=office.brandt, follow=True, result="Die Leitung liegt."
    )
    assert "erledigt" in done.text
    page = await send("closures", note="Nichts mehr zu tun.")
    assert "geschlossen" in page
    await send("reopenings", note="Die Leitung ist gekündigt.")
    assert (await seen(office, found)).stage is Stage.VALUED


async def test_the_head_takes_over_by_form(office: Office, browser: Browser) -> None:
    found = await a_risk_to_accept(office)
    page = await browser.get(f"/risks/{found.id}", as_=office.albrecht)
    assert f"/risks/{found.id}/acceptances/new" in page.text
    assert f"/risks/{found.id}/treatments/new" not in page.text
    assert (await browser.get(f"/risks/{found.id}/acceptances/new", as_=office.albrecht)).status_code == 200

    answer = await browser.submit(
        f"/risks/{found.id}/acceptances",
        as_=office.albrecht,
        follow=True,
        version=found.version,
        reason="Der Umbau folgt.",
        until=NEXT_YEAR,
    )

    assert "Sie haben das Restrisiko übernommen." in answer.text
    assert len(await acceptances(found.id)) == 1


async def test_who_is_slower_gets_the_newer_state_and_keeps_what_was_typed(office: Office, browser: Browser) -> None:
    found = await a_valued_risk(office)
    await value(found, WITHOUT, by=office.yildiz, on=TODAY)

    answer = await browser.submit(
        f"/risks/{found.id}/valuations",
        as_=office.yildiz,
        version=found.version,
        state="existing",
        frequency=1,
        impact=1,
        reason="Mein Text bleibt.",
    )

    assert answer.status_code == 409
    assert "Mein Text bleibt." in answer.text
    assert "Jemand anderes hat das inzwischen geändert." in answer.text
    assert f'name="version" value="{found.version + 1}"' in answer.text
    assert len(await valuations(found.id)) == 2


@pytest.mark.parametrize("step", STEPS)
async def test_forged_ids_and_wrong_roles_open_no_step(office: Office, browser: Browser, step: str) -> None:
    found = await a_risk(office)
    stranger = office.petersen if step != "acceptances" else office.albrecht
    wrong = 999_999 if step == "acceptances" else found.id

    assert (await browser.get(f"/risks/{wrong}/{step}/new", as_=stranger)).status_code == 404
    assert (await browser.get(f"/risks/{found.id}/{step}/new", as_=office.brandt)).status_code == 403
    assert (await browser.submit(f"/risks/{wrong}/{step}", as_=stranger, version=1)).status_code == 404


@pytest.mark.parametrize("step", ["treatments", "closures", "reopenings"])
async def test_a_step_that_does_not_lead_on_says_what_does(office: Office, browser: Browser, step: str) -> None:
    found = await a_risk(office)

    answer = await browser.get(f"/risks/{found.id}/{step}/new", as_=office.yildiz)

    assert answer.status_code == 409
    assert "Das Risiko ist erfasst. Möglich ist: Bewerten" in answer.text


async def test_half_a_measure_is_complained_about_field_by_field(office: Office, browser: Browser) -> None:
    found = await a_valued_risk(office)

    answer = await browser.submit(
        f"/risks/{found.id}/treatments",
        as_=office.yildiz,
        version=found.version,
        treatment="reduce",
        reason="Weniger.",
        measure="Zweite Leitung",
    )

    assert answer.status_code == 422
    assert "Umsetzung durch: Wählen Sie, wer die Maßnahme umsetzt." in answer.text
    assert ">System<" not in answer.text


async def test_a_measure_belongs_to_its_person(office: Office, browser: Browser) -> None:
    found = await a_treated_risk(office)
    [planned] = await measures(found.id)

    assert "Als erledigt melden" in (await browser.get(f"/measures/{planned.id}", as_=office.brandt)).text
    assert (await browser.get(f"/measures/{planned.id}", as_=office.kaya)).status_code == 404
    assert (await browser.get(f"/measures/{planned.id}", as_=office.petersen)).status_code == 404
    empty = await browser.submit(f"/measures/{planned.id}/completions", as_=office.brandt, result="")
    assert empty.status_code == 422


async def test_an_auditor_reads_a_measure_and_reports_nothing(office: Office, browser: Browser) -> None:
    found = await a_treated_risk(office)
    [planned] = await measures(found.id)

    read = await browser.get(f"/measures/{planned.id}", as_=office.lindner)
    reported = await browser.submit(f"/measures/{planned.id}/completions", as_=office.lindner, result="Fertig.")

    assert read.status_code == 200
    assert "Als erledigt melden" not in read.text
    assert reported.status_code == 403
