"""Communication links that a plan shows as critical, and why."""

from __future__ import annotations

from collections.abc import Iterable

from assets.rules.protection import Goal, Protection, ProtectionNeed
from isms.rules.terms import Term
from isms.rules.texts import N_


class Critical(Term):
    """Why a communication link is critical (BSI 200-2, section 8.2)."""

    EXTERNAL = "k1", N_("K1 Außenverbindung")
    CONFIDENTIAL = "k2", N_("K2 hohe Vertraulichkeit")
    INTEGRAL = "k3", N_("K3 hohe Integrität")
    AVAILABLE = "k4", N_("K4 hohe Verfügbarkeit")
    FORBIDDEN = "k5", N_("K5 darf nicht übertragen werden")


BY_GOAL = {
    Goal.CONFIDENTIALITY: Critical.CONFIDENTIAL,
    Goal.INTEGRITY: Critical.INTEGRAL,
    Goal.AVAILABILITY: Critical.AVAILABLE,
}


def critical_kinds(noted: str, needs: Protection) -> list[Critical]:
    """What somebody noted (`k1 k5`), and K2 to K4 where the need of the link is high or more, in order."""
    follows = {kind for goal, kind in BY_GOAL.items() if needs[goal] >= ProtectionNeed.HIGH}
    return [kind for kind in Critical if kind in follows or kind.value in noted.split()]


def noted_as(kinds: Iterable[Critical]) -> str:
    """As the column holds it: `k1 k5`, in order and each once."""
    chosen = set(kinds)
    return " ".join(kind.value for kind in Critical if kind in chosen)
