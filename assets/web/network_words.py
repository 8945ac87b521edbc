"""A Netzplan made ready for its templates: by sight, and in words for whoever cannot look at it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from assets.queries.plans import PlanObject, Structured
from assets.rules.boxes import Wire, fitted
from assets.rules.kinds import SYSTEMS, Kind, LinkKind
from assets.rules.network_plan import Frame, NetworkPlan, Segment
from assets.rules.plan_parts import Parts, Tie
from assets.web.drawings import Group, Sheet, Words, bars, sentence, told
from isms.rules.texts import N_
from isms.texts import label, say

NO_PLACE = N_("Raum nicht angegeben")
TIES = N_("Weitere Verbindungen")


@dataclass(frozen=True)
class Made:
    """What was found and how it is drawn. Without a plan it is too much to draw."""

    found: Structured
    parts: Parts
    plan: NetworkPlan | None
    sheet: Sheet


def by_sight(made: Made) -> dict[str, Any]:
    """What the picture needs."""
    objects, plan = made.found.objects, made.plan
    if plan is None:
        return {"sheet": made.sheet, "plan": None}
    nets = [objects[rail.key] if rail.key is not None else None for rail in plan.rails]
    return {
        "sheet": made.sheet,
        "plan": plan,
        "objects": objects,
        "boxes": told(plan.boxes, objects),
        "frames": [_titled(frame, made) for frame in plan.frames],
        "rails": [sentence(net) if net else "" for net in nets],
        "bars": [bars(net) if net else [] for net in nets],
        "wires": [_styled(wire, made) for wire in plan.wires],
    }


def in_words(made: Made) -> list[Words]:
    """Network by network, place by place, and then what else connects them."""
    found = [_segment(segment, made) for segment in made.parts.segments]
    ties = [(_tie(tie, made), "") for tie in made.parts.ties]
    return [*found, Words(say(TIES), "", [Group("", ties)])] if ties else found


def _segment(segment: Segment, made: Made) -> Words:
    objects = made.found.objects
    title, lead = (
        (say(segment.title), "")
        if segment.key is None
        else (objects[segment.key].label, sentence(objects[segment.key]))
    )
    groups = [
        Group(
            _place(cluster.key, segment, made), [(sentence(objects[key]), f"/objects/{key}") for key in cluster.systems]
        )
        for cluster in segment.clusters
    ]
    return Words(title, lead, groups)


def _place(key: int | None, segment: Segment, made: Made) -> str:
    if key is not None:
        return ", ".join(made.found.objects[one].label for one in _around(key, made))
    systems = any(made.found.kinds[one] in SYSTEMS for cluster in segment.clusters for one in cluster.systems)
    return say(NO_PLACE) if systems else ""


def _around(key: int, made: Made) -> tuple[int, ...]:
    """A place, then the building and the site that it lies in."""
    return next((way for way in made.parts.places.values() if way[0] == key), (key,))


def _tie(tie: Tie, made: Made) -> str:
    source, target = made.found.objects[tie.source], made.found.objects[tie.target]
    return f"{source.label} {label(tie.kind)} {target.label}"


def _titled(frame: Frame, made: Made) -> str:
    """The place, and in short what is around it, as far as the frame is wide."""
    objects = made.found.objects
    if frame.key is None:
        return say(NO_PLACE) if frame.drop is not None else ""
    here, *around = _around(frame.key, made)
    words = " · ".join([objects[here].label, *(objects[key].short_id for key in around)])
    return " ".join(fitted(words, 11, 1, frame.width - 20))


def _styled(wire: Wire, made: Made) -> tuple[Wire, str, bool, bool]:
    """The line's look, and at which of its ends it has a tip: a connection leads from its start to its end."""
    kinds = made.found.between(wire.source, wire.target)
    critical = any(_is_critical(made.found.objects[key]) for key in (wire.source, wire.target))
    look = "plan__wire--critical" if critical else "plan__wire--runs" if kinds == {LinkKind.RUNS_ON} else ""
    return wire, look, LinkKind.END_OF in kinds, bool(kinds & {LinkKind.START_OF, LinkKind.RUNS_ON})


def _is_critical(object: PlanObject) -> bool:
    return object.kind is Kind.COMMUNICATION_LINK and bool(object.critical_kinds)
