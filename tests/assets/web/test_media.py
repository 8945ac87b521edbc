from assets.queries.media import media_in, medium
from assets.rules.media import MediumKind
from tests.assets.things import a_device, a_medium
from tests.browser import Browser
from tests.office import TODAY, Office


async def test_it_adds_a_medium_on_the_page_of_the_device(office: Office, browser: Browser):
    device = await a_device(office)
    page = await browser.get(f"/devices/{device.id}", as_=office.brandt)
    assert f"/media/new?device={device.id}" in page.text
    assert "Es ist kein Datenträger erfasst." in page.text
    blank = await browser.get(f"/media/new?device={device.id}", as_=office.brandt)
    assert blank.status_code == 200

    answer = await browser.submit(
        "/media/new",
        as_=office.brandt,
        follow=True,
        device=device.id,
        kind="nvme",
        serial="S4EV-1",
        gigabytes=512,
        encrypted="yes",
    )

    assert "NVMe-SSD, Seriennummer S4EV-1" in answer.text
    assert "512 GB" in answer.text
    (one,) = await media_in(device.id)
    assert (one.kind, one.capacity_bytes, one.encrypted) == (MediumKind.NVME, 512 * 10**9, True)


async def test_a_taken_number_keeps_what_was_typed(office: Office, browser: Browser):
    device = await a_device(office)
    await a_medium(office, device, serial="S4EV-1")

    answer = await browser.submit(
        "/media/new", as_=office.brandt, device=device.id, kind="ssd", serial="S4EV-1", model="Spur 5"
    )

    assert answer.status_code == 422
    assert "hat schon ein Datenträger Ihres Amtes" in answer.text
    assert 'value="Spur 5"' in answer.text


async def test_a_medium_of_its_own_belongs_to_a_unit(office: Office, browser: Browser):
    assert (await browser.get("/media/new", as_=office.brandt)).status_code == 200

    answer = await browser.submit(
        "/media/new", as_=office.brandt, follow=True, unit=office.unit.id, kind="tape", serial="LTO-1"
    )

    assert "Der Datenträger ist aufgenommen." in answer.text
    assert "in keinem Gerät" in answer.text


async def test_it_describes_takes_out_and_puts_in(office: Office, browser: Browser):
    device, other = await a_device(office), await a_device(office, "NB-0002")
    one = await a_medium(office, device, serial="S4EV-1")
    for way in ("", "/edit", "/taking-out", "/putting-in"):
        assert (await browser.get(f"/media/{one.id}{way}", as_=office.brandt)).status_code == 200
    edited = await browser.submit(f"/media/{one.id}/edit", as_=office.brandt, kind="ssd", serial="S4EV-2", version=1)
    assert edited.status_code == 303
    late = await browser.submit(f"/media/{one.id}/edit", as_=office.brandt, kind="ssd", serial="S4EV-3", version=1)
    assert late.status_code == 409
    assert "Gespeicherte Fassung" in late.text

    empty = await browser.submit(f"/media/{one.id}/taking-out", as_=office.brandt, reason="", on=TODAY)
    assert empty.status_code == 422
    out = await browser.submit(
        f"/media/{one.id}/taking-out", as_=office.brandt, follow=True, reason="getauscht", on=TODAY
    )
    assert "Für ihn ist ein eigener Nachweis zu führen." in out.text
    assert "Ausgebaut" in (await browser.get(f"/devices/{device.id}", as_=office.brandt)).text

    choices = await browser.get("/media/devices?device_q=NB-0002", as_=office.brandt)
    assert "NB-0002" in choices.text
    asked = await browser.submit(f"/media/{one.id}/putting-in", as_=office.brandt, _find="device", device_q="NB-0002")
    assert "NB-0002" in asked.text
    nowhere = await browser.submit(f"/media/{one.id}/putting-in", as_=office.brandt, device=99999, on=TODAY)
    assert nowhere.status_code == 422
    await browser.submit(f"/media/{one.id}/putting-in", as_=office.brandt, device=other.id, on=TODAY)
    assert (await medium(one.id, seen_by=office.brandt)).device == other.id


async def test_the_form_sent_twice_adds_one_medium(office: Office, browser: Browser):
    device = await a_device(office)
    token = await browser.token(as_=office.brandt)

    for _ in range(2):
        await browser.submit("/media/new", as_=office.brandt, device=device.id, kind="ssd", _once=token)

    assert len(await media_in(device.id)) == 1


async def test_who_has_no_business_with_media_sees_none(office: Office, browser: Browser):
    device = await a_device(office)
    one = await a_medium(office, device, serial="S4EV-1")

    assert (await browser.get(f"/media/{one.id}", as_=office.weber)).status_code == 403
    assert (await browser.get(f"/media/{one.id}", as_=office.hansen)).status_code == 404
    assert (await browser.get(f"/media/{one.id}/edit", as_=office.lindner)).status_code == 403
    assert "S4EV-1" in (await browser.get(f"/devices/{device.id}", as_=office.lindner)).text


async def test_the_list_finds_and_narrows(office: Office, browser: Browser):
    await a_medium(office, await a_device(office), serial="S4EV-1", model="Spur 5")
    await a_medium(office, kind=MediumKind.TAPE, serial="LTO-7")

    everything = await browser.get("/media", as_=office.brandt)
    assert "S4EV-1" in everything.text
    assert "LTO-7" in everything.text
    alone = await browser.get("/media?whereabouts=alone&sort=-kind", as_=office.brandt)
    assert "S4EV-1" not in alone.text
    assert "LTO-7" in alone.text
    found = await browser.get("/media?q=spur", as_=office.lindner, htmx=True)
    assert found.text.lstrip().startswith('<div id="media">')
    assert "S4EV-1" in found.text
    assert "LTO-7" not in found.text
    assert "S4EV-1" not in (await browser.get("/media", as_=office.petersen)).text
