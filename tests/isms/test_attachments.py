"""Evidence files belong to a record, are seen by those in reach, and leave only as downloads."""

from typing import Any

import pytest

from isms.db.reading import value
from isms.house import House
from isms.people import Actor
from isms.web.files import files_panel
from tests.browser import Browser
from tests.office import TODAY, Office

PDF = ("Übergabe.pdf", b"%PDF-1.7 Protokoll", "application/pdf")


async def attach(browser: Browser, office: Office, as_: Actor, **changed: Any) -> Any:
    given = {"subject": office.hygiene.key, "files": {"file": PDF}} | changed
    return await browser.submit("/files", as_=as_, **given)


async def test_a_file_is_added_seen_on_the_page_and_downloaded(office: Office, browser: Browser):
    answer = await attach(browser, office, office.yildiz)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/units/{office.hygiene.id}")
    id = await value("SELECT max(id) FROM stored_file")

    page = await browser.get(f"/units/{office.hygiene.id}", as_=office.yildiz)
    download = await browser.get(f"/files/{id}", as_=office.lindner)

    assert "Übergabe.pdf" in page.text
    assert f'href="/files/{id}"' in page.text
    assert download.content == PDF[1]
    assert download.headers["content-disposition"].startswith("attachment")
    assert download.headers["x-content-type-options"] == "nosniff"
    assert await value("SELECT action FROM audit_entry WHERE subject = {}", office.hygiene.key) == "file.attached"


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (("seite.html", b"<script>alert(1)</script>", "text/html"), "wird nicht angenommen"),
        (("rechnung.pdf", b"MZ\x90", "application/pdf"), "wird nicht angenommen"),
        (("leer.pdf", b"", "application/pdf"), "ist leer"),
    ],
)
async def test_what_is_no_evidence_file_is_refused_beside_the_field(
    office: Office, browser: Browser, file: tuple[str, bytes, str], said: str
):
    answer = await attach(browser, office, office.yildiz, files={"file": file})

    assert answer.status_code == 422
    assert said in answer.text
    assert await value("SELECT count(*) FROM stored_file") == 0


@pytest.mark.parametrize(
    "subject", ["unit:99999", "person:1", "audit_payload:1", "unit:x", "unit; DROP TABLE unit", ""]
)
async def test_only_records_of_a_unit_have_files(office: Office, browser: Browser, subject: str):
    assert (await attach(browser, office, office.yildiz, subject=subject)).status_code == 404
    assert (await browser.get(f"/files/new?subject={subject}", as_=office.yildiz)).status_code == 404


async def test_strangers_neither_see_nor_add_files(office: Office, browser: Browser):
    await attach(browser, office, office.yildiz)
    id = await value("SELECT max(id) FROM stored_file")

    assert (await attach(browser, office, office.petersen)).status_code == 404
    assert (await attach(browser, office, office.weber)).status_code == 403
    assert (await browser.get(f"/files/{id}", as_=office.petersen)).status_code == 404
    assert (await browser.get(f"/files/{id}", as_=office.weber)).status_code == 403
    assert await value("SELECT count(*) FROM stored_file") == 1


async def test_the_panel_shows_only_what_is_allowed(office: Office, house: House):
    assert await files_panel(office.hygiene.key, seen_by=office.weber, on=TODAY) == ()
    assert await files_panel(office.weber.key, seen_by=office.yildiz, on=TODAY) == ()
    assert await files_panel(office.hygiene.key, seen_by=office.lindner, on=TODAY) == ()
    [panel] = await files_panel(office.hygiene.key, seen_by=office.yildiz, on=TODAY)
    assert panel.context["may_attach"]
    assert house.settings


async def test_the_form_names_the_record(office: Office, browser: Browser):
    page = await browser.get(f"/files/new?subject={office.hygiene.key}", as_=office.yildiz)

    assert page.status_code == 200
    assert office.hygiene.name in page.text
    assert 'enctype="multipart/form-data"' in page.text
