"""Maintenance and licences, as they stood at the end of a day."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import date

from assets.queries.past import WITHIN, day_ends
from assets.rules.licences import LicenceKind
from assets.rules.permissions import May
from assets.rules.upkeep import Condition, MaintenanceKind
from isms.area import Column, Report
from isms.db.reading import Row, each
from isms.rules.texts import N_


class MaintenanceLine(Row):
    key: int
    inventory_number: str
    name: str
    unit: str
    kind: MaintenanceKind
    occasion: str
    started_on: date
    done_on: date
    involved: str
    external: bool
    actions: str
    condition: Condition
    findings: str
    replaces: int | None


class LicenceLine(Row):
    key: int
    name: str
    vendor: str
    unit: str
    kind: LicenceKind
    seats: int
    taken: int
    starts_on: date | None
    ends_on: date | None


async def maintenance(scope: str, *, on: date) -> AsyncIterator[Sequence[object]]:
    """Every maintenance on record by then with the six facts; a correction names the record that it replaces."""
    sql = f"""SELECT m.id AS key, d.inventory_number, d.name, u.name AS unit, m.kind, m.occasion, m.started_on,
            m.done_on, m.involved, m.external, m.actions, m.condition, m.findings, m.replaces
        FROM maintenance m JOIN device d ON d.id = m.device JOIN unit u ON u.id = d.unit
        WHERE m.done_on <= {{}} AND m.recorded_at < {{}} AND {WITHIN} ORDER BY m.id"""
    async for line in each(MaintenanceLine, sql, on, day_ends(on), scope, scope):
        yield (
            f"maintenance:{line.key}",
            line.inventory_number,
            line.name,
            line.unit,
            line.kind,
            line.occasion,
            line.started_on,
            line.done_on,
            line.involved,
            line.external,
            line.actions,
            line.condition,
            line.findings,
            f"maintenance:{line.replaces}" if line.replaces else "",
        )


async def licences(scope: str, *, on: date) -> AsyncIterator[Sequence[object]]:
    """The licences on record by then with how many seats were in use; who used them is not told."""
    sql = f"""SELECT l.id AS key, l.name, l.vendor, u.name AS unit, l.kind, l.seats, l.starts_on, l.ends_on,
            (SELECT count(*) FROM seat s WHERE s.licence = l.id AND s.starts_on <= {{}} AND s.recorded_at < {{}}
                AND (s.ended_on IS NULL OR s.ended_on > {{}} OR s.end_recorded_at >= {{}})) AS taken
        FROM licence l JOIN unit u ON u.id = l.unit WHERE l.recorded_at < {{}} AND {WITHIN} ORDER BY l.id"""
    ends = day_ends(on)
    async for line in each(LicenceLine, sql, on, ends, on, ends, ends, scope, scope):
        yield (
            f"licence:{line.key}",
            line.name,
            line.vendor,
            line.unit,
            line.kind,
            line.seats,
            line.taken,
            line.starts_on,
            line.ends_on,
        )


MAINTENANCE = Report(
    "maintenance",
    N_("Wartungen"),
    (
        Column("maintenance", N_("Schlüssel")),
        Column("inventory_number", N_("Inventarnummer")),
        Column("name", N_("Bezeichnung")),
        Column("unit", N_("Einheit")),
        Column("kind", N_("Art der Wartung")),
        Column("occasion", N_("Anlass")),
        Column("started_on", N_("Begonnen am")),
        Column("done_on", N_("Beendet am")),
        Column("involved", N_("Beteiligte"), personal=True),
        Column("external", N_("Mit Externen")),
        Column("actions", N_("Was getan wurde")),
        Column("condition", N_("Zustand danach")),
        Column("findings", N_("Ergebnis")),
        Column("replaces", N_("Berichtigt")),
    ),
    maintenance,
    asks=May.VIEW_UPKEEP,
    lead=N_("Wartungen mit Anlass, Ergebnis und Kosten."),
)

LICENCES = Report(
    "licences",
    N_("Lizenzen"),
    (
        Column("licence", N_("Schlüssel")),
        Column("name", N_("Produkt")),
        Column("vendor", N_("Hersteller")),
        Column("unit", N_("Einheit")),
        Column("kind", N_("Zählt")),
        Column("seats", N_("Gekaufte Plätze")),
        Column("taken", N_("Vergeben")),
        Column("starts_on", N_("Beginn")),
        Column("ends_on", N_("Ende")),
    ),
    licences,
    asks=May.VIEW_UPKEEP,
    lead=N_("Lizenzen mit ihren Plätzen."),
)
