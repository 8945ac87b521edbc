"""What is known of the objects around a change, asked for a few at a time by rules that cannot read themselves."""

from __future__ import annotations

from collections.abc import Collection, Generator, Iterable, Mapping
from typing import Any, Generic, TypeVar

from assets.rules.proposals import Proposal, Standing
from assets.rules.protection import Key

T = TypeVar("T")
Steps = Generator[frozenset[Any], Mapping[Any, Standing[Any]], T]
"""The steps of a rule: they ask for objects, wait to be told how these stand, and end with an answer. Who carries
them out may tell more than was asked."""


class Around(Generic[Key]):
    """What is known so far of the objects around a change: how they stood, and how they stand with it."""

    def __init__(self, proposal: Proposal[Key]) -> None:
        self.before: dict[Key, Standing[Key]] = {}
        self.now: dict[Key, Standing[Key]] = _Applied(proposal, self.before)

    def meet(self, keys: Collection[Key]) -> Steps[None]:
        """Get to know objects, all that are still unknown at once."""
        if unknown := frozenset(key for key in keys if key not in self.before):
            self.before.update((yield unknown))

    def above(self, keys: Iterable[Key]) -> set[Key]:
        return {source for key in keys for source in self.now[key].relied_on_by}

    def below(self, keys: Iterable[Key]) -> set[Key]:
        return {target for key in keys for target in self.now[key].relies_on}


class _Applied(dict[Key, Standing[Key]]):
    """How objects stand with the change, thought out when it is first asked for."""

    def __init__(self, proposal: Proposal[Key], before: Mapping[Key, Standing[Key]]) -> None:
        self.proposal, self.known = proposal, before

    def __missing__(self, key: Key) -> Standing[Key]:
        standing = self[key] = self.proposal.applied(key, self.known[key])
        return standing
