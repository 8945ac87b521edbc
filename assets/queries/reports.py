"""The registers of objects and devices as tables for the evidence package: as they stood at the end of a day."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import date

from assets.queries.past import HOLDER_ON, SEEN_ON, STAGE_ON, day, day_ends
from assets.rules.kinds import Kind, LinkKind, OperatingStage
from assets.rules.lifecycle import Stage
from assets.rules.protection import ProtectionNeed
from isms.area import Column, Report
from isms.db.reading import Row, each
from isms.rules.texts import N_

WITHIN = "substr(u.path, 1, length({})) = {}"


class DeviceLine(Row):
    key: int
    inventory_number: str
    name: str
    category: str
    maker: str
    model: str
    serial: str
    unit: str
    stage: Stage
    since: date
    place: str
    holder: str | None
    seen_on: date | None
    purchased_on: date | None
    warranty_until: date | None
    end_of_life_on: date | None
    it_system: str | None


class HandoverLine(Row):
    key: int
    inventory_number: str
    name: str
    person: str
    unit: str
    issued_on: date
    due_back_on: date | None
    returned_on: date | None


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


async def devices(scope: str, *, on: date) -> AsyncIterator[Sequence[object]]:
    """Every device that was on record by then, those that are gone included."""
    sql = f"""SELECT d.id AS key, d.inventory_number, d.name, d.category, d.maker, d.model, d.serial, u.name AS unit,
            s.stage, s.taken_on AS since, s.place, p.name AS holder, {SEEN_ON}, d.purchased_on, d.warranty_until,
            d.end_of_life_on, o.short_id AS it_system
        FROM device d JOIN unit u ON u.id = d.unit {STAGE_ON} {HOLDER_ON}
        LEFT JOIN target_object o ON o.id = d.it_system
        WHERE {WITHIN} ORDER BY d.inventory_number, d.id"""
    async for line in each(DeviceLine, sql, *day(on, 4), scope, scope):
        yield (
            f"device:{line.key}",
            line.inventory_number,
            line.name,
            line.category,
            line.maker,
            line.model,
            line.serial,
            line.unit,
            line.stage,
            line.since,
            line.holder,
            line.place,
            line.seen_on,
            line.purchased_on,
            line.warranty_until,
            line.end_of_life_on,
            line.it_system,
        )


async def handovers(scope: str, *, on: date) -> AsyncIterator[Sequence[object]]:
    """Who had what, from when until when; a return that was not recorded yet is still open."""
    sql = f"""SELECT h.id AS key, d.inventory_number, d.name, p.name AS person, u.name AS unit, h.issued_on,
            h.due_back_on, CASE WHEN h.returned_on <= {{}} AND h.return_recorded_at < {{}} THEN h.returned_on
            END AS returned_on
        FROM handover h JOIN device d ON d.id = h.device JOIN unit u ON u.id = d.unit JOIN person p ON p.id = h.person
        WHERE h.issued_on <= {{}} AND h.recorded_at < {{}} AND {WITHIN} ORDER BY h.id"""
    async for line in each(HandoverLine, sql, *day(on, 2), scope, scope):
        yield (
            f"handover:{line.key}",
            line.inventory_number,
            line.name,
            line.person,
            line.unit,
            line.issued_on,
            line.due_back_on,
            line.returned_on,
        )


async def objects(scope: str, *, on: date) -> AsyncIterator[Sequence[object]]:
    """The target objects of that day with the needs that were in force."""
    sql = f"""SELECT o.id AS key, o.short_id, o.kind, o.name, u.name AS unit, r.name AS responsible, o.number,
            o.operating_stage, o.personal_data, e.confidentiality, e.integrity, e.availability
        FROM target_object o JOIN unit u ON u.id = o.unit LEFT JOIN person r ON r.id = o.responsible
        JOIN effective_need e ON e.id = (SELECT max(x.id) FROM effective_need x
            WHERE x.target_object = o.id AND x.recorded_at < {{}})
        WHERE o.recorded_at < {{}} AND (o.ended_on IS NULL OR o.ended_on > {{}}) AND {WITHIN}
        ORDER BY o.short_id, o.id"""
    async for line in each(ObjectLine, sql, day_ends(on), day_ends(on), on, scope, scope):
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


REPORTS = (
    Report(
        "devices",
        N_("Geräte"),
        (
            Column("device", N_("Schlüssel")),
            Column("inventory_number", N_("Inventarnummer")),
            Column("name", N_("Bezeichnung")),
            Column("category", N_("Kategorie")),
            Column("maker", N_("Hersteller")),
            Column("model", N_("Modell")),
            Column("serial", N_("Seriennummer")),
            Column("unit", N_("Einheit")),
            Column("stage", N_("Status")),
            Column("since", N_("Seit")),
            Column("holder", N_("Wer"), personal=True),
            Column("place", N_("Wo")),
            Column("seen_on", N_("Zuletzt gesehen")),
            Column("purchased_on", N_("Gekauft am")),
            Column("warranty_until", N_("Garantie bis")),
            Column("end_of_life_on", N_("Nutzungsende")),
            Column("it_system", N_("IT-System")),
        ),
        devices,
    ),
    Report(
        "handovers",
        N_("Ausgaben und Rückgaben von Geräten"),
        (
            Column("handover", N_("Schlüssel")),
            Column("inventory_number", N_("Inventarnummer")),
            Column("name", N_("Bezeichnung")),
            Column("person", N_("Person"), personal=True),
            Column("unit", N_("Einheit")),
            Column("issued_on", N_("Ausgegeben am")),
            Column("due_back_on", N_("Rückgabe bis")),
            Column("returned_on", N_("Zurück am")),
        ),
        handovers,
    ),
    Report(
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
    ),
    Report(
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
    ),
)
