"""How maintenance becomes a figure, for any day, with the plans behind it."""

from __future__ import annotations

from datetime import date

from assets.queries.indicators.measuring import measured
from assets.queries.past import STAGE_ON, WITHIN, day, day_ends
from assets.rules.lifecycle import IN_THE_HOUSE
from assets.rules.upkeep import next_due
from isms.area import Fact, Measurement
from isms.db.reading import Row, rows
from isms.rules.texts import N_

HOUSE = ", ".join(f"'{stage.value}'" for stage in sorted(IN_THE_HOUSE))
NEVER = N_("noch nie gewartet")
DONE_BY_THEN = """(SELECT max(m.done_on) FROM maintenance m
    WHERE m.plan = p.id AND m.done_on <= {} AND m.recorded_at < {}
        AND NOT EXISTS (SELECT 1 FROM maintenance c
            WHERE c.device = m.device AND c.replaces = m.id AND c.recorded_at < {})) AS last_done"""


class _Planned(Row):
    id: int
    device: int
    label: str
    months: int
    starts_on: date
    last_done: date | None

    @property
    def due_on(self) -> date:
        return next_due(self.starts_on, self.months, self.last_done)


async def maintenance_in_time(scope: str, *, on: date, **_: str) -> Measurement:
    """Of the maintenance planned for devices that were in the house, what was not overdue that day."""
    found = await rows(
        _Planned,
        f"""SELECT p.id, p.device, d.inventory_number || ' ' || d.name || ': ' || p.title AS label, p.months,
                p.starts_on, {DONE_BY_THEN}
            FROM maintenance_plan p CROSS JOIN device d JOIN unit u ON u.id = d.unit {STAGE_ON}
            WHERE d.id = p.device AND p.recorded_at < {{}} AND p.starts_on <= {{}}
                AND (p.ended_on IS NULL OR p.ended_on > {{}})
                AND s.stage IN ({HOUSE}) AND {WITHIN} ORDER BY d.inventory_number, p.id""",
        on,
        day_ends(on),
        day_ends(on),
        *day(on),
        day_ends(on),
        on,
        on,
        scope,
        scope,
    )
    facts = tuple(
        Fact(
            f"device:{one.device}",
            one.label,
            one.due_on >= on,
            since=one.last_done,
            note="" if one.last_done else NEVER,
        )
        for one in found
    )
    return measured(facts, on)
