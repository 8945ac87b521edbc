"""Devices change hands: out to a person and back, one or many at once, with a protocol that both sides sign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from assets.commands.advancing import Given, advance
from assets.commands.protocols import Piece, Told, Written, sign, write
from assets.commands.terms import terms_or_starter
from assets.queries.offices import check_person
from assets.queries.protocols import ProtocolDetail
from assets.queries.terms import TermsRow
from assets.rules.lifecycle import Step
from assets.rules.protocols import Answer, Method, Party, ProtocolKind, Signed, TermsKind, check_signed
from assets.tables import Objection
from isms.audit import Change, change
from isms.db import hold
from isms.db.reading import one, value
from isms.db.writing import insert
from isms.people import Actor, Someone
from isms.rules.errors import Forbidden, Incomplete, Refused
from isms.rules.texts import N_

BY_LOGIN = Signed(Method.OWN_LOGIN)
MOST_PIECES = 60


@dataclass(frozen=True)
class Handing:
    """What a handover is given. `terms` is the version that was on screen; without a signature of the person the
    protocol waits for their confirmation, without one of the office the login of whoever acts counts."""

    due_back_on: date | None = None
    place: str = ""
    note: str = ""
    person: Signed | None = None
    office: Signed = BY_LOGIN
    terms: int | None = None


async def hand_over(pieces: Sequence[Piece], to: Someone, handing: Handing, *, by: Actor, on: date) -> int:
    """Hand devices to a person at once; answers with the protocol's id. All of them or none."""
    _check_pieces(pieces)
    _check_signatures(handing.person, handing.office)
    given = Given(holder=to, due_back_on=handing.due_back_on, place=handing.place, reason=handing.note)
    home = pieces[0].device
    await check_person(to, home.institution)
    async with change("handover.recorded", by=by, unit=home.unit, to=to.name, person=to.key) as made:
        taken = [
            replace(piece, handover=(await advance(piece.device, Step.ISSUE, given, by=by, on=on)).handover)
            for piece in pieces
        ]
        terms = await terms_or_starter(made, TermsKind.DEVICE, home.institution)
        _check_terms(handing.terms, terms)
        told = Told(ProtocolKind.HANDOVER, to, on, handing.due_back_on, handing.place, note=handing.note, terms=terms)
        return await record(made, told, taken, (handing.person, handing.office))


async def take_in(
    pieces: Sequence[Piece],
    step: Step,
    given: Given,
    *,
    by: Actor,
    on: date,
    person: Signed | None = None,
    office: Signed = BY_LOGIN,
) -> int:
    """Take devices of one person back at once (or sign off private ones); answers with the id of the receipt."""
    _check_pieces(pieces)
    _check_signatures(person, office)
    holders = {piece.device.holder for piece in pieces}
    if len(holders) != 1 or None in holders:
        raise Refused(N_("Auf einen Rückgabebeleg kommen nur Geräte, die dieselbe Person hat. Bitte laden Sie neu."))
    giver = await one(Someone, "SELECT id, name FROM person WHERE id = {}", holders.pop())
    home = pieces[0].device
    async with change("return.recorded", by=by, unit=home.unit, giver=giver.name, person=giver.key) as made:
        taken = [
            replace(piece, handover=(await advance(piece.device, step, given, by=by, on=on)).handover)
            for piece in pieces
        ]
        told = Told(ProtocolKind.RETURN, giver, on, place=given.place, note=given.reason)
        return await record(made, told, taken, (person, office))


async def record(made: Change, told: Told, pieces: Sequence[Piece], signatures: tuple[Signed | None, Signed]) -> int:
    """Write the protocol of an open change with the signatures that are there; answers with its id."""
    written = await write(made, told, pieces)
    made.about(written)
    made.with_(devices=", ".join(piece.device.inventory_number for piece in pieces), sha256=written.sha256, on=told.on)
    by_person, by_office = signatures
    seal = await sign(made, written, Party.OFFICE, signed=by_office, person=made.by)
    made.with_(signed_by_office=seal.sha256)
    if by_person:
        seal = await sign(made, written, Party.PERSON, signed=by_person, person=told.person)
        made.with_(signed_by_person=seal.sha256, method=by_person.method.value)
    return written.id


async def confirm(protocol: ProtocolDetail, *, by: Actor) -> None:
    """The person whose protocol it is confirms it; being signed in as themselves is the proof."""
    if by.id != protocol.person:
        raise Forbidden
    async with change("handover.confirmed", protocol, by=by, unit=protocol.unit) as made:
        await hold(f"protocol {protocol.id}")
        if await value("SELECT 1 FROM signature WHERE protocol = {} AND party = 'person'", protocol.id):
            raise Refused(N_("Das haben Sie schon bestätigt. Es ist nichts doppelt geschehen."))
        seal = await sign(made, Written(protocol.id, protocol.sha256), Party.PERSON, signed=BY_LOGIN, person=by)
        made.with_(sha256=protocol.sha256, signed_by_person=seal.sha256, method=Method.OWN_LOGIN.value)


async def object_to(protocol: ProtocolDetail, device: int, note: str, *, by: Actor) -> None:
    """The person says that a protocol is wrong about a device. IT finds it on its desk."""
    if by.id != protocol.person:
        raise Forbidden
    if device not in {item.device for item in protocol.items}:
        raise Incomplete({"device": N_("Bitte wählen Sie eines der Geräte.")})
    if not note.strip():
        raise Incomplete({"note": N_("Bitte schreiben Sie, was nicht stimmt, zum Beispiel „Das Netzteil fehlt“.")})
    async with change("handover.objected", f"device:{device}", by=by, unit=protocol.unit, note=note.strip()) as made:
        made.with_(protocol=protocol.key)
        await insert(
            Objection, device=device, person=by.id, protocol=protocol.id, answer=Answer.DIFFERS, note=note.strip()
        )


def _check_pieces(pieces: Sequence[Piece]) -> None:
    if not pieces:
        raise Incomplete({"device": N_("Bitte fügen Sie mindestens ein Gerät hinzu.")})
    if len(pieces) > MOST_PIECES:
        raise Incomplete({"device": N_("Bitte teilen Sie auf: Auf ein Protokoll passen höchstens 60 Geräte.")})
    if len({piece.device.id for piece in pieces}) < len(pieces):
        raise Incomplete({"device": N_("Ein Gerät steht zweimal auf der Liste. Bitte entfernen Sie es einmal.")})
    if len({piece.device.institution for piece in pieces}) > 1:
        raise Refused(N_("Die Geräte gehören verschiedenen Ämtern. Bitte machen Sie für jedes ein Protokoll."))


def _check_signatures(person: Signed | None, office: Signed) -> None:
    if person:
        check_signed(person, "person_drawing")
    check_signed(office, "office_drawing")


def _check_terms(shown: int | None, terms: TermsRow) -> None:
    """What is signed is what was on screen."""
    if shown is not None and shown != terms.id and not (shown == 0 and terms.version == 1):
        raise Refused(N_("Die Bedingungen sind inzwischen neu gefasst. Bitte zeigen Sie der Person die neue Fassung."))
