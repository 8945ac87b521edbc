"""Who relies on whom around one object, and which links hand down the needs that count."""

from __future__ import annotations

from collections.abc import Collection
from itertools import pairwise

from assets.queries.structure import structure, structure_above
from assets.rules.deciding import deciding, way_to
from assets.rules.protection import Goal
from isms.db import snapshot
from isms.db.reading import Row, rows

Deciding = dict[tuple[int, int], tuple[Goal, ...]]

# A statement that begins with WITH would go to SQLite's writer.
REACHED = """SELECT id, min(depth) AS depth FROM (WITH RECURSIVE reached(id, depth) AS (
    SELECT CAST({{}} AS integer), 0 UNION SELECT l.{there}, r.depth + 1 FROM reached r
    JOIN object_link l ON l.{here} = r.id WHERE l.ended_on IS NULL AND r.depth < {{}})
    SELECT id, depth FROM reached) found GROUP BY id"""
ABOVE = REACHED.format(here="target", there="source")
BELOW = REACHED.format(here="source", there="target")


class _Reached(Row):
    id: int
    depth: int


class _Institution(Row):
    institution: int


async def around(id: int, levels: int) -> dict[int, int]:
    """How far from an object others are: 1 is what it relies on, -1 what relies on it, the object itself is 0."""
    below = {one.id: one.depth for one in await rows(_Reached, BELOW, id, levels)}
    above = {one.id: -one.depth for one in await rows(_Reached, ABOVE, id, levels)}
    nearer = {key: depth for key, depth in above.items() if key not in below or -depth < below[key]}
    return {**below, **nearer, id: 0}


async def deciding_within(ids: Collection[int]) -> Deciding:
    """The links that hand needs down in the institutions of these objects, as they are now."""
    if not ids:
        return {}
    listed = ", ".join(str(int(id)) for id in ids)
    sql = f"SELECT DISTINCT institution FROM target_object WHERE id IN ({listed}) ORDER BY institution"
    found: Deciding = {}
    async with snapshot():
        for one in await rows(_Institution, sql):
            all_of_it, needs = await structure(one.institution)
            found |= deciding(all_of_it, {key: need.stored for key, need in needs.items()})
    return found


async def deciding_for(id: int) -> Deciding:
    """The links on the ways from the objects that decide the needs of this one, the nearest first."""
    async with snapshot():
        above, needs = await structure_above(id)
    links = deciding(above, {key: need.stored for key, need in needs.items()})
    found: dict[tuple[int, int], list[Goal]] = {}
    for goal in Goal:
        way = way_to(id, goal, links)
        for step in reversed(list(pairwise(way))):
            found.setdefault(step, []).append(goal)
    return {step: tuple(goals) for step, goals in found.items()}
