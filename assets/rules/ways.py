"""Where new needs come from: the shortest way from the object that decides to each one that moves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic

from assets.rules.around import Around, Steps
from assets.rules.protection import Goal, Key, Origin, Protection, ProtectionNeed


class Origins(Generic[Key]):
    """The ways of one goal, each as `Structure.explain` would find it: the shortest, ties to the smaller key.

    Whatever lies on a way that was found has the rest of it as its own, so that a long chain is walked once.
    """

    def __init__(self, around: Around[Key], goal: Goal, after: Mapping[Key, Protection]) -> None:
        self.around, self.goal, self.after = around, goal, after
        self.found: dict[Key, tuple[Key, ...]] = {}
        """From an object up to the one that decides, both named."""

    def of(self, key: Key) -> Steps[Origin[Key]]:
        if key not in self.found:
            way = yield from self._search(key)
            for at, here in enumerate(way):
                if here in self.found:
                    break
                self.found[here] = way[at:]
        way = self.found[key]
        return Origin(way[::-1], self._need(key), settled=self.goal in self.around.now[way[-1]].settled)

    def _search(self, key: Key) -> Steps[tuple[Key, ...]]:
        ways: dict[Key, tuple[Key, ...]] = {key: (key,)}
        front = [key]
        best: tuple[Key, ...] | None = None
        steps = 0
        while front and (best is None or len(best) > steps):
            ends = {here: end for here in front if (end := self._end(here))}
            for here, end in ends.items():
                whole = (*ways[here][:-1], *end)
                if best is None or (len(whole), whole) < (len(best), best):
                    best = whole
            going = [here for here in front if here not in ends]
            yield from self.around.meet(self.around.above(going))
            front = self._step(going, ways)
            steps += 1
        if best is None:
            raise AssertionError(f"nobody decides {self.goal} of {key}: the stored needs are not those of before")
        return best

    def _end(self, here: Key) -> tuple[Key, ...] | None:
        """The rest of the way from an object, where it is known."""
        standing = self.around.now[here]
        if self.goal in standing.settled or standing.own[self.goal] >= self._need(here):
            return (here,)
        return self.found.get(here)

    def _step(self, going: list[Key], ways: dict[Key, tuple[Key, ...]]) -> list[Key]:
        reached = []
        for here in going:
            for source in sorted(self.around.now[here].relied_on_by):
                if source not in ways and self._need(source) == self._need(here):
                    ways[source] = (*ways[here], source)
                    reached.append(source)
        return reached

    def _need(self, key: Key) -> ProtectionNeed:
        return self.after.get(key, self.around.now[key].stored)[self.goal]
