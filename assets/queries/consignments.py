"""Consignments: what was handed to a provider under one seal, and what the certificates say about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from assets.queries.dossier_rows import CERTIFICATES, LINES, CertificateRow, LineRow
from assets.queries.dossiers import Subject, device_dossiers, medium_dossiers
from assets.queries.narrowing import within_reach
from assets.rules.destruction import Fineness, Returned, compared
from assets.rules.dossier import CERTIFICATE_DAYS, Need, missing
from assets.rules.permissions import May
from isms.db.reading import Row, one, rows
from isms.listing import Ask, Listing, Page, Sort, Where
from isms.people import Actor
from isms.rules.calendar import is_overdue
from isms.rules.texts import N_

MISSING = N_("Diese Übergabe gibt es nicht, oder Sie dürfen sie nicht sehen.")


class ConsignmentRow(Row):
    """A container or pallet in a list. `things` are its lines, `certificates` what came back so far."""

    id: int
    unit: int
    unit_name: str
    path: str
    institution: int
    provider: str
    contract: str
    container: str
    seal: str
    transport: str
    received_by: str
    handed_over_on: date
    handed_over_by: str
    witness: str | None
    note: str
    recorded_at: datetime
    things: int
    certificates: int

    @property
    def key(self) -> str:
        return f"consignment:{self.id}"

    @property
    def title(self) -> str:
        return f"{self.container}, {self.provider}"

    @property
    def due_on(self) -> date:
        """Until when the certificate should be there."""
        return self.handed_over_on + timedelta(days=CERTIFICATE_DAYS)


@dataclass(frozen=True)
class Manifest:
    """A consignment with its lines and certificates."""

    consignment: ConsignmentRow
    lines: Sequence[LineRow]
    certificates: Sequence[CertificateRow]

    @property
    def to_destroy(self) -> list[LineRow]:
        """The lines that a certificate has to name: media that were not erased before."""
        return [line for line in self.lines if line.security_level is not None]

    @property
    def returned(self) -> Returned:
        """What the certificates say, all together."""
        named = [mark for certificate in self.certificates for mark in certificate.named]
        about = compared([line.mark for line in self.to_destroy], named)
        return Returned(about.confirmed, about.missing, compared([line.mark for line in self.lines], named).extra)

    @property
    def too_coarse(self) -> list[CertificateRow]:
        """Certificates of a coarser destruction than was ordered."""
        asked = [
            Fineness(line.protection_class, line.security_level)
            for line in self.to_destroy
            if line.protection_class is not None and line.security_level is not None
        ]
        done = [(one, Fineness(one.protection_class, one.security_level)) for one in self.certificates]
        return [one for one, fineness in done if not all(fineness.satisfies(each) for each in asked)]

    @property
    def is_proven(self) -> bool:
        return bool(self.certificates or not self.to_destroy) and not self.returned.missing and not self.too_coarse

    def is_late(self, on: date) -> bool:
        return not self.is_proven and is_overdue(self.consignment.due_on, on)


COLUMNS = """s.id, s.unit, u.name AS unit_name, u.path, s.institution, s.provider, s.contract, s.container, s.seal,
    s.transport, s.received_by, s.handed_over_on, p.name AS handed_over_by, w.name AS witness, s.note, s.recorded_at,
    (SELECT count(*) FROM consignment_line x WHERE x.consignment = s.id) AS things,
    (SELECT count(*) FROM destruction_certificate x WHERE x.consignment = s.id) AS certificates"""
SOURCE = """consignment s JOIN unit u ON u.id = s.unit JOIN person p ON p.id = s.handed_over_by
    LEFT JOIN person w ON w.id = s.witness"""
LISTING = Listing(ConsignmentRow, COLUMNS, SOURCE, "s.id", {"number": Sort("s.id", "id")})


async def consignments(ask: Ask, *, seen_by: Actor) -> Page[ConsignmentRow]:
    """One page of the list."""
    return await LISTING.page(_reach(seen_by), ask)


async def manifest(id: int, *, seen_by: Actor) -> Manifest:
    """Raises Missing for a consignment out of reach."""
    where, args = seen_by.reach(May.VIEW_MEDIA).where("u.path")
    found = await one(
        ConsignmentRow, f"SELECT {COLUMNS} FROM {SOURCE} WHERE s.id = {{}} AND {where}", id, *args, missing=MISSING
    )
    return (await _with_lines([found]))[0]


async def late_manifests(*, seen_by: Actor, on: date, limit: int = 20) -> list[Manifest]:
    """Whose certificate is late or does not name everything, the oldest first; two years back at most."""
    where, args = seen_by.reach(May.ERASE).where("u.path")
    until = on - timedelta(days=CERTIFICATE_DAYS)
    found = await rows(
        ConsignmentRow,
        f"""SELECT {COLUMNS} FROM {SOURCE} WHERE s.handed_over_on < {{}} AND s.handed_over_on >= {{}} AND {where}
            ORDER BY s.handed_over_on, s.id LIMIT 200""",
        until,
        until - timedelta(days=730),
        *args,
    )
    return [one for one in await _with_lines(found) if one.is_late(on)][:limit]


async def ready_to_go(*, seen_by: Actor) -> list[Subject]:
    """Devices and media whose disposal is approved and that only wait to be handed over."""
    where, args = seen_by.reach(May.ERASE).where("u.path")
    approved = """(SELECT x.{thing} FROM disposal_request x JOIN disposal_verdict v ON v.request = x.id
        WHERE x.{thing} IS NOT NULL AND v.verdict = 'approved')"""
    devices = await device_dossiers(
        f"d.id IN {approved.format(thing='device')} AND d.stage IN ('retired', 'erased') AND {where}", *args
    )
    inside = f"SELECT u.id FROM unit u WHERE {where}"
    alone = await medium_dossiers(f"m.id IN {approved.format(thing='medium')} AND m.unit IN ({inside})", *args)
    return [one for one in [*devices, *alone] if not one.has_left and set(missing(one.dossier)) <= {Need.HANDOVER}]


def _reach(seen_by: Actor) -> Where:
    return within_reach(May.VIEW_MEDIA, "s", "s.handed_over_by", seen_by=seen_by)


async def _with_lines(found: Sequence[ConsignmentRow]) -> list[Manifest]:
    if not found:
        return []
    marks, ids = ", ".join("{}" for _ in found), [one.id for one in found]
    lines = await rows(LineRow, f"{LINES} WHERE x.consignment IN ({marks}) ORDER BY x.id", *ids)
    certificates = await rows(CertificateRow, f"{CERTIFICATES} WHERE x.consignment IN ({marks}) ORDER BY x.id", *ids)
    return [
        Manifest(
            one,
            [line for line in lines if line.consignment == one.id],
            [certificate for certificate in certificates if certificate.consignment == one.id],
        )
        for one in found
    ]
