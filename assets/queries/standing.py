"""How objects stand among others, read from the database a few at a time, and what a change would lead to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from itertools import product
from typing import Any, TypeVar

from assets.queries.structure import INHERITING_KINDS
from assets.rules.around import Steps
from assets.rules.consequences import Consequence, consequences
from assets.rules.proposals import NOTHING, Proposal, Standing
from assets.rules.protection import Goal, Protection, ProtectionNeed
from isms.db.reading import tuples

T = TypeVar("T")
FEW_TIMES, FEW_OBJECTS = 16, 600
"""From how many questions on, or about how many objects at once, it costs less to read the whole institution."""
LEVELS: dict[int | None, ProtectionNeed] = {None: ProtectionNeed.NORMAL, **{int(one): one for one in ProtectionNeed}}
PROTECTIONS = {needs: Protection(*(LEVELS[need] for need in needs)) for needs in product(LEVELS, repeat=len(Goal))}

OBJECTS = """SELECT id, own_confidentiality, own_integrity, own_availability, confidentiality, integrity, availability
    FROM target_object WHERE ended_on IS NULL AND """
CURRENT = f"ended_on IS NULL AND kind IN ({INHERITING_KINDS})"
LATEST = """SELECT s.target_object, s.goal, s.need FROM settled_need s WHERE s.need IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM settled_need n WHERE n.target_object = s.target_object AND n.goal = s.goal AND n.id > s.id) AND """


async def what_follows(proposal: Proposal[int], institution: int) -> list[Consequence[int]]:
    """Every object of an institution whose effective need moves. Nothing is written."""
    return await answered(consequences(proposal), institution)


async def computed(id: int) -> Protection:
    """What the maximum principle alone gives an object, before anything was settled for it."""
    standing = (await standings([id]))[id]
    need = standing.own
    for other in (await standings(standing.relied_on_by)).values():
        need |= other.stored
    return need


async def units_of(ids: Collection[int]) -> dict[int, int]:
    """In which unit each object lies."""
    return dict(await tuples(f"SELECT id, unit FROM target_object WHERE id IN ({_listed(ids)})"))


async def answered(steps: Steps[T], institution: int) -> T:
    """Take the steps of a rule. Most changes end after a few questions about a few objects; one that goes far is told
    about the whole institution at once, so that no change waits for hundreds of answers."""
    try:
        asked = next(steps)
        for _ in range(FEW_TIMES):
            few = len(asked) <= FEW_OBJECTS
            asked = steps.send(await (standings(asked) if few else everything(institution)))
        asked = steps.send(await everything(institution))
    except StopIteration as over:
        result: T = over.value
        return result
    raise AssertionError(f"links lead out of institution {institution}, to {sorted(asked)}")


async def standings(ids: Collection[int]) -> dict[int, Standing[int]]:
    """How these objects stand; those that have left the structure are left out."""
    listed = _listed(ids)
    return _assembled(
        await tuples(f"{OBJECTS} id IN ({listed})"),
        await tuples(
            f"""SELECT id, source, target FROM object_link WHERE source IN ({listed}) AND {CURRENT}
                UNION SELECT id, source, target FROM object_link WHERE target IN ({listed}) AND {CURRENT}"""
        ),
        await tuples(f"{LATEST} s.target_object IN ({listed})"),
    )


async def everything(institution: int) -> dict[int, Standing[int]]:
    """How all objects of an institution stand."""
    within = "IN (SELECT id FROM target_object WHERE institution = {} AND ended_on IS NULL)"
    return _assembled(
        await tuples(f"{OBJECTS} institution = {{}}", institution),
        await tuples(f"SELECT id, source, target FROM object_link WHERE target {within} AND {CURRENT}", institution),
        await tuples(f"{LATEST} s.target_object {within}", institution),
    )


def _listed(ids: Iterable[int]) -> str:
    return ", ".join(str(int(id)) for id in ids) or "NULL"


def _assembled(
    objects: Iterable[tuple[Any, ...]], links: Iterable[tuple[int, int, int]], settled: Iterable[tuple[int, str, int]]
) -> dict[int, Standing[int]]:
    decisions: dict[int, dict[Goal, ProtectionNeed]] = defaultdict(dict)
    for id, goal, need in settled:
        decisions[id][Goal(goal)] = LEVELS[need]
    above: dict[int, list[int]] = defaultdict(list)
    below: dict[int, list[int]] = defaultdict(list)
    for _, source, target in links:
        above[target].append(source)
        below[source].append(target)
    return {
        id: Standing(
            own=PROTECTIONS[own_c, own_i, own_a],
            stored=PROTECTIONS[c, i, a],
            settled=decisions.get(id, NOTHING),
            relied_on_by=tuple(above.get(id, ())),
            relies_on=tuple(below.get(id, ())),
        )
        for id, own_c, own_i, own_a, c, i, a in objects
    }
