"""The next step of a device as a page: exactly what it demands, and nothing typed is lost."""

from datetime import timedelta
from typing import Any

import pytest

from assets.commands.steps import issue
from assets.rules.lifecycle import Stage, Step
from isms.db.reading import value
from tests.assets.dossiers import free_to_leave
from tests.assets.things import a_device, held
from tests.browser import Browser
from tests.office import TODAY, Office


async def test_the_page_of_a_device_offers_exactly_the_open_steps(office: Office, browser: Browser):
    one = await a_device(office)

    text = (await browser.get(f"/devices/{one.id}", as_=office.brandt)).text

    for step in Step:
        offered = f'href="/devices/{one.id}/steps/{step}"' in text
        assert offered == (step in one.steps(office.brandt)), step
    assert "/steps/" not in (await browser.get(f"/devices/{one.id}", as_=office.yildiz)).text


async def test_issuing_over_the_counter(office: Office, browser: Browser):
    one = await a_device(office)
    path = f"/devices/{one.id}/steps/issue"
    assert "Wer bekommt das Gerät?" in (await browser.get(path, as_=office.brandt)).text
    choices = await browser.get("/devices/holders?holder_q=web&field=holder", as_=office.brandt, htmx=True)
    assert f'value="{office.weber.id}"' in choices.text
    assert "Kaya" not in choices.text

    answer = await browser.submit(path, as_=office.brandt, follow=True, holder=office.weber.id, on=TODAY)

    assert "Notebook Außendienst ist an Lukas Weber ausgegeben." in answer.text
    assert (await held(office, one)).holder == office.weber.id


async def test_a_holder_is_searched_without_javascript(office: Office, browser: Browser):
    one = await a_device(office)

    answer = await browser.submit(
        f"/devices/{one.id}/steps/issue", as_=office.brandt, holder_q="kaya", reason="Getippt", _find="holder"
    )

    assert answer.status_code == 200
    assert "Ayşe Kaya" in answer.text
    assert "Getippt" in answer.text
    assert "kern-form-input--error" not in answer.text


async def test_nobody_of_another_office_gets_a_device(office: Office, browser: Browser):
    one = await a_device(office)

    answer = await browser.submit(
        f"/devices/{one.id}/steps/issue", as_=office.brandt, holder=office.hansen.id, on=TODAY, reason="Getippt"
    )

    assert answer.status_code == 422
    assert "Diese Person gibt es in Ihrem Amt nicht." in answer.text
    assert "Getippt" in answer.text
    assert (await held(office, one)).stage is Stage.IN_STOCK


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"on": TODAY}, "Bitte wählen Sie, wer das Gerät bekommt."),
        ({"on": TODAY + timedelta(days=1), "holder": 4}, "Der Tag liegt in der Zukunft."),
        ({"on": "gestern", "holder": 4}, "Bitte geben Sie ein Datum ein"),
    ],
)
async def test_what_is_missing_is_said_beside_its_field(office: Office, browser: Browser, fields, said: str):
    one = await a_device(office)

    answer = await browser.submit(f"/devices/{one.id}/steps/issue", as_=office.brandt, **fields)

    assert answer.status_code == 422
    assert said in answer.text


async def test_the_slower_clerk_reads_what_is_possible(office: Office, browser: Browser):
    one = await a_device(office)
    await issue(one, office.kaya, by=office.brandt, on=TODAY)

    answer = await browser.submit(f"/devices/{one.id}/steps/issue", as_=office.brandt, holder=office.weber.id, on=TODAY)

    assert answer.status_code == 409
    assert "„Ausgeben“ geht nicht: Das Gerät ist ausgegeben. Möglich ist: Zurücknehmen" in answer.text
    assert await value("SELECT count(*) FROM handover") == 1


async def test_every_step_can_be_walked(office: Office, browser: Browser):
    one = await a_device(office)
    walk: list[tuple[str, dict[str, Any], str]] = [
        ("install", {"place": "Raum 112"}, "ist aufgestellt."),
        ("take_back", {"place": "Lager"}, "ist zurückgenommen."),
        ("reset", {"place": "Lager", "is_reset": True}, "ist geprüft, zurückgesetzt und im Lager."),
        ("repair", {"reason": "Bildschirm"}, "ist in Reparatur."),
        ("receive", {"place": "Lager"}, "ist im Lager."),
        ("report_lost", {"reason": "Umzug"}, "Der Verlust von Notebook Außendienst ist gemeldet."),
        ("report_stolen", {"reason": "Anzeige erstattet"}, "Der Diebstahl von Notebook Außendienst ist gemeldet."),
        ("find", {"place": "Lager"}, "ist wiedergefunden."),
        ("retire", {"reason": "alt", "place": "Lager"}, "ist ausgesondert."),
        ("dispose", {"reason": "Entsorger"}, "ist entsorgt."),
    ]

    for step, fields, said in walk:
        if step == "dispose":
            await free_to_leave(office, one)
        if step == "repair":
            cleared: dict[str, Any] = {"clearance": "none", "provider": "Küstentechnik"}
            asked = await browser.get(f"/devices/{one.id}/steps/repair", as_=office.brandt)
            assert f"/devices/{one.id}/repair-clearance" in asked.text
            await browser.submit(f"/devices/{one.id}/repair-clearance", as_=office.brandt, **cleared)
        path = f"/devices/{one.id}/steps/{step}"
        assert (await browser.get(path, as_=office.brandt)).status_code == 200
        assert said in (await browser.submit(path, as_=office.brandt, follow=True, on=TODAY, **fields)).text

    text = (await browser.get(f"/devices/{one.id}", as_=office.brandt)).text
    assert "Bildschirm" in text
    assert "Damit ist seine Akte" not in text


async def test_steps_that_are_none_or_closed(office: Office, browser: Browser):
    one = await a_device(office)

    assert (await browser.get(f"/devices/{one.id}/steps/zauberei", as_=office.brandt)).status_code == 404
    assert (await browser.get(f"/devices/{one.id}/steps/dispose", as_=office.brandt)).status_code == 409
    assert (await browser.get(f"/devices/{one.id}/steps/issue", as_=office.yildiz)).status_code == 403
