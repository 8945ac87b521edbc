"""Whoever has every right, but next door: no address, search or form gives them what belongs to this office.

The addresses come from the application itself. A new one is tried without being named here; a record of a new kind
asks for a line in KINDS, and for one in `furnish` that makes it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from litestar import Litestar
from litestar.routes import HTTPRoute

from isms.commands.people import insert_membership
from isms.db.reading import value
from isms.guards import machine, public
from isms.house import House
from isms.people import Actor, actor
from isms.rules.roles import Role
from tests.browser import Browser
from tests.house.tree import expect_none
from tests.isms.furniture import furnish
from tests.office import LONG_AGO, TODAY, Office

# Which table an address means by its number, where the name does not say.
KINDS = {
    "object_id": "target_object",
    "link_id": "object_link",
    "member_id": "scope_member",
    "control_id": "risk_control",
    "version_id": "course_version",
    "role_id": "membership",
    "run_id": "import_run",
    "package_id": "evidence_package",
    "file_id": "stored_file",
    "helper_id": "stocktake_helper",
    "item_id": "checklist_item",
    "plan_id": "maintenance_plan",
    "covered_id": "contract_device",
    "medium_id": "storage_medium",
    "thing_id": "device",
    "criteria_id": "need_criteria",
    "protocol_id": "handover_protocol",
    "loss_id": "stage_change",
    "token_id": "agent_token",
}
WORDS = {
    "step": "issue",
    "kind": "device",
    "slug": "eins",
    "lesson": "eins",
    "key": "keine",
    "name": "keine",
    "address": "keine",
    "carrier": "H",
}
# Catalogues are published texts: whoever may read one may read all.
SHARED = {"/requirements/{requirement_id}", "/requirements/{requirement_id}/checks"}
# Without any right of their own, colleagues see the courses on offer, and what they have to do.
OFFERED = ("/courses", "/completions", "/search")
SECRET = "zander"
# In full: a short name may turn up in a form's random token.
NAMES = ("Lukas Weber", "Ayşe Kaya", "Jonas Brandt", "Sabine Yıldız", "Karin Vogt", "Infektionsschutz und Hygiene")
TURNED_AWAY = (400, 403, 404)


@dataclass(frozen=True)
class Address:
    method: str
    path: str
    params: Mapping[str, type]

    def at(self, ids: Mapping[str, object]) -> str:
        path = self.path
        for name in self.params:
            meant = "medium_id" if name == "thing_id" and path.startswith("/media/") else name
            path = path.replace(f"{{{name}}}", str(ids[meant]))
        return path

    @property
    def records(self) -> list[str]:
        return [name for name in self.params if name not in WORDS and name != "token"]

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


def addresses(app: Litestar) -> Iterator[Address]:
    """Every address behind a sign-in."""
    for route in app.routes:
        if isinstance(route, HTTPRoute):
            params = {name: parameter.type for name, parameter in route.path_parameters.items()}
            for handler in route.route_handlers:
                if not any(isinstance(guard, public | machine) for guard in handler.resolve_guards()):
                    yield from (Address(m, route.path_format, params) for m in handler.http_methods - {"OPTIONS"})


@pytest.fixture
async def ids(app: Litestar, office: Office, house: House) -> dict[str, object]:
    """One record of every kind in the first office, each with the secret in its name."""
    await furnish(office, house)
    known: dict[str, object] = WORDS | {"unit_id": office.hygiene.id, "person_id": office.weber.id, "token": "keiner"}
    for name in sorted({name for address in addresses(app) for name in address.params} - set(known)):
        known[name] = await value(f"SELECT max(id) FROM {KINDS.get(name, name.removesuffix('_id'))}")
        assert known[name], f"make a record for {{{name}}} in `furnish`"
    return known


@pytest.fixture
async def stranger(office: Office) -> Actor:
    """Nils Hansen with every role there is, in Heidekreis."""
    for role in Role:
        await insert_membership(office.hansen.id, unit=office.elsewhere.id, role=role, starts_on=LONG_AGO)
    return await actor(office.hansen.id, on=TODAY)


def asking(ids: Mapping[str, Any]) -> Iterator[str]:
    """What a list or a form can be asked in its address: records of the other office, and the secret word."""
    numbers = {name.removesuffix("_id"): id for name, id in ids.items() if name.endswith("_id")}
    people = {name: ids["person_id"] for name in ("owner", "person_id")}
    words = dict.fromkeys(("q", "object_q", "target_q", "it_system_q"), "zand")
    names = dict.fromkeys(("holder_q", "person_q", "owner_q", "responsible_q", "actor"), "web")
    for subject in ("device", "risk", "unit"):
        key = f"{subject}:{numbers[subject]}"
        yield urlencode({**numbers, **people, **words, **names, "subject": key, "kind": "devices"})


def betrayed(text: str, *, names: bool = True) -> list[str]:
    return [word for word in (SECRET, *(NAMES if names else ())) if word.casefold() in text.casefold()]


async def test_no_page_shows_a_stranger_what_belongs_here(
    app: Litestar, browser: Browser, ids: dict[str, object], stranger: Actor
):
    complaints = [
        complaint
        for address in addresses(app)
        if address.method == "GET"
        for complaint in await _looked(browser, address, ids, stranger)
    ]

    expect_none(complaints)


async def _looked(browser: Browser, address: Address, ids: dict[str, object], who: Actor) -> list[str]:
    found = []
    for query in ("", *asking(ids)):
        answer = await browser.get(f"{address.at(ids)}?{query}", as_=who)
        if address.records and address.path not in SHARED and answer.status_code not in TURNED_AWAY:
            found.append(f"{address} answers a stranger with {answer.status_code}: narrow its query")
        found += [f"{address}?{query} shows a stranger „{word}“" for word in betrayed(answer.text)]
    return found


async def test_no_form_of_a_stranger_changes_anything_here(
    app: Litestar, browser: Browser, office: Office, ids: dict[str, object], stranger: Actor
):
    before = await _entries(office)
    complaints = [
        complaint
        for address in addresses(app)
        if address.method == "POST" and address.path != "/sign-out"
        for complaint in await _sent(browser, address, ids, stranger)
    ]

    expect_none(complaints)
    assert await _entries(office) == before, "a stranger's form was carried out here"


async def _entries(office: Office) -> int:
    return int(await value("SELECT count(*) FROM audit_entry WHERE institution = {}", office.unit.id))


async def _sent(browser: Browser, address: Address, ids: dict[str, object], who: Actor) -> list[str]:
    answer = await browser.submit(address.at(ids), as_=who, **forged(ids))
    found = [f"{address} shows a stranger „{word}“" for word in betrayed(answer.text)]
    if address.records and address.path not in SHARED and answer.status_code not in TURNED_AWAY:
        found.append(f"{address} answers a stranger with {answer.status_code}: narrow its query")
    return found


def forged(ids: Mapping[str, object]) -> dict[str, Any]:
    """A form that fits wherever it can: everything it names belongs to the other office."""
    soon = TODAY + timedelta(days=30)
    whose = dict.fromkeys(("person", "owner", "holder", "responsible"), ids["person_id"])
    where = dict.fromkeys(("unit", "parent", "institution"), ids["unit_id"])
    what = dict.fromkeys(("object", "target", "it_system"), ids["object_id"])
    days = {"starts_on": TODAY, "ends_on": soon, "due_on": soon, "review_on": soon, "next_on": soon, "until": soon}
    said = {"title": "Probe", "name": "Probe", "reason": "Probe", "note": "Probe", "result": "Probe"}
    terms = {
        "threat": "G 0.25",
        "role": "head",
        "kind": "department",
        "stage": "in_stock",
        "method": "both",
        "goal": "integrity",
    }
    more = {"inventory_number": "P-1", "on": TODAY, "as_of": TODAY, "version": 1, "level": "basic", "number": 1}
    files = {"subject": f"risk:{ids['risk_id']}", "requirement": ids["requirement_id"], "implementation": "yes"}
    return {**whose, **where, **what, **days, **said, **terms, **more, **files, "login": "probe"}


async def test_a_colleague_without_rights_sees_only_what_is_on_offer(
    app: Litestar, browser: Browser, office: Office, ids: dict[str, object]
):
    """Lukas Weber has no device, no risk and no office: only the course is his business."""
    complaints = []
    for address in addresses(app):
        if address.method == "GET" and address.path != "/" and not address.path.startswith(OFFERED):
            answer = await browser.get(f"{address.at(ids)}?q=zand", as_=office.weber)
            if address.records and answer.status_code not in TURNED_AWAY:
                complaints.append(f"{address} answers an employee with {answer.status_code}: ask for a right")
            complaints += [f"{address} shows an employee „{word}“" for word in betrayed(answer.text, names=False)]

    expect_none(complaints)


@pytest.mark.parametrize("number", [2**31, 2**63, -1])
async def test_no_number_in_an_address_breaks_a_page(
    app: Litestar, browser: Browser, ids: dict[str, object], stranger: Actor, number: int
):
    """Whoever is asked for a record that can't be says so, on both engines; the browser fails on a 500."""
    days = {"since": "01.01.0001", "until": "31.12.9999", "on": "0001-01-01"}
    names = ("unit", "object", "owner", "person_id", "parent", "before", "mark", "catalogue", "scope", "device")
    query = urlencode(dict.fromkeys(names, number) | days)
    for address in addresses(app):
        if address.method == "GET":
            wrong = dict(ids) | dict.fromkeys(address.records, number)
            assert (await browser.get(f"{address.at(wrong)}?{query}", as_=stranger)).status_code != 500
