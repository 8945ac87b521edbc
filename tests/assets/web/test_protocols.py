"""Protocols, kits, rounds of confirmation, terms and losses as pages."""

from datetime import timedelta
from typing import Any

from assets.commands.handovers import Handing, hand_over
from assets.commands.protocols import Piece
from assets.commands.rollouts import start_rollout
from assets.commands.steps import Given, take
from assets.queries.losses import losses_to_review
from assets.queries.objections import objections
from assets.queries.protocols import protocol
from assets.queries.rollouts import asks, rollouts
from assets.rules.lifecycle import Stage, Step
from assets.rules.protocols import Method, Party, Signed
from isms.db.reading import value
from tests.assets.things import a_device
from tests.browser import Browser
from tests.isms.pdfs import text
from tests.office import TODAY, Office

DRAWING = "M10 100L20 90L30 80L40 95L50 110L60 100L70 90L80 100L90 110"
OUT, BACK = "/handovers/new", "/returns/new"


async def a_protocol(office: Office, number: str = "NB-0001") -> int:
    one = await a_device(office, number)
    return await hand_over([Piece(one)], office.weber, Handing(), by=office.brandt, on=TODAY)


class TestProtocols:
    async def test_the_own_login_confirms_with_one_press(self, office: Office, browser: Browser):
        id = await a_protocol(office)
        assert "Bestätigen Sie den Empfang: NB-0001" in (await browser.get("/", as_=office.weber)).text
        assert "Empfang bestätigen" in (await browser.get(f"/handovers/{id}", as_=office.weber)).text

        done = await browser.submit(f"/handovers/{id}/confirmation", as_=office.weber, follow=True)

        assert "Danke. Ihre Bestätigung ist gespeichert." in done.text
        assert "Empfang bestätigen" not in done.text
        assert "Bestätigen Sie den Empfang" not in (await browser.get("/", as_=office.weber)).text
        again = await browser.submit(f"/handovers/{id}/confirmation", as_=office.weber)
        assert again.status_code == 409

    async def test_strangers_read_nothing(self, office: Office, browser: Browser):
        id = await a_protocol(office)

        for who, status in ((office.kaya, 404), (office.hansen, 404), (office.lindner, 404), (office.yildiz, 200)):
            assert (await browser.get(f"/handovers/{id}", as_=who)).status_code == status
            assert (await browser.get(f"/handovers/{id}/protocol.pdf", as_=who)).status_code == status
        assert (await browser.submit(f"/handovers/{id}/confirmation", as_=office.yildiz)).status_code == 403

    async def test_the_paper_says_what_was_signed(self, office: Office, browser: Browser):
        one = await a_device(office, serial="SN-1")
        handing = Handing(person=Signed(Method.DRAWN, drawing=DRAWING), note="für die Rufbereitschaft")
        id = await hand_over([Piece(one, "gut", "Netzteil")], office.weber, handing, by=office.brandt, on=TODAY)

        made = await browser.get(f"/handovers/{id}/protocol.pdf", as_=office.weber)

        found = await protocol(id, seen_by=office.weber)
        said = " ".join(text(made.content).split())
        for word in (
            "Übergabeprotokoll",
            "NB-0001",
            "SN-1",
            "Netzteil",
            "Lukas Weber",
            "Jonas Brandt",
            "Rufbereitschaft",
        ):
            assert word in said
        signed = found.signature(Party.PERSON)
        assert signed
        for digest in (found.sha256, signed.sha256):
            assert all(digest[start : start + 8] in said for start in range(0, 64, 8))
        assert made.headers["content-type"] == "application/pdf"

    async def test_something_is_wrong(self, office: Office, browser: Browser):
        id = await a_protocol(office)
        device = (await protocol(id, seen_by=office.weber)).items[0].device
        missing = await browser.submit(f"/handovers/{id}/objections", as_=office.weber, device=device, note="")
        assert missing.status_code == 422

        await browser.submit(f"/handovers/{id}/objections", as_=office.weber, device=device, note="Ohne Netzteil")

        assert "Hinweise zu Geräten klären (1)" in (await browser.get("/", as_=office.brandt)).text
        (waits,) = await objections(seen_by=office.brandt)
        assert "Ohne Netzteil" in (await browser.get("/objections", as_=office.brandt)).text
        empty = await browser.submit(f"/objections/{waits.id}", as_=office.brandt, note="")
        assert empty.status_code == 422
        await browser.submit(f"/objections/{waits.id}", as_=office.brandt, note="nachgereicht")
        assert "nachgereicht" in (await browser.get("/objections?done=true", as_=office.brandt)).text


