"""Stocktakes as IT runs them and auditors read them: opening, results that filter, decisions, protocol, duties."""

from datetime import UTC, datetime, timedelta

import pytest

from assets.commands.steps import Given, issue, take
from assets.commands.stocktakes import Rest, close_stocktake, let_help, plan_stocktakes
from assets.queries.reports.stocktakes import STOCKTAKES
from assets.queries.sockets import due
from assets.queries.stocktakes import stocktake
from assets.rules.lifecycle import Step
from assets.rules.stocktakes import Decision
from assets.tables import StocktakeDecision
from isms.db import execute
from isms.db.reading import value
from tests.assets.test_stocktakes import a_stocktake, scanned
from tests.assets.things import YESTERDAY, a_device, held
from tests.browser import Browser
from tests.isms.pdfs import text
from tests.office import TODAY, Office


async def counted(office: Office):
    """Four devices expected: one found, one elsewhere, two missing; and a code that nobody knows."""
    for number, place in (("NB-0001", "Lager"), ("NB-0002", "Raum 1"), ("NB-0003", "Lager"), ("NB-0004", "Lager")):
        await a_device(office, number, place=place)
    await issue(
        await held(office, await value("SELECT id FROM device WHERE inventory_number = 'NB-0003'")),
        office.kaya,
        by=office.brandt,
        on=TODAY,
    )
    one = await a_stocktake(office)
    for code in ("NB-0001", "NB-0002", "XX-1"):
        await scanned(office, one, code)
    return one


async def test_a_stocktake_is_opened_with_its_form(office: Office, browser: Browser):
    await a_device(office)

    form = await browser.get("/stocktakes/new", as_=office.brandt)
    answer = await browser.submit(
        "/stocktakes/new", as_=office.brandt, follow=True, name="Sommer", unit=office.unit.id, planned_until=TODAY
    )
    listed = await browser.get("/stocktakes", as_=office.lindner)

    assert "Gesundheitsamt Seestadt" in form.text
    assert "Die Inventur „Sommer“ ist eröffnet." in answer.text
    assert "läuft: 0 von 1" in listed.text
    assert "Inventur eröffnen" not in listed.text


async def test_what_was_typed_survives_a_refusal(office: Office, browser: Browser):
    answer = await browser.submit(
        "/stocktakes/new", as_=office.brandt, name="Leer", unit=office.unit.id, planned_until=YESTERDAY, category="K"
    )

    assert answer.status_code == 422
    assert 'value="Leer"' in answer.text
    assert "Der Tag ist vorbei" in answer.text
    nothing = await browser.submit("/stocktakes/new", as_=office.brandt, name="Leer", unit=office.unit.id)
    assert nothing.status_code == 409
    assert "Es gibt nichts zu zählen" in nothing.text


async def test_the_figures_filter_the_list(office: Office, browser: Browser):
    one = await counted(office)

    async def shown(finding: str) -> list[str]:
        page = await browser.get(f"/stocktakes/{one.id}?finding={finding}", as_=office.brandt, htmx=True)
        return [number for number in ("NB-0001", "NB-0002", "NB-0003", "NB-0004", "XX-1") if number in page.text]

    assert await shown("") == ["NB-0001", "NB-0002", "NB-0003", "NB-0004"]
    assert await shown("found") == ["NB-0001", "NB-0002"]
    assert await shown("missing") == ["NB-0003", "NB-0004"]
    assert await shown("wrong_place") == ["NB-0002"]
    assert await shown("unexpected") == ["XX-1"]
    searched = await browser.get(f"/stocktakes/{one.id}?q=0004", as_=office.brandt, htmx=True)
    assert "NB-0003" not in searched.text


async def test_auditors_read_the_result_without_names(office: Office, browser: Browser):
    one = await counted(office)

    for path in ("", "?finding=missing", "/export.csv"):
        theirs = (await browser.get(f"/stocktakes/{one.id}{path}", as_=office.lindner)).text
        assert "NB-0003" in theirs
        assert "Ayşe Kaya" not in theirs
    assert "Ayşe Kaya" in (await browser.get(f"/stocktakes/{one.id}?finding=missing", as_=office.brandt)).text


