"""Counting as it is done: scan after scan, with and without JavaScript, by IT and by helpers."""

from urllib.parse import unquote

from assets.commands.stocktakes import let_help
from assets.queries.stocktakes import helpers
from assets.tables import Scan
from isms.db import execute
from isms.db.reading import value
from isms.web.frame import HEADERS
from tests.assets.test_stocktakes import a_stocktake, scanned
from tests.assets.things import a_device, held
from tests.browser import Browser
from tests.office import Office


async def test_a_scan_answers_with_its_verdict_on_the_same_page(office: Office, browser: Browser):
    await a_device(office)
    one = await a_stocktake(office)

    sent = await browser.submit(f"/stocktakes/{one.id}/scans", as_=office.brandt, code="NB-0001", place="Lager")
    assert sent.status_code == 303
    shown = await browser.get(unquote(sent.headers["location"]), as_=office.brandt)

    assert "Gefunden: NB-0001 Notebook Außendienst" in shown.text
    assert "1 von 1 gefunden" in shown.text
    assert 'value="Lager"' in shown.text


async def test_htmx_gets_the_verdict_alone_and_may_scan_on(office: Office, browser: Browser):
    for number in ("NB-0001", "NB-0002"):
        await a_device(office, number, place="Raum 1")
    one = await a_stocktake(office)
    path = f"/stocktakes/{one.id}/scans"

    first = await browser.submit(path, as_=office.brandt, htmx=True, code="nb-0001", place="Raum 2", _once="a")
    second = await browser.submit(path, as_=office.brandt, htmx=True, code="NB-0002", place="raum1", _once="b")

    assert first.text.lstrip().startswith('<div id="counted">')
    assert "Falscher Ort: NB-0001" in first.text
    assert "Erwartet: Raum 1. Gefunden: Raum 2." in first.text
    assert "Gefunden: NB-0002" in second.text


async def test_a_scan_sent_again_after_a_broken_connection_counts_once(office: Office, browser: Browser):
    await a_device(office)
    one = await a_stocktake(office)
    path = f"/stocktakes/{one.id}/scans"

    for _ in range(2):
        answer = await browser.submit(path, as_=office.brandt, htmx=True, code="NB-0001", _once="gleich")
        assert "Gefunden: NB-0001" in answer.text

    assert await Scan.count() == 1


async def test_the_second_scanner_reads_who_was_faster(office: Office, browser: Browser):
    await a_device(office)
    one = await a_stocktake(office)
    await let_help(one, office.kaya, by=office.brandt)
    await scanned(office, one, "NB-0001")

    answer = await browser.submit(f"/stocktakes/{one.id}/scans", as_=office.kaya, follow=True, code="NB-0001", place="")

    assert "Schon gezählt: NB-0001" in answer.text
    assert "Jonas Brandt hat das am" in answer.text
    assert "Zurücknehmen" not in answer.text


async def test_an_unknown_code_is_unexpected_and_an_empty_one_is_none(office: Office, browser: Browser):
    await a_device(office)
    one = await a_stocktake(office)
    path = f"/stocktakes/{one.id}/scans"

    unknown = await browser.submit(path, as_=office.brandt, htmx=True, code="4006381333931", place="")
    empty = await browser.submit(path, as_=office.brandt, htmx=True, code=" ", place="")

    assert "Unerwartet: 4006381333931" in unknown.text
    assert "Der Code ist festgehalten" in unknown.text
    assert empty.status_code == 422
    assert "Nicht gezählt" in empty.text


async def test_a_label_of_ours_counts_and_one_of_another_register_does_not(office: Office, browser: Browser):
    device = await a_device(office)
    one = await a_stocktake(office)
    path, mark = f"/stocktakes/{one.id}/scans", browser.house.uuid.hex[:8]

    foreign = await browser.submit(path, as_=office.brandt, htmx=True, code=f"https://x.example/devices/{device.id}")
    ours = f"https://alter-name.example/devices/{device.id}?r={mark}"
    found = await browser.submit(path, as_=office.brandt, htmx=True, code=ours, place="")

    assert "Unerwartet: https://x.example/devices/" in foreign.text
    assert "Gefunden: NB-0001" in found.text


async def test_a_wrong_place_is_corrected_with_one_press(office: Office, browser: Browser):
    device = await a_device(office, place="Raum 1")
    one = await a_stocktake(office)
    id = await scanned(office, one, "NB-0001", "Raum 2")

    page = await browser.get(f"/stocktakes/{one.id}/count?place=Raum+2&scan={id}", as_=office.brandt)
    assert f'action="/stocktakes/{one.id}/scans/{id}/place"' in page.text
    await browser.submit(f"/stocktakes/{one.id}/scans/{id}/place", as_=office.brandt, place="Raum 2")

    assert (await held(office, device)).place == "Raum 2"
    shown = await browser.get(f"/stocktakes/{one.id}/count?place=Raum+2&scan={id}", as_=office.brandt)
    assert "Ort berichtigt" in shown.text
    assert f'action="/stocktakes/{one.id}/scans/{id}/place"' not in shown.text
    again = await browser.submit(f"/stocktakes/{one.id}/scans/{id + 1}/place", as_=office.brandt, place="Raum 2")
    assert again.status_code == 404


