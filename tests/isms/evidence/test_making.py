"""Asking for a package, watching it being made, and who may have it."""

from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from isms.commands.evidence import note_failure, request_package
from isms.db import execute
from isms.db.reading import value
from isms.evidence import making
from isms.evidence.verify import verify
from isms.files import read
from isms.house import House
from isms.people import Actor
from isms.queries.evidence import evidence_package, packages
from isms.rules.errors import Forbidden, Incomplete, Missing, Refused
from isms.rules.packages import PackageStage
from tests.browser import Browser
from tests.office import TODAY, Office

YESTERDAY = TODAY - timedelta(days=1)


async def test_a_package_is_made_stored_and_part_of_the_trail(office: Office, house: House, tmp_path: Path):
    id = await request_package(office.unit, as_of=TODAY, named=False, by=office.lindner, on=TODAY)

    made = await making.make(id, house, by=office.lindner, on=TODAY)

    assert made.stage is PackageStage.READY
    path = tmp_path / made.name
    path.write_bytes(b"".join(read(house.store, made.sha256 or "")))
    verdict = verify(path)
    assert [str(finding) for finding in verdict.findings] == []
    assert str(verdict.head) == made.head
    actions = [
        await value(f"SELECT action FROM audit_entry WHERE subject = {{}} AND seq = {n}", made.key) for n in (1, 2)
    ]
    assert actions == ["evidence.requested", "evidence.finished"]
    assert (await house.resolve([made.key]))[made.key].href == f"/evidence/{made.id}"


async def test_only_who_may_gets_one(office: Office):
    for nobody in (office.weber, office.reuter, office.petersen):
        with pytest.raises(Forbidden):
            await request_package(office.unit, as_of=TODAY, named=False, by=nobody, on=TODAY)
    with pytest.raises(Forbidden):
        await request_package(office.unit, as_of=TODAY, named=True, by=office.lindner, on=TODAY)

    assert await value("SELECT count(*) FROM evidence_package") == 0
    assert await value("SELECT count(*) FROM audit_entry WHERE action LIKE 'evidence.%'") == 0


async def test_a_part_of_an_office_or_a_day_to_come_is_refused(office: Office):
    with pytest.raises(Refused, match="ganzes Amt"):
        await request_package(office.hygiene, as_of=TODAY, named=False, by=office.yildiz, on=TODAY)
    with pytest.raises(Incomplete):
        await request_package(office.unit, as_of=TODAY, named=False, by=office.yildiz, on=YESTERDAY)


async def test_a_package_with_names_is_invisible_to_those_who_may_not_know_them(office: Office):
    named = await request_package(office.unit, as_of=TODAY, named=True, by=office.albrecht, on=TODAY)
    plain = await request_package(office.unit, as_of=TODAY, named=False, by=office.albrecht, on=TODAY)

    assert [package.id for package in await packages(seen_by=office.albrecht)] == [plain, named]
    assert [package.id for package in await packages(seen_by=office.lindner)] == [plain]
    assert await packages(seen_by=office.petersen) == []
    with pytest.raises(Missing):
        await evidence_package(named, seen_by=office.lindner)


async def test_the_auditor_asks_for_a_package_waits_and_downloads_it(office: Office, browser: Browser, tmp_path: Path):
    empty = await browser.get("/evidence", as_=office.lindner)
    assert "Noch kein Paket." in empty.text
    assert "Mit den Namen der Beschäftigten" not in empty.text

    answer = await browser.submit(
        "/evidence", as_=office.lindner, institution=office.unit.id, as_of=TODAY, _once="form-7"
    )
    assert answer.status_code == 303
    home = answer.headers["location"]
    await making.all_made()
    shown = await browser.get(home, as_=office.lindner)
    package = await browser.get(f"{home}/download", as_=office.lindner)

    assert "noch nicht signiert" in shown.text
    assert "Gesundheitsamt Seestadt" in shown.text
    assert package.headers["content-disposition"].startswith("attachment")
    path = tmp_path / "package.zip"
    path.write_bytes(package.content)
    assert verify(path).passes
    assert package.content[:2] == b"PK"
    assert "Lindner" not in path.read_bytes().decode("latin-1")


async def test_what_was_typed_is_kept_when_it_is_refused(office: Office, browser: Browser):
    tomorrow = TODAY + timedelta(days=1)

    answer = await browser.submit("/evidence", as_=office.lindner, institution=office.unit.id, as_of=tomorrow)

    assert answer.status_code == 422
    assert "Der Stand liegt in der Zukunft." in answer.text
    assert f'value="{tomorrow.isoformat()}"' in answer.text


@pytest.mark.parametrize(("who", "status"), [("weber", 403), ("petersen", 404)])
async def test_a_package_is_forbidden_or_invisible_to_others(office: Office, browser: Browser, who: str, status: int):
    id = await request_package(office.unit, as_of=TODAY, named=False, by=office.yildiz, on=TODAY)
    stranger: Actor = getattr(office, who)

    for path in (f"/evidence/{id}", f"/evidence/{id}/download"):
        assert (await browser.get(path, as_=stranger)).status_code == status
    forged = await browser.submit("/evidence", as_=stranger, institution=office.unit.id, as_of=TODAY)
    assert forged.status_code == status


async def test_while_it_is_made_the_part_asks_again_and_nothing_can_be_downloaded(office: Office, browser: Browser):
    id = await request_package(office.unit, as_of=TODAY, named=False, by=office.yildiz, on=TODAY)

    part = await browser.get(f"/evidence/{id}", as_=office.yildiz, htmx=True)

    assert part.text.strip().startswith('<div id="package" hx-get=')
    assert "Das Paket wird erstellt." in part.text
    assert (await browser.get(f"/evidence/{id}/download", as_=office.yildiz)).status_code == 409


async def test_a_package_that_failed_or_was_left_lying_says_so(office: Office, browser: Browser):
    failed = await request_package(office.unit, as_of=TODAY, named=False, by=office.yildiz, on=TODAY)
    stopped = await request_package(office.unit, as_of=TODAY, named=False, by=office.yildiz, on=TODAY)
    await note_failure(failed, making.STOPPED)
    found = await evidence_package(stopped, seen_by=office.yildiz)
    await execute("UPDATE evidence_package SET seen_at = {} WHERE id = {}", found.seen_at - timedelta(hours=1), stopped)

    assert "Fordern Sie es erneut an" in (await browser.get(f"/evidence/{failed}", as_=office.yildiz)).text
    assert "neu gestartet" in (await browser.get(f"/evidence/{stopped}", as_=office.yildiz)).text


async def test_the_same_form_twice_asks_for_one_package(office: Office):
    by = msgspec.structs.replace(office.yildiz, once="form-1")

    await request_package(office.unit, as_of=TODAY, named=False, by=by, on=TODAY)
    with pytest.raises(Refused):
        await request_package(office.unit, as_of=TODAY, named=False, by=by, on=TODAY)

    assert await value("SELECT count(*) FROM evidence_package") == 1
