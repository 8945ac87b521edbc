"""Protection needs at a glance: the page from which the officer looks after them."""

from __future__ import annotations

from litestar import Controller, get
from litestar.params import FromQuery

from assets.queries.criteria import in_force, offices
from assets.queries.need_overview import overview
from assets.rules.permissions import May
from isms.guards import requires
from isms.pages import Html, Visit, page
from isms.permissions import May as Ground
from isms.rules.errors import Missing


class ProtectionNeeds(Controller):
    path = "/protection-needs"
    guards = [requires(May.VIEW_OBJECTS)]

    @get("/")
    async def index(self, request: Visit, *, office: FromQuery[int | None] = None) -> Html:
        offered = await offices(seen_by=request.user)
        chosen = next((one for one in offered if office in (None, one.id)), None)
        if chosen is None:
            raise Missing
        return page(
            request,
            "assets/protection_needs.html",
            place=chosen,
            offices=offered,
            criteria=await in_force(chosen.institution),
            shown=await overview(chosen, seen_by=request.user),
            may_report=request.user.may(Ground.SEE_REPORTS),
        )