async def test_kits_are_kept(office: Office, browser: Browser):
    one, other = await a_device(office, "NB-1"), await a_device(office, "MH-1")
    added = await browser.submit("/kits/new", as_=office.brandt, scan="NB-1", name="Set", unit=office.unit.id)
    assert "NB-1 Notebook" in added.text
    made = await browser.submit(
        "/kits/new", as_=office.brandt, device=[one.id], name="Set", unit=office.unit.id, follow=True
    )
    assert "Das Set „Set“ ist gebildet." in made.text
    id = int(await value("SELECT max(id) FROM kit"))
    assert "ist hier kein Gerät" in (await browser.submit(f"/kits/{id}/members", as_=office.brandt, scan="XX")).text
    await browser.submit(f"/kits/{id}/members", as_=office.brandt, scan="MH-1")
    await browser.submit(f"/kits/{id}/removals", as_=office.brandt, device=one.id)
    page = (await browser.get(f"/kits/{id}", as_=office.brandt)).text
    assert "MH-1" in page
    assert f'href="/kits/{id}">Set</a>' in (await browser.get(f"/devices/{other.id}", as_=office.brandt)).text
    await browser.submit(f"/kits/{id}/ending", as_=office.brandt)
    assert "Noch kein Set" in (await browser.get("/kits", as_=office.brandt)).text


async def test_a_private_device_is_registered(office: Office, browser: Browser):
    path = "/private-devices/new"
    form: dict[str, Any] = {"unit": office.hygiene.id, "name": "Smartphone"}
    missing = await browser.submit(path, as_=office.brandt, **form)
    found = await browser.submit(path, as_=office.brandt, person_q="web", _find="person", **form)
    done = await browser.submit(path, as_=office.brandt, person=office.weber.id, follow=True, **form)

    assert missing.status_code == 422
    assert "Lukas Weber" in found.text
    assert "Anmeldung eines privaten Geräts" in done.text
    assert "PRIVAT-0001" in (await browser.get("/", as_=office.weber)).text


class TestRounds:
    async def test_a_round_from_the_question_to_the_answer(self, office: Office, browser: Browser):
        await a_protocol(office, "NB-0001")
        await a_protocol(office, "NB-0002")
        late = TODAY + timedelta(days=400)
        form: dict[str, Any] = {"title": "Herbst", "unit": office.unit.id}
        assert (await browser.get("/confirmations/new", as_=office.brandt)).status_code == 200
        assert (await browser.submit("/confirmations/new", as_=office.brandt, ends_on=late, **form)).status_code == 422
        started = await browser.submit("/confirmations/new", as_=office.brandt, ends_on=TODAY, follow=True, **form)
        assert "Lukas Weber" in started.text
        (round_,) = await rollouts(seen_by=office.brandt)
        assert "Bestätigen Sie Ihre Geräte (2)" in (await browser.get("/", as_=office.weber)).text
        first, second = await asks(round_.id, office.weber.id)
        path = f"/confirmations/{round_.id}"
        assert "habe ich nicht mehr" in (await browser.get(path, as_=office.weber)).text

        said: dict[str, Any] = {f"answer_{first.id}": "have"}
        half = await browser.submit(path, as_=office.weber, **said)
        said |= {f"answer_{second.id}": "no_longer", f"note_{second.id}": "abgegeben"}
        done = await browser.submit(path, as_=office.weber, follow=True, **said)

        assert (half.status_code, "Bitte wählen Sie eine Antwort." in half.text) == (422, True)
        assert "Bestätigung der Geräte" in done.text
        assert "Alle haben geantwortet." in (await browser.get(f"{path}/progress", as_=office.brandt)).text
        assert "Alles beantwortet" in (await browser.get(path, as_=office.weber)).text
        assert (await browser.submit(path, as_=office.weber)).status_code == 409
        assert (await browser.get(f"{path}/progress", as_=office.weber)).status_code == 403
        await browser.submit(f"{path}/ending", as_=office.brandt)
        assert "beendet" in (await browser.get("/confirmations", as_=office.brandt)).text

    async def test_strangers_are_not_asked(self, office: Office, browser: Browser):
        await a_protocol(office)
        id = await start_rollout("Herbst", unit=office.unit, ends_on=TODAY, by=office.brandt, on=TODAY)

        assert (await browser.get(f"/confirmations/{id}", as_=office.kaya)).status_code == 404


