"""Protocols with their fingerprints, without what was drawn: enough to check a paper that somebody holds."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import date, datetime

from assets.queries.past import WITHIN, day_ends
from assets.rules.protocols import Method, ProtocolKind
from isms.area import Column, Report
from isms.db.reading import Row, each
from isms.rules.texts import N_


class ProtocolLine(Row):
    key: int
    kind: ProtocolKind
    made_on: date
    unit: str
    person: str
    made_by: str
    devices: int
    terms_version: int | None
    terms_sha256: str | None
    sha256: str
    method: Method | None
    signed_at: datetime | None
    signature_sha256: str | None


async def protocols(scope: str, *, on: date) -> AsyncIterator[Sequence[object]]:
    """Every protocol that was on record by then, with the person's signature if it was there by then."""
    sql = f"""SELECT pr.id AS key, pr.kind, pr.made_on, u.name AS unit, p.name AS person, m.name AS made_by,
            (SELECT count(*) FROM protocol_item i WHERE i.protocol = pr.id) AS devices, t.version AS terms_version,
            t.sha256 AS terms_sha256, pr.sha256, s.method, s.signed_at, s.sha256 AS signature_sha256
        FROM handover_protocol pr JOIN unit u ON u.id = pr.unit JOIN person p ON p.id = pr.person
        JOIN person m ON m.id = pr.made_by LEFT JOIN handover_terms t ON t.id = pr.terms
        LEFT JOIN signature s ON s.protocol = pr.id AND s.party = 'person' AND s.signed_at < {{}}
        WHERE pr.made_on <= {{}} AND pr.recorded_at < {{}} AND {WITHIN} ORDER BY pr.id"""
    async for line in each(ProtocolLine, sql, day_ends(on), on, day_ends(on), scope, scope):
        yield (
            f"handover_protocol:{line.key}",
            line.kind,
            line.made_on,
            line.unit,
            line.person,
            line.made_by,
            line.devices,
            line.terms_version,
            line.terms_sha256,
            line.sha256,
            line.method,
            line.signed_at,
            line.signature_sha256,
        )


PROTOCOLS = Report(
    "handover_protocols",
    N_("Protokolle und Belege zu Geräten"),
    (
        Column("protocol", N_("Schlüssel")),
        Column("kind", N_("Art")),
        Column("made_on", N_("Tag")),
        Column("unit", N_("Einheit")),
        Column("person", N_("Person"), personal=True),
        Column("made_by", N_("Für das Amt"), personal=True),
        Column("devices", N_("Geräte")),
        Column("terms_version", N_("Fassung der Bedingungen")),
        Column("terms_sha256", N_("Fingerabdruck der Bedingungen (SHA-256)")),
        Column("sha256", N_("Fingerabdruck des Protokolls (SHA-256)")),
        Column("method", N_("Wie unterschrieben")),
        Column("signed_at", N_("Unterschrieben")),
        Column("signature_sha256", N_("Fingerabdruck der Unterschrift")),
    ),
    protocols,
)
