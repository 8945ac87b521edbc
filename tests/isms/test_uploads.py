"""Uploaded lists are deleted once they have served; their hashes and what came of them stay."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from isms.area import ImportKind
from isms.backup.writing import back_up
from isms.commands.forgetting import forget
from isms.commands.imports import carry_out, receive
from isms.commands.uploads import drop_uploads
from isms.db import execute
from isms.db.reading import value
from isms.files import Folder
from isms.house import House
from isms.housekeeping import sweep
from isms.imports import KEPT_DAYS, run
from isms.intake.people import PEOPLE
from isms.queries.checklists import to_forget
from tests.browser import Browser
from tests.office import TODAY, Office

STAFF = b"Name;Anmeldename;E-Mail\nLea Sommer;sommer;sommer@seestadt.example\nLukas Weber;weber;lw@seestadt.example\n"
LATER = timedelta(days=KEPT_DAYS + 1)


async def uploaded(office: Office, house: House, kind: ImportKind = PEOPLE, *, done: bool = True) -> str:
    """Reuter uploads her list; answers with its hash."""
    id = await receive(kind, "liste.csv", STAFF, unit=office.unit, by=office.reuter, store=house.store)
    waiting = await run(id, seen_by=office.reuter)
    if done:
        await carry_out(kind, waiting, by=office.reuter, on=TODAY, store=house.store)
    return waiting.sha256


def lying_since(house: House, digest: str, ago: timedelta) -> None:
    assert isinstance(house.store, Folder)
    then = (datetime.now(UTC) - ago).timestamp()
    os.utime(house.store.root / digest[:2] / digest, (then, then))


async def test_a_list_goes_after_a_month_and_its_hash_stays(office: Office, house: House, browser: Browser):
    digest = await uploaded(office, house)
    lying_since(house, digest, LATER)

    await sweep(house.store)
    assert house.store.exists(digest)

    await sweep(house.store, now=datetime.now(UTC) + LATER)
    assert not house.store.exists(digest)
    id = await value("SELECT id FROM import_run WHERE dropped_at IS NOT NULL")
    shown = await browser.get(f"/imports/{id}", as_=office.reuter)
    assert "Datei gelöscht am" in shown.text
    assert digest in shown.text
    assert await drop_uploads(house.store, now=datetime.now(UTC) + LATER) == 0


async def test_a_list_that_nobody_carried_out_has_to_be_uploaded_again(office: Office, house: House, browser: Browser):
    digest = await uploaded(office, house, done=False)
    lying_since(house, digest, LATER)
    await drop_uploads(house.store, now=datetime.now(UTC) + LATER)
    id = await value("SELECT max(id) FROM import_run")

    listed = await browser.get("/imports", as_=office.reuter)
    shown = await browser.get(f"/imports/{id}", as_=office.reuter)

    assert "abgelaufen" in listed.text
    assert shown.status_code == 409
    assert "Diese Datei wurde nach 30 Tagen gelöscht. Laden Sie sie noch einmal hoch." in shown.text


async def test_bytes_that_somebody_still_needs_stay(office: Office, house: House):
    digest = await uploaded(office, house)
    lying_since(house, digest, LATER)
    await execute("UPDATE import_run SET uploaded_at = {}", datetime.now(UTC) - LATER)
    await uploaded(office, house, done=False)
    lying_since(house, digest, LATER)

    assert await drop_uploads(house.store, now=datetime.now(UTC)) == 1
    assert house.store.exists(digest)
    assert await value("SELECT count(*) FROM import_run WHERE dropped_at IS NULL") == 1


async def test_what_was_put_there_a_moment_ago_waits_for_the_next_sweep(office: Office, house: House):
    digest = await uploaded(office, house)

    assert await drop_uploads(house.store, now=datetime.now(UTC) + LATER) == 0

    assert house.store.exists(digest)
    assert await value("SELECT count(*) FROM import_run WHERE dropped_at IS NOT NULL") == 0


async def test_a_backup_does_not_look_for_what_was_deleted(office: Office, house: House, tmp_path: Path):
    digest = await uploaded(office, house)
    lying_since(house, digest, LATER)
    await drop_uploads(house.store, now=datetime.now(UTC) + LATER)

    assert await back_up(tmp_path / "sicherung.zip", house.store, say=lambda text, number: None) == 0


async def test_what_an_import_corrected_is_forgotten_with_the_person(office: Office, house: House):
    await uploaded(office, house)
    key = f"person:{office.weber.id}"
    assert await value("SELECT count(*) FROM import_change WHERE record = {} AND after LIKE '%lw@%'", key) == 1
    await execute("UPDATE person SET left_on = {} WHERE id = {}", TODAY - timedelta(days=40 * 31), office.weber.id)

    (weber,) = [one for one in await to_forget(TODAY) if one.id == office.weber.id]
    await forget(weber, areas=[], by=office.system, on=TODAY)

    assert await value("SELECT count(*) FROM import_change WHERE record = {} AND after <> 'null'", key) == 0
    assert await value("SELECT count(*) FROM import_change WHERE record = {}", key) == 1
