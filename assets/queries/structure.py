"""The structure of an institution as the rules see it: objects, who relies on whom, what was settled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from assets.rules.consequences import Consequence
from assets.rules.kinds import INHERITING
from assets.rules.protection import Goal, Protection, ProtectionNeed, Settled, Structure, shifts
from isms.db.reading import Row, rows

INHERITING_KINDS = ", ".join(f"'{kind.value}'" for kind in INHERITING)


class Needs(Row):
    """What an object itself was found to need, and what it effectively needs."""

    id: int
    own_confidentiality: ProtectionNeed | None
    own_integrity: ProtectionNeed | None
    own_availability: ProtectionNeed | None
    confidentiality: ProtectionNeed
    integrity: ProtectionNeed
    availability: ProtectionNeed

    @property
    def own(self) -> Protection:
        found = (self.own_confidentiality, self.own_integrity, self.own_availability)
        return Protection(*(need or ProtectionNeed.NORMAL for need in found))

    @property
    def stored(self) -> Protection:
        return Protection(self.confidentiality, self.integrity, self.availability)


class _Link(Row):
    source: int
    target: int


class _Settled(Row):
    target_object: int
    goal: Goal
    need: ProtectionNeed


NEEDS = """SELECT id, own_confidentiality, own_integrity, own_availability,
    confidentiality, integrity, availability FROM target_object WHERE ended_on IS NULL AND """
LINKS = f"""SELECT l.source, l.target FROM object_link l JOIN target_object t ON t.id = l.target
    WHERE l.ended_on IS NULL AND l.kind IN ({INHERITING_KINDS}) AND """
SETTLED = """SELECT s.target_object, s.goal, s.need FROM settled_need s JOIN target_object t ON t.id = s.target_object
    WHERE s.need IS NOT NULL AND NOT EXISTS (SELECT 1 FROM settled_need n
        WHERE n.target_object = s.target_object AND n.goal = s.goal AND n.id > s.id) AND """

# A statement that begins with WITH would go to SQLite's writer.
ABOVE = f"""(SELECT id FROM (WITH RECURSIVE above(id) AS (SELECT CAST({{}} AS integer) UNION
    SELECT l.source FROM above a JOIN object_link l ON l.target = a.id
    WHERE l.ended_on IS NULL AND l.kind IN ({INHERITING_KINDS})) SELECT id FROM above) reached)"""


async def structure(institution: int) -> tuple[Structure[int], dict[int, Needs]]:
    """Everything in an institution, with what is stored."""
    return _assembled(
        await rows(Needs, NEEDS + "institution = {}", institution),
        await rows(_Link, LINKS + "t.institution = {}", institution),
        await rows(_Settled, SETTLED + "t.institution = {}", institution),
    )


async def what_follows_of_all(institution: int) -> list[Consequence[int]]:
    """Every object of an institution whose stored need is not what its structure gives, with nothing trusted."""
    found, stored = await structure(institution)
    needs = found.inherit()
    moved = shifts({key: one.stored for key, one in stored.items()}, needs)
    return [
        Consequence(shift, {goal: found.explain(shift.key, goal, needs) for goal in shift.goals}) for shift in moved
    ]


async def structure_above(id: int) -> tuple[Structure[int], dict[int, Needs]]:
    """An object and all that relies on it, directly or through others: enough to explain its needs."""
    return _assembled(
        await rows(Needs, NEEDS + f"id IN {ABOVE}", id),
        await rows(_Link, LINKS + f"l.target IN {ABOVE}", id),
        await rows(_Settled, SETTLED + f"s.target_object IN {ABOVE}", id),
    )


def _assembled(
    found: Sequence[Needs], links: Iterable[_Link], settled: Iterable[_Settled]
) -> tuple[Structure[int], dict[int, Needs]]:
    by_object: dict[int, dict[Goal, ProtectionNeed]] = defaultdict(dict)
    for one in settled:
        by_object[one.target_object][one.goal] = one.need
    relied_on_by: dict[int, list[int]] = defaultdict(list)
    for link in links:
        relied_on_by[link.target].append(link.source)
    decisions: dict[int, Settled] = dict(by_object)
    return Structure({one.id: one.own for one in found}, dict(relied_on_by), decisions), {one.id: one for one in found}
