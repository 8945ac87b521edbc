"""The counter: one screen for both sides, without JavaScript too, and nothing typed is lost."""

from dataclasses import replace
from typing import Any

import pytest

from assets.commands.handovers import Handing, hand_over
from assets.commands.kits import form_kit
from assets.commands.protocols import Piece
from assets.commands.steps import issue
from assets.queries.protocols import protocol, protocols_of
from assets.rules.lifecycle import Stage
from isms.area import Duty
from isms.db.reading import value
from tests.assets.things import a_device, held
from tests.browser import Browser
from tests.office import TODAY, Office

DRAWING = "M10 100L20 90L30 80L40 95L50 110L60 100L70 90L80 100L90 110"
OUT, BACK = "/handovers/new", "/returns/new"


async def a_protocol(office: Office, number: str = "NB-0001") -> int:
    one = await a_device(office, number)
    return await hand_over([Piece(one)], office.weber, Handing(), by=office.brandt, on=TODAY)


class TestHandingOut:
    async def test_scanned_one_after_the_other_and_signed_once(self, office: Office, browser: Browser):
        one, other = await a_device(office, "NB-0001"), await a_device(office, "MH-0001", serial="SN-77")
        told: dict[str, Any] = {"as_": office.brandt, "person": office.weber.id, "on": TODAY, "signing": "drawn"}
        first = await browser.submit(OUT, scan="NB-0001", **told)
        assert "NB-0001 Notebook Außendienst" in first.text
        second = await browser.submit(OUT, scan="SN-77", device=[one.id], condition_1="Kratzer", **told)
        assert "MH-0001 Notebook Außendienst" in second.text

        answer = await browser.submit(
            OUT,
            device=[one.id, other.id],
            person_drawing=DRAWING,
            follow=True,
            **told | {f"condition_{one.id}": "Kratzer", f"accessories_{other.id}": "Netzteil"},
        )

        assert "2 Geräte sind an Lukas Weber ausgegeben." in answer.text
        assert f'd="{DRAWING}"' in answer.text
        (paper,) = await protocols_of(office.weber.id, seen_by=office.brandt)
        found = await protocol(paper.id, seen_by=office.brandt)
        assert [(item.condition, item.accessories) for item in found.items] == [("Kratzer", ""), ("", "Netzteil")]

    async def test_without_javascript_the_name_is_typed(self, office: Office, browser: Browser):
        one = await a_device(office)
        told: dict[str, Any] = {"as_": office.brandt, "person": office.weber.id, "on": TODAY, "device": [one.id]}

        missing = await browser.submit(OUT, signing="typed", note="Bemerkt", **told)
        done = await browser.submit(OUT, signing="typed", person_drawing_name="Lukas Weber", follow=True, **told)

        assert missing.status_code == 422
        assert "Bitte lassen Sie die Person ihren vollen Namen eintragen." in missing.text
        assert "Bemerkt" in missing.text
        assert "Name in Anwesenheit der ausgebenden Person eingetragen" in done.text

    async def test_the_first_question_is_who(self, office: Office, browser: Browser):
        one = await a_device(office)
        page = await browser.get(f"{OUT}?device={one.id}", as_=office.brandt)
        assert "Wer steht vor Ihnen?" in page.text
        found = await browser.submit(
            OUT, as_=office.brandt, person_q="kaya", _find="person", device=[one.id], on=TODAY, signing="later"
        )
        assert "Ayşe Kaya" in found.text
        assert f'name="device" value="{one.id}"' in found.text
        choices = await browser.get("/devices/holders?person_q=kaya&field=person", as_=office.brandt, htmx=True)
        assert f'name="person" value="{office.kaya.id}"' in choices.text

    async def test_a_whole_kit_at_once(self, office: Office, browser: Browser):
        devices = [await a_device(office, number) for number in ("NB-1", "MH-1", "DK-1")]
        kit = await form_kit("Außendienst-Set", devices, unit=office.unit, by=office.brandt, on=TODAY)
        await issue(await held(office, devices[2]), office.kaya, by=office.brandt, on=TODAY)

        page = await browser.get(f"{OUT}?person={office.weber.id}&kit={kit}", as_=office.brandt)

        assert "NB-1 Notebook" in page.text
        assert "Aus dem Set „Außendienst-Set“ fehlt im Lager: DK-1" in page.text
        taken_off = await browser.submit(
            OUT,
            as_=office.brandt,
            person=office.weber.id,
            on=TODAY,
            device=[devices[0].id, devices[1].id],
            _remove=devices[0].id,
        )
        assert f'name="device" value="{devices[0].id}"' not in taken_off.text
        assert f'name="device" value="{devices[1].id}"' in taken_off.text

    @pytest.mark.parametrize(
        ("scan", "said"), [("XX-9", "ist hier kein Gerät"), ("NB-0009", "Das Gerät ist ausgegeben")]
    )
    async def test_what_cannot_go_out_is_said_at_once(self, office: Office, browser: Browser, scan: str, said: str):
        await issue(await a_device(office, "NB-0009"), office.kaya, by=office.brandt, on=TODAY)

        answer = await browser.submit(OUT, as_=office.brandt, person=office.weber.id, on=TODAY, scan=scan)

        assert (answer.status_code, said in answer.text) == (200, True)

    async def test_missing_courses_are_shown_by_title_and_nothing_else(
        self, office: Office, browser: Browser, monkeypatch
    ):
        async def due(for_, *, seen_by, on):
            course = Duty("Schulung: {title}", "/courses/1", TODAY, "Punkte: 3", {"title": "Phishing"}, is_course=True)
            return [course, Duty("Risiko behandeln", "/risks/1", TODAY)]

        other = replace(browser.house.areas[-1], due=due)
        monkeypatch.setattr(browser.app.state, "house", replace(browser.house, areas=[other]))

        page = await browser.get(f"{OUT}?person={office.weber.id}", as_=office.brandt)

        assert "Lukas Weber fehlt noch:" in page.text
        assert "Schulung: Phishing" in page.text
        assert "Punkte" not in page.text
        assert "Risiko behandeln" not in page.text

    async def test_a_form_sent_twice_hands_out_once(self, office: Office, browser: Browser):
        one = await a_device(office)
        form: dict[str, Any] = {"person": office.weber.id, "on": TODAY, "device": [one.id], "signing": "later"}

        await browser.submit(OUT, as_=office.brandt, _once="einmal", **form)
        again = await browser.submit(OUT, as_=office.brandt, _once="einmal", **form)

        assert again.status_code == 409
        assert await value("SELECT count(*) FROM handover_protocol") == 1
        assert await value("SELECT count(*) FROM handover") == 1

    async def test_only_it_stands_behind_the_counter(self, office: Office, browser: Browser):
        for path in (
            OUT,
            "/handovers",
            BACK,
            "/kits",
            "/kits/new",
            "/confirmations",
            "/objections",
            "/private-devices/new",
        ):
            assert (await browser.get(path, as_=office.weber)).status_code == 403
            assert (await browser.get(path, as_=office.brandt)).status_code == 200


