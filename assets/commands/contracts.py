"""Contracts about devices: recorded, described anew, with the devices that they cover from when until when."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from assets.queries.contracts import ContractRow, CoveredRow
from assets.queries.devices import DeviceDetail
from assets.rules.facts import plain
from assets.rules.permissions import May
from assets.rules.upkeep import ContractKind
from assets.tables import Contract, ContractDevice
from isms.audit import change
from isms.db import execute, hold
from isms.db.reading import value
from isms.db.writing import insert
from isms.people import Actor, UnitRow
from isms.rules.errors import Complaint, Incomplete, Refused, Stale
from isms.rules.texts import N_

COVERS = "SELECT 1 FROM contract_device WHERE contract = {} AND device = {} AND ended_on IS NULL"


@dataclass(frozen=True)
class ContractFacts:
    """What is written about a contract. Costs in cents, recurring every `per_months` months, 0 means once."""

    kind: ContractKind
    title: str
    partner: str
    number: str
    starts_on: date
    ends_on: date | None
    notice_until: date | None
    cost_cents: int | None
    per_months: int
    notes: str


async def add_contract(facts: ContractFacts, *, unit: UnitRow, by: Actor) -> int:
    """Record a contract; answers with its id."""
    by.needs(May.MAINTAIN, at=unit.path)
    check_contract(facts)
    async with change("contract.added", by=by, unit=unit.id, title=facts.title) as made:
        id = await insert(Contract, **asdict(facts), unit=unit.id, institution=unit.institution)
        made.about(f"contract:{id}")
        return id


async def change_contract(contract: ContractRow, facts: ContractFacts, *, version: int, by: Actor) -> None:
    """Describe a contract anew. `version` is what the form was opened with."""
    by.needs(May.MAINTAIN, at=contract.path)
    check_contract(facts)
    after = asdict(facts)
    differing = {
        name: {"before": plain(getattr(contract, name)), "after": plain(new)}
        for name, new in after.items()
        if getattr(contract, name) != new
    }
    async with change("contract.changed", contract, by=by, unit=contract.unit, **differing):
        changed = (
            await Contract.update({**after, "version": version + 1})  # type: ignore[dict-item]
            .where((Contract.id == contract.id) & (Contract.version == version))
            .returning(Contract.id)
        )
        if not changed:
            raise Stale


async def cover(contract: ContractRow, device: DeviceDetail, *, by: Actor, on: date) -> None:
    """Put a device under a contract from a day on."""
    by.needs(May.MAINTAIN, at=contract.path)
    if device.institution != contract.institution:
        raise Refused(N_("{name} gehört zu einem anderen Amt."), name=device.name)
    async with change("contract.covers", contract, by=by, unit=contract.unit, name=device.label, device=device.key):
        await hold(f"contract {contract.id}")
        if await value(COVERS, contract.id, device.id):
            raise Refused(N_("{name} liegt schon unter diesem Vertrag."), name=device.label)
        await insert(ContractDevice, contract=contract.id, device=device.id, starts_on=on)


async def release(contract: ContractRow, covered: CoveredRow, *, by: Actor, on: date) -> None:
    """Take a device out of a contract; that it was covered stays on record."""
    by.needs(May.MAINTAIN, at=contract.path)
    async with change("contract.released", contract, by=by, unit=contract.unit, name=covered.label):
        ended = await execute(
            "UPDATE contract_device SET ended_on = {} WHERE id = {} AND ended_on IS NULL RETURNING id", on, covered.id
        )
        if not ended:
            raise Stale


def check_contract(facts: ContractFacts) -> None:
    """Raises Incomplete for days in the wrong order and amounts that nobody pays."""
    complaints: dict[str, Complaint | str] = {}
    if facts.ends_on and facts.ends_on < facts.starts_on:
        complaints["ends_on"] = N_("Der Vertrag endet vor seinem Beginn. Bitte prüfen Sie beide Tage.")
    if facts.notice_until and facts.ends_on and facts.notice_until > facts.ends_on:
        complaints["notice_until"] = N_("Die Kündigungsfrist liegt nach dem Ende. Bitte prüfen Sie beide Tage.")
    if facts.cost_cents is not None and facts.cost_cents < 0:
        complaints["cost"] = N_("Kosten sind nicht negativ. Bitte tragen Sie ein, was bezahlt wird, oder nichts.")
    if not 0 <= facts.per_months <= 120:
        complaints["per_months"] = N_("Möglich sind 0 (einmalig) bis 120 Monate, zum Beispiel 12 für jährlich.")
    if complaints:
        raise Incomplete(complaints)
