"""Protection needs: how they are handed down along links, and why an object ends up with the one it has."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar

from isms.rules.errors import Refused
from isms.rules.terms import Level, Term
from isms.rules.texts import N_


class Sortable(Protocol):
    def __lt__(self, other: Any, /) -> bool: ...


Key = TypeVar("Key", bound=Sortable)
"""Names an object: the id of its row, or a word in a test."""


class ProtectionNeed(Level):
    NORMAL = 1, N_("normal")
    HIGH = 2, N_("hoch")
    VERY_HIGH = 3, N_("sehr hoch")


class Goal(Term):
    CONFIDENTIALITY = "confidentiality", N_("Vertraulichkeit")
    INTEGRITY = "integrity", N_("Integrität")
    AVAILABILITY = "availability", N_("Verfügbarkeit")


class ReasonKind(Term):
    """Why a person settled a need against the maximum (BSI 200-2, section 8.2)."""

    ACCUMULATION = "accumulation", N_("Kumulationseffekt: vieles zusammen wiegt schwerer")
    DISTRIBUTION = "distribution", N_("Verteilungseffekt: es ist mehrfach vorhanden, ein Ausfall wird aufgefangen")
    DEPENDENCY = "dependency", N_("Abhängigkeit: nur Unwesentliches stützt sich darauf")
    MANUAL = "manual", N_("andere Begründung")


class Ground(Term):
    """Why an object has the need that it has (BSI 200-2, section 8.2.2)."""

    OPEN = "open", N_("noch nicht festgestellt")
    OWN = "own", N_("eigene Feststellung")
    MAXIMUM = "maximum", N_("Maximumprinzip")
    ACCUMULATION = "accumulation", N_("Kumulationseffekt")
    DISTRIBUTION = "distribution", N_("Verteilungseffekt")
    DEPENDENCY = "dependency", N_("Abhängigkeit")
    MANUAL = "manual", N_("andere Begründung")


def ground(
    settled: ReasonKind | None, own: ProtectionNeed | None, computed: ProtectionNeed, *, carries: bool
) -> Ground:
    """The kind of reason: settled by somebody, else found for the object itself if that is as much as all that
    relies on it needs, else handed down. Nobody found anything where nothing that `carries` it relies on it."""
    if settled is not None:
        return Ground(settled.value)
    if own is not None and own >= computed:
        return Ground.OWN
    return Ground.MAXIMUM if carries else Ground.OPEN


@dataclass(frozen=True)
class Protection:
    """What one target object needs, goal by goal."""

    confidentiality: ProtectionNeed = ProtectionNeed.NORMAL
    integrity: ProtectionNeed = ProtectionNeed.NORMAL
    availability: ProtectionNeed = ProtectionNeed.NORMAL

    def __or__(self, other: Protection) -> Protection:
        """The higher of both, goal by goal (maximum principle)."""
        return Protection(
            max(self.confidentiality, other.confidentiality),
            max(self.integrity, other.integrity),
            max(self.availability, other.availability),
        )

    def __getitem__(self, goal: Goal) -> ProtectionNeed:
        need: ProtectionNeed = getattr(self, goal.value)
        return need

    @property
    def highest(self) -> ProtectionNeed:
        return max(self.confidentiality, self.integrity, self.availability)


Settled = Mapping[Goal, ProtectionNeed]
MANY_TOGETHER = 3


@dataclass(frozen=True)
class Origin(Generic[Key]):
    """Where a need comes from: `path` leads from the object that decides to the one asked about."""

    path: tuple[Key, ...]
    need: ProtectionNeed
    settled: bool

    @property
    def decided_by(self) -> Key:
        return self.path[0]

    @classmethod
    def walked(
        cls, start: Key, onward: Mapping[Key, Key | None], need: ProtectionNeed, *, settled: bool
    ) -> Origin[Key]:
        """From the object that decides, on along `onward` until that ends."""
        return cls(tuple(_walk(start, onward)), need, settled)

    @property
    def inherited(self) -> bool:
        return len(self.path) > 1


@dataclass(frozen=True)
class Structure(Generic[Key]):
    """Objects with their own needs, who relies on whom, and what people settled against the maximum.

    `own` names every object. `relied_on_by` leads from an object to those that rely on it and therefore hand
    their needs down to it. `settled` holds single goals of single objects: raised by accumulation, lowered by
    distribution. A settled need is what gets handed down, whatever arrives from above.
    """

    own: Mapping[Key, Protection]
    relied_on_by: Mapping[Key, Collection[Key]] = field(default_factory=dict)
    settled: Mapping[Key, Settled] = field(default_factory=dict)

    def inherit(self) -> dict[Key, Protection]:
        """The effective need of every object: the least solution of the maximum principle, goal by goal.

        Objects that rely on each other in a circle come out as one, unless a settled need breaks the circle.
        """
        supports = self._supports()
        by_goal = {goal: self._spread(goal, supports) for goal in Goal}
        return {key: Protection(*(by_goal[goal][key] for goal in Goal)) for key in self.own}

    def computed(self, key: Key, needs: Mapping[Key, Protection]) -> Protection:
        """What the maximum principle alone would give an object, before anything was settled for it."""
        need = self.own[key]
        for dependent in self.relied_on_by.get(key, ()):
            need |= needs[dependent]
        return need

    def gathers(self, key: Key, needs: Mapping[Key, Protection]) -> dict[Goal, int]:
        """Goals at which several objects that rely on this one need as much as it does itself, above „normal“ and
        below the highest, unsettled: whether together they weigh heavier is for people to say (accumulation)."""
        above = set(self.relied_on_by.get(key, ()))
        found = {goal: sum(needs[one][goal] == needs[key][goal] for one in above) for goal in Goal}
        return {
            goal: count
            for goal, count in found.items()
            if count >= MANY_TOGETHER
            and needs[key][goal] is ProtectionNeed.HIGH
            and goal not in self.settled.get(key, {})
        }

    def explain(self, key: Key, goal: Goal, needs: Mapping[Key, Protection]) -> Origin[Key]:
        """The shortest way from the object that decides to this one; ties go to the smaller key."""
        need = needs[key][goal]
        onward: dict[Key, Key | None] = {key: None}
        waiting = deque([key])
        while waiting:
            here = waiting.popleft()
            if self._decides(here, goal, need):
                return Origin.walked(here, onward, need, settled=goal in self.settled.get(here, {}))
            for dependent in sorted(self.relied_on_by.get(here, ())):
                if dependent not in onward and needs[dependent][goal] == need:
                    onward[dependent] = here
                    waiting.append(dependent)
        raise AssertionError(f"nobody decides {goal} of {key}: the needs are not those of this structure")

    def _supports(self) -> dict[Key, list[Key]]:
        """Who hands down to whom: `relied_on_by` read the other way round."""
        supports: dict[Key, list[Key]] = {key: [] for key in self.own}
        for key, dependents in self.relied_on_by.items():
            for dependent in dependents:
                supports[dependent].append(key)
        return supports

    def _spread(self, goal: Goal, supports: Mapping[Key, list[Key]]) -> dict[Key, ProtectionNeed]:
        """Hand one goal's needs down, the highest first: each object is reached once, circles end by themselves."""
        needs = {key: settled[goal] for key, settled in self.settled.items() if goal in settled}
        starts = self._starts(goal)
        for level in sorted(ProtectionNeed, reverse=True):
            reached = starts[level]
            for key in reached:
                needs.setdefault(key, level)
            waiting = [key for key in reached if needs[key] == level]
            while waiting:
                for support in supports[waiting.pop()]:
                    if support not in needs:
                        needs[support] = level
                        waiting.append(support)
        return needs

    def _starts(self, goal: Goal) -> dict[ProtectionNeed, list[Key]]:
        """The objects by the need that they bring along themselves: settled if somebody did, else their own."""
        starts: dict[ProtectionNeed, list[Key]] = {level: [] for level in ProtectionNeed}
        for key, own in self.own.items():
            starts[self.settled.get(key, {}).get(goal, own[goal])].append(key)
        return starts

    def _decides(self, key: Key, goal: Goal, need: ProtectionNeed) -> bool:
        settled = self.settled.get(key, {})
        return goal in settled or self.own[key][goal] >= need