class TestTakingBack:
    async def test_a_scanned_device_says_whose_it_is(self, office: Office, browser: Browser):
        await a_protocol(office)

        page = await browser.submit(BACK, as_=office.brandt, scan="NB-0001", on=TODAY, signing="none")

        assert "Von Lukas Weber" in page.text
        assert "checked" in page.text

    async def test_the_receipt_is_there_for_who_gives_back(self, office: Office, browser: Browser):
        await a_protocol(office)
        one = await held(office, int(await value("SELECT max(id) FROM device")))

        told: dict[str, Any] = {"person": office.weber.id, "on": TODAY, "signing": "none", "place": "Lager"}
        told |= {"device": [one.id], f"missing_{one.id}": "Netzteil"}
        done = await browser.submit(BACK, as_=office.brandt, follow=True, **told)

        assert "Rückgabebeleg" in done.text
        assert (await held(office, one)).stage is Stage.RETURNED
        (receipt, _) = await protocols_of(office.weber.id, seen_by=office.weber)
        mine = await browser.get(f"/handovers/{receipt.id}", as_=office.weber)
        assert "Netzteil" in mine.text
        person = await browser.get(f"/people/{office.weber.id}", as_=office.weber)
        assert f"/handovers/{receipt.id}/protocol.pdf" in person.text or person.status_code in (403, 404)

    async def test_whoever_brings_nothing_is_told(self, office: Office, browser: Browser):
        page = await browser.get(f"{BACK}?person={office.kaya.id}", as_=office.brandt)
        assert "Ayşe Kaya hat kein Gerät des Amts." in page.text
        await a_device(office, "NB-0007")
        scanned = await browser.submit(BACK, as_=office.brandt, scan="NB-0007", on=TODAY, signing="none")
        assert "hat gerade niemand" in scanned.text
