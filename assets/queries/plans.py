"""What plans show: the objects of a scope or of a unit with their links, as they stood at the end of a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from assets.queries.objects import ASSESSED, DEVICES
from assets.queries.past import day_ends
from assets.rules.communication import Critical, critical_kinds
from assets.rules.kinds import Kind, LinkKind, OperatingStage
from assets.rules.permissions import May
from assets.rules.plan_parts import Tie
from assets.rules.protection import Protection, ProtectionNeed
from isms.db.reading import Row, rows
from isms.people import Actor

MOST = 6_000
"""More objects than that are not read: no picture could show them."""


class PlanObject(Row):
    """A target object as a plan names it."""

    id: int
    short_id: str
    kind: Kind
    name: str
    number: int
    operating_stage: OperatingStage
    provider_operated: bool
    critical: str
    confidentiality: ProtectionNeed
    integrity: ProtectionNeed
    availability: ProtectionNeed
    assessed: bool

    @property
    def label(self) -> str:
        return f"{self.short_id} {self.name}"

    @property
    def needs(self) -> Protection:
        return Protection(self.confidentiality, self.integrity, self.availability)

    @property
    def critical_kinds(self) -> list[Critical]:
        return critical_kinds(self.critical, self.needs) if self.kind is Kind.COMMUNICATION_LINK else []


class _Link(Row):
    source: int
    kind: LinkKind
    target: int


class _Moment(Row):
    at: datetime | None


@dataclass(frozen=True)
class Cut:
    """Which part of the structure: what lies below a unit's path, or only what lies within a scope besides."""

    path: str
    scope: int | None
    on: date

    def where(self, reader: Actor) -> tuple[str, list[object]]:
        """Which objects were there that day, within the reader's reach."""
        reach, args = reader.reach(May.VIEW_OBJECTS).where("u.path", own="o.responsible")
        sql = f"o.recorded_at < {{}} AND (o.ended_on IS NULL OR o.ended_on > {{}}) AND u.path LIKE {{}} AND {reach}"
        values: list[object] = [day_ends(self.on), self.on, f"{self.path}%", *args]
        if self.scope is not None:
            sql += """ AND o.id IN (SELECT m.target_object FROM scope_member m WHERE m.scope = {}
                AND m.recorded_at < {} AND (m.ended_on IS NULL OR m.ended_on > {}))"""
            values += [self.scope, day_ends(self.on), self.on]
        return sql, values


@dataclass(frozen=True)
class Chosen:
    """These objects, as far as they are there that day and within the reader's reach."""

    ids: frozenset[int]
    on: date

    def where(self, reader: Actor) -> tuple[str, list[object]]:
        listed = ", ".join(str(id) for id in sorted(self.ids)) or "0"
        sql, values = Cut("/", None, self.on).where(reader)
        return f"{sql} AND o.id IN ({listed})", values


@dataclass(frozen=True)
class Structured:
    """The objects by id, in the order of their short ids, and the links between them."""

    objects: dict[int, PlanObject]
    ties: list[Tie]
    is_cut: bool

    @property
    def kinds(self) -> dict[int, Kind]:
        return {key: one.kind for key, one in self.objects.items()}

    @cached_property
    def from_each(self) -> dict[int, list[Tie]]:
        """The links by the object that relies."""
        found: dict[int, list[Tie]] = defaultdict(list)
        for tie in self.ties:
            found[tie.source].append(tie)
        return dict(found)

    def between(self, source: int, target: int) -> set[LinkKind]:
        return {tie.kind for tie in self.from_each.get(source, ()) if tie.target == target}


async def structured(cut: Cut | Chosen, kinds: Collection[Kind], *, seen_by: Actor) -> Structured:
    """The objects of these kinds and what ties them. Names and stages are today's; needs and links that day's."""
    where, args = cut.where(seen_by)
    of = f"o.kind IN ({', '.join(f'{chr(39)}{kind.value}{chr(39)}' for kind in kinds)})"
    found = await rows(
        PlanObject,
        f"""SELECT o.id, o.short_id, o.kind, o.name, CASE WHEN o.counts_devices THEN {DEVICES} ELSE o.number END
                AS number, o.operating_stage, o.provider_operated, o.critical, e.confidentiality, e.integrity,
                e.availability, {ASSESSED} AS assessed
            FROM target_object o JOIN unit u ON u.id = o.unit
            JOIN effective_need e ON e.id = (SELECT max(x.id) FROM effective_need x
                WHERE x.target_object = o.id AND x.recorded_at < {{}})
            WHERE {of} AND {where} ORDER BY o.short_id, o.id LIMIT {MOST + 1}""",
        day_ends(cut.on),
        *args,
    )
    objects = {one.id: one for one in found[:MOST]}
    return Structured(objects, await _ties(cut, of, objects.keys(), seen_by), len(found) > MOST)


async def _ties(cut: Cut | Chosen, of: str, known: Collection[int], seen_by: Actor) -> list[Tie]:
    where, args = cut.where(seen_by)
    found = await rows(
        _Link,
        f"""SELECT l.source, l.kind, l.target FROM object_link l JOIN target_object o ON o.id = l.source
            JOIN unit u ON u.id = o.unit
            WHERE {of} AND l.recorded_at < {{}} AND (l.ended_on IS NULL OR l.ended_on > {{}}) AND {where}
            ORDER BY l.id""",
        day_ends(cut.on),
        cut.on,
        *args,
    )
    return [Tie(one.source, one.kind, one.target) for one in found if one.source in known and one.target in known]


async def last_change(ids: Sequence[int], *, on: date) -> datetime | None:
    """When one of the objects, its needs or its links last changed, up to the end of a day."""
    if not ids:
        return None
    keys = ", ".join(f"'target_object:{int(id)}'" for id in ids)
    found = await rows(
        _Moment, f"SELECT max(at) AS at FROM audit_entry WHERE subject IN ({keys}) AND at < {{}}", day_ends(on)
    )
    return found[0].at
