"""The way from an object's page to the picture of what lies around it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from assets.rules.permissions import May
from isms.area import Panel
from isms.people import Actor
from isms.rules.texts import N_


async def to_dependencies(key: str, *, seen_by: Actor, on: date) -> Sequence[Panel]:
    """Whoever sees the object's page may see the picture; it shows what lies within their reach."""
    kind, _, id = key.partition(":")
    if kind != "target_object" or not seen_by.may(May.VIEW_OBJECTS):
        return ()
    return [Panel(N_("Abhängigkeiten"), "assets/_to_dependencies.html", {"id": int(id)})]
