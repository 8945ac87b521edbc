from assets.queries.media import media_in
from isms.db import execute
from tests.assets.dossiers import a_disk, a_retired_device, again, erased_and_checked, requested
from tests.assets.web.sending import Fields, send
from tests.browser import Browser
from tests.office import TODAY, Office


async def test_the_whole_way_of_a_notebook_out_of_the_house(office: Office, browser: Browser):
    device = await a_retired_device(office)
    at, disk = f"/devices/{device.id}", await a_disk(office, device)
    page = (await browser.get(at, as_=office.brandt)).text
    assert "Lösch- und Entsorgungsakte" in page
    assert f"/media/{disk.id}/plan" in page

    need: Fields = {"need": 2, "need_reason": "Termine mit Namen"}
    second = await browser.submit(f"/media/{disk.id}/plan", as_=office.brandt, **need)
    assert "Vorgeschlagen wird „Unwiederbringlich löschen (Purge)“" in second.text
    planned = await send(browser, f"/media/{disk.id}/plan", office.brandt, **need, _second="yes", level=2)
    assert "Das Verfahren steht fest." in planned
    done: Fields = {"method": "sanitize", "tool": "hdparm", "tool_version": "9.65", "outcome": "succeeded", "on": TODAY}
    assert "Jetzt muss eine zweite Person prüfen." in await send(
        browser, f"/media/{disk.id}/erasures/new", office.brandt, **done
    )
    looked: Fields = {"extent": "full", "finding": "gone", "on": TODAY}
    assert "gelöscht und geprüft" in await send(browser, f"/media/{disk.id}/checks/new", office.yildiz, **looked)
    await send(browser, f"{at}/labels", office.brandt, on=TODAY, note="Aufkleber")
    told: Fields = {"way": "recycling", "recipient": "Wertstoff Nord"}
    assert "Die Freigabe ist beantragt." in await send(browser, f"{at}/disposal-request", office.brandt, **told)
    seen = (await again(office, device)).as_read
    verdict: Fields = {"verdict": "approved", "seen": seen}
    assert "Alles ist nachgewiesen und freigegeben." in await send(
        browser, f"{at}/disposal-verdict", office.albrecht, **verdict
    )
    gone = await send(browser, f"{at}/steps/dispose", office.brandt, reason="Wertstoff Nord", on=TODAY)

    assert "ist entsorgt." in gone
    assert "Die Akte ist abgeschlossen" in (await browser.get(f"{at}/dossier", as_=office.lindner)).text


async def test_the_page_shows_the_next_step_only_to_who_may_take_it(office: Office, browser: Browser):
    device = await a_retired_device(office)
    disk = await a_disk(office, device)

    assert f"/media/{disk.id}/plan" in (await browser.get(f"/devices/{device.id}/dossier", as_=office.brandt)).text
    for who in (office.lindner, office.albrecht, office.yildiz):
        page = await browser.get(f"/devices/{device.id}/dossier", as_=who)
        assert page.status_code == 200
        assert "/plan" not in page.text
    assert (await browser.get(f"/devices/{device.id}/dossier", as_=office.hansen)).status_code == 404
    assert (await browser.get(f"/devices/{device.id}/dossier", as_=office.weber)).status_code == 403


