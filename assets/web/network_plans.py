"""The bereinigter Netzplan of a scope or a unit: as a page with its words, as SVG and as PDF."""

from __future__ import annotations

from typing import Any

from litestar import Controller, get
from litestar.params import FromQuery

from assets.queries.plans import last_change, structured
from assets.rules.kinds import SYSTEMS, Kind
from assets.rules.network_plan import network_plan
from assets.rules.permissions import May
from assets.rules.plan_parts import DRAWN, parts
from assets.web.asking import term
from assets.web.drawings import Sheet, drawing, files
from assets.web.network_words import Made, by_sight, in_words
from assets.web.plan_asking import MOST_BOXES, TOO_MUCH, Place, place
from isms.guards import requires
from isms.pages import Html, Visit, page
from isms.rules.errors import Refused
from isms.rules.texts import N_
from isms.texts import say
from isms.web.clock import today

TITLE = N_("Bereinigter Netzplan")
PICTURE = "assets/_network_plan_picture.html"


class NetworkPlans(Controller):
    path = "/network-plan"
    guards = [requires(May.VIEW_OBJECTS)]

    @get("/")
    async def index(
        self,
        request: Visit,
        *,
        within: FromQuery[int | None] = None,
        unit: FromQuery[int | None] = None,
        kind: FromQuery[str] = "",
        network: FromQuery[int | None] = None,
        on: FromQuery[str] = "",
        size: FromQuery[str] = "",
    ) -> Html:
        chosen = await place(request, scope=within, unit=unit, on=on)
        made = await _made(request, chosen, term(Kind, kind), network)
        return page(
            request,
            "assets/network_plan.html",
            part="assets/_network_plan.html",
            **by_sight(made),
            words=in_words(made) if made.plan else [],
            networks=[one for one in made.found.objects.values() if one.kind is Kind.NETWORK],
            place=chosen,
            kinds=SYSTEMS,
            asked={**chosen.address, "kind": term(Kind, kind) or "", "network": network or ""},
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
        kind: FromQuery[str] = "",
        network: FromQuery[int | None] = None,
        on: FromQuery[str] = "",
    ) -> Any:
        chosen = await place(request, scope=within, unit=unit, on=on)
        made = await _made(request, chosen, term(Kind, kind), network)
        if made.plan is None:
            raise Refused(TOO_MUCH)
        svg = drawing(request, PICTURE, **by_sight(made))
        return await files(request, made.sheet, svg, in_words(made))


async def _made(request: Visit, chosen: Place, kind: Kind | None, network: int | None) -> Made:
    found = await structured(chosen.cut, DRAWN, seen_by=request.user)
    known = network if network in found.objects else None
    sorted_out = parts(found.kinds, found.ties, kind=kind, network=known)
    few = not found.is_cut and len(sorted_out.boxes) <= MOST_BOXES
    plan = network_plan(sorted_out.segments, [(tie.source, tie.target) for tie in sorted_out.ties]) if few else None
    nets = [segment.key for segment in sorted_out.segments if segment.key is not None]
    changed = await last_change([*sorted_out.boxes, *nets], on=chosen.cut.on) if few else None
    size = (plan.width, plan.height) if plan else (0, 0)
    return Made(found, sorted_out, plan, Sheet(say(TITLE), chosen.name, chosen.cut.on, changed, *size))
