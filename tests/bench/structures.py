"""Structures of 5,000 objects and 20,000 links, as offices have them and at their worst, and what a change costs."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from itertools import pairwise
from random import Random
from statistics import median

from assets.commands.needs import assess
from assets.queries.objects import target_object
from assets.queries.standing import what_follows
from assets.queries.structure import what_follows_of_all
from assets.rules.kinds import Kind, LinkKind
from assets.rules.permissions import May
from assets.rules.proposals import Proposal
from assets.rules.protection import Goal, Protection, ProtectionNeed, Structure
from assets.tables import ObjectLink, TargetObject
from isms.commands.units import insert_unit
from isms.db import Postgres, engine, execute
from isms.db.reading import value
from isms.people import Actor, UnitRow, unit
from isms.rules.roles import UnitKind
from tests.bench.builder import AT, DAY
from tests.bench.filling import fill

NORMAL, HIGH, VERY_HIGH = ProtectionNeed
Links = set[tuple[int, int]]
Shape = tuple[dict[int, Protection], Links]


def layered(objects: int, links: int) -> Shape:
    """As offices are: a tenth processes, four tenths applications, three tenths systems, the rest networks and rooms;
    each relies on some of the next storeys. One in three processes needs more than normal."""
    chance = Random(1)
    storeys = [range(objects * a // 10, objects * b // 10) for a, b in ((0, 1), (1, 5), (5, 8), (8, 10))]
    found: Links = set()
    while len(found) < links:
        above = chance.randrange(3)
        found.add((chance.choice(storeys[above]), chance.choice(storeys[above + 1])))
    own = {key: _some(chance) if key < objects // 10 and key % 3 == 0 else Protection() for key in range(objects)}
    return own, found


def central(objects: int, links: int) -> Shape:
    """A tangle of circles: everything relies on everything else, and one object on a thousand others."""
    chance = Random(2)
    found: Links = {(0, key) for key in range(1, objects // 5)}
    while len(found) < links:
        pair = (chance.randrange(objects), chance.randrange(objects))
        if pair[0] != pair[1]:
            found.add(pair)
    return {key: _some(chance) for key in range(objects)}, found


def deep(objects: int, links: int) -> Shape:
    """One chain of a thousand objects under a single one that needs more than normal, and links across."""
    chance = Random(3)
    found: Links = set(pairwise(range(objects // 5)))
    while len(found) < links:
        source, target = sorted(chance.sample(range(objects // 5, objects), 2))
        found.add((source, target))
    own = {key: Protection() for key in range(objects)}
    return own | {0: Protection(HIGH, HIGH, HIGH)}, found


def _some(chance: Random) -> Protection:
    return Protection(*(chance.choice(list(ProtectionNeed)) for _ in Goal))


async def fill_structure(shape: Shape, unit: UnitRow) -> int:
    """Store a structure with the needs that it gives; answers with the id of its first object, the others follow."""
    own, links = shape
    prefix = f"S{await value('SELECT coalesce(max(id), 0) FROM target_object')}-"
    relied_on_by: dict[int, list[int]] = {}
    for source, target in sorted(links):
        relied_on_by.setdefault(target, []).append(source)
    needs = Structure(own, relied_on_by).inherit()
    await fill(TargetObject, (_object(f"{prefix}{key:05}", own[key], needs[key], unit) for key in sorted(own)))
    first: int = await value("SELECT min(id) FROM target_object WHERE short_id LIKE {}", f"{prefix}%")
    await fill(ObjectLink, _links(links, first))
    return first


@dataclass(frozen=True)
class Cost:
    """Milliseconds: everything anew; one change looked at (usual and worst); saved with its trail, and how many moved
    at most."""

    anew: float
    looked: float
    worst: float
    saved: float
    saved_worst: float
    moved: int

    def __str__(self) -> str:
        return (
            f"all anew {self.anew:6.0f} ms   one change p50 {self.looked:5.1f}  max {self.worst:5.0f} ms   "
            f"saved p50 {self.saved:5.1f}  max {self.saved_worst:5.0f} ms ({self.moved} objects moved)"
        )


async def measure(office: UnitRow, first: int, objects: int, *, by: Actor) -> Cost:
    """What a change costs at the first object, at the one with most links, and at others by chance."""
    busiest = await value(BUSIEST, first, first + objects)
    some = [first, busiest, *(first + Random(4).randrange(objects) for _ in range(40))]
    began = time.perf_counter()
    assert await what_follows_of_all(office.institution) == []
    anew = time.perf_counter() - began
    looked = [await _look(id, need, office) for id in some for need in (VERY_HIGH, NORMAL)]
    saved = [await _save(id, by) for id in some[:12]]
    return Cost(
        anew * 1000,
        median(looked) * 1000,
        max(looked) * 1000,
        median(took for took, _ in saved) * 1000,
        max(took for took, _ in saved) * 1000,
        max(moved for _, moved in saved),
    )


BUSIEST = """SELECT source FROM object_link WHERE source >= {} AND source < {}
    GROUP BY source ORDER BY count(*) DESC, source LIMIT 1"""


async def structures(objects: int, *, by: Actor, home: UnitRow) -> AsyncIterator[tuple[str, Cost]]:
    """Each shape in an office of its own."""
    for title, shape in (("as offices are", layered), ("tangled in circles", central), ("a chain of 1,000", deep)):
        id = await insert_unit(f"Gesundheitsamt {title}", kind=UnitKind.OFFICE, parent=home.id)
        office = await unit(id, seen_by=by, asks=May.ASSESS)
        first = await fill_structure(shape(objects, objects * 4), office)
        if isinstance(engine(), Postgres):
            await execute("ANALYZE")
        yield title, await measure(office, first, objects, by=by)


async def _look(id: int, need: ProtectionNeed, unit: UnitRow) -> float:
    began = time.perf_counter()
    await what_follows(Proposal(own={id: Protection(need, need, need)}), unit.institution)
    return time.perf_counter() - began


async def _save(id: int, by: Actor) -> tuple[float, int]:
    """As the page does it: one transaction, one entry for each object that moves."""
    found = await target_object(id, seen_by=by)
    own = dict.fromkeys(Goal, NORMAL if found.own[Goal.INTEGRITY] == HIGH else HIGH)
    began = time.perf_counter()
    moved = await assess(found, own, reason="Messung", by=by)
    return time.perf_counter() - began, len(moved)


def _object(short_id: str, own: Protection, need: Protection, unit: UnitRow) -> dict[str, object]:
    return {
        "short_id": short_id,
        "unit": unit.id,
        "institution": unit.institution,
        "kind": Kind.APPLICATION,
        "name": f"Verfahren {short_id}",
        **{f"own_{goal.value}": own[goal] for goal in Goal},
        **{goal.value: need[goal] for goal in Goal},
        "recorded_at": AT,
    }


def _links(links: Links, first: int) -> Iterator[dict[str, object]]:
    for source, target in sorted(links):
        yield {
            "source": first + source,
            "kind": LinkKind.USES,
            "target": first + target,
            "starts_on": DAY,
            "recorded_at": AT,
        }
