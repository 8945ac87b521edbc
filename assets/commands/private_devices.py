"""Private devices that are used for work: registered with the consent of whoever owns them, and signed off."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from assets.commands.advancing import Given, hold_device
from assets.commands.handovers import Handing, record
from assets.commands.protocols import Piece, Told
from assets.commands.terms import terms_or_starter
from assets.queries.devices import device
from assets.rules.facts import DeviceFacts, written
from assets.rules.lifecycle import Ownership, Stage
from assets.rules.permissions import May
from assets.rules.protocols import ProtocolKind, TermsKind, check_signed
from assets.tables import Device, StageChange
from isms.audit import change
from isms.db import hold
from isms.db.reading import value
from isms.db.writing import insert
from isms.people import Actor, Someone, UnitRow
from isms.rules.errors import Incomplete
from isms.rules.texts import N_

PREFIX = "PRIVAT-"
TAKEN = """SELECT count(*) FROM device WHERE institution = {} AND ownership = 'private'"""


async def register_private(
    facts: DeviceFacts, owner: Someone, handing: Handing, *, unit: UnitRow, by: Actor, on: date
) -> int:
    """Register somebody's own device with its terms; answers with the protocol's id, which waits for their consent.

    The register numbers it itself: PRIVAT-0001 and so on. `handing.due_back_on` is the last day of the permission.
    """
    by.needs(May.ISSUE, at=unit.path)
    if not facts.name.strip():
        raise Incomplete({"name": N_("Bitte schreiben Sie, was für ein Gerät es ist, zum Beispiel „Smartphone“.")})
    if handing.person:
        check_signed(handing.person, "person_drawing")
    async with change("device.registered", by=by, unit=unit.id, owner=owner.name, person=owner.key) as made:
        await hold(f"private devices {unit.institution}")
        number = f"{PREFIX}{int(await value(TAKEN, unit.institution)) + 1:04d}"
        where = {"unit": unit.id, "institution": unit.institution, "place": unit.name}
        told = written(replace(facts, inventory_number=number, name=facts.name.strip()))
        id = await insert(Device, **told, **where, stage=Stage.REGISTERED, ownership=Ownership.PRIVATE)
        await insert(StageChange, device=id, stage=Stage.REGISTERED, place=unit.name, taken_on=on, taken_by=by.id)
        given = Given(due_back_on=handing.due_back_on, reason=handing.note)
        handover = await hold_device(made, id, owner, given, on=on)
        made.also("device.added", f"device:{id}", unit=unit.id, name=facts.name, stage=Stage.REGISTERED.value)
        terms = await terms_or_starter(made, TermsKind.PRIVATE, unit.institution)
        piece = Piece(await device(id, seen_by=by), handover=handover)
        about = Told(
            ProtocolKind.REGISTRATION, owner, on, handing.due_back_on, unit.name, note=handing.note, terms=terms
        )
        return await record(made, about, [piece], (handing.person, handing.office))
