"""Stocktakes device by device, as they stood at the end of a day."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import date, datetime

from assets.queries.past import WITHIN, day_ends
from assets.rules.lifecycle import Stage
from assets.rules.permissions import May
from assets.rules.stocktakes import Decision, Finding
from isms.area import Column, Report
from isms.db.reading import Row, each
from isms.rules.texts import N_
from isms.texts import ZONE


class StocktakeLine(Row):
    stocktake: int
    name: str
    unit: str
    opened_on: date
    closed_on: date | None
    device: int | None
    number: str
    finding: Finding
    stage: Stage | None
    holder: str | None
    expected_place: str | None
    found_place: str | None
    scanned_at: datetime | None
    scanner: str | None
    decision: Decision | None
    note: str | None


# How they stood: each of these takes the end of the day, as often as it says so.
CLOSED = "CASE WHEN s.closing_recorded_at < {} THEN s.closed_on END AS closed_on"
COUNTED = "{} BETWEEN c.recorded_at AND coalesce(c.undone_at, 'infinity')"
DECIDED = """LEFT JOIN stocktake_decision x ON x.id = (SELECT max(y.id) FROM stocktake_decision y
    WHERE y.stocktake = s.id AND y.recorded_at < {} AND """
HEAD = f"s.id AS stocktake, s.name, u.name AS unit, s.opened_on, {CLOSED}"
LINES = f"""SELECT {HEAD}, e.device, e.inventory_number AS number, coalesce(c.finding, 'missing') AS finding, e.stage,
        p.name AS holder, e.place AS expected_place, c.place AS found_place, c.recorded_at AS scanned_at,
        q.name AS scanner, x.decision, x.note, 0 AS part, e.id AS place_in_list
    FROM stocktake s JOIN unit u ON u.id = s.unit JOIN expected_device e ON e.stocktake = s.id
    LEFT JOIN scan c ON c.stocktake = s.id AND c.device = e.device AND {COUNTED}
    LEFT JOIN person p ON p.id = e.holder LEFT JOIN person q ON q.id = c.scanned_by
    {DECIDED} y.expected_device = e.id) WHERE s.recorded_at < {{}} AND {WITHIN}
    UNION ALL
    SELECT {HEAD}, c.device, coalesce(d.inventory_number, c.code) AS number, c.finding, NULL AS stage,
        NULL AS holder, NULL AS expected_place, c.place AS found_place, c.recorded_at AS scanned_at,
        q.name AS scanner, x.decision, x.note, 1 AS part, c.id AS place_in_list
    FROM stocktake s JOIN unit u ON u.id = s.unit JOIN scan c ON c.stocktake = s.id AND c.finding = 'unexpected'
        AND {COUNTED}
    LEFT JOIN device d ON d.id = c.device LEFT JOIN person q ON q.id = c.scanned_by
    {DECIDED} y.scan = c.id) WHERE s.recorded_at < {{}} AND {WITHIN}
    ORDER BY stocktake, part, number, place_in_list"""


async def stocktakes(scope: str, *, on: date) -> AsyncIterator[Sequence[object]]:
    """Every device that was expected or turned up, with what was found and decided by then."""
    ends, within = day_ends(on), (scope, scope)
    args = [ends, ends, ends, ends, *within] * 2
    async for line in each(StocktakeLine, LINES, *args):
        yield (
            f"stocktake:{line.stocktake}",
            line.name,
            line.unit,
            line.opened_on,
            line.closed_on,
            f"device:{line.device}" if line.device else None,
            line.number,
            line.finding,
            line.stage,
            line.holder,
            line.expected_place,
            line.found_place,
            line.scanned_at.astimezone(ZONE).date() if line.scanned_at else None,
            line.scanner,
            line.decision,
            line.note,
        )


STOCKTAKES = Report(
    "stocktakes",
    N_("Inventuren"),
    (
        Column("stocktake", N_("Schlüssel")),
        Column("name", N_("Inventur")),
        Column("unit", N_("Einheit")),
        Column("opened_on", N_("Eröffnet")),
        Column("closed_on", N_("Abgeschlossen")),
        Column("device", N_("Gerät")),
        Column("number", N_("Inventarnummer oder Code")),
        Column("finding", N_("Ergebnis")),
        Column("stage", N_("Status")),
        Column("holder", N_("Wer"), personal=True),
        Column("expected_place", N_("Erwartet wo")),
        Column("found_place", N_("Gefunden wo")),
        Column("scanned_on", N_("Gezählt am")),
        Column("scanner", N_("Gezählt von"), personal=True),
        Column("decision", N_("Entscheidung")),
        Column("note", N_("Bemerkung")),
    ),
    stocktakes,
    asks=May.VIEW_STOCKTAKES,
    names=May.NAME_HOLDERS,
    lead=N_("Was bei Inventuren erwartet und was gefunden wurde."),
)
