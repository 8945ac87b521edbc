"""The parts of an application: the whole list, what changed with the newest one, what runs out of support."""

from __future__ import annotations

from litestar import Controller, get
from litestar.params import FromPath, FromQuery

from assets.queries.objects import target_object
from assets.queries.parts_lists import newest, news, parts, supported
from assets.rules.permissions import May
from isms.guards import requires
from isms.listing import Ask
from isms.pages import Html, Visit, page
from isms.rules.errors import Missing
from isms.rules.texts import N_
from isms.web.clock import today


class Parts(Controller):
    path = "/objects/{object_id:int}/components"
    guards = [requires(May.VIEW_OBJECTS)]

    @get("/")
    async def index(
        self,
        request: Visit,
        object_id: FromPath[int],
        *,
        q: FromQuery[str] = "",
        sort: FromQuery[str] = "",
        after: FromQuery[str] = "",
        before: FromQuery[str] = "",
    ) -> Html:
        found = await target_object(object_id, seen_by=request.user)
        held = await newest(found.id)
        if held is None:
            raise Missing(N_("Zu diesem Zielobjekt ist noch keine Stückliste eingelesen."))
        return page(
            request,
            "assets/parts.html",
            part="assets/_parts_list.html",
            object=found,
            list=held,
            page=await parts(held, Ask(sort, after, before), q),
            q=q,
            news=await news(held),
            looked=await supported(held, found.path),
            on=today(),
        )
