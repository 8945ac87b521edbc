"""The pages of reported devices, and the door that agents knock at."""

import asyncio
import gzip
import json
import zlib
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from assets.commands.agent_tokens import make_token
from assets.queries.inventory_sockets import due
from assets.web.agents import PACE
from isms.db import execute
from isms.db.reading import value
from isms.intake import Unreadable
from tests.assets.facts import a_report, facts_of, glpi, report
from tests.assets.things import a_device, held, trail
from tests.browser import BASE, Browser
from tests.office import TODAY, Office

ZLIB, GZIP = "application/x-compress-zlib", "application/x-compress-gzip"
DOOR = "/inventory/reports"


@pytest.fixture(autouse=True)
def _fresh_pace():
    PACE.seen.clear()


async def knock(browser: Browser, content: bytes, kind: str = "application/json", path: str = DOOR, **headers: str):
    transport = httpx.ASGITransport(app=browser.app)  # type: ignore[arg-type]
    sent = {"content-type": kind, "glpi-agent-id": "6a2f0b0e-7b3d-4a57-9d2a-000000000001", **headers}
    async with httpx.AsyncClient(transport=transport, base_url=BASE) as agent:
        answer = await agent.post(path, content=content, headers=sent)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("application/json")
    told: dict[str, Any] = answer.json()
    return told


async def a_token(office: Office, *, takes_in: bool = True) -> str:
    return await make_token("Agenten", unit=office.unit, takes_in=takes_in, by=office.brandt)


@pytest.mark.parametrize(
    ("packed", "kind"),
    [(zlib.compress, ZLIB), (gzip.compress, GZIP), (bytes, "application/json"), (zlib.compress, f"{ZLIB}; charset=x")],
)
async def test_an_agent_reports_as_it_does(office: Office, browser: Browser, packed, kind: str):
    path = f"{DOOR}/{await a_token(office)}"
    contact = {"action": "contact", "name": "GLPI-Agent", "version": "1.11", "deviceid": "nb-1", "installed-tasks": []}

    hello = await knock(browser, packed(json.dumps(contact).encode()), kind, path)
    done = await knock(browser, packed(a_report()), kind, path)
    again = await knock(browser, packed(a_report()), kind, path)

    assert hello["status"] == done["status"] == again["status"] == "ok"
    assert hello["expiration"] == "24h"
    assert await value("SELECT count(*) FROM device") == 1
    assert await value("SELECT count(*) FROM inventory_report") == 1
    assert [one.action for one in await trail()].count("inventory.reported") == 1


async def test_the_token_may_come_as_password_or_bearer(office: Office, browser: Browser):
    token = await a_token(office)
    basic = httpx.BasicAuth("agent", token)._auth_header

    assert (await knock(browser, a_report(), authorization=basic))["status"] == "ok"
    assert (await knock(browser, a_report(), authorization=f"Bearer {token}"))["status"] == "ok"


async def test_without_a_valid_token_nothing_happens(office: Office, browser: Browser):
    for path in (DOOR, f"{DOOR}/falsch"):
        told = await knock(browser, a_report(), path=path)
        assert told["status"] == "error"
        assert "Zugang" in told["message"]
    assert (await knock(browser, a_report(), authorization="Basic ???"))["status"] == "error"
    assert await value("SELECT count(*) FROM device") == 0


async def test_who_tries_tokens_has_to_wait_and_nobody_else_behind_the_same_address(office: Office, browser: Browser):
    for _ in range(20):
        await knock(browser, b"", path=f"{DOOR}/falsch")

    assert "später" in (await knock(browser, a_report(), path=f"{DOOR}/falsch"))["message"]
    assert (await knock(browser, a_report(), path=f"{DOOR}/{await a_token(office)}"))["status"] == "ok"


async def test_a_token_of_a_unit_says_nothing_about_devices_elsewhere(office: Office, browser: Browser):
    device = await a_device(office, "NB-1", serial="NW4711")
    token = await make_token("Hygiene", unit=office.hygiene, takes_in=True, by=office.brandt)

    await knock(browser, a_report(), path=f"{DOOR}/{token}")

    assert await value("SELECT count(*) FROM reported_fact WHERE device = {}", device.id) == 0
    assert await value("SELECT count(*) FROM device") == 1
    page = (await browser.get("/inventory", as_=office.brandt)).text
    assert "NB-1 Notebook Außendienst gehört zu einer Einheit, für die der Zugang des Agenten nicht gilt." in page


