"""Handing things to a provider under one seal, and what the certificate says when it comes back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from assets.commands.steps import Given, take
from assets.queries.consignments import Manifest
from assets.queries.dossiers import Subject, fresh
from assets.queries.medium_files import MediumDossier
from assets.queries.offices import check_path
from assets.rules.destruction import Fineness, check_fineness
from assets.rules.dossier import MediumState, Need, missing
from assets.rules.lifecycle import Step
from assets.rules.permissions import May
from assets.tables import Consignment, ConsignmentLine, DestructionCertificate
from isms.audit import Change, change
from isms.commands.files import attach
from isms.db import hold
from isms.db.writing import insert
from isms.files import KeptFile
from isms.people import Actor, Someone, UnitRow
from isms.rules.errors import Complaint, Incomplete, Refused
from isms.rules.texts import N_


@dataclass(frozen=True)
class Waybill:
    """Who takes it in what, under which seal. `received_by` is who signed for the provider."""

    provider: str
    container: str
    seal: str
    contract: str = ""
    transport: str = ""
    received_by: str = ""
    note: str = ""


@dataclass(frozen=True)
class Certificate:
    """What is printed on a certificate; `marks` are the serial numbers, one a line."""

    certified_on: date
    fineness: Fineness
    marks: str
    number: str = ""
    note: str = ""


async def hand_over(
    subjects: Sequence[Subject], waybill: Waybill, *, unit: UnitRow, witness: Someone | None, by: Actor, on: date
) -> int:
    """Let approved things go together; every device among them is disposed of. Answers with the consignment's id."""
    _check_waybill(waybill, subjects, witness, by)
    for subject in subjects:
        by.needs(May.ERASE, at=subject.path)
        await check_path(subject.path, unit.institution, thing=subject.title)
    by.needs(May.ERASE, at=unit.path)
    async with change("consignment.handed_over", by=by, unit=unit.id, on=on.isoformat(), **asdict(waybill)) as made:
        for lock in sorted(subject.lock for subject in subjects):
            await hold(lock)
        id = await insert(
            Consignment,
            **asdict(waybill),
            unit=unit.id,
            institution=unit.institution,
            handed_over_on=on,
            handed_over_by=by.id,
            witness=witness.id if witness else None,
        )
        made.about(f"consignment:{id}")
        made.with_(count=len(subjects))
        for subject in subjects:
            await _load(made, id, subject, waybill, by=by, on=on)
        return id


async def record_certificate(
    manifest: Manifest, kept: KeptFile, certificate: Certificate, *, unit: UnitRow, by: Actor, on: date
) -> None:
    """Keep a certificate with its file, and notice which serial numbers it misses and which nobody handed over."""
    consignment = manifest.consignment
    by.needs(May.ERASE, at=consignment.path)
    check_fineness(certificate.fineness)
    if not certificate.marks.strip():
        raise Incomplete({"marks": N_("Bitte schreiben Sie die Seriennummern ab, jede in eine Zeile.")})
    if certificate.certified_on < consignment.handed_over_on:
        text = N_("Übergeben wurde erst am {day}. Vorher kann nichts vernichtet worden sein.")
        raise Incomplete({"certified_on": Complaint(text, {"day": consignment.handed_over_on})})
    async with change("consignment.certified", consignment, by=by, unit=consignment.unit, sha256=kept.sha256) as made:
        file = await attach(kept, consignment.key, unit=unit, by=by)
        await insert(
            DestructionCertificate,
            consignment=consignment.id,
            file=file,
            number=certificate.number,
            certified_on=certificate.certified_on,
            **asdict(certificate.fineness),
            marks=certificate.marks,
            note=certificate.note,
            received_by=by.id,
        )
        made.with_(number=certificate.number, received_on=on.isoformat())


async def _load(made: Change, consignment: int, subject: Subject, waybill: Waybill, *, by: Actor, on: date) -> None:
    """One thing more on the pallet: with it what is in it and was not erased."""
    now = await fresh(subject)
    if now.has_left:
        raise Refused(N_("{thing} hat das Haus schon verlassen."), thing=now.title)
    if lacking := set(missing(now.dossier)) - {Need.HANDOVER}:
        text = N_("{thing} darf das Haus nicht verlassen. Es fehlt: {lacking}")
        raise Refused(text, thing=now.title, lacking=tuple(sorted(lacking)))
    for medium in now.media:
        if medium.state is MediumState.TO_HAND_OVER or now.alone:
            await _add_medium(consignment, medium)
    if now.device:
        title = now.device.label
        mark = now.device.serial or now.device.inventory_number
        await insert(ConsignmentLine, consignment=consignment, device=now.device.id, mark=mark, title=title)
        reason = f"{waybill.provider}, {waybill.container}"
        await take(now.device, Step.DISPOSE, Given(reason=reason), by=by, on=on)
    made.also("disposal.handed_over", now.key, unit=now.unit, provider=waybill.provider, container=waybill.container)


async def _add_medium(consignment: int, one: MediumDossier) -> None:
    plan = one.plan
    ordered = plan if one.state is MediumState.TO_HAND_OVER else None
    await insert(
        ConsignmentLine,
        consignment=consignment,
        medium=one.medium.id,
        mark=one.medium.mark,
        title=f"{one.medium.kind.label} {one.medium.name}".strip(),
        protection_class=ordered.protection_class if ordered else None,
        security_level=ordered.security_level if ordered else None,
    )


NEEDED = {
    "provider": N_("Bitte schreiben Sie, wer es übernimmt."),
    "container": N_("Bitte schreiben Sie die Nummer des Behälters oder der Palette."),
    "seal": N_("Bitte schreiben Sie die Nummer der Plombe oder des Siegels."),
}


def _check_waybill(waybill: Waybill, subjects: Sequence[Subject], witness: Someone | None, by: Actor) -> None:
    complaints: dict[str, Complaint | str] = {
        name: said for name, said in NEEDED.items() if not getattr(waybill, name).strip()
    }
    if not subjects:
        complaints["things"] = N_("Bitte wählen Sie aus, was übergeben wird.")
    if witness and witness.id == by.id:
        complaints["witness"] = N_("Zeugin oder Zeuge ist eine andere Person.")
    if complaints:
        raise Incomplete(complaints)
