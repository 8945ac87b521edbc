"""People and units come out of a file: row by row, said beforehand, and nobody twice."""

from pathlib import Path
from typing import Any

import pytest

from isms.area import Outcome, Plan, Upload
from isms.commands.people import insert_membership
from isms.db.reading import value
from isms.intake import Unreadable
from isms.intake.people import PEOPLE
from isms.intake.units import UNITS
from isms.rules.roles import Reach, Role
from tests.browser import Browser
from tests.office import TODAY, Office

STAFF = """Vorname;Nachname;Anmeldename;E-Mail;Einheit;Letzter Tag
Lea;Sommer;sommer;sommer@seestadt.example;Infektionsschutz und Hygiene;
Lukas;Weber;weber;weber@seestadt.example;;
Ayşe;Kaya;kaya;;;
;;ohne;;;
Nils;Hansen;hansen;;;
Max;Moor;sommer;;;
Pia;Fern;fern;;Raumfahrt;
Udo;Alt;alt;;;31.12.2020
Ina;Wann;wann;;;bald
"""


async def planned(office: Office, text: str, kind: str = "people") -> Plan:
    upload = Upload("personen.csv", text.encode(), office.unit.id)
    return await (PEOPLE if kind == "people" else UNITS).plan(upload, by=office.reuter, on=TODAY)


async def test_every_row_gets_its_verdict(office: Office):
    plan = await planned(office, STAFF)

    outcomes = [verdict.outcome for verdict in plan.verdicts]
    wrong = Outcome.WRONG
    assert outcomes == [Outcome.NEW, Outcome.CHANGED, Outcome.UNCHANGED, *[wrong] * 4, Outcome.NEW, wrong]
    assert [verdict.row for verdict in plan.verdicts] == list(range(2, 11))


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (5, "Der Name fehlt"),
        (6, "außerhalb dieser Einheit"),
        (7, "hat schon Zeile"),
        (8, "gibt es hier nicht"),
        (10, "ist kein Datum"),
    ],
)
async def test_a_wrong_row_says_why(office: Office, row: int, why: str):
    plan = await planned(office, STAFF)

    assert why in plan.verdicts[row - 2].why


async def test_a_file_without_names_is_refused_with_what_was_found(office: Office):
    with pytest.raises(Unreadable, match="Farbe, Größe"):
        await planned(office, "Farbe;Größe\nrot;3\n")


async def test_people_are_uploaded_looked_at_and_taken_in(office: Office, browser: Browser):
    admin: Any = {"as_": office.reuter}
    offered = await browser.get("/imports", **admin)
    asked = await browser.get("/imports/new?kind=people", **admin)
    sent = await browser.submit(
        "/imports", **admin, kind="people", unit=office.unit.id, files={"file": ("p.csv", STAFF.encode(), "text/csv")}
    )
    preview = await browser.get(sent.headers["location"], **admin)
    before = await value("SELECT count(*) FROM person WHERE login = 'sommer'")
    await browser.submit(f"{sent.headers['location']}/completion", **admin)
    report = await browser.get(sent.headers["location"], **admin)

    assert "Personen (CSV, Excel)" in offered.text
    assert "Datei prüfen" in asked.text
    assert "Raumfahrt" in preview.text
    assert before == 0
    assert "Der Import ist ausgeführt." in report.text
    assert 'href="/people"><span class="kern-label">Eingelesenes ansehen' in report.text
    run = await value("SELECT max(id) FROM import_run")
    assert await value("SELECT import_run FROM person WHERE login = 'sommer'") == run
    assert await value("SELECT email FROM person WHERE login = 'weber'") == "weber@seestadt.example"
    assert await value("SELECT count(*) FROM membership m JOIN person p ON p.id = m.person WHERE p.login = 'alt'") == 0


async def test_a_file_that_changes_nothing_offers_nothing_to_carry_out(office: Office, browser: Browser):
    known = "Name;Anmeldename\nLukas Weber;weber\n"

    preview = await browser.submit(
        "/imports",
        as_=office.reuter,
        follow=True,
        kind="people",
        unit=office.unit.id,
        files={"file": ("p.csv", known.encode(), "text/csv")},
    )

    assert "Diese Datei würde nichts ändern." in preview.text
    assert "Import ausführen" not in preview.text


async def test_the_same_file_again_changes_nothing(office: Office):
    plan = await planned(office, STAFF)
    upload = Upload("personen.csv", STAFF.encode(), office.unit.id)
    run = await new_run(office)

    await PEOPLE.carry_out(plan, upload, run=run, by=office.reuter, on=TODAY)

    again = await planned(office, STAFF)
    assert not again.count(Outcome.NEW)
    assert not again.count(Outcome.CHANGED)


async def new_run(office: Office) -> int:
    from isms.db import execute

    made = await execute(
        """INSERT INTO import_run (kind, filename, sha256, unit, uploaded_by, uploaded_at, answers, counts)
           VALUES ('people', 'p.csv', '', {}, {}, '2026-01-01 00:00:00+00:00', '{{}}', '{{}}') RETURNING id""",
        office.unit.id,
        office.reuter.id,
    )
    return int(made[0]["id"])


async def test_snipe_its_people_import(office: Office, real_data: Path):
    content = (real_data / "snipe-it/users-sample.csv").read_bytes()

    plan = await PEOPLE.plan(Upload("users-sample.csv", content, office.unit.id), by=office.reuter, on=TODAY)

    assert len(plan.verdicts) == 100
    assert plan.count(Outcome.NEW) >= 95
    await PEOPLE.carry_out(
        plan, Upload("u.csv", content, office.unit.id), run=await new_run(office), by=office.reuter, on=TODAY
    )
    assert await value("SELECT name FROM person WHERE login = 'rtenant0'") == "Reagen Tenant"


async def test_units_hang_under_rows_above_them(office: Office):
    text = "Einheit;Art;Gehört zu\nLabor;Fachdienst;\nProbenannahme;Standort;Labor\nKreis;Planet;\nX;;Nirgendwo\n"
    plan = await planned(office, text, "units")

    await UNITS.carry_out(plan, Upload("u.csv", b"", office.unit.id), run=0, by=office.reuter, on=TODAY)

    assert [verdict.outcome for verdict in plan.verdicts] == [Outcome.NEW, Outcome.NEW, Outcome.WRONG, Outcome.WRONG]
    depth = await value("SELECT path FROM unit WHERE name = 'Probenannahme'")
    assert depth.startswith(office.unit.path)
    assert not (await planned(office, text, "units")).count(Outcome.NEW)


async def test_a_role_that_reaches_no_unit_imports_nothing(office: Office, browser: Browser):
    await insert_membership(office.kaya.id, unit=office.hygiene.id, role=Role.IT, reach=Reach.OWN, starts_on=TODAY)

    answer = await browser.get("/imports/new?kind=devices", as_=office.kaya)

    assert answer.status_code == 403
