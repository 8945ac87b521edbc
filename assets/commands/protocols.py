"""Writing protocols and signatures, within an open change: what is signed, sealed by its fingerprint."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from assets.queries.devices import DeviceDetail
from assets.queries.terms import TermsRow
from assets.rules.protocols import Method, Party, ProtocolKind, Sealed, Signed, fingerprint, sealed
from assets.tables import HandoverProtocol, ProtocolItem, Signature
from isms.audit import Change
from isms.db.reading import value
from isms.db.writing import insert
from isms.people import Someone

OFFICE_OF = "SELECT i.name FROM unit u JOIN unit i ON i.id = u.institution WHERE u.id = {}"


@dataclass(frozen=True)
class Piece:
    """A device that changes hands: as the person saw it, its state, what comes with it, what is missing at a return."""

    device: DeviceDetail
    condition: str = ""
    accessories: str = ""
    missing: str = ""
    kit: int | None = None
    handover: int | None = None


@dataclass(frozen=True)
class Told:
    """What a protocol says beside its devices."""

    kind: ProtocolKind
    person: Someone
    on: date
    due_back_on: date | None = None
    place: str = ""
    note: str = ""
    terms: TermsRow | None = None
    rollout: int | None = None


@dataclass(frozen=True)
class Written:
    """A protocol that was just written."""

    id: int
    sha256: str

    @property
    def key(self) -> str:
        return f"handover_protocol:{self.id}"


async def write(made: Change, told: Told, pieces: Sequence[Piece]) -> Written:
    """Add a protocol with its devices; the open change tells its fingerprint."""
    unit = pieces[0].device.unit
    seal = sealed(await _content(made, told, pieces))
    id = await insert(
        HandoverProtocol,
        unit=unit,
        kind=told.kind,
        person=told.person.id,
        made_on=told.on,
        made_by=made.by.id,
        due_back_on=told.due_back_on,
        place=told.place,
        note=told.note,
        terms=told.terms.id if told.terms else None,
        rollout=told.rollout,
        content=seal.content,
        sha256=seal.sha256,
    )
    for piece in pieces:
        await insert(
            ProtocolItem,
            protocol=id,
            device=piece.device.id,
            handover=piece.handover,
            kit=piece.kit,
            condition=piece.condition,
            accessories=piece.accessories,
            missing=piece.missing,
        )
    return Written(id, seal.sha256)


async def sign(made: Change, written: Written, party: Party, *, signed: Signed, person: Someone) -> Sealed:
    """Add a signature. Whoever acts is the witness of a signature that is not their own."""
    at = datetime.now(UTC)
    witness = None if person.id == made.by.id else made.by
    seal = sealed(
        {
            "protocol_sha256": written.sha256,
            "party": party.value,
            "person": {"key": person.key, "name": person.name},
            "method": signed.method.value,
            "name": signed.name.strip() or person.name,
            "drawing_sha256": fingerprint(signed.drawing) if signed.drawing else None,
            "signed_at": at.isoformat(timespec="seconds"),
            "witness": {"key": witness.key, "name": witness.name} if witness else None,
        }
    )
    await insert(
        Signature,
        protocol=written.id,
        party=party,
        person=person.id,
        method=signed.method,
        name=signed.name.strip() or person.name,
        drawing=signed.drawing if signed.method is Method.DRAWN else None,
        content=seal.content,
        sha256=seal.sha256,
        witness=witness.id if witness else None,
        signed_at=at,
    )
    return seal


async def _content(made: Change, told: Told, pieces: Sequence[Piece]) -> dict[str, object]:
    terms = told.terms
    return {
        "kind": told.kind.value,
        "office": await value(OFFICE_OF, pieces[0].device.unit),
        "on": told.on.isoformat(),
        "person": {"key": told.person.key, "name": told.person.name},
        "by": {"key": made.by.key, "name": made.by.name},
        "due_back_on": told.due_back_on.isoformat() if told.due_back_on else None,
        "place": told.place,
        "note": told.note,
        "terms": {"title": terms.title, "version": terms.version, "sha256": terms.sha256} if terms else None,
        "devices": [_device(piece) for piece in pieces],
        "nonce": secrets.token_hex(16),  # keeps anyone from guessing the content once it has been forgotten
    }


def _device(piece: Piece) -> dict[str, object]:
    device = piece.device
    return {
        "key": device.key,
        "inventory_number": device.inventory_number,
        "name": device.name,
        "maker": device.maker,
        "model": device.model,
        "serial": device.serial,
        "condition": piece.condition,
        "accessories": piece.accessories,
        "missing": piece.missing,
    }
