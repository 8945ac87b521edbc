import json
from hashlib import sha256

from assets.queries.devices import DeviceDetail
from assets.queries.dossiers import device_dossier
from assets.rules.dossier import DisposalWay, MediumState
from tests.assets.dossiers import (
    a_disk,
    a_retired_device,
    approved,
    erased_and_checked,
)
from tests.assets.web.sending import Fields
from tests.browser import Browser
from tests.isms.pdfs import text as text_of
from tests.office import TODAY, Office

PDF = b"%PDF-1.7\nnachweis"
FILES = {"file": ("nachweis.pdf", PDF, "application/pdf")}


async def handed_over(office: Office, browser: Browser) -> tuple[DeviceDetail, str]:
    """A device with a disk to destroy, on a pallet; answers with the address of the consignment, too."""
    device = await a_retired_device(office)
    disk = await a_disk(office, device)
    told: Fields = {"need": 3, "need_reason": "Befunde", "_second": "yes", "level": 3, "by_provider": True}
    await browser.submit(f"/media/{disk.id}/plan", as_=office.brandt, **told)
    subject = await approved(office, device, DisposalWay.DESTRUCTION)
    whole: Fields = {**WAYBILL, "unit": office.unit.id, "things": [subject.key], "witness": office.kaya.id}
    page = await browser.submit("/consignments/new", as_=office.brandt, follow=True, **whole)
    assert "steht noch aus" in page.text
    assert "P-4711" in page.text
    return device, str(page.url.path)


WAYBILL: Fields = {"provider": "Aktenmühle Nord", "container": "BX-12", "seal": "P-4711", "on": TODAY}
CERTIFICATE: Fields = {"certified_on": TODAY, "protection_class": 3, "security_level": 5}


class TestPallets:
    async def test_what_goes_along_and_who_sees_it_is_chosen(self, office: Office, browser: Browser):
        device = await a_retired_device(office)
        await erased_and_checked(office, await a_disk(office, device))
        await approved(office, device)
        assert "NB-0001" in (await browser.get("/consignments/new", as_=office.brandt)).text
        assert "wartet auf die Übergabe" in (await browser.get("/consignments", as_=office.brandt)).text
        told: Fields = {**WAYBILL, "unit": office.unit.id}

        nothing = await browser.submit("/consignments/new", as_=office.brandt, **told)
        assert nothing.status_code == 422
        assert "Bitte wählen Sie aus, was übergeben wird." in nothing.text
        asked: Fields = {**told, "_find": "witness", "witness_q": "Kay"}
        assert "Ayşe Kaya" in (await browser.submit("/consignments/new", as_=office.brandt, **asked)).text
        assert "Ayşe Kaya" in (await browser.get("/consignments/witnesses?witness_q=Kay", as_=office.brandt)).text
        gone: Fields = {**told, "things": ["device:99999"]}
        assert (await browser.submit("/consignments/new", as_=office.brandt, **gone)).status_code == 422

    async def test_the_manifest_names_every_serial_number(self, office: Office, browser: Browser):
        _, at = await handed_over(office, browser)

        told = text_of((await browser.get(f"{at}/manifest.pdf", as_=office.lindner)).content)

        assert "S4EV-1" in told
        assert "P-4711" in told
        assert "Ayşe Kaya" not in told
        assert "Ayşe Kaya" not in (await browser.get(at, as_=office.lindner)).text
        assert "Ayşe Kaya" in (await browser.get(at, as_=office.brandt)).text
        assert "Ayşe Kaya" in text_of((await browser.get(f"{at}/manifest.pdf", as_=office.brandt)).content)

    async def test_a_certificate_that_does_not_fit_is_noticed(self, office: Office, browser: Browser):
        _, at = await handed_over(office, browser)
        assert (await browser.get(f"{at}/certificates/new", as_=office.brandt)).status_code == 200
        told: Fields = {**CERTIFICATE, "marks": "S4EV-9"}
        assert (await browser.submit(f"{at}/certificates/new", as_=office.brandt, **told)).status_code == 422

        page = await browser.submit(f"{at}/certificates/new", as_=office.brandt, follow=True, files=FILES, **told)

        assert "Der Nachweis passt nicht zur Lieferliste." in page.text
        assert "S4EV-9" in page.text

    async def test_a_certificate_closes_the_proof_of_the_disk(self, office: Office, browser: Browser):
        device, at = await handed_over(office, browser)
        told: Fields = {**CERTIFICATE, "marks": "s4ev-1"}

        await browser.submit(f"{at}/certificates/new", as_=office.brandt, files=FILES, **told)

        (one,) = (await device_dossier(device.id, seen_by=office.brandt)).media
        assert one.state is MediumState.DESTROYED
        data = json.loads((await browser.get(f"/devices/{device.id}/dossier.json", as_=office.lindner)).content)
        assert sha256(PDF).hexdigest() in {each["sha256"] for each in data["certificates"]}
        assert "Alles ist bestätigt." in (await browser.get(at, as_=office.lindner)).text
        assert (await browser.get(at, as_=office.hansen)).status_code == 404

    async def test_only_it_opens_the_form(self, office: Office, browser: Browser):
        assert (await browser.get("/consignments/new", as_=office.yildiz)).status_code == 403
        assert (await browser.get("/consignments", as_=office.lindner)).status_code == 200
        assert "Erst die Freigabe" in (await browser.get("/consignments/new", as_=office.brandt)).text


class TestClasses:
    async def test_the_isb_settles_how_finely_is_destroyed(self, office: Office, browser: Browser):
        page = await browser.get("/destruction-rules", as_=office.lindner)
        assert "Klasse 3, H-5" in page.text
        assert "/destruction-rules/H" not in page.text
        assert (await browser.get("/destruction-rules/H", as_=office.yildiz)).status_code == 200
        assert (await browser.get("/destruction-rules/Q", as_=office.yildiz)).status_code == 404
        assert (await browser.get("/destruction-rules/H", as_=office.brandt)).status_code == 403
        told: Fields = {"normal": "1-3", "high": "2-4", "very_high": "3-6", "reason": "Beschluss"}

        answer = await browser.submit("/destruction-rules/H", as_=office.yildiz, follow=True, **told)

        assert "Klasse 3, H-6" in answer.text
        coarse: Fields = {**told, "very_high": "1-3"}
        assert (await browser.submit("/destruction-rules/H", as_=office.yildiz, **coarse)).status_code == 422
        odd: Fields = {**told, "normal": "9-9"}
        assert (await browser.submit("/destruction-rules/H", as_=office.yildiz, **odd)).status_code == 422
