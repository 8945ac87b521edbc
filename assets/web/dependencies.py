"""Who relies on whom: of a whole scope from processes to rooms, and around one object, as page, SVG and PDF."""

from __future__ import annotations

from typing import Any

from litestar import Controller, get
from litestar.params import FromPath, FromQuery

from assets.queries.dependencies import around, deciding_for, deciding_within
from assets.queries.objects import ObjectDetail, target_object
from assets.queries.plans import Chosen, Structured, last_change, structured
from assets.rules.kinds import Kind
from assets.rules.layers import layered
from assets.rules.permissions import May
from assets.web.dependency_words import LAYERS, Drawn, by_sight, in_words
from assets.web.drawings import Sheet, drawing, files
from assets.web.plan_asking import MOST_BOXES, TOO_MUCH, Place, place
from isms.guards import requires
from isms.pages import Html, Visit, page
from isms.rules.errors import Refused
from isms.rules.texts import N_
from isms.texts import say
from isms.web.clock import today

TITLE = N_("Abhängigkeiten")
PICTURE = "assets/_dependency_picture.html"
FURTHEST, USUAL = 5, 2
FAR_ABOVE, ABOVE = N_("{steps} Schritte davor"), N_("stützt sich hierauf")
HERE, BELOW, FAR_BELOW = N_("dieses Zielobjekt"), N_("trägt es"), N_("{steps} Schritte danach")


class Dependencies(Controller):
    path = "/dependencies"
    guards = [requires(May.VIEW_OBJECTS)]

    @get("/")
    async def index(
        self,
        request: Visit,
        *,
        within: FromQuery[int | None] = None,
        unit: FromQuery[int | None] = None,
        on: FromQuery[str] = "",
        size: FromQuery[str] = "",
    ) -> Html:
        chosen = await place(request, scope=within, unit=unit, on=on)
        drawn = await _scope(request, chosen)
        shown = {**by_sight(drawn), "words": in_words(drawn) if drawn.drawing else [], "asked": chosen.address}
        return page(
            request,
            "assets/dependencies.html",
            part="assets/_dependencies.html",
            **shown,
            path="/dependencies",
            place=chosen,
            fit=size != "full",
            today=today(),
        )

    @get(["/plan.svg", "/plan.pdf"])
    async def export(
        self,
        request: Visit,
        *,
        within: FromQuery[int | None] = None,
        unit: FromQuery[int | None] = None,
        on: FromQuery[str] = "",
    ) -> Any:
        return await _file(request, await _scope(request, await place(request, scope=within, unit=unit, on=on)))


class ObjectDependencies(Controller):
    path = "/objects/{object_id:int}/dependencies"
    guards = [requires(May.VIEW_OBJECTS)]

    @get("/")
    async def index(
        self, request: Visit, object_id: FromPath[int], *, levels: FromQuery[int] = USUAL, size: FromQuery[str] = ""
    ) -> Html:
        found = await target_object(object_id, seen_by=request.user)
        drawn = await _object(request, found, levels)
        return page(
            request,
            "assets/object_dependencies.html",
            part="assets/_dependencies.html",
            **by_sight(drawn),
            words=in_words(drawn) if drawn.drawing else [],
            asked={"levels": _near(levels)},
            path=f"/objects/{object_id}/dependencies",
            object=found,
            steps=range(1, FURTHEST + 1),
            fit=size != "full",
        )

    @get(["/plan.svg", "/plan.pdf"])
    async def export(self, request: Visit, object_id: FromPath[int], *, levels: FromQuery[int] = USUAL) -> Any:
        found = await target_object(object_id, seen_by=request.user)
        return await _file(request, await _object(request, found, levels))


async def _scope(request: Visit, chosen: Place) -> Drawn:
    """What hands needs down is known for today only: what people found in the past is not put together again."""
    found = await structured(chosen.cut, list(Kind), seen_by=request.user)
    layers = [[key for key, one in found.objects.items() if one.kind in kinds] for _, kinds in LAYERS]
    few = not found.is_cut and len(found.objects) <= MOST_BOXES
    deciding = await deciding_within(found.objects) if few and chosen.cut.on == today() else {}
    sheet = await _sheet(chosen.name, found, chosen.cut.on)
    return _drawn(Drawn(found, [title for title, _ in LAYERS], layers, deciding, None, sheet), few)


async def _object(request: Visit, object: ObjectDetail, levels: int) -> Drawn:
    """What lies around one object, and however far away they are, the objects that decide its needs."""
    depths = await around(object.id, _near(levels))
    deciding = await deciding_for(object.id)
    for source, target in deciding:
        depths.setdefault(source, depths[target] - 1)
    found = await structured(Chosen(frozenset(depths), today()), list(Kind), seen_by=request.user)
    used = sorted({depths[key] for key in found.objects})
    layers = [[key for key in found.objects if depths[key] == depth] for depth in used]
    titles = [_distance(depth) for depth in used]
    few = len(found.objects) <= MOST_BOXES
    sheet = await _sheet(object.label, found, today())
    return _drawn(Drawn(found, titles, layers, deciding, None, sheet, here=object.id), few)


async def _sheet(name: str, found: Structured, on: Any) -> Sheet:
    changed = await last_change(list(found.objects), on=on)
    return Sheet(say(TITLE), name, on, changed, 0, 0)


def _drawn(found: Drawn, few: bool) -> Drawn:
    if not few:
        return found
    made = layered(found.layers, [(tie.source, tie.target) for tie in found.found.ties])
    sheet = found.sheet
    measured = Sheet(sheet.title, sheet.place, sheet.on, sheet.changed, made.width, made.height)
    return Drawn(found.found, found.titles, found.layers, found.deciding, made, measured, found.here)


def _near(levels: int) -> int:
    return max(1, min(levels, FURTHEST))


def _distance(depth: int) -> str:
    if depth == 0:
        return say(HERE)
    if abs(depth) == 1:
        return say(BELOW if depth > 0 else ABOVE)
    return say(FAR_BELOW if depth > 0 else FAR_ABOVE, {"steps": abs(depth)})


async def _file(request: Visit, drawn: Drawn) -> Any:
    if drawn.drawing is None:
        raise Refused(TOO_MUCH)
    return await files(request, drawn.sheet, drawing(request, PICTURE, **by_sight(drawn)), in_words(drawn))
