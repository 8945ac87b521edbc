"""The demo office keeps up what it has: maintenance, contracts, prices and licences, all of it fictional."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from assets.commands.contracts import ContractFacts, add_contract, cover
from assets.commands.licences import LicenceFacts, add_licence, give_seat
from assets.commands.maintenance import maintain, plan_maintenance
from assets.queries.contracts import contract
from assets.queries.devices import DeviceDetail, device_numbered
from assets.queries.licences import licence
from assets.queries.maintenance import plan
from assets.rules.licences import LicenceKind
from assets.rules.permissions import May
from assets.rules.upkeep import Condition, ContractKind, MaintenanceFacts, MaintenanceKind
from isms.area import DemoOffice
from isms.people import Actor, UnitRow, someone, unit

PRICES: Mapping[str, int] = {
    "Notebook": 94_900,
    "PC": 61_500,
    "Mobiltelefon": 38_900,
    "Server": 684_000,
    "Drucker": 42_000,
}


async def demo_upkeep(office: DemoOffice, it: Actor) -> None:
    home = await unit(office.units["amt"], seen_by=it, asks=May.MAINTAIN)
    await _maintain(home, it, office.on)
    await _agree(home, it, office.on)
    await _license(home, it, office.on)


async def _maintain(home: UnitRow, it: Actor, on: date) -> None:
    server = await _numbered("SV-0031", home)
    for title, months, begun in (("Sicherung zurückspielen", 6, 400), ("Lüfter und Platten prüfen", 12, 690)):
        since = on - timedelta(days=begun)
        id = await plan_maintenance(server, title, months=months, starts_on=since, by=it, on=on)
        if months == 12:
            done = on - timedelta(days=200)
            facts = MaintenanceFacts(
                kind=MaintenanceKind.PREVENTIVE,
                occasion="Jährliche Prüfung des Anwendungsservers",
                started_on=done,
                done_on=done,
                involved="Nele Petersen, Muster Rechnertechnik GmbH",
                actions="Lüfter gereinigt, Platten geprüft, Firmware 2.4 eingespielt.",
                condition=Condition.READY,
                findings="Alle Platten in Ordnung, Temperatur unter Last 41 °C.",
                external=True,
                cost_cents=23_800,
            )
            await maintain(server, facts, plan=await plan(id, seen_by=it), by=it, on=on)


async def _agree(home: UnitRow, it: Actor, on: date) -> None:
    facts = ContractFacts(
        kind=ContractKind.SUPPORT,
        title="Vor-Ort-Service für die Server",
        partner="Muster Rechnertechnik GmbH",
        number="MR-2024-118",
        starts_on=on - timedelta(days=680),
        ends_on=on + timedelta(days=70),
        notice_until=on + timedelta(days=40),
        cost_cents=118_000,
        per_months=12,
        notes="",
    )
    signed = await contract(await add_contract(facts, unit=home, by=it), seen_by=it)
    for number in ("SV-0031", "SV-0032"):
        await cover(signed, await _numbered(number, home), by=it, on=on)


async def _license(home: UnitRow, it: Actor, on: date) -> None:
    kind = LicenceKind.PERSON
    facts = LicenceFacts("Zeichenbrett", kind, seats=2, vendor="Nordlicht", ends_on=on + timedelta(days=55))
    few = await licence(await add_licence(facts, unit=home, by=it), seen_by=it)
    await give_seat(few, person=await someone(it.id, within=it), by=it, on=on)
    await add_licence(LicenceFacts("Schreibwerk Amt", LicenceKind.SITE, vendor="Nordlicht"), unit=home, by=it)


async def _numbered(number: str, home: UnitRow) -> DeviceDetail:
    found = await device_numbered(number, home.institution)
    if found is None:
        raise LookupError(f"the demo office has no device {number}")
    return found
