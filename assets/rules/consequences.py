"""What a change leads to: only objects whose needs may move are looked at, however large the office is.

A goal at one level is a question of yes or no: an object is marked when it brings that much along itself, or when
something marked relies on it. So what falls is what no longer has a way up to an object that brings it along, and what
rises is what such an object newly reaches.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Generic

from assets.rules.around import Around, Steps
from assets.rules.proposals import Proposal
from assets.rules.protection import Goal, Key, Origin, Protection, ProtectionNeed, Shift
from assets.rules.ways import Origins


@dataclass(frozen=True)
class Consequence(Generic[Key]):
    """An object whose need moves, and for each goal that moves where the new need comes from."""

    shift: Shift[Key]
    origins: Mapping[Goal, Origin[Key]]


def consequences(proposal: Proposal[Key]) -> Steps[list[Consequence[Key]]]:
    """Every object whose effective need moves, by key. The stored needs must be those of the structure before."""
    around = Around(proposal)
    yield from around.meet({*proposal.named, *proposal.gone})
    below = {key for gone in proposal.gone for key in around.before[gone].relies_on}
    touched = frozenset({*proposal.named, *below} - {*proposal.gone})
    yield from around.meet(touched)
    marked: dict[tuple[Goal, ProtectionNeed], _Mark[Key]] = {}
    for goal in Goal:
        for level in list(ProtectionNeed)[1:]:
            mark = marked[goal, level] = _Mark(around, goal, level)
            yield from mark.follow(touched)
    moved = sorted({key for mark in marked.values() for key in mark.moved})
    after = {key: Protection(*(_level(key, goal, marked) for goal in Goal)) for key in moved}
    yield from around.meet(around.above(moved))
    origins = {goal: Origins(around, goal, after) for goal in Goal}
    found = []
    for key in moved:
        shift = Shift(key, around.now[key].stored, after[key])
        ways = {}
        for goal in shift.goals:
            ways[goal] = yield from origins[goal].of(key)
        found.append(Consequence(shift, ways))
    return found


class _Mark(Generic[Key]):
    """One goal at one level: who has it, who loses it, who gets it."""

    def __init__(self, around: Around[Key], goal: Goal, level: ProtectionNeed) -> None:
        self.around, self.goal, self.level = around, goal, level
        self.lost: set[Key] = set()
        self.gained: set[Key] = set()
        self.proven: set[Key] = set()

    @property
    def moved(self) -> set[Key]:
        return self.lost ^ self.gained

    def has(self, key: Key) -> bool:
        """Whether the object needs that much now."""
        return key in self.gained or self._kept(key)

    def follow(self, touched: Collection[Key]) -> Steps[None]:
        doubted = {key for key in touched if self._had(key)}
        while doubted:
            yield from self._look_up(doubted)
            fallen = {key for key in doubted if key not in self.proven}
            self.lost |= fallen
            below = self.around.below(fallen)
            yield from self.around.meet(below)
            doubted = {key for key in below if self._kept(key) and key not in self.proven}
        yield from self._rise({key for key in touched if not self._kept(key)})

    def _look_up(self, doubted: Collection[Key]) -> Steps[None]:
        """Prove of the doubted who still has a way up to an object that brings the need along; level by level."""
        search = _Search(self, doubted)
        while front := search.front():
            yield from self.around.meet(self.around.above(front))
            search.widen(front)

    def _rise(self, candidates: Collection[Key]) -> Steps[None]:
        """Mark what brings the need along or is relied on by something marked, and all below it."""
        yield from self.around.meet(self.around.above(candidates))
        rising = {
            key
            for key in candidates
            if self.brings(key)
            or (self._inherits(key) and any(self._kept(source) for source in self.around.now[key].relied_on_by))
        }
        while rising:
            self.gained |= rising
            below = self.around.below(rising)
            yield from self.around.meet(below)
            rising = {key for key in below if self._inherits(key) and not self.has(key)}

    def brings(self, key: Key) -> bool:
        """Whether the object brings the need along itself: settled if somebody did, else its own."""
        standing = self.around.now[key]
        return standing.settled.get(self.goal, standing.own[self.goal]) >= self.level

    def sources(self, key: Key) -> list[Key]:
        """From whom the object could still have it."""
        return [one for one in self.around.now[key].relied_on_by if self._kept(one)] if self._inherits(key) else []

    def _inherits(self, key: Key) -> bool:
        return self.goal not in self.around.now[key].settled

    def _had(self, key: Key) -> bool:
        return self.around.now[key].stored[self.goal] >= self.level

    def _kept(self, key: Key) -> bool:
        return self._had(key) and key not in self.lost


class _Search(Generic[Key]):
    """The way up from objects whose mark is in doubt, no further than the doubt goes."""

    def __init__(self, mark: _Mark[Key], doubted: Collection[Key]) -> None:
        self.mark = mark
        self.carries: dict[Key, list[Key]] = {}
        self.widened: set[Key] = set()
        self.waiting: list[Key] = []
        for key in doubted:
            self._enter(key)
        self.doubted = set(doubted)

    def front(self) -> list[Key]:
        """The objects to look above next: those on which a doubt still hangs."""
        waiting, self.waiting = dict.fromkeys(self.waiting), []
        return [key for key in waiting if key not in self.widened and self._matters(key)]

    def widen(self, front: Collection[Key]) -> None:
        for key in front:
            self.widened.add(key)
            for source in self.mark.sources(key):
                self.carries.setdefault(source, []).append(key)
                if source in self.mark.proven:
                    self._prove(key)
                elif source not in self.widened:
                    self._enter(source)

    def _enter(self, key: Key) -> None:
        if self.mark.brings(key):
            self._prove(key)
        else:
            self.waiting.append(key)

    def _matters(self, key: Key) -> bool:
        proven = self.mark.proven
        return key not in proven and (
            key in self.doubted or any(other not in proven for other in self.carries.get(key, ()))
        )

    def _prove(self, key: Key) -> None:
        """The object has a way up, and so has everything below it that was waiting for one."""
        going = [key]
        while going:
            here = going.pop()
            if here not in self.mark.proven:
                self.mark.proven.add(here)
                going.extend(self.carries.get(here, ()))


def _level(key: Key, goal: Goal, marked: Mapping[tuple[Goal, ProtectionNeed], _Mark[Key]]) -> ProtectionNeed:
    return max(
        (level for level in ProtectionNeed if (goal, level) in marked and marked[goal, level].has(key)),
        default=ProtectionNeed.NORMAL,
    )
