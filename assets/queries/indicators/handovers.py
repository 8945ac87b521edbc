"""How handovers become figures: loans that come back in time, and devices whose holder signed for them."""

from __future__ import annotations

from datetime import date, datetime

from assets.queries.indicators.measuring import LABEL, measured
from assets.queries.past import WITHIN, day, day_ends
from isms.area import Fact, Measurement
from isms.db.reading import Row, rows
from isms.rules.texts import N_

OVERDUE = N_("die Rückgabefrist ist vorbei")
UNSIGNED = N_("noch nicht bestätigt")
HELD = """FROM handover h JOIN device d ON d.id = h.device JOIN unit u ON u.id = d.unit
    WHERE h.issued_on <= {} AND h.recorded_at < {} AND
    (h.returned_on IS NULL OR h.returned_on > {} OR h.return_recorded_at >= {})"""


class _Loan(Row):
    device: int
    label: str
    due_back_on: date


class _Held(Row):
    device: int
    label: str
    issued_on: date
    signed_at: datetime | None


async def returns_in_time(scope: str, *, on: date, **_: str) -> Measurement:
    """Of the loans that were out that day, those whose return was not overdue."""
    found = await rows(
        _Loan,
        f"""SELECT h.device, {LABEL}, h.due_back_on {HELD} AND h.due_back_on IS NOT NULL
            AND d.ownership <> 'private' AND {WITHIN} ORDER BY h.due_back_on, h.id""",
        *day(on, 2),
        scope,
        scope,
    )
    facts = tuple(
        Fact(
            f"device:{one.device}",
            one.label,
            one.due_back_on >= on,
            since=one.due_back_on,
            note="" if one.due_back_on >= on else OVERDUE,
        )
        for one in found
    )
    return measured(facts, on)


async def handovers_signed(scope: str, *, on: date, **_: str) -> Measurement:
    """Of the devices that somebody had that day, those for which that person had signed or confirmed by then."""
    found = await rows(
        _Held,
        f"""SELECT h.device, {LABEL}, h.issued_on,
                (SELECT min(s.signed_at) FROM protocol_item i JOIN signature s ON s.protocol = i.protocol
                 WHERE i.handover = h.id AND s.party = 'person' AND s.person = h.person AND s.signed_at < {{}})
                AS signed_at
            {HELD} AND {WITHIN} ORDER BY h.id""",
        day_ends(on),
        *day(on, 2),
        scope,
        scope,
    )
    facts = tuple(
        Fact(
            f"device:{one.device}",
            one.label,
            one.signed_at is not None,
            since=one.issued_on,
            note="" if one.signed_at else UNSIGNED,
        )
        for one in found
    )
    return measured(facts, on)