async def test_nobody_waits_for_a_report_that_takes_long_to_read(office: Office, browser: Browser):
    programs = [{"name": f"Programm {number}"} for number in range(150_000)]
    long = zlib.compress(json.dumps({"deviceid": "nb-1", "content": {"softwares": programs}}).encode())
    path, turns = f"{DOOR}/{await a_token(office)}", 0

    def no_report(_: object) -> None:
        raise Unreadable("Das reicht.")

    async def others() -> None:
        nonlocal turns
        while True:
            await asyncio.sleep(0.002)
            turns += 1

    waiting = asyncio.create_task(others())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("assets.intake.agents.report_of", no_report)
        told = await knock(browser, long, ZLIB, path)
    waiting.cancel()

    assert told == {"status": "error", "message": "Das reicht."}
    assert turns > 20


async def test_a_withdrawn_token_is_none(office: Office, browser: Browser):
    token = await a_token(office)
    id = await value("SELECT id FROM agent_token")
    await browser.submit(f"/inventory/agents/{id}/withdrawals", as_=office.brandt)

    assert (await knock(browser, a_report(), path=f"{DOOR}/{token}"))["status"] == "error"
    second = await browser.submit(f"/inventory/agents/{id}/withdrawals", as_=office.brandt)
    assert second.status_code == 409


async def test_an_unknown_device_waits_where_the_token_takes_nobody_in(office: Office, browser: Browser):
    path = f"{DOOR}/{await a_token(office, takes_in=False)}"
    await knock(browser, a_report(), path=path)
    await knock(browser, a_report(), path=path)

    assert await value("SELECT count(*) FROM device") == 0
    page = (await browser.get("/inventory", as_=office.brandt)).text
    assert "nb-feld-1-2024-01-01-08-00-00" in page
    assert "steht noch nicht im Verzeichnis" in page
    await a_device(office, "NB-1", serial="NW4711")
    await knock(browser, a_report(), path=path)
    assert "Nicht zuzuordnen" not in (await browser.get("/inventory", as_=office.brandt)).text


BOMB = zlib.compress(b" " * (64 * 1024 * 1024))


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "application/json"),
        (b"{", "application/json"),
        (b"[]", "application/json"),
        (b'{"action": "format-c"}', "application/json"),
        (b'{"action": ["inventory"]}', "application/json"),
        (b"nicht gepackt", ZLIB),
        (zlib.compress(a_report())[:-40], ZLIB),
        (gzip.compress(a_report()), ZLIB),
        (BOMB, ZLIB),
        (b"<xml/>", "application/xml"),
        (b"x" * (5 * 1024 * 1024), "application/json"),
        (b'{"deviceid": "a", "content": {"versionclient": "\\u0000"}}', "application/json"),
        (b'{"deviceid": 1e400, "content": {}}', "application/json"),
    ],
    ids=lambda given: str(given[:12]),
)
async def test_nonsense_is_answered_with_a_sentence(office: Office, browser: Browser, content: bytes, kind: str):
    told = await knock(browser, content, kind, f"{DOOR}/{await a_token(office)}")

    assert told["status"] == "error"
    assert told["message"].endswith(".")
    assert await value("SELECT count(*) FROM device") == 0


async def test_a_door_of_one_office_finds_no_device_of_another(office: Office, browser: Browser):
    token = await make_token("Heide", unit=office.elsewhere, takes_in=True, by=office.hansen)
    await a_device(office, "NB-1", serial="NW4711")

    await knock(browser, a_report(), path=f"{DOOR}/{token}")

    assert await value("SELECT count(*) FROM device WHERE institution = {}", office.elsewhere.id) == 1
    assert await value("SELECT count(*) FROM reported_fact WHERE institution = {}", office.unit.id) == 0


async def test_it_makes_a_token_that_is_shown_once(office: Office, browser: Browser):
    made = await browser.submit(
        "/inventory/agents", as_=office.brandt, name="Verwaltung", unit=office.unit.id, takes_in=True
    )
    shown = made.text.split("/inventory/reports/")[1].split("<")[0]

    assert (await knock(browser, a_report(), path=f"{DOOR}/{shown}"))["status"] == "ok"
    again = await browser.get("/inventory/agents", as_=office.brandt)
    assert shown not in again.text
    assert "Verwaltung" in again.text
    assert not await value("SELECT 1 FROM agent_token WHERE token_hash = {}", shown)
    for who in (office.yildiz, office.weber, office.lindner):
        assert (await browser.get("/inventory/agents", as_=who)).status_code == 403
    assert (await browser.submit("/inventory/agents", as_=office.brandt, unit=office.unit.id)).status_code == 422