async def test_a_helper_counts_but_moves_nothing(office: Office, browser: Browser):
    await a_device(office, place="Raum 1")
    one = await a_stocktake(office)
    await let_help(one, office.kaya, by=office.brandt)

    found = await browser.submit(
        f"/stocktakes/{one.id}/scans", as_=office.kaya, follow=True, code="NB-0001", place="Raum 2"
    )
    id = await value("SELECT id FROM scan")
    moved = await browser.submit(f"/stocktakes/{one.id}/scans/{id}/place", as_=office.kaya, place="Raum 2")

    assert "Falscher Ort" in found.text
    assert "berichtigen" not in found.text
    assert moved.status_code in (403, 404)
    for path in ("", "/closing", "/helpers/new", "/export.csv", "/protocol.pdf"):
        assert (await browser.get(f"/stocktakes/{one.id}{path}", as_=office.kaya)).status_code in (403, 404)


async def test_a_helper_who_was_let_go_is_turned_away_with_the_scan_in_hand(office: Office, browser: Browser):
    await a_device(office)
    one = await a_stocktake(office)
    await let_help(one, office.kaya, by=office.brandt)
    assert (await browser.get(f"/stocktakes/{one.id}/count", as_=office.kaya)).status_code == 200
    path = f"/stocktakes/{one.id}/helpers/{(await helpers(one))[0].id}/ending"
    await browser.submit(path, as_=office.brandt)

    answer = await browser.submit(f"/stocktakes/{one.id}/scans", as_=office.kaya, code="NB-0001", place="")

    assert answer.status_code == 404
    assert not await Scan.exists()
    assert (await browser.submit(path, as_=office.brandt)).status_code == 409


async def test_a_mistaken_scan_is_taken_back_on_the_page(office: Office, browser: Browser):
    await a_device(office)
    one = await a_stocktake(office)
    id = await scanned(office, one, "NB-0001")

    answer = await browser.submit(f"/stocktakes/{one.id}/scans/{id}/ending", as_=office.brandt, follow=True, place="")

    assert "ist nicht mehr gezählt" in answer.text
    assert "0 von 1 gefunden" in answer.text
    once_more = await browser.submit(f"/stocktakes/{one.id}/scans/{id}/ending", as_=office.brandt, place="")
    assert once_more.status_code == 404


async def test_the_progress_of_all_is_asked_for_alone(office: Office, browser: Browser):
    await a_device(office)
    one = await a_stocktake(office)
    await scanned(office, one, "NB-0001")

    answer = await browser.get(f"/stocktakes/{one.id}/progress", as_=office.brandt, htmx=True)

    assert answer.text.lstrip().startswith('<div id="progress"')
    assert "1 von 1 gefunden" in answer.text


async def test_only_the_page_that_counts_may_use_the_camera(office: Office, browser: Browser):
    await a_device(office)
    one = await a_stocktake(office)

    counting = await browser.get(f"/stocktakes/{one.id}/count", as_=office.brandt)
    result = await browser.get(f"/stocktakes/{one.id}", as_=office.brandt)

    assert counting.headers["permissions-policy"].startswith("camera=(self), microphone=()")
    assert counting.headers.get_list("permissions-policy") == [counting.headers["permissions-policy"]]
    assert result.headers["permissions-policy"] == HEADERS["permissions-policy"]


async def test_rooms_are_offered_but_not_departments(office: Office, browser: Browser):
    await a_device(office, "NB-0001", place="Raum 112")
    await a_device(office, "NB-0002", place="Infektionsschutz und Hygiene")
    one = await a_stocktake(office)

    text = (await browser.get(f"/stocktakes/{one.id}/count", as_=office.brandt)).text

    assert '<option value="Raum 112">' in text
    assert '<option value="Infektionsschutz und Hygiene">' not in text


async def test_a_closed_stocktake_counts_nothing_more(office: Office, browser: Browser):
    await a_device(office)
    one = await a_stocktake(office)
    await execute("UPDATE stocktake SET closed_on = opened_on")

    page = await browser.get(f"/stocktakes/{one.id}/count", as_=office.brandt)
    answer = await browser.submit(f"/stocktakes/{one.id}/scans", as_=office.brandt, htmx=True, code="NB-0001")

    assert "Diese Inventur ist abgeschlossen" in page.text
    assert answer.status_code == 409
    assert "Nicht gezählt: Die Inventur ist abgeschlossen" in answer.text
