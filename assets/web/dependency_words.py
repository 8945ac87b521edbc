"""Dependencies made ready for their templates: by sight, and in words for whoever cannot look at them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from assets.queries.dependencies import Deciding
from assets.queries.plans import PlanObject, Structured
from assets.rules.boxes import Wire
from assets.rules.kinds import LINKS, SYSTEMS, Kind
from assets.rules.layers import Layered
from assets.rules.plan_parts import Tie
from assets.web.drawings import Group, Sheet, Words, sentence, told
from isms.rules.texts import N_
from isms.texts import label, say

RELIES = N_("Stützt sich auf: {others}.")
HANDS_DOWN = N_("{name} ({link}, vererbt: {goals})")
ONLY_LINKED = N_("{name} ({link})")
LAYERS: Sequence[tuple[str, Sequence[Kind]]] = (
    (N_("Informationen"), (Kind.INFORMATION,)),
    (N_("Geschäftsprozesse"), (Kind.PROCESS,)),
    (N_("Anwendungen"), (Kind.APPLICATION,)),
    (N_("IT-Systeme"), SYSTEMS),
    (N_("Verbindungen"), (Kind.COMMUNICATION_LINK,)),
    (N_("Netze"), (Kind.NETWORK,)),
    (N_("Räume"), (Kind.ROOM,)),
    (N_("Gebäude und Standorte"), (Kind.BUILDING, Kind.SITE)),
    (N_("Dienstleister und Rollen"), (Kind.SERVICE_PROVIDER, Kind.ROLE)),
)


@dataclass(frozen=True)
class Drawn:
    """What was found, layer by layer, and how it is drawn. Without a drawing it is too much to draw."""

    found: Structured
    titles: Sequence[str]
    layers: Sequence[Sequence[int]]
    deciding: Deciding
    drawing: Layered | None
    sheet: Sheet
    here: int | None = None


def by_sight(drawn: Drawn) -> dict[str, Any]:
    """What the picture needs; the lines that count come last, and so lie on top."""
    if drawn.drawing is None:
        return {"sheet": drawn.sheet, "drawing": None}
    wires = [(wire, _look(wire, drawn)) for wire in drawn.drawing.wires]
    return {
        "sheet": drawn.sheet,
        "drawing": drawn.drawing,
        "titles": [say(title) for title in drawn.titles],
        "boxes": told(drawn.drawing.boxes, drawn.found.objects),
        "wires": sorted(wires, key=lambda one: one[1] == "plan__wire--deciding"),
        "centre": drawn.here,
    }


def in_words(drawn: Drawn) -> list[Words]:
    """Layer by layer each object with what it relies on, and what it hands down to it."""
    return [
        Words(say(title), "", [Group("", [(_object(key, drawn), f"/objects/{key}") for key in layer])])
        for title, layer in zip(drawn.titles, drawn.layers, strict=True)
        if layer
    ]


def _look(wire: Wire, drawn: Drawn) -> str:
    if (wire.source, wire.target) in drawn.deciding:
        return "plan__wire--deciding"
    kinds = drawn.found.between(wire.source, wire.target)
    return "plan__wire--thin" if any(LINKS[kind].inherits for kind in kinds) else "plan__wire--runs"


def _object(key: int, drawn: Drawn) -> str:
    objects = drawn.found.objects
    others = [_other(tie, objects[tie.target], drawn.deciding) for tie in drawn.found.from_each.get(key, ())]
    relies = [say(RELIES, {"others": ", ".join(others)})] if others else []
    return " ".join([sentence(objects[key]), *relies])


def _other(tie: Tie, target: PlanObject, deciding: Deciding) -> str:
    goals = deciding.get((tie.source, tie.target), ())
    told = {"name": target.label, "link": tie.kind}
    if not goals:
        return say(ONLY_LINKED, told)
    return say(HANDS_DOWN, {**told, "goals": " · ".join(label(goal) for goal in goals)})