async def test_a_difference_is_taken_over_or_left(office: Office, browser: Browser):
    one = await a_device(office, "NB-1", serial="NW4711", maker="Nordwind", model="Sturm 9")
    await report(office, a_report())
    page = (await browser.get(f"/devices/{one.id}", as_=office.brandt)).text
    assert "Das Inventar meldet anderes" in page
    (duty,) = [each for each in await due(office.brandt, seen_by=office.brandt, on=TODAY) if "differing" in each.href]
    assert duty.values == {"count": 1}
    fact = await value("SELECT id FROM reported_fact WHERE differs")

    await browser.submit(f"/devices/{one.id}/reported/refusals", as_=office.brandt, fact=fact)
    assert (await held(office, one)).model == "Sturm 9"
    assert "meldet anderes" not in (await browser.get(f"/devices/{one.id}", as_=office.brandt)).text
    await report(office, a_report())
    assert await due(office.brandt, seen_by=office.brandt, on=TODAY) == []

    await browser.submit(f"/devices/{one.id}/reported/acceptances", as_=office.brandt, fact=fact)
    assert (await held(office, one)).model == "Reise 14"
    strange = await browser.submit(f"/devices/{one.id}/reported/acceptances", as_=office.brandt, fact=99999)
    assert strange.status_code == 404
    assert (
        await browser.submit(f"/devices/{one.id}/reported/refusals", as_=office.lindner, fact=fact)
    ).status_code == 403


async def test_a_silent_device_is_flagged(office: Office, browser: Browser):
    await report(office, a_report())
    await execute("UPDATE inventory_report SET last_at = {}", datetime.now(UTC) - timedelta(days=45))

    listed = await browser.get("/inventory?trait=silent", as_=office.brandt)
    assert "NEU-NW4711" in listed.text
    assert "NEU-NW4711" not in (await browser.get("/inventory?trait=silent&days=60", as_=office.brandt)).text
    (duty,) = await due(office.brandt, seen_by=office.brandt, on=TODAY)
    assert duty.values == {"count": 1, "days": 30}


async def test_the_list_narrows_and_exports(office: Office, browser: Browser):
    off = [{"letter": "C:", "type": "Local Disk", "encrypt_status": "No"}]
    await report(office, a_report(drives=off, antivirus=[{"name": "X", "enabled": False}]))

    for trait in ("open", "unguarded"):
        assert "NEU-NW4711" in (await browser.get(f"/inventory?trait={trait}", as_=office.brandt, htmx=True)).text
    assert "NEU-NW4711" not in (await browser.get("/inventory?trait=differing", as_=office.brandt)).text
    sheet = await browser.get("/inventory/export.csv", as_=office.brandt)
    assert "NEU-NW4711;NB-FELD-1;aufgestellt" in sheet.text
    assert (await browser.get("/inventory/export.xlsx", as_=office.brandt)).content.startswith(b"PK")
    assert "NEU-NW4711" not in (await browser.get("/inventory", as_=office.hansen)).text


async def test_programs_are_for_those_who_look_after_the_device_or_have_it(office: Office, browser: Browser):
    await report(office, a_report(), a_report(softwares=[{"name": "LibreOffice", "version": "25.8"}]))
    id = await value("SELECT id FROM device")
    page = f"/devices/{id}/software"

    assert "25.8" in (await browser.get(page, as_=office.brandt)).text
    gone = (await browser.get(f"{page}?gone=1", as_=office.brandt)).text
    assert "7-Zip" in gone
    assert (await browser.get(page, as_=office.lindner)).status_code == 403
    assert "Programme auf diesem" not in (await browser.get(f"/devices/{id}", as_=office.lindner)).text
    assert "Secure Boot" in (await browser.get(f"/devices/{id}", as_=office.lindner)).text


async def test_what_is_personal_is_named_and_nowhere_kept(office: Office, browser: Browser, real_data):
    sent = {"file": ("computer_1.json", glpi(real_data, "computer_1"), "application/json")}
    it: dict[str, Any] = {"as_": office.brandt, "follow": True}
    preview = await browser.submit("/imports", kind="inventory", unit=office.unit.id, files=sent, **it)
    assert "operatingsystem.ssh_key" in preview.text
    run = str(preview.url).rsplit("/", 1)[-1]
    await browser.submit(f"/imports/{run}/completion", **it)
    await knock(browser, glpi(real_data, "phone_1"), path=f"{DOOR}/{await a_token(office)}")

    assert await value("SELECT count(*) FROM device") == 2
    tables = ("audit_payload", "audit_entry", "reported_fact", "inventory_report", "device", "software", "import_run")
    told = [str(row) for table in tables for row in await execute(f"SELECT * FROM {table}")]
    store: Any = browser.house.store
    kept = [path.read_bytes().decode(errors="replace") for path in store.root.rglob("*") if path.is_file()]
    for secret in ("trasher", "ssh-rsa", "builder", "+33632331095", "8933150319050352521", "123456789", "192.168.1.1"):
        assert not [text for text in (*told, *kept) if secret in text], secret
    device = await value("SELECT id FROM device WHERE serial = '640HP72'")
    assert "operatingsystem.ssh_key" in (await browser.get(f"/devices/{device}", as_=office.brandt)).text
    assert await facts_of(device)
