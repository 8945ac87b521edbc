"""How the register of devices becomes figures, for any day, with the rows behind them."""

from __future__ import annotations

from datetime import date, timedelta

from assets.queries.indicators.measuring import DEVICES, LABEL, days_of, measured
from assets.queries.past import HOLDER_ON, SEEN_ON, WITHIN, day
from assets.rules.lifecycle import IN_THE_HOUSE, Stage
from isms.area import Fact, Measurement
from isms.db.reading import Row, rows
from isms.rules.texts import N_

HOUSE = ", ".join(f"'{stage.value}'" for stage in sorted(IN_THE_HOUSE))
NOBODY = N_("ausgegeben, aber die Person fehlt")
NOWHERE = N_("der Ort fehlt")
NEVER = N_("noch nie gesehen")


class _Placed(Row):
    id: int
    label: str
    stage: Stage
    place: str
    since: date
    holder: int | None

    @property
    def gap(self) -> str:
        """What is not known of it, or nothing."""
        if self.stage is Stage.ISSUED and self.holder is None:
            return NOBODY
        return "" if self.place else NOWHERE


class _Seen(Row):
    id: int
    label: str
    seen_on: date | None


async def devices_assigned(scope: str, *, on: date, **_: str) -> Measurement:
    """Of the devices that have to be there, those of which it is known where they are, and who has the issued ones."""
    found = await rows(
        _Placed,
        f"""SELECT d.id, {LABEL}, s.stage, s.place, s.taken_on AS since, h.person AS holder
            {DEVICES} {HOLDER_ON} WHERE s.stage IN ({HOUSE}) AND {WITHIN} ORDER BY d.inventory_number""",
        *day(on, 3),
        scope,
        scope,
    )
    facts = tuple(
        Fact(f"device:{one.id}", one.label, not one.gap, since=one.since, note=one.gap or one.stage.label)
        for one in found
    )
    return measured(facts, on)


async def inventory_seen_within(scope: str, *, on: date, **params: str) -> Measurement:
    """Of the devices that have to be there, those that somebody had before their eyes within `days` days."""
    since = on - timedelta(days=days_of(params.get("days", "365")))
    found = await rows(
        _Seen,
        f"""SELECT d.id, {LABEL}, {SEEN_ON} {DEVICES} WHERE s.stage IN ({HOUSE}) AND {WITHIN}
            ORDER BY d.inventory_number""",
        *day(on, 2),
        scope,
        scope,
    )
    facts = tuple(
        Fact(
            f"device:{one.id}",
            one.label,
            one.seen_on is not None and one.seen_on >= since,
            since=one.seen_on,
            note="" if one.seen_on else NEVER,
        )
        for one in found
    )
    return measured(facts, on)
