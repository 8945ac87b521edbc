"""Objects that stand for many alike, with what may make them different after all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from assets.queries.lineage import listed, settlements
from assets.queries.objects import ROW, TABLES, ObjectRow
from assets.rules.groups import Group, doubts
from assets.rules.kinds import PLACES, Kind
from assets.rules.lifecycle import IN_THE_HOUSE
from assets.rules.permissions import May
from isms.db.reading import Row, rows
from isms.people import Actor
from isms.rules.errors import Complaint

HOUSE = ", ".join(f"'{stage.value}'" for stage in sorted(IN_THE_HOUSE))
AROUND = ", ".join(f"'{kind.value}'" for kind in (*PLACES, Kind.NETWORK))
MOST = 200


class GroupRow(ObjectRow):
    """An object that stands for many, or whose devices are counted."""

    counts_devices: bool


class _Near(Row):
    target_object: int
    kind: Kind
    name: str


class _Devices(Row):
    target_object: int
    unit_name: str
    number: int


@dataclass(frozen=True)
class Doubtful:
    """A group with what speaks against it."""

    row: GroupRow
    doubts: list[Complaint]


async def doubtful_groups(*, seen_by: Actor) -> list[Doubtful]:
    """The groups of the reader's office that may not be one; at most MOST are looked at."""
    where, args = seen_by.reach(May.VIEW_OBJECTS).where("u.path", own="o.responsible")
    found = await rows(
        GroupRow,
        f"""SELECT {ROW}, o.counts_devices {TABLES} WHERE o.institution = {{}} AND o.ended_on IS NULL
            AND (o.number > 1 OR o.counts_devices OR o.id IN (SELECT it_system FROM device
                WHERE institution = {{}} AND it_system IS NOT NULL)) AND {where}
            ORDER BY o.short_id, o.id LIMIT {MOST}""",
        seen_by.institution,
        seen_by.institution,
        *args,
    )
    groups = await _groups({one.id: one for one in found}, seen_by)
    judged = [Doubtful(one, doubts(groups[one.id])) for one in found]
    return [one for one in judged if one.doubts]


async def doubts_about(id: int, *, seen_by: Actor) -> list[Complaint]:
    """What speaks against one object for all that it stands for."""
    where, args = seen_by.reach(May.VIEW_OBJECTS).where("u.path", own="o.responsible")
    found = await rows(GroupRow, f"SELECT {ROW}, o.counts_devices {TABLES} WHERE o.id = {{}} AND {where}", id, *args)
    groups = await _groups({one.id: one for one in found}, seen_by)
    return [said for group in groups.values() for said in doubts(group)]


async def _groups(found: dict[int, GroupRow], seen_by: Actor) -> dict[int, Group]:
    near = await _near(found, seen_by)
    devices = await _devices(found)
    settled = await settlements(found)
    return {
        id: Group(
            number=one.number,
            counts_devices=one.counts_devices,
            devices=sum(each.number for each in devices[id]),
            places=[each.name for each in near[id] if each.kind in PLACES],
            networks=[each.name for each in near[id] if each.kind is Kind.NETWORK],
            units=[each.unit_name for each in devices[id]],
            settled=[each.goal for each in settled[id]],
        )
        for id, one in found.items()
    }


async def _near(ids: Collection[int], seen_by: Actor) -> dict[int, list[_Near]]:
    """Where they stand and which networks they hang on; what is out of reach keeps its name to itself."""
    where, args = seen_by.reach(May.VIEW_OBJECTS).where("u.path", own="t.responsible")
    by_object: dict[int, list[_Near]] = defaultdict(list)
    for one in await rows(
        _Near,
        f"""SELECT l.source AS target_object, t.kind,
                t.short_id || CASE WHEN {where} THEN ' ' || t.name ELSE '' END AS name
            FROM object_link l JOIN target_object t ON t.id = l.target JOIN unit u ON u.id = t.unit
            WHERE l.ended_on IS NULL AND l.source IN ({listed(ids)}) AND t.kind IN ({AROUND})
            ORDER BY t.short_id""",
        *args,
    ):
        by_object[one.target_object].append(one)
    return by_object


async def _devices(ids: Collection[int]) -> dict[int, list[_Devices]]:
    """How many devices in the house stand behind them, unit by unit."""
    by_object: dict[int, list[_Devices]] = defaultdict(list)
    for one in await rows(
        _Devices,
        f"""SELECT d.it_system AS target_object, u.name AS unit_name, count(*) AS number
            FROM device d JOIN unit u ON u.id = d.unit
            WHERE d.it_system IN ({listed(ids)}) AND d.stage IN ({HOUSE}) GROUP BY d.it_system, u.name
            ORDER BY u.name""",
    ):
        by_object[one.target_object].append(one)
    return by_object
