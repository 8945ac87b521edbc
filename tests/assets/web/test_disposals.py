import json
from hashlib import sha256

import pytest

from assets.queries.disposals import OnTheWayOut
from assets.rules.dossier import Verdict
from isms.rules import chain
from tests.assets.dossiers import (
    a_disk,
    a_finished_device,
    a_retired_device,
    again,
    erased_and_checked,
    requested,
)
from tests.assets.things import a_device, a_medium
from tests.assets.web.sending import Fields, send
from tests.browser import Browser
from tests.isms.pdfs import text as text_of
from tests.office import TODAY, Office


class TestDeciding:
    async def test_the_approver_reads_the_file_and_cannot_approve_another(self, office: Office, browser: Browser):
        device = await a_retired_device(office)
        await erased_and_checked(office, await a_disk(office, device))
        as_read = await requested(office, device)
        at = f"/devices/{device.id}/disposal-verdict"
        page = await browser.get(at, as_=office.albrecht)
        assert as_read.sha256 in page.text
        assert "S4EV-1" in page.text
        await a_disk(office, device, "S4EV-2")

        answer = await browser.submit(at, as_=office.albrecht, verdict="approved", seen=as_read.as_read)

        assert answer.status_code == 409
        assert "geändert, seit Sie sie gelesen haben" in answer.text
        assert "S4EV-2" in answer.text

    async def test_refusing_wants_a_reason(self, office: Office, browser: Browser):
        device = await a_retired_device(office)
        await erased_and_checked(office, await a_disk(office, device))
        seen = (await requested(office, device)).as_read
        at = f"/devices/{device.id}/disposal-verdict"

        assert (await browser.submit(at, as_=office.albrecht, verdict="refused", seen=seen)).status_code == 422
        told: Fields = {"verdict": "refused", "seen": seen, "reason": "Empfänger unbekannt"}
        answer = await browser.submit(at, as_=office.albrecht, follow=True, **told)
        assert "Die Entsorgung ist abgelehnt." in answer.text

    async def test_it_is_withdrawn_on_the_same_page(self, office: Office, browser: Browser):
        device = await a_finished_device(office)
        at = f"/devices/{device.id}/disposal-verdict"
        assert "Freigabe zurückgenommen" in (await browser.get(at, as_=office.albrecht)).text

        told: Fields = {
            "verdict": "withdrawn",
            "seen": (await again(office, device)).as_read,
            "reason": "wird gebraucht",
        }
        await browser.submit(at, as_=office.albrecht, **told)

        verdict = (await again(office, device)).verdict
        assert verdict
        assert verdict.verdict is Verdict.WITHDRAWN

    async def test_sent_twice_it_counts_once(self, office: Office, browser: Browser):
        device = await a_retired_device(office)
        await erased_and_checked(office, await a_disk(office, device))
        seen = (await requested(office, device)).as_read
        token = await browser.token(as_=office.albrecht)
        told: Fields = {"verdict": "approved", "seen": seen, "_once": token}

        for _ in range(2):
            await browser.submit(f"/devices/{device.id}/disposal-verdict", as_=office.albrecht, **told)

        assert len((await again(office, device)).verdicts) == 1

    @pytest.mark.parametrize("who", ["brandt", "lindner", "weber"])
    async def test_others_do_not_get_the_form(self, office: Office, browser: Browser, who: str):
        device = await a_retired_device(office)

        answer = await browser.get(f"/devices/{device.id}/disposal-verdict", as_=getattr(office, who))

        assert answer.status_code == 403


async def test_a_medium_on_its_own_goes_the_same_way(office: Office, browser: Browser):
    tape = await a_medium(office, serial="LTO-1")
    await erased_and_checked(office, tape)
    at = f"/media/{tape.id}"
    assert "Lösch- und Entsorgungsakte" in (await browser.get(at, as_=office.brandt)).text

    await send(browser, f"{at}/labels", office.brandt, on=TODAY)
    await send(browser, f"{at}/disposal-request", office.brandt, way="destruction", recipient="Aktenmühle")
    seen = (await again(office, tape)).as_read
    await send(browser, f"{at}/disposal-verdict", office.albrecht, verdict="approved", seen=seen)

    assert (await again(office, tape)).is_approved
    assert "freigegeben" in (await browser.get(f"{at}/dossier", as_=office.lindner)).text


