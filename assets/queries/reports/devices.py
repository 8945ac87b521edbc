"""Devices and who had them, as they stood at the end of a day."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import date

from assets.queries.past import HOLDER_ON, SEEN_ON, STAGE_ON, WITHIN, day
from assets.rules.lifecycle import Stage
from assets.rules.permissions import May
from isms.area import Column, Report
from isms.db.reading import Row, each
from isms.rules.texts import N_


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


DEVICES = Report(
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
    asks=May.VIEW_DEVICES,
    names=May.NAME_HOLDERS,
    lead=N_("Jedes Gerät mit Status, Ort und Person, auch die ausgesonderten."),
)

HANDOVERS = Report(
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
    asks=May.VIEW_DEVICES,
    names=May.NAME_HOLDERS,
    lead=N_("Wer welches Gerät von wann bis wann hatte."),
)
