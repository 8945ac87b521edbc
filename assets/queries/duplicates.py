"""Objects that are probably there twice: by kind and name, without those that somebody told apart."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass

from assets.queries.lineage import listed
from assets.queries.objects import ROW, TABLES, ObjectRow
from assets.rules.kinds import Kind
from assets.rules.permissions import May
from assets.rules.similar import Pair, similar, similar_pairs
from isms.db.reading import Row, rows
from isms.people import Actor

MOST = 100


class Named(Row):
    """As little of an object as its likeness to others needs."""

    id: int
    kind: Kind
    name: str


class _Apart(Row):
    lower: int
    higher: int


@dataclass(frozen=True)
class Duplicate:
    """Two objects that are probably one."""

    first: ObjectRow
    second: ObjectRow


async def like(name: str, kind: Kind, institution: int, *, seen_by: Actor) -> list[ObjectRow]:
    """The objects of the same kind and office within reach whose names probably mean the same, the most alike first."""
    named = await _named(institution, seen_by, kind)
    found = await asyncio.to_thread(similar, name, {one.id: one.name for one in named})
    shown = await _shown(found[:10], seen_by)
    return [shown[id] for id in found if id in shown]


async def duplicates(*, seen_by: Actor) -> list[Duplicate]:
    """The first MOST pairs of the reader's office, the most alike first."""
    by_kind: dict[Kind, dict[int, str]] = defaultdict(dict)
    for one in await _named(seen_by.institution, seen_by):
        by_kind[one.kind][one.id] = one.name
    apart = await _told_apart(seen_by.institution)
    found = [pair for names in by_kind.values() for pair in await asyncio.to_thread(similar_pairs, names)]
    left = sorted((pair for pair in found if pair[:2] not in apart), key=_most_alike)[:MOST]
    shown = await _shown([id for pair in left for id in pair[:2]], seen_by)
    return [Duplicate(shown[pair.first], shown[pair.second]) for pair in left]


def _most_alike(pair: Pair) -> tuple[float, Pair]:
    return -pair.alike, pair


async def _named(institution: int, seen_by: Actor, kind: Kind | None = None) -> list[Named]:
    where, args = seen_by.reach(May.VIEW_OBJECTS).where("u.path", own="o.responsible")
    of_kind, kinds = ("o.kind = {}", [kind.value]) if kind else ("1 = 1", [])
    return await rows(
        Named,
        f"""SELECT o.id, o.kind, o.name FROM target_object o JOIN unit u ON u.id = o.unit
            WHERE o.institution = {{}} AND o.ended_on IS NULL AND {of_kind} AND {where} ORDER BY o.id""",
        institution,
        *kinds,
        *args,
    )


async def _told_apart(institution: int) -> set[tuple[int, int]]:
    found = await rows(
        _Apart,
        """SELECT a.lower, a.higher FROM told_apart a JOIN target_object o ON o.id = a.lower
           WHERE o.institution = {}""",
        institution,
    )
    return {(one.lower, one.higher) for one in found}


async def _shown(ids: list[int], seen_by: Actor) -> dict[int, ObjectRow]:
    where, args = seen_by.reach(May.VIEW_OBJECTS).where("u.path", own="o.responsible")
    found = await rows(ObjectRow, f"SELECT {ROW} {TABLES} WHERE o.id IN ({listed(ids)}) AND {where}", *args)
    return {one.id: one for one in found}
