"""Target objects and their links, as they stood at the end of a day."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import date

from assets.queries.past import RESPONSIBLE_ON, WITHIN, day_ends
from assets.rules.kinds import Kind, LinkKind, OperatingStage
from assets.rules.permissions import May
from assets.rules.protection import ProtectionNeed
from isms.area import Column, Report
from isms.db.reading import Row, each
from isms.rules.texts import N_


class ObjectLine(Row):
    key: int
    short_id: str
    kind: Kind
    name: str
    unit: str
    responsible: str | None
    number: int
    operating_stage: OperatingStage
    personal_data: bool
    confidentiality: ProtectionNeed
    integrity: ProtectionNeed
    availability: ProtectionNeed


class LinkLine(Row):
    key: int
    source: str
    source_name: str
    kind: LinkKind
    target: str
    target_name: str
    starts_on: date


async def objects(scope: str, *, on: date) -> AsyncIterator[Sequence[object]]:
    """The target objects of that day with the needs that were in force."""
    sql = f"""SELECT o.id AS key, o.short_id, o.kind, o.name, u.name AS unit, r.name AS responsible, o.number,
            o.operating_stage, o.personal_data, e.confidentiality, e.integrity, e.availability
        FROM target_object o JOIN unit u ON u.id = o.unit {RESPONSIBLE_ON}
        JOIN effective_need e ON e.id = (SELECT max(x.id) FROM effective_need x
            WHERE x.target_object = o.id AND x.recorded_at < {{}})
        WHERE o.recorded_at < {{}} AND (o.ended_on IS NULL OR o.ended_on > {{}}) AND {WITHIN}
        ORDER BY o.short_id, o.id"""
    async for line in each(ObjectLine, sql, day_ends(on), day_ends(on), day_ends(on), on, scope, scope):
        yield (
            f"target_object:{line.key}",
            line.short_id,
            line.kind,
            line.name,
            line.unit,
            line.responsible,
            line.number,
            line.operating_stage,
            line.personal_data,
            line.confidentiality,
            line.integrity,
            line.availability,
        )


async def links(scope: str, *, on: date) -> AsyncIterator[Sequence[object]]:
    """Who relied on whom that day."""
    sql = f"""SELECT l.id AS key, s.short_id AS source, s.name AS source_name, l.kind, t.short_id AS target,
            t.name AS target_name, l.starts_on
        FROM object_link l JOIN target_object s ON s.id = l.source JOIN target_object t ON t.id = l.target
        JOIN unit u ON u.id = s.unit
        WHERE l.recorded_at < {{}} AND (l.ended_on IS NULL OR l.ended_on > {{}}) AND {WITHIN} ORDER BY l.id"""
    async for line in each(LinkLine, sql, day_ends(on), on, scope, scope):
        yield (
            f"object_link:{line.key}",
            line.source,
            line.source_name,
            line.kind,
            line.target,
            line.target_name,
            line.starts_on,
        )


OBJECTS = Report(
    "objects",
    N_("Zielobjekte"),
    (
        Column("target_object", N_("Schlüssel")),
        Column("short_id", N_("Kürzel")),
        Column("kind", N_("Art")),
        Column("name", N_("Name")),
        Column("unit", N_("Einheit")),
        Column("responsible", N_("Verantwortlich"), personal=True),
        Column("number", N_("Anzahl")),
        Column("operating_stage", N_("Betrieb")),
        Column("personal_data", N_("Personenbezogene Daten")),
        Column("confidentiality", N_("Vertraulichkeit")),
        Column("integrity", N_("Integrität")),
        Column("availability", N_("Verfügbarkeit")),
    ),
    objects,
    asks=May.VIEW_OBJECTS,
    lead=N_("Alle Zielobjekte mit ihrem Schutzbedarf je Schutzziel."),
)

OBJECT_LINKS = Report(
    "object_links",
    N_("Verknüpfungen der Zielobjekte"),
    (
        Column("object_link", N_("Schlüssel")),
        Column("source", N_("Von")),
        Column("source_name", N_("Name")),
        Column("kind", N_("Verknüpfung")),
        Column("target", N_("Zu")),
        Column("target_name", N_("Name des anderen")),
        Column("starts_on", N_("Seit")),
    ),
    links,
    asks=May.VIEW_OBJECTS,
    lead=N_("Welches Zielobjekt sich auf welches stützt."),
)
