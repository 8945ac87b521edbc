"""A change to the structure that is not made yet, or only just: what it does to the objects around it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Generic, NamedTuple

from assets.rules.protection import Goal, Key, Protection, ProtectionNeed, Settled

NOTHING: Settled = MappingProxyType({})


class Standing(NamedTuple, Generic[Key]):
    """How an object stands among others: what it needs itself, what was settled, what is stored as its effective
    need, who relies on it and what it relies on. Two links between the same objects are named twice.

    A tuple, because an office has thousands and a frozen dataclass takes five times as long to make.
    """

    own: Protection
    stored: Protection
    settled: Settled = NOTHING
    relied_on_by: tuple[Key, ...] = ()
    relies_on: tuple[Key, ...] = ()


@dataclass(frozen=True)
class Proposal(Generic[Key]):
    """What somebody wants to do. A change that is stored already only names the objects that it `touched`: those
    whose own or settled need, or whose links from above, are no longer what they were.

    `settled` takes a need back with None. Links are pairs of the one that relies and the one it relies on. Objects
    that are `gone` leave the structure with all their links.
    """

    touched: Collection[Key] = ()
    own: Mapping[Key, Protection] = field(default_factory=dict)
    settled: Mapping[Key, Mapping[Goal, ProtectionNeed | None]] = field(default_factory=dict)
    linked: Collection[tuple[Key, Key]] = ()
    unlinked: Collection[tuple[Key, Key]] = ()
    gone: Collection[Key] = ()

    @property
    def named(self) -> frozenset[Key]:
        """The objects whose needs may be different at once; those below what is gone come on top."""
        targets = {target for _, target in (*self.linked, *self.unlinked)}
        return frozenset({*self.touched, *self.own, *self.settled, *targets})

    def applied(self, key: Key, standing: Standing[Key]) -> Standing[Key]:
        """How the object would stand."""
        if not (self.own or self.settled or self.linked or self.unlinked or self.gone):
            return standing
        settled = {**standing.settled, **self.settled.get(key, {})}
        return standing._replace(
            own=self.own.get(key, standing.own),
            settled={goal: need for goal, need in settled.items() if need is not None},
            relied_on_by=self._links(standing.relied_on_by, key, above=True),
            relies_on=self._links(standing.relies_on, key, above=False),
        )

    def _links(self, before: tuple[Key, ...], key: Key, *, above: bool) -> tuple[Key, ...]:
        """The other ends of an object's links, as they would be."""
        near, far = (1, 0) if above else (0, 1)
        after = [*before, *(link[far] for link in self.linked if link[near] == key)]
        for link in self.unlinked:
            if link[near] == key and link[far] in after:
                after.remove(link[far])
        return () if key in self.gone else tuple(other for other in after if other not in self.gone)