async def test_terms_are_written_by_the_isb(office: Office, browser: Browser):
    assert "mitgelieferter Text" in (await browser.get("/handover-terms", as_=office.yildiz)).text
    path = "/handover-terms/device"
    assert (await browser.get(path, as_=office.brandt)).status_code == 403
    assert (await browser.get("/handover-terms/zauber", as_=office.yildiz)).status_code == 404
    assert "Das Gerät gehört dem Amt" in (await browser.get(path, as_=office.yildiz)).text
    words = "Das Gerät bleibt Eigentum des Amts. Verlust ist sofort zu melden."

    short = await browser.submit(path, as_=office.yildiz, title="Regeln", text="kurz", version=0)
    done = await browser.submit(path, as_=office.yildiz, title="Regeln", text=words, version=0, follow=True)
    late = await browser.submit(path, as_=office.yildiz, title="Regeln", text=words + " Neu.", version=0)

    assert short.status_code == 422
    assert "Fassung 1" in done.text
    assert late.status_code == 409
    assert words in late.text


async def test_a_loss_with_personal_data_starts_a_clock(office: Office, browser: Browser):
    one = await a_device(office)
    await take(one, Step.REPORT_LOST, Given(reason="im Zug"), by=office.brandt, on=TODAY)
    page = await browser.get(f"/devices/{one.id}", as_=office.brandt)
    assert "72 Stunden, Art. 33 DSGVO" in page.text
    assert "Verlust von NB-0001" in (await browser.get("/", as_=office.yildiz)).text
    (loss,) = await losses_to_review(seen_by=office.yildiz)
    assert "im Zug" in (await browser.get(f"/losses/{loss.id}", as_=office.yildiz)).text

    missing = await browser.submit(f"/losses/{loss.id}", as_=office.yildiz, reason="verschlüsselt")
    await browser.submit(f"/losses/{loss.id}", as_=office.yildiz, must_be_reported="off", reason="verschlüsselt")

    assert missing.status_code == 422
    assert "verschlüsselt" in (await browser.get(f"/losses/{loss.id}", as_=office.yildiz)).text
    assert "Der Verlust ist nicht zu melden." in (await browser.get(f"/devices/{one.id}", as_=office.yildiz)).text
    assert (await browser.get(f"/losses/{loss.id}", as_=office.brandt)).status_code == 403


async def test_the_head_is_asked_for_what_others_want(office: Office, browser: Browser):
    one = await a_device(office, stage=Stage.REQUESTED)

    assert "Anschaffung genehmigen: NB-0001" in (await browser.get("/", as_=office.albrecht)).text
    done = await browser.submit(f"/devices/{one.id}/steps/approve", as_=office.albrecht, on=TODAY, follow=True)
    assert "ist genehmigt" in done.text
