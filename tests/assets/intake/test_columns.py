"""Columns that nobody recognises are mapped by hand, once: the next file with the same headers needs no hand."""

from typing import Any

from assets.intake.devices import DEVICES
from isms.area import Outcome, Plan, Upload
from isms.db.reading import value
from tests.browser import Browser
from tests.isms.intake.workbooks import sheet, workbook
from tests.office import TODAY, Office

STRANGE = "Nummer;Was;Gerätetyp;Farbe\nNB-1;Notebook;Reise 13;grau\nNB-2;Drucker;D 5;weiß\n"
CHOSEN: dict[str, Any] = {"column.inventory_number": "Nummer", "column.name": "Was", "column.model": "Gerätetyp"}


async def send(browser: Browser, office: Office, content: bytes, name: str = "g.csv", **more: Any):
    files = {"file": (name, content, "application/octet-stream")}
    return await browser.submit("/imports", as_=office.brandt, kind="devices", unit=office.unit.id, files=files, **more)


async def test_unknown_columns_lead_to_the_mapping_and_are_remembered(office: Office, browser: Browser):
    it: dict[str, Any] = {"as_": office.brandt}
    first = await send(browser, office, STRANGE.encode())
    address = first.headers["location"]
    asked = await browser.get(address, **it)
    early = await browser.get(address.removesuffix("/columns"), **it)
    unnumbered: dict[str, Any] = {"column.name": "Was"}
    unknown: dict[str, Any] = {**CHOSEN, "column.serial": "Gibt es nicht"}
    empty = await browser.submit(address, **it, **unnumbered)
    strange = await browser.submit(address, **it, **unknown)
    mapped = await browser.submit(address, follow=True, **it, **CHOSEN)
    done = await browser.submit(address.replace("columns", "completion"), follow=True, **it)

    assert address.endswith("/columns")
    assert "zum Beispiel NB-1" in asked.text
    assert (early.status_code, early.headers["location"]) == (303, address)
    assert empty.status_code == 422
    assert "Diese Spalte hat die Datei nicht." in strange.text
    assert "Diese Spalten werden nicht gelesen: „Farbe“." in mapped.text
    assert "Was“ als Bezeichnung" in done.text
    assert await value("SELECT model FROM device WHERE inventory_number = 'NB-1'") == "Reise 13"
    again = await send(browser, office, STRANGE.replace("NB-", "NB-1").encode(), follow=True)
    assert "Die Spalten sind von Hand zugeordnet." in again.text
    assert again.text.count(">neu<") >= 2
    late = await browser.get(address, **it)
    assert late.status_code == 409


async def test_another_office_has_its_own_memory(office: Office, browser: Browser):
    first = await send(browser, office, STRANGE.encode())
    await browser.submit(first.headers["location"], as_=office.brandt, **CHOSEN)

    theirs = await browser.submit(
        "/imports",
        as_=office.hansen,
        kind="devices",
        unit=office.elsewhere.id,
        files={"file": ("g.csv", STRANGE.encode(), "text/csv")},
    )

    assert theirs.headers["location"].endswith("/columns")
    assert (await browser.get(first.headers["location"], as_=office.hansen)).status_code == 404


async def test_a_workbook_with_two_sheets_is_asked_about(office: Office, browser: Browser):
    devices = sheet([["Inventarnummer", "Kaufdatum"], ["NB-1", ("date", 45717)]])
    book = workbook({"Geräte": devices, "Orte": sheet([["Name"], ["Lager"]])})

    asked = await send(browser, office, book, "g.xlsx", follow=True)
    address = str(asked.url).removeprefix("http://seestadt.example")
    premature = await browser.submit(f"{address}/completion", as_=office.brandt)
    chosen: dict[str, Any] = {"answer.sheet": "Geräte"}
    answered = await browser.submit(f"{address}/answers", as_=office.brandt, follow=True, **chosen)
    done = await browser.submit(f"{address}/completion", as_=office.brandt, follow=True)

    assert "Die Arbeitsmappe hat mehrere Blätter." in asked.text
    assert f"{address}/completion" not in asked.text
    assert premature.status_code == 409
    assert "NB-1" in answered.text
    assert "Der Import ist ausgeführt." in done.text
    assert str(await value("SELECT purchased_on FROM device")) == "2025-03-01"


async def days(office: Office, *cells: str, **answers: str):
    rows = "".join(f"NB-{number};{cell}\n" for number, cell in enumerate(cells))
    sent = Upload("g.csv", f"Inventarnummer;Kaufdatum\n{rows}".encode(), office.unit.id, answers)
    return await DEVICES.plan(sent, by=office.brandt, on=TODAY)


def bought(plan: Plan) -> list[str]:
    wanted: Any = plan.load
    return [str(one.line.purchased_on) for one in wanted]


async def test_the_order_of_days_is_found_for_the_whole_column(office: Office):
    american = await days(office, "1/23/23", "2/3/23")
    british = await days(office, "23/1/23", "3/2/23")

    assert bought(american) == ["2023-01-23", "2023-02-03"]
    assert bought(british) == ["2023-01-23", "2023-02-03"]


async def test_an_order_that_nothing_tells_is_asked_about(office: Office):
    open_still = await days(office, "1/2/23", "31.12.2022")
    answered = await days(office, "1/2/23", "31.12.2022", days="day_first")
    mixed = await days(office, "1/23/23", "23/1/23", days="month_first")

    assert open_still.is_open
    assert [question.name for question in open_still.questions] == ["days"]
    assert bought(answered) == ["2023-02-01", "2022-12-31"]
    assert [verdict.outcome for verdict in mixed.verdicts] == [Outcome.NEW, Outcome.WRONG]


async def test_days_with_points_or_dashes_need_no_question(office: Office):
    plan = await days(office, "01.02.2023", "2023-02-01")

    assert not plan.questions
    assert bought(plan) == ["2023-02-01", "2023-02-01"]
