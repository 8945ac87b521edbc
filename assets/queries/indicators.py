"""How the registers of objects and devices become figures, for any day, with the rows behind them."""

from __future__ import annotations

from datetime import date, timedelta

from assets.queries.past import HOLDER_ON, SEEN_ON, STAGE_ON, day, day_ends
from assets.queries.structure import INHERITING_KINDS
from assets.rules.lifecycle import IN_THE_HOUSE, Stage
from isms.area import Fact, Measurement
from isms.db.reading import Row, rows
from isms.rules.errors import Refused
from isms.rules.texts import N_

HOUSE = ", ".join(f"'{stage.value}'" for stage in sorted(IN_THE_HOUSE))
NOBODY = N_("ausgegeben, aber die Person fehlt")
NOWHERE = N_("der Ort fehlt")
NEVER = N_("noch nie gesehen")
OPEN = N_("weder festgestellt noch geerbt")


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


class _Assessed(Row):
    id: int
    label: str
    found: int | None
    inherits: int


DEVICES = f"""FROM device d JOIN unit u ON u.id = d.unit {STAGE_ON}"""
WITHIN = "substr(u.path, 1, length({})) = {}"
LABEL = "d.inventory_number || ' ' || d.name AS label"


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
    return _measured(facts, on)


async def inventory_seen_within(scope: str, *, on: date, **params: str) -> Measurement:
    """Of the devices that have to be there, those that somebody had before their eyes within `days` days."""
    since = on - timedelta(days=_days(params.get("days", "365")))
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
    return _measured(facts, on)


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
    return _measured(facts, on)


def _measured(facts: tuple[Fact, ...], on: date) -> Measurement:
    return Measurement(sum(fact.counts for fact in facts), len(facts), on, facts)


def _days(given: str) -> int:
    if not given.isdigit() or not 0 < int(given) < 40_000:
        raise Refused(N_("„{given}“ ist keine Zahl von Tagen. Möglich ist zum Beispiel 365."), given=given)
    return int(given)
