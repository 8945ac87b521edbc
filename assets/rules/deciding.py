"""Which links hand down the needs that count: for every object the last step of the way from the one that decides."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Mapping
from typing import TypeVar

from assets.rules.protection import Goal, Protection, ProtectionNeed, Structure

Key = TypeVar("Key", int, str)


def deciding(structure: Structure[Key], needs: Mapping[Key, Protection]) -> dict[tuple[Key, Key], tuple[Goal, ...]]:
    """From the object that hands a need down to the one that inherits it, on shortest ways; normal needs left out."""
    supports: dict[Key, list[Key]] = defaultdict(list)
    for key, dependents in structure.relied_on_by.items():
        for dependent in dependents:
            supports[dependent].append(key)
    found: dict[tuple[Key, Key], list[Goal]] = defaultdict(list)
    for goal in Goal:
        for key, source in _sources(structure, needs, supports, goal).items():
            found[source, key].append(goal)
    return {link: tuple(goals) for link, goals in found.items()}


def way_to(key: Key, goal: Goal, links: Mapping[tuple[Key, Key], tuple[Goal, ...]]) -> list[Key]:
    """From the object that decides a goal to this one; only the object itself where it decides."""
    sources = {target: source for (source, target), goals in links.items() if goal in goals}
    way = [key]
    while way[-1] in sources:
        way.append(sources[way[-1]])
    return way[::-1]


def _sources(
    structure: Structure[Key], needs: Mapping[Key, Protection], supports: Mapping[Key, list[Key]], goal: Goal
) -> dict[Key, Key]:
    """From whom each object has its need: all that decide hand down at once, so the nearest comes first."""
    waiting = deque(sorted(key for key in structure.own if _decides(structure, needs, key, goal)))
    deciders = set(waiting)
    sources: dict[Key, Key] = {}
    while waiting:
        here = waiting.popleft()
        for support in sorted(supports.get(here, ())):
            if support not in sources and support not in deciders and _same(needs, here, support, goal):
                sources[support] = here
                waiting.append(support)
    return sources


def _same(needs: Mapping[Key, Protection], one: Key, other: Key, goal: Goal) -> bool:
    return other in needs and needs[one][goal] == needs[other][goal]


def _decides(structure: Structure[Key], needs: Mapping[Key, Protection], key: Key, goal: Goal) -> bool:
    need = needs[key][goal]
    settled = goal in structure.settled.get(key, {})
    return need > ProtectionNeed.NORMAL and (settled or structure.own[key][goal] >= need)
