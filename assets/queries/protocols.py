"""Protocols of devices that changed hands: whoever is named in one reads it, and whoever may know holders there."""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from assets.rules.permissions import May
from assets.rules.protocols import Method, Party, ProtocolKind
from isms.db.reading import Row, one, rows
from isms.people import Actor
from isms.rules.texts import N_

MISSING = N_("Dieses Protokoll gibt es nicht, oder Sie dürfen es nicht sehen.")


class ItemRow(Row):
    """A device in a protocol. `is_open` says that the person still has it from this handover."""

    device: int
    inventory_number: str
    name: str
    model: str
    serial: str
    condition: str
    accessories: str
    missing: str
    kit_name: str | None
    is_open: bool


class SignatureRow(Row):
    party: Party
    method: Method
    name: str
    drawing: str | None
    content: str | None
    sha256: str
    witness_name: str | None
    signed_at: datetime


class ProtocolRow(Row):
    """A protocol in a list; `signed_at` is when the person signed."""

    id: int
    kind: ProtocolKind
    person: int
    person_name: str
    made_on: date
    made_by_name: str
    signed_at: datetime | None
    devices: str

    @property
    def key(self) -> str:
        return f"handover_protocol:{self.id}"


class ProtocolHead(ProtocolRow):
    unit: int
    path: str
    office: str
    due_back_on: date | None
    place: str
    note: str
    terms: int | None
    terms_title: str | None
    terms_version: int | None
    terms_text: str | None
    terms_sha256: str | None
    content: str | None
    sha256: str
    recorded_at: datetime


class ProtocolDetail(ProtocolHead):
    """A protocol with its devices and signatures."""

    items: list[ItemRow]
    signatures: list[SignatureRow]

    def signature(self, party: Party) -> SignatureRow | None:
        return next((one for one in self.signatures if one.party is party), None)

    @property
    def waits(self) -> bool:
        """Whether the person has still to confirm: nobody confirms what is back already."""
        asks = self.kind in (ProtocolKind.HANDOVER, ProtocolKind.REGISTRATION)
        return asks and self.signature(Party.PERSON) is None and any(item.is_open for item in self.items)


LISTED = """pr.id, pr.kind, pr.person, p.name AS person_name, pr.made_on, m.name AS made_by_name,
    (SELECT s.signed_at FROM signature s WHERE s.protocol = pr.id AND s.party = 'person') AS signed_at"""
TABLES = """FROM handover_protocol pr JOIN person p ON p.id = pr.person JOIN person m ON m.id = pr.made_by
    JOIN unit u ON u.id = pr.unit"""
HEAD = f"""SELECT {LISTED}, '' AS devices, pr.unit, u.path, o.name AS office, pr.due_back_on, pr.place, pr.note,
    pr.terms, t.title AS terms_title, t.version AS terms_version, t.text AS terms_text, t.sha256 AS terms_sha256,
    pr.content, pr.sha256, pr.recorded_at {TABLES} JOIN unit o ON o.id = u.institution
    LEFT JOIN handover_terms t ON t.id = pr.terms"""
ITEMS = """SELECT i.device, d.inventory_number, d.name, d.model, d.serial, i.condition, i.accessories, i.missing,
    k.name AS kit_name, CASE WHEN h.id IS NOT NULL AND h.returned_on IS NULL THEN 1 ELSE 0 END = 1 AS is_open
    FROM protocol_item i JOIN device d ON d.id = i.device LEFT JOIN kit k ON k.id = i.kit
    LEFT JOIN handover h ON h.id = i.handover WHERE i.protocol = {} ORDER BY i.id"""
SIGNATURES = """SELECT s.party, s.method, s.name, s.drawing, s.content, s.sha256, w.name AS witness_name, s.signed_at
    FROM signature s LEFT JOIN person w ON w.id = s.witness WHERE s.protocol = {} ORDER BY s.id"""


async def protocol(id: int, *, seen_by: Actor) -> ProtocolDetail:
    """Raises Missing for a protocol that is not there or out of reach."""
    where, args = seen_by.reach(May.NAME_HOLDERS).where("u.path")
    head = await one(
        ProtocolHead,
        f"{HEAD} WHERE pr.id = {{}} AND (pr.person = {{}} OR {where})",
        id,
        seen_by.id,
        *args,
        missing=MISSING,
    )
    fields = {name: getattr(head, name) for name in head.__struct_fields__}
    items = await rows(ItemRow, ITEMS, id)
    return ProtocolDetail(**fields, items=items, signatures=await rows(SignatureRow, SIGNATURES, id))


async def protocols_of(person: int, *, seen_by: Actor, limit: int = 50) -> list[ProtocolRow]:
    """Everything that somebody signed or has to sign, newest first, as far as the reader may know it."""
    where, args = seen_by.reach(May.NAME_HOLDERS).where("u.path")
    return await _listed(f"pr.person = {{}} AND (pr.person = {{}} OR {where})", person, seen_by.id, *args, limit)


async def protocols_about(device: int, *, seen_by: Actor, limit: int = 50) -> list[ProtocolRow]:
    where, args = seen_by.reach(May.NAME_HOLDERS).where("u.path")
    return await _listed(
        f"""pr.id IN (SELECT i.protocol FROM protocol_item i WHERE i.device = {{}})
            AND (pr.person = {{}} OR {where})""",
        device,
        seen_by.id,
        *args,
        limit,
    )


async def _listed(where: str, *args: object) -> list[ProtocolRow]:
    sql = f"""SELECT {LISTED}, '' AS devices {TABLES} WHERE {where} ORDER BY pr.id DESC LIMIT {{}}"""
    found = await rows(ProtocolRow, sql, *args)
    numbers = await _numbers([one.id for one in found])
    return [msgspec.structs.replace(one, devices=", ".join(numbers.get(one.id, []))) for one in found]


class _Number(Row):
    protocol: int
    inventory_number: str


async def _numbers(protocols: list[int]) -> dict[int, list[str]]:
    if not protocols:
        return {}
    marks = ", ".join("{}" for _ in protocols)
    sql = f"""SELECT i.protocol, d.inventory_number FROM protocol_item i JOIN device d ON d.id = i.device
        WHERE i.protocol IN ({marks}) ORDER BY i.id"""
    numbers: dict[int, list[str]] = {}
    for one_ in await rows(_Number, sql, *protocols):
        numbers.setdefault(one_.protocol, []).append(one_.inventory_number)
    return numbers
