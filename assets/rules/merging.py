"""Several target objects that turn out to be one: which links, needs and settlements it has then."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from assets.rules.kinds import LinkKind
from assets.rules.protection import Goal, ProtectionNeed, ReasonKind
from assets.rules.scenarios import DamageScenario, Finding

Own = Mapping[Goal, ProtectionNeed | None]


class Ends(NamedTuple):
    """A link without its number: `source` relies on `target`."""

    source: int
    kind: LinkKind
    target: int


class Settled(NamedTuple):
    """What was settled for one goal of an object, against which maximum, and why."""

    goal: Goal
    need: ProtectionNeed
    computed: ProtectionNeed
    reason_kind: ReasonKind
    reason: str

    @property
    def raises(self) -> bool:
        return self.need > self.computed


def moved_links(links: Iterable[Ends], into: int, gone: Collection[int]) -> list[Ends]:
    """The links that the one object gets from those that go: each once, none to itself, none that it has already."""
    found = list(links)
    leaving = [link for link in found if link.source in gone or link.target in gone]
    redrawn = dict.fromkeys(_redrawn(link, into, gone) for link in leaving)
    kept = set(found) - set(leaving)
    return [link for link in redrawn if link.source != link.target and link not in kept]


def merged_own(owns: Iterable[Own]) -> dict[Goal, ProtectionNeed | None]:
    """Goal by goal the highest that was found for any of them; what nobody found stays open."""
    found = list(owns)
    return {
        goal: max((own[goal] for own in found if own.get(goal) is not None), default=None)  # type: ignore[type-var]
        for goal in Goal
    }


def merged_findings(findings: Iterable[Finding]) -> list[Finding]:
    """Scenario by scenario the worst damage that was found for any of them, with every reason once."""
    damage: dict[DamageScenario, dict[Goal, ProtectionNeed]] = {}
    reasons: dict[DamageScenario, dict[str, None]] = {}
    for one in findings:
        found = damage.setdefault(one.scenario, {})
        found |= {goal: max(need, found.get(goal, need)) for goal, need in one.damage.items()}
        reasons.setdefault(one.scenario, {}).update({one.reason: None} if one.reason else {})
    return [Finding(scenario, damage[scenario], "\n".join(reasons[scenario])) for scenario in sorted(damage)]


def kept_settlements(mine: Collection[Goal], theirs: Iterable[Settled]) -> list[Settled]:
    """What was settled for those that go and holds on for the one: what raised a need, the highest for each goal, and
    only for goals that nobody settled for the one itself. What lowered a need was said of something else."""
    found: dict[Goal, Settled] = {}
    for one in theirs:
        if one.goal in mine or not one.raises:
            continue
        if one.goal not in found or one.need > found[one.goal].need:
            found[one.goal] = one
    return list(found.values())


def _redrawn(link: Ends, into: int, gone: Collection[int]) -> Ends:
    return Ends(into if link.source in gone else link.source, link.kind, into if link.target in gone else link.target)
