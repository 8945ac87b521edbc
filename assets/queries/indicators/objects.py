"""How the register of target objects becomes figures, for any day, with the rows behind them."""

from __future__ import annotations

from datetime import date

from assets.queries.indicators.measuring import measured
from assets.queries.past import RESPONSIBLE_ON, WITHIN, day_ends
from assets.queries.structure import INHERITING_KINDS
from isms.area import Fact, Measurement
from isms.db.reading import Row, rows
from isms.rules.texts import N_

OPEN = N_("weder festgestellt noch geerbt")


NOBODY = N_("niemand ist verantwortlich")
LEFT = N_("die verantwortliche Person ist ausgeschieden")


class _Answered(Row):
    id: int
    label: str
    responsible: int | None
    left_on: date | None


class _Assessed(Row):
    id: int
    label: str
    found: int | None
    inherits: int


async def objects_assessed(scope: str, *, on: date, **_: str) -> Measurement:
    """Of the target objects, those whose protection need somebody found, or that inherit one."""
    found = await rows(
        _Assessed,
        f"""SELECT o.id, o.short_id || ' ' || o.name AS label,
                (SELECT coalesce(a.confidentiality, a.integrity, a.availability) FROM need_assessment a
                 WHERE a.target_object = o.id AND a.recorded_at < {{}} ORDER BY a.id DESC LIMIT 1) AS found,
                (SELECT count(*) FROM object_link l WHERE l.target = o.id AND l.kind IN ({INHERITING_KINDS})
                 AND l.recorded_at < {{}} AND (l.ended_on IS NULL OR l.ended_on > {{}})) AS inherits
            FROM target_object o JOIN unit u ON u.id = o.unit
            WHERE o.recorded_at < {{}} AND (o.ended_on IS NULL OR o.ended_on > {{}}) AND {WITHIN}
            ORDER BY o.short_id""",
        day_ends(on),
        day_ends(on),
        on,
        day_ends(on),
        on,
        scope,
        scope,
    )
    facts = tuple(
        Fact(f"target_object:{one.id}", one.label, counts, note="" if counts else OPEN)
        for one in found
        for counts in (one.found is not None or one.inherits > 0,)
    )
    return measured(facts, on)


async def objects_answered_for(scope: str, *, on: date, **_: str) -> Measurement:
    """Of the target objects, those that somebody present answers for."""
    found = await rows(
        _Answered,
        f"""SELECT o.id, o.short_id || ' ' || o.name AS label, r.id AS responsible, r.left_on
            FROM target_object o JOIN unit u ON u.id = o.unit {RESPONSIBLE_ON}
            WHERE o.recorded_at < {{}} AND (o.ended_on IS NULL OR o.ended_on > {{}}) AND {WITHIN}
            ORDER BY o.short_id""",
        day_ends(on),
        day_ends(on),
        on,
        scope,
        scope,
    )
    gaps = [(one, _gap(one, on)) for one in found]
    return measured(tuple(Fact(f"target_object:{one.id}", one.label, not gap, note=gap) for one, gap in gaps), on)


def _gap(one: _Answered, on: date) -> str:
    if one.responsible is None:
        return NOBODY
    return LEFT if one.left_on is not None and one.left_on <= on else ""