async def test_before_a_repair_somebody_decides_about_the_data(office: Office, browser: Browser):
    device = await a_device(office)
    await a_disk(office, device, encrypted=True)
    at = f"/devices/{device.id}"
    refused = await browser.submit(f"{at}/steps/repair", as_=office.brandt, reason="Scharnier", on=TODAY)
    assert refused.status_code == 409
    assert (await browser.get(f"{at}/repair-clearance", as_=office.brandt)).status_code == 200
    untrue: Fields = {"clearance": "erased", "provider": "Küstentechnik"}
    assert (await browser.submit(f"{at}/repair-clearance", as_=office.brandt, **untrue)).status_code == 409

    true: Fields = {"clearance": "encrypted", "provider": "Küstentechnik"}
    await browser.submit(f"{at}/repair-clearance", as_=office.brandt, **true)

    answer = await browser.submit(f"{at}/steps/repair", as_=office.brandt, follow=True, reason="Scharnier", on=TODAY)
    assert "ist in Reparatur." in answer.text


class TestProofs:
    async def test_the_pdf_holds_serials_people_and_hashes(self, office: Office, browser: Browser):
        device = await a_finished_device(office, serial="S4EV-4711")

        answer = await browser.get(f"/devices/{device.id}/dossier.pdf", as_=office.lindner)

        assert answer.headers["content-type"].startswith("application/pdf")
        text = text_of(answer.content)
        for told in ("S4EV-4711", "NB-0001", "Jonas Brandt", "Sabine Yıldız", "Dr. Miriam Albrecht", "hdparm 9.65"):
            assert told in text
        assert (await again(office, device)).sha256[:32] in text.replace("\n", "")

    async def test_the_json_verifies_without_us(self, office: Office, browser: Browser):
        device = await a_finished_device(office)

        answer = await browser.get(f"/devices/{device.id}/dossier.json", as_=office.lindner)

        told = json.loads(answer.content)
        assert (told["format"], told["version"]) == ("isms-disposal-dossier", 1)
        assert answer.content == chain.canonical(told)
        digest = sha256(chain.canonical(told["content"])).hexdigest()
        assert digest == told["content_sha256"] == told["requests"][-1]["sha256"]
        assert told["verdicts"][-1]["verdict"] == "approved"
        assert all(sha256(one["line"].encode()).hexdigest() == one["link"] for one in told["trail"])
        assert {"medium.erased", "disposal.approved"} <= {one["action"] for one in told["trail"]}
        media = told["content"]["media"][0]
        assert media["serial"] == "S4EV-1"
        operator, verifier = media["erasures"][0]["operator"], media["erasures"][0]["verifier"]
        assert operator != verifier
        assert {operator, verifier} <= set(told["people"])

    async def test_one_changed_letter_is_noticed(self, office: Office, browser: Browser):
        device = await a_finished_device(office)
        answer = await browser.get(f"/devices/{device.id}/dossier.json", as_=office.lindner)
        told = json.loads(answer.content.replace(b"S4EV-1", b"S4EV-2"))

        assert sha256(chain.canonical(told["content"])).hexdigest() != told["content_sha256"]

    async def test_strangers_get_neither(self, office: Office, browser: Browser):
        device = await a_finished_device(office)
        for kind in ("pdf", "json"):
            assert (await browser.get(f"/devices/{device.id}/dossier.{kind}", as_=office.petersen)).status_code == 404
            assert (await browser.get(f"/devices/{device.id}/dossier.{kind}", as_=office.weber)).status_code == 403


async def test_the_overview_shows_what_is_on_its_way_out(office: Office, browser: Browser):
    waits = await a_retired_device(office, "NB-0001")
    await erased_and_checked(office, await a_disk(office, waits))
    await requested(office, waits)
    await a_retired_device(office, "NB-0002")

    page = (await browser.get("/disposals", as_=office.lindner)).text

    assert "NB-0001" in page
    assert "NB-0002" in page
    assert "Für jedes entsorgte Gerät liegt der Nachweis vor." in page
    assert "NB-0001" not in (await browser.get("/disposals", as_=office.petersen)).text


async def test_the_desk_tells_the_second_person(office: Office, browser: Browser):
    device = await a_retired_device(office)
    await erased_and_checked(office, await a_disk(office, device))
    await requested(office, device)

    assert (
        "Über die Entsorgung von NB-0001 Notebook Außendienst entscheiden"
        in (await browser.get("/", as_=office.albrecht)).text
    )
    assert "Über die Entsorgung" not in (await browser.get("/", as_=office.brandt)).text


async def test_a_long_list_of_work_says_that_more_follows(
    office: Office, browser: Browser, monkeypatch: pytest.MonkeyPatch
):
    for number in ("NB-0001", "NB-0002"):
        await a_retired_device(office, number)
    assert "Was dann noch offen ist" not in (await browser.get("/disposals", as_=office.brandt)).text

    monkeypatch.setattr(OnTheWayOut, "most", 2)

    shown = (await browser.get("/disposals", as_=office.brandt)).text
    assert "Gezeigt sind 2. Was dann noch offen ist, erscheint, wenn davon etwas erledigt ist." in shown
