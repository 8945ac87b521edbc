"""The protection needs of an office at a glance: how many, what deviates, what forms circles, what gathers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assets.queries.origins import Station, stations_of
from assets.queries.structure import structure
from assets.rules.circles import circles
from assets.rules.kinds import Kind
from assets.rules.permissions import May
from assets.rules.protection import Goal, ProtectionNeed, ReasonKind
from isms.db.reading import Row, rows
from isms.people import Actor, UnitRow

MOST = 50


class Count(Row):
    """How many objects need so much at most."""

    need: ProtectionNeed
    count: int


class Deviation(Row):
    """A settled need that holds."""

    id: int
    label: str
    goal: Goal
    need: ProtectionNeed
    computed: ProtectionNeed
    reason_kind: ReasonKind
    reason: str
    settled_by: str


@dataclass(frozen=True)
class Gathering:
    """An object at which several others that need „hoch“ come together: how many, goal by goal."""

    station: Station
    kind: Kind
    counts: dict[Goal, int]


@dataclass(frozen=True)
class Overview:
    counts: Sequence[Count]
    deviations: Sequence[Deviation]
    circles: Sequence[Sequence[Station]]
    gatherings: Sequence[Gathering]


async def overview(office: UnitRow, *, seen_by: Actor) -> Overview:
    """Of the objects in reach; the first fifty of each."""
    found, stored = await structure(office.institution)
    needs = {key: one.stored for key, one in stored.items()}
    rings = sorted((sorted(ring) for ring in circles(found.relied_on_by)), key=lambda ring: ring[0])[:MOST]
    gathered = {key: counts for key in sorted(found.own) if (counts := found.gathers(key, needs))}
    first = dict(sorted(gathered.items(), key=lambda one: (-max(one[1].values()), one[0]))[:MOST])
    stations = await stations_of({key for ring in rings for key in ring} | set(first), seen_by)
    return Overview(
        counts=await _counts(office, seen_by),
        deviations=await _deviations(office, seen_by),
        circles=[[stations[key] for key in ring] for ring in rings],
        gatherings=[
            Gathering(stations[key], stations[key].kind, counts) for key, counts in first.items() if stations[key].name
        ],
    )


async def _counts(office: UnitRow, seen_by: Actor) -> Sequence[Count]:
    where, args = seen_by.reach(May.VIEW_OBJECTS).where("u.path", own="o.responsible")
    return await rows(
        Count,
        f"""SELECT CASE WHEN o.confidentiality >= o.integrity AND o.confidentiality >= o.availability
                THEN o.confidentiality WHEN o.integrity >= o.availability THEN o.integrity
                ELSE o.availability END AS need, count(*) AS count
            FROM target_object o JOIN unit u ON u.id = o.unit
            WHERE o.institution = {{}} AND o.ended_on IS NULL AND {where} GROUP BY 1 ORDER BY 1 DESC""",
        office.institution,
        *args,
    )


async def _deviations(office: UnitRow, seen_by: Actor) -> Sequence[Deviation]:
    where, args = seen_by.reach(May.VIEW_OBJECTS).where("u.path", own="o.responsible")
    return await rows(
        Deviation,
        f"""SELECT o.id, o.short_id || ' ' || o.name AS label, s.goal, s.need, s.computed, s.reason_kind, s.reason,
                p.name AS settled_by
            FROM settled_need s JOIN target_object o ON o.id = s.target_object JOIN unit u ON u.id = o.unit
            JOIN person p ON p.id = s.settled_by
            WHERE o.institution = {{}} AND o.ended_on IS NULL AND s.need IS NOT NULL AND {where}
                AND NOT EXISTS (SELECT 1 FROM settled_need n
                    WHERE n.target_object = s.target_object AND n.goal = s.goal AND n.id > s.id)
            ORDER BY s.id DESC LIMIT {MOST}""",
        office.institution,
        *args,
    )
