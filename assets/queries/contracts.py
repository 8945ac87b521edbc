"""Contracts about devices: warranty extensions, support, leases, maintenance."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from datetime import date

from assets.rules.permissions import May
from assets.rules.upkeep import ContractKind
from isms.db.reading import Row, each, one, rows
from isms.people import Actor
from isms.rules.texts import N_


class ContractRow(Row):
    """A contract with how many devices it covers today."""

    id: int
    kind: ContractKind
    title: str
    partner: str
    number: str
    unit: int
    unit_name: str
    path: str
    institution: int
    starts_on: date
    ends_on: date | None
    notice_until: date | None
    cost_cents: int | None
    per_months: int
    notes: str
    version: int
    devices: int

    @property
    def key(self) -> str:
        return f"contract:{self.id}"

    def has_ended(self, on: date) -> bool:
        return self.ends_on is not None and self.ends_on < on


class CoveredRow(Row):
    """A device that a contract covers."""

    id: int
    device: int
    inventory_number: str
    name: str
    starts_on: date

    @property
    def label(self) -> str:
        return f"{self.inventory_number} {self.name}"


CONTRACTS = """SELECT c.id, c.kind, c.title, c.partner, c.number, c.unit, u.name AS unit_name, u.path, c.institution,
        c.starts_on, c.ends_on, c.notice_until, c.cost_cents, c.per_months, c.notes, c.version,
        (SELECT count(*) FROM contract_device x WHERE x.contract = c.id AND x.ended_on IS NULL) AS devices
    FROM contract c JOIN unit u ON u.id = c.unit WHERE """
COVERED = """SELECT x.id, x.device, d.inventory_number, d.name, x.starts_on
    FROM contract_device x JOIN device d ON d.id = x.device WHERE x.contract = {} AND x.ended_on IS NULL"""
MOST = 500


async def contracts(*, seen_by: Actor, on: date, ended: bool = False, limit: int = MOST) -> list[ContractRow]:
    """Running contracts, the next to end first; or those that have ended."""
    sql, given = _listed(seen_by, on, ended)
    return await rows(ContractRow, f"{sql} LIMIT {limit}", *given)


async def all_contracts(*, seen_by: Actor, on: date, ended: bool = False) -> AsyncGenerator[ContractRow, None]:
    """The same without an end, one after the other."""
    sql, given = _listed(seen_by, on, ended)
    async for found in each(ContractRow, sql, *given):
        yield found


def _listed(seen_by: Actor, on: date, ended: bool) -> tuple[str, list[object]]:
    where, args = seen_by.reach(May.VIEW_UPKEEP).where("u.path")
    past = "c.ends_on < {}" if ended else "(c.ends_on IS NULL OR c.ends_on >= {})"
    order = "ORDER BY CASE WHEN c.ends_on IS NULL THEN 1 ELSE 0 END, c.ends_on, c.title, c.id"
    return f"{CONTRACTS} {where} AND {past} {order}", [*args, on]


async def contract(id: int, *, seen_by: Actor) -> ContractRow:
    """Raises Missing for a contract that is not there or out of reach."""
    where, args = seen_by.reach(May.VIEW_UPKEEP).where("u.path")
    missing = N_("Diesen Vertrag gibt es nicht, oder Sie dürfen ihn nicht sehen.")
    return await one(ContractRow, f"{CONTRACTS} {where} AND c.id = {{}}", *args, id, missing=missing)


async def covered(contract: ContractRow) -> list[CoveredRow]:
    """The devices under a contract that the reader was shown already."""
    return await rows(CoveredRow, f"{COVERED} ORDER BY d.inventory_number", contract.id)


async def covered_by(id: int, contract: ContractRow) -> CoveredRow:
    """Raises Missing for a device that the contract does not cover."""
    missing = N_("Dieses Gerät liegt nicht mehr unter dem Vertrag.")
    return await one(CoveredRow, f"{COVERED} AND x.id = {{}}", contract.id, id, missing=missing)


async def contracts_of(device: int, *, seen_by: Actor) -> list[ContractRow]:
    """The contracts that cover a device today."""
    where, args = seen_by.reach(May.VIEW_UPKEEP).where("u.path")
    within = "c.id IN (SELECT x.contract FROM contract_device x WHERE x.device = {} AND x.ended_on IS NULL)"
    return await rows(ContractRow, f"{CONTRACTS} {where} AND {within} ORDER BY c.ends_on, c.id", *args, device)