@dataclass(frozen=True)
class Shift(Generic[Key]):
    """One object whose effective need is no longer what it was."""

    key: Key
    before: Protection
    after: Protection

    @property
    def goals(self) -> list[Goal]:
        return [goal for goal in Goal if self.before[goal] != self.after[goal]]


def shifts(before: Mapping[Key, Protection], after: Mapping[Key, Protection]) -> list[Shift[Key]]:
    """What changes between two states, for a preview before saving and for the trail after it."""
    return [
        Shift(key, before.get(key, Protection()), need)
        for key, need in after.items()
        if before.get(key, Protection()) != need
    ]


def check_settlement(kind: ReasonKind, need: ProtectionNeed, computed: ProtectionNeed) -> None:
    """Refuse to settle what the maximum gives anyway, or in the direction that the reason does not carry."""
    if need == computed:
        raise Refused(
            N_(
                "Das Maximum ergibt schon „{need}“. Festgesetzt wird nur, was davon abweicht; "
                "eine Festsetzung von früher können Sie aufheben."
            ),
            need=need,
        )
    if kind is ReasonKind.ACCUMULATION and need < computed:
        raise Refused(
            N_("Der Kumulationseffekt erhöht den Schutzbedarf. Möglich ist nur mehr als „{need}“."), need=computed
        )
    if kind is ReasonKind.DISTRIBUTION and need > computed:
        raise Refused(
            N_("Der Verteilungseffekt senkt den Schutzbedarf. Möglich ist nur weniger als „{need}“."), need=computed
        )
    if kind is ReasonKind.DEPENDENCY and need > computed:
        raise Refused(
            N_("Wer nur Unwesentliches trägt, braucht weniger. Möglich ist nur weniger als „{need}“."), need=computed
        )


def _walk(start: Key, onward: Mapping[Key, Key | None]) -> Iterator[Key]:
    here: Key | None = start
    while here is not None:
        yield here
        here = onward[here]
