"""Circles: objects that rely on each other, found so that people can be told about them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Generic, TypeVar

Key = TypeVar("Key", int, str)


def circles(relied_on_by: Mapping[Key, Collection[Key]]) -> list[frozenset[Key]]:
    """The sets of two or more objects of which each relies, directly or through others, on every other."""
    search = _Search(relied_on_by)
    for key in relied_on_by:
        if key not in search.found_at:
            search.start(key)
    return search.circles


class _Search(Generic[Key]):
    """Tarjan's strongly connected sets without recursion, because chains are longer than Python's stack."""

    def __init__(self, edges: Mapping[Key, Collection[Key]]) -> None:
        self.edges: Mapping[Key, Collection[Key]] = edges
        self.found_at: dict[Key, int] = {}
        self.low: dict[Key, int] = {}
        self.open: list[Key] = []
        self.is_open: set[Key] = set()
        self.circles: list[frozenset[Key]] = []

    def start(self, key: Key) -> None:
        way = [(key, self._enter(key))]
        while way:
            here, neighbours = way[-1]
            further = self._next_unknown(here, neighbours)
            if further is not None:
                way.append((further, self._enter(further)))
                continue
            way.pop()
            self._leave(here)
            if way:
                above = way[-1][0]
                self.low[above] = min(self.low[above], self.low[here])

    def _next_unknown(self, here: Key, neighbours: Iterator[Key]) -> Key | None:
        for neighbour in neighbours:
            if neighbour not in self.found_at:
                return neighbour
            if neighbour in self.is_open:
                self.low[here] = min(self.low[here], self.found_at[neighbour])
        return None

    def _enter(self, key: Key) -> Iterator[Key]:
        self.found_at[key] = self.low[key] = len(self.found_at)
        self.open.append(key)
        self.is_open.add(key)
        return iter(self.edges.get(key, ()))

    def _leave(self, key: Key) -> None:
        if self.low[key] != self.found_at[key]:
            return
        members = [self.open.pop()]
        while members[-1] != key:
            members.append(self.open.pop())
        self.is_open.difference_update(members)
        if len(members) > 1:
            self.circles.append(frozenset(members))
