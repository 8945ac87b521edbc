"""The 47 elementary threats as choices and by name."""

from collections.abc import Mapping
from functools import cache

from isms.rules.errors import Incomplete
from isms.rules.texts import N_
from risks.intake.packs import threats


@cache
def threat_names() -> Mapping[str, str]:
    """By number („G 0.18“) the name."""
    return {threat.id: threat.title for threat in threats()}


def threat_choices() -> list[tuple[str, str]]:
    return [(id, f"{id} {title}") for id, title in threat_names().items()]


def known_threat(id: str) -> str:
    """Raises Incomplete for a number that is not among the 47."""
    if id not in threat_names():
        raise Incomplete({"threat": N_("Bitte wählen Sie eine der elementaren Gefährdungen.")})
    return id
