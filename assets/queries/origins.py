"""Where the needs of an object come from, in words: the way from the object that decides to this one."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from assets.queries.assessments import Assessment, latest
from assets.queries.objects import ObjectDetail
from assets.queries.standing import what_follows
from assets.queries.structure import structure_above
from assets.rules.circles import circles
from assets.rules.kinds import Kind
from assets.rules.permissions import May
from assets.rules.pictures import Picture, picture
from assets.rules.proposals import Proposal
from assets.rules.protection import Goal, Ground, Origin, ProtectionNeed, ReasonKind, Shift, ground
from isms.db.reading import Row, rows
from isms.people import Actor


class Station(Row):
    """An object on the way. Objects out of the reader's reach have no name."""

    id: int
    short_id: str
    kind: Kind
    name: str | None

    @property
    def label(self) -> str:
        return f"{self.short_id} {self.name}" if self.name else self.short_id


class Settlement(Row):
    """What somebody settled for one goal, and still holds."""

    goal: Goal
    need: ProtectionNeed
    computed: ProtectionNeed
    reason_kind: ReasonKind
    reason: str
    settled_by: str
    recorded_at: datetime


@dataclass(frozen=True)
class Explained:
    """One goal of an object: what it needs, and the way on which that came."""

    goal: Goal
    need: ProtectionNeed
    own: ProtectionNeed | None
    computed: ProtectionNeed
    origin: Origin[int]
    path: tuple[Station, ...]
    settlement: Settlement | None
    ground: Ground


@dataclass(frozen=True)
class Explanation:
    """All goals, the assessment that found the object's own need, the others of the circle that the object is part of,
    and the goals at which so much comes together that it may weigh heavier (rooms and systems accumulate)."""

    goals: tuple[Explained, ...]
    circle: tuple[Station, ...]
    assessment: Assessment | None
    gathers: Mapping[Goal, int]

    @property
    def inherited(self) -> bool:
        return any(one.origin.inherited for one in self.goals)

    @property
    def drawn(self) -> Picture:
        """The ways of all goals as one picture."""
        return picture({one.goal: one.origin.path for one in self.goals})

    @property
    def stations(self) -> dict[int, Station]:
        return {station.id: station for one in self.goals for station in one.path}


@dataclass(frozen=True)
class Previewed:
    """An object whose need would change, and for each goal on which way the new need would come."""

    station: Station
    shift: Shift[int]
    ways: Mapping[Goal, tuple[Station, ...]]
    settled: frozenset[Goal]


async def explanation(target: ObjectDetail, *, seen_by: Actor) -> Explanation:
    """Goal by goal, which object decides and on which shortest way its need arrives here."""
    found, stored = await structure_above(target.id)
    needs = {key: one.stored for key, one in stored.items()}
    origins = {goal: found.explain(target.id, goal, needs) for goal in Goal}
    circle = next((one for one in circles(found.relied_on_by) if target.id in one), frozenset[int]())
    stations = await stations_of({key for origin in origins.values() for key in origin.path} | circle, seen_by)
    settlements = await settlements_of(target.id)
    computed = found.computed(target.id, needs)
    return Explanation(
        goals=tuple(
            Explained(
                goal=goal,
                need=needs[target.id][goal],
                own=target.own[goal],
                computed=computed[goal],
                origin=origin,
                path=tuple(stations[key] for key in origin.path),
                settlement=settlements.get(goal),
                ground=ground(
                    settlements[goal].reason_kind if goal in settlements else None,
                    target.own[goal],
                    computed[goal],
                    carries=bool(found.relied_on_by.get(target.id)),
                ),
            )
            for goal, origin in origins.items()
        ),
        assessment=await latest(target.id),
        gathers=found.gathers(target.id, needs),
        circle=tuple(stations[key] for key in sorted(circle) if key != target.id),
    )


async def settlements_of(id: int) -> dict[Goal, Settlement]:
    found = await rows(
        Settlement,
        """SELECT s.goal, s.need, s.computed, s.reason_kind, s.reason, p.name AS settled_by, s.recorded_at
           FROM settled_need s JOIN person p ON p.id = s.settled_by
           WHERE s.target_object = {} AND s.need IS NOT NULL AND NOT EXISTS (SELECT 1 FROM settled_need n
               WHERE n.target_object = s.target_object AND n.goal = s.goal AND n.id > s.id)""",
        id,
    )
    return {one.goal: one for one in found}


async def would_change(target: ObjectDetail, proposal: Proposal[int], *, seen_by: Actor) -> list[Previewed]:
    """Which objects of the same office would need something else, and why. Nothing is saved."""
    found = await what_follows(proposal, target.institution)
    named = {key for one in found for origin in one.origins.values() for key in origin.path}
    stations = await stations_of({one.shift.key for one in found} | named, seen_by)
    previewed = [
        Previewed(
            station=stations[one.shift.key],
            shift=one.shift,
            ways={goal: tuple(stations[key] for key in origin.path) for goal, origin in one.origins.items()},
            settled=frozenset(goal for goal, origin in one.origins.items() if origin.settled),
        )
        for one in found
    ]
    return sorted(previewed, key=lambda one: one.station.short_id)


async def closed_circle(source: ObjectDetail, target: ObjectDetail, *, seen_by: Actor) -> tuple[Station, ...]:
    """The way on which `target` already relies on `source`, which a link back would close to a circle; else nothing."""
    above, _ = await structure_above(source.id)
    onward: dict[int, int] = {source.id: source.id}
    waiting = deque([source.id])
    while waiting and target.id not in onward:
        here = waiting.popleft()
        for dependent in sorted(above.relied_on_by.get(here, ())):
            if dependent not in onward:
                onward[dependent] = here
                waiting.append(dependent)
    if target.id not in onward:
        return ()
    way = [target.id]
    while way[-1] != source.id:
        way.append(onward[way[-1]])
    stations = await stations_of(way, seen_by)
    return tuple(stations[key] for key in way)


async def stations_of(ids: Collection[int], seen_by: Actor) -> dict[int, Station]:
    """The objects by id; those out of reach keep their names to themselves."""
    if not ids:
        return {}
    where, args = seen_by.reach(May.VIEW_OBJECTS).where("u.path", own="o.responsible")
    listed = ", ".join(str(int(id)) for id in ids)
    found = await rows(
        Station,
        f"""SELECT o.id, o.short_id, o.kind, CASE WHEN {where} THEN o.name END AS name
            FROM target_object o JOIN unit u ON u.id = o.unit WHERE o.id IN ({listed})""",
        *args,
    )
    return {one.id: one for one in found}