async def test_the_export_holds_what_is_shown(office: Office, browser: Browser):
    one = await counted(office)

    sheet = await browser.get(f"/stocktakes/{one.id}/export.csv?finding=missing", as_=office.brandt)
    book = await browser.get(f"/stocktakes/{one.id}/export.xlsx", as_=office.brandt)

    lines = sheet.text.splitlines()
    assert len(lines) == 3
    assert lines[1].startswith("NB-0003;Notebook Außendienst;;fehlt;ausgegeben;Infektionsschutz und Hygiene")
    assert book.content.startswith(b"PK")


async def test_decisions_are_held_with_their_note(office: Office, browser: Browser):
    one = await counted(office)
    path = f"/stocktakes/{one.id}/decisions"
    id = await value("SELECT id FROM expected_device WHERE inventory_number = 'NB-0003'")

    none = await browser.submit(path, as_=office.brandt, finding="missing", decision="searched")
    done = await browser.submit(
        path, as_=office.brandt, follow=True, finding="missing", decision="searched", about=id, note="Homeoffice?"
    )

    assert none.status_code == 422
    assert "Bitte kreuzen Sie mindestens einen Eintrag an" in none.text
    assert "wird gesucht: Homeoffice?" in done.text
    found = await value("SELECT id FROM expected_device WHERE inventory_number = 'NB-0001'")
    wrong = await browser.submit(path, as_=office.brandt, finding="missing", decision="searched", about=found)
    assert wrong.status_code == 404
    assert await StocktakeDecision.count() == 1


async def test_closing_asks_about_the_rest_and_the_protocol_says_it(office: Office, browser: Browser):
    one = await counted(office)
    path = f"/stocktakes/{one.id}/closing"

    asked = await browser.get(path, as_=office.brandt)
    early = await browser.submit(path, as_=office.brandt, missing="searched", note="Rest folgt")
    done = await browser.submit(
        path, as_=office.brandt, follow=True, missing="searched", unexpected="cleared", note="Rest folgt"
    )

    assert "Was gilt für die 2 fehlenden" in asked.text
    assert early.status_code == 422
    assert "Rest folgt" in early.text
    assert "ist abgeschlossen. Das Protokoll liegt bereit." in done.text
    assert (await browser.get(path, as_=office.brandt)).status_code == 404
    protocol = await browser.get(f"/stocktakes/{one.id}/protocol.pdf", as_=office.brandt)
    said = text(protocol.content)
    for word in ("Inventurprotokoll", "NB-0003", "wird gesucht", "Jonas Brandt", "XX-1", "Rest folgt", "Gefunden"):
        assert word in said
    theirs = text((await browser.get(f"/stocktakes/{one.id}/protocol.pdf", as_=office.lindner)).content)
    assert "Ayşe Kaya" in said
    assert "Ayşe Kaya" not in theirs


async def test_a_very_long_protocol_lists_only_what_differs(office: Office, browser: Browser, monkeypatch):
    monkeypatch.setattr("assets.web.stocktake_paper.MOST_ROWS", 1)
    one = await counted(office)

    said = text((await browser.get(f"/stocktakes/{one.id}/protocol.pdf", as_=office.brandt)).content)

    assert "NB-0001" not in said
    assert "NB-0003" in said
    assert "Dazu kommen 1 weitere." in said
    assert "nicht einzeln aufgeführt" in said


async def test_helpers_are_entered_by_name_and_find_it_on_their_desk(office: Office, browser: Browser):
    await a_device(office)
    one = await a_stocktake(office)
    path = f"/stocktakes/{one.id}/helpers/new"

    await browser.get(path, as_=office.brandt)
    assert "Ayşe Kaya" in (await browser.get("/stocktakes/people?person_q=kaya", as_=office.brandt)).text
    found = await browser.submit(path, as_=office.brandt, person_q="kaya", _find="person")
    done = await browser.submit(path, as_=office.brandt, follow=True, person=office.kaya.id)
    again = await browser.submit(path, as_=office.brandt, person=office.kaya.id)

    assert "Ayşe Kaya" in found.text
    assert "Ayşe Kaya kann jetzt mitzählen" in done.text
    assert again.status_code == 409
    desk = await browser.get("/", as_=office.kaya)
    assert f'href="/stocktakes/{one.id}/count"' in desk.text