class TestTheAssistant:
    async def test_the_first_question_wants_words_where_the_register_knows_nothing(
        self, office: Office, browser: Browser
    ):
        disk = await a_disk(office, await a_retired_device(office))

        answer = await browser.submit(f"/media/{disk.id}/plan", as_=office.brandt, need=3)

        assert answer.status_code == 422
        assert "Bitte schreiben Sie, was darauf war" in answer.text

    async def test_less_than_proposed_without_a_reason_keeps_what_was_chosen(self, office: Office, browser: Browser):
        disk = await a_disk(office, await a_retired_device(office))
        told: Fields = {"need": 3, "need_reason": "Befunde", "_second": "yes", "level": 1}

        answer = await browser.submit(f"/media/{disk.id}/plan", as_=office.brandt, **told)

        assert answer.status_code == 422
        assert "Weniger als vorgeschlagen braucht eine Begründung" in answer.text
        assert 'value="Befunde"' in answer.text
        nothing: Fields = {name: value for name, value in told.items() if name != "level"}
        assert (await browser.submit(f"/media/{disk.id}/plan", as_=office.brandt, **nothing)).status_code == 422

    async def test_after_a_failure_it_offers_destruction_only(self, office: Office, browser: Browser):
        disk = await a_disk(office, await a_retired_device(office))
        told: Fields = {"need": 2, "need_reason": "Termine"}
        await browser.submit(f"/media/{disk.id}/plan", as_=office.brandt, **told, _second="yes", level=2)
        failed: Fields = {"method": "sanitize", "tool": "hdparm", "outcome": "failed", "on": TODAY}
        answer = await browser.submit(f"/media/{disk.id}/erasures/new", as_=office.brandt, follow=True, **failed)
        assert "muss vernichtet werden" in answer.text

        second = await browser.submit(f"/media/{disk.id}/plan", as_=office.brandt, **told)

        assert "Es bleibt nur die Vernichtung." in second.text
        assert 'name="level" value="2"' not in second.text

    async def test_an_unfit_method_is_named_beside_the_field(self, office: Office, browser: Browser):
        disk = await a_disk(office, await a_retired_device(office))
        told: Fields = {"need": 2, "need_reason": "Termine", "_second": "yes", "level": 2}
        await browser.submit(f"/media/{disk.id}/plan", as_=office.brandt, **told)
        unfit: Fields = {"method": "overwrite", "tool": "nwipe", "outcome": "succeeded", "on": TODAY}

        answer = await browser.submit(f"/media/{disk.id}/erasures/new", as_=office.brandt, **unfit)

        assert answer.status_code == 422
        assert "Dieses Verfahren genügt nicht" in answer.text
        assert 'value="nwipe"' in answer.text


async def test_nobody_checks_their_own_erasure_on_the_page_either(office: Office, browser: Browser):
    device = await a_retired_device(office)
    disk = await a_disk(office, device)
    told: Fields = {"need": 2, "need_reason": "Termine", "_second": "yes", "level": 2}
    await browser.submit(f"/media/{disk.id}/plan", as_=office.brandt, **told)
    done: Fields = {"method": "sanitize", "tool": "hdparm", "outcome": "succeeded", "on": TODAY}
    await browser.submit(f"/media/{disk.id}/erasures/new", as_=office.brandt, **done)

    assert "checks/new" not in (await browser.get(f"/devices/{device.id}/dossier", as_=office.brandt)).text
    looked: Fields = {"extent": "sample", "finding": "gone", "on": TODAY}
    answer = await browser.submit(f"/media/{disk.id}/checks/new", as_=office.brandt, **looked)
    assert answer.status_code == 409
    assert "zweite Person" in answer.text


async def test_two_people_state_that_there_is_no_medium(office: Office, browser: Browser):
    device = await a_retired_device(office)
    at = f"/devices/{device.id}"
    assert (await browser.submit(f"{at}/mediumless", as_=office.brandt, reason="")).status_code == 422
    await send(browser, f"{at}/mediumless", office.brandt, reason="Monitor")

    assert "mediumless/confirmation" not in (await browser.get(f"{at}/dossier", as_=office.brandt)).text
    assert "mediumless/confirmation" in (await browser.get(f"{at}/dossier", as_=office.yildiz)).text
    answer = await browser.submit(f"{at}/mediumless/confirmation", as_=office.yildiz, follow=True)

    assert "Bestätigt: Das Gerät hat keinen Datenträger." in answer.text
    assert (await again(office, device)).mediumless


async def test_a_medium_in_a_device_shows_its_proof_there(office: Office, browser: Browser):
    device = await a_retired_device(office)
    (disk,) = [await a_disk(office, device)]

    page = (await browser.get(f"/media/{disk.id}", as_=office.brandt)).text

    assert f"/devices/{device.id}/dossier" in page
    assert f"/media/{disk.id}/plan" in page
    assert [one.id for one in await media_in(device.id)] == [disk.id]


async def test_an_auditor_reads_no_employee_s_name_on_a_page_either(office: Office, browser: Browser):
    found = await a_retired_device(office)
    disk = await a_disk(office, found)
    await erased_and_checked(office, disk)
    await requested(office, found)
    pages = (f"/devices/{found.id}/dossier", f"/media/{disk.id}", "/disposals")
    for path in pages:
        assert "Jonas Brandt" in (await browser.get(path, as_=office.lindner)).text, path

    await execute("UPDATE membership SET role = 'employee' WHERE person = {}", office.brandt.id)

    for path in pages:
        shown = (await browser.get(path, as_=office.lindner)).text
        assert "Jonas Brandt" not in shown.partition('id="history"')[0], path
