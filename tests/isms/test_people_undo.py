"""Lists of people and units are taken back: whoever came by mistake leaves, whoever was corrected is as before."""

from pathlib import Path

from isms import imports
from isms.area import ImportKind, Undoing, UndoPlan
from isms.commands.imports import carry_out, receive
from isms.commands.people import insert_membership
from isms.commands.undoing import take_back, undo_of
from isms.db.reading import value
from isms.files import Folder
from isms.intake.people import PEOPLE
from isms.intake.units import UNITS
from isms.rules.roles import Role
from tests.office import TODAY, Office

STAFF = "Name;Anmeldename;E-Mail\nLea Sommer;sommer;sommer@seestadt.example\nLukas Weber;weber;lw@seestadt.example\n"
TREE = "Einheit;Art;Gehört zu\nLabor;Fachdienst;\nProbenannahme;Standort;Labor\n"


async def read_in(office: Office, kind: ImportKind, text: str, folder: Path) -> imports.RunRow:
    store = Folder(folder)
    run = await receive(kind, "liste.csv", text.encode(), unit=office.unit, by=office.reuter, store=store)
    waiting = await imports.run(run, seen_by=office.reuter)
    await carry_out(kind, waiting, by=office.reuter, on=TODAY, store=store)
    return await imports.run(run, seen_by=office.reuter)


async def undo(office: Office, kind: ImportKind, run: imports.RunRow) -> UndoPlan:
    plan = await undo_of(kind, run).plan(run.id, by=office.reuter, on=TODAY)
    return await take_back(kind, run, by=office.reuter, on=TODAY, seen=plan.fingerprint)


async def test_people_leave_and_corrections_go_back(office: Office, tmp_path: Path):
    before = await value("SELECT email FROM person WHERE login = 'weber'")
    run = await read_in(office, PEOPLE, STAFF, tmp_path)

    plan = await undo(office, PEOPLE, run)

    assert [one.outcome for one in plan.reversals] == [Undoing.ENDED, Undoing.RESTORED]
    assert await value("SELECT email FROM person WHERE login = 'weber'") == before
    assert await value("SELECT count(*) FROM person WHERE name = 'Lea Sommer' AND withdrawn_on IS NOT NULL") == 1
    assert await value("SELECT count(*) FROM person WHERE login = 'sommer'") == 0
    again = await read_in(office, PEOPLE, STAFF, tmp_path)
    assert await value("SELECT import_run FROM person WHERE login = 'sommer'") == again.id


async def test_whoever_got_another_role_stays(office: Office, tmp_path: Path):
    run = await read_in(office, PEOPLE, STAFF, tmp_path)
    sommer = await value("SELECT id FROM person WHERE login = 'sommer'")
    await insert_membership(sommer, unit=office.unit.id, role=Role.IT, starts_on=TODAY)

    plan = await undo(office, PEOPLE, run)

    assert [one.outcome for one in plan.reversals] == [Undoing.KEPT, Undoing.RESTORED]
    assert plan.reversals[0].why == "Hat seit dem Import eine weitere Rolle bekommen."
    assert await value("SELECT count(*) FROM person WHERE login = 'sommer'") == 1


async def test_units_close_from_below(office: Office, tmp_path: Path):
    run = await read_in(office, UNITS, TREE, tmp_path)

    plan = await undo(office, UNITS, run)

    assert {one.outcome for one in plan.reversals} == {Undoing.ENDED}
    assert await value("SELECT count(*) FROM unit WHERE import_run = {} AND closed_on IS NULL", run.id) == 0


async def test_a_unit_with_people_stays_and_so_does_what_it_hangs_under(office: Office, tmp_path: Path):
    run = await read_in(office, UNITS, TREE, tmp_path)
    site = await value("SELECT id FROM unit WHERE name = 'Probenannahme'")
    await insert_membership(office.kaya.id, unit=site, role=Role.EMPLOYEE, starts_on=TODAY)

    plan = await undo_of(UNITS, run).plan(run.id, by=office.reuter, on=TODAY)

    assert {one.title: one.why for one in plan.reversals} == {
        "Probenannahme": "Seit dem Import hat dort jemand eine Rolle.",
        "Labor": "Darunter bleibt eine Einheit.",
    }