async def test_what_is_open_too_long_and_what_comes_next_is_on_its_desk(office: Office, browser: Browser):
    await a_device(office)
    answer = await browser.submit(
        "/stocktakes/plan", as_=office.brandt, follow=True, unit=office.unit.id, every_months=12
    )
    assert "noch keine ganze Inventur abgeschlossen" in answer.text

    async def titles() -> list[tuple[str, object]]:
        return [(duty.title, duty.due_on) for duty in await due(office.brandt, seen_by=office.brandt, on=TODAY)]

    assert await titles() == [("Die nächste Inventur für {unit} eröffnen", TODAY)]
    one = await a_stocktake(office, planned_until=TODAY)
    assert await titles() == [("Die Inventur „{name}“ zählen und abschließen", TODAY)]
    await close_stocktake(one, Rest(Decision.SEARCHED), by=office.brandt, on=TODAY)
    assert await titles() == []
    await execute("UPDATE stocktake SET opened_on = {}", TODAY - timedelta(days=350))
    assert [title for title, _ in await titles()] == ["Die nächste Inventur für {unit} eröffnen"]
    await plan_stocktakes(office.unit, 0, by=office.brandt)
    assert await titles() == []
    wrong = await browser.submit("/stocktakes/plan", as_=office.brandt, unit=office.unit.id, every_months=-1)
    assert wrong.status_code == 422


async def test_the_report_tells_any_past_day(office: Office):
    one = await counted(office)
    await close_stocktake(one, Rest(Decision.SEARCHED, Decision.CLEARED, "so"), by=office.brandt, on=TODAY)
    before = TODAY - timedelta(days=3)
    await execute(
        "UPDATE stocktake SET opened_on = {}, recorded_at = {}",
        before,
        datetime(before.year, before.month, before.day, 9, tzinfo=UTC),
    )

    async def lines(on):
        found = [row async for row in STOCKTAKES.rows(office.unit.path, on=on)]
        assert all(len(row) == len(STOCKTAKES.columns) for row in found)
        return [(row[6], str(row[7]), row[4], row[14] and str(row[14])) for row in found]

    assert await lines(TODAY) == [
        ("NB-0001", "found", TODAY, None),
        ("NB-0002", "wrong_place", TODAY, None),
        ("NB-0003", "missing", TODAY, "searched"),
        ("NB-0004", "missing", TODAY, "searched"),
        ("XX-1", "unexpected", TODAY, "cleared"),
    ]
    assert await lines(YESTERDAY) == [(f"NB-000{n}", "missing", None, None) for n in (1, 2, 3, 4)]
    assert await lines(TODAY - timedelta(days=9)) == []


async def test_a_place_that_was_corrected_later_says_so(office: Office, browser: Browser):
    one = await counted(office)
    id = await value("SELECT id FROM device WHERE inventory_number = 'NB-0002'")
    await take(await held(office, id), Step.MOVE, Given(place="Lager"), by=office.brandt, on=TODAY)

    answer = await browser.get(f"/stocktakes/{one.id}?finding=wrong_place", as_=office.brandt)

    assert "Ort berichtigt" in answer.text


@pytest.mark.parametrize("who", ["weber", "hansen", "kaya"])
async def test_others_find_no_stocktake(office: Office, browser: Browser, who: str):
    one = await counted(office)
    await let_help(one, office.kaya, by=office.brandt)

    answer = await browser.get(f"/stocktakes/{one.id}", as_=getattr(office, who))

    assert answer.status_code in (403, 404)
    assert (await stocktake(one.id, seen_by=office.albrecht)).name == "Inventur"
