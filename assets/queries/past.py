"""Registers as they stood at the end of a day. What is recorded later never changes an earlier day's answer."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from isms.texts import ZONE

# Each takes the day and the end of the day, in this order.
STAGE_ON = """JOIN stage_change s ON s.id = (SELECT max(x.id) FROM stage_change x
    WHERE x.device = d.id AND x.taken_on <= {} AND x.recorded_at < {})"""
HOLDER_ON = """LEFT JOIN handover h ON h.device = d.id AND h.issued_on <= {} AND h.recorded_at < {}
    AND (h.returned_on IS NULL OR h.returned_on > {} OR h.return_recorded_at >= {})
    LEFT JOIN person p ON p.id = h.person"""
SEEN_ON = """(SELECT max(y.seen_on) FROM sighting y
    WHERE y.device = d.id AND y.seen_on <= {}
        AND {} BETWEEN y.recorded_at AND coalesce(y.withdrawn_at, 'infinity')) AS seen_on"""
RESPONSIBLE_ON = """LEFT JOIN responsibility rr ON rr.id = (SELECT max(y.id) FROM responsibility y
    WHERE y.target_object = o.id AND y.recorded_at < {}) LEFT JOIN person r ON r.id = rr.responsible"""
"""Who answered for the object `o` as `r`; takes only the end of the day."""
WITHIN = "substr(u.path, 1, length({})) = {}"
"""Below a unit's path, which it takes twice."""


def day_ends(on: date) -> datetime:
    """The moment at which the office's day is over."""
    return datetime.combine(on + timedelta(days=1), time.min, ZONE).astimezone(UTC)


def day(on: date, times: int = 1) -> list[object]:
    """The arguments of the conditions above, as often as they are asked."""
    return [on, day_ends(on)] * times
