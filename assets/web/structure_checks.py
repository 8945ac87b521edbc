"""Looking through the structure: what is probably there twice, and groups that may not be one."""

from __future__ import annotations

from typing import Any

from litestar import Controller, get, post
from litestar.params import FromPath

from assets.commands.telling_apart import tell_apart
from assets.queries.duplicates import duplicates
from assets.queries.groups import doubtful_groups
from assets.rules.permissions import May
from assets.web.object_keeping import modelled
from isms.forms import Form, read
from isms.guards import requires
from isms.pages import Html, Visit, after, page
from isms.rules.texts import N_


class ApartForm(Form):
    other: int


class StructureChecks(Controller):
    path = "/objects"
    guards = [requires(May.VIEW_OBJECTS)]

    @get("/duplicates")
    async def duplicates(self, request: Visit) -> Html:
        found = await duplicates(seen_by=request.user)
        may_model = request.user.may(May.MODEL)
        return page(request, "assets/duplicates.html", duplicates=found, may_model=may_model)

    @get("/groups")
    async def groups(self, request: Visit) -> Html:
        return page(request, "assets/groups.html", groups=await doubtful_groups(seen_by=request.user))


class Distinctions(Controller):
    path = "/objects/{object_id:int}/distinctions"
    guards = [requires(May.MODEL)]

    @post("/", status_code=200)
    async def create(self, request: Visit, object_id: FromPath[int]) -> Any:
        draft = await read(ApartForm, request)
        one = await modelled(request, object_id)
        other = await modelled(request, draft.form.other)
        await tell_apart(one, other, by=request.user)
        notice = N_("{one} und {other} gelten als zwei verschiedene.")
        values = {"one": one.short_id, "other": other.short_id}
        return after(request, back_to="/objects/duplicates", notice=notice, values=values)
