"""Units: the tree, a unit's page, and changing the tree."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from litestar import Controller, get, post
from litestar.params import FromPath, FromQuery
from msgspec import Meta

from isms import people
from isms.commands.units import add_unit, close_unit, rename_unit
from isms.forms import Draft, Form, read
from isms.guards import requires
from isms.house import house_of
from isms.pages import Html, Visit, after, again, page
from isms.permissions import May
from isms.queries.people import roles_in
from isms.queries.units import tree, unit
from isms.rules.errors import Incomplete, Refused
from isms.rules.roles import UnitKind
from isms.rules.texts import N_
from isms.trail import history
from isms.web.clock import today
from isms.web.panels import panels
from isms.web.people import Nothing, places

Name = Annotated[str, Meta(max_length=120)]


class UnitForm(Form):
    name: Name
    kind: UnitKind
    parent: int


class NameForm(Form):
    name: Name
    version: int


class Units(Controller):
    path = "/units"
    guards = [requires(May.SEE_PEOPLE)]

    @get("/")
    async def index(self, request: Visit) -> Html:
        found = await tree(seen_by=request.user, on=today())
        top = min((one.depth for one in found), default=0)
        return page(request, "isms/units.html", units=found, top=top, manages=request.user.may(May.MANAGE_PEOPLE))

    @post("/", status_code=200, guards=[requires(May.MANAGE_PEOPLE)])
    async def create(self, request: Visit) -> Any:
        draft = await read(UnitForm, request)
        try:
            form = draft.form
            parent = await people.unit(form.parent, seen_by=request.user, asks=May.MANAGE_PEOPLE)
            made = await add_unit(form.name, kind=form.kind, parent=parent, by=request.user)
        except (Incomplete, Refused) as error:
            return again(request, "isms/unit_new.html", draft, error, **await choices(request))
        return after(request, f"/units/{made}", notice=N_("„{name}“ ist angelegt."), values={"name": form.name})

    @get("/{unit_id:int}")
    async def show(self, request: Visit, unit_id: FromPath[int]) -> Html:
        found = await unit(unit_id, seen_by=request.user, on=today())
        below = await tree(seen_by=request.user, on=today())
        return page(
            request,
            "isms/unit.html",
            unit=found,
            above=next((one for one in below if one.id == found.parent), None),
            parts=[one for one in below if one.parent == found.id],
            everybody=sum(one.people for one in below if one.path.startswith(found.path)),
            roles=await roles_in(found.id, on=today()),
            manages=request.user.may(May.MANAGE_PEOPLE, found.path) and not found.closed_on,
            trail=request.user.may(May.SEE_TRAIL),
            panels=await panels(request, found.key, on=today()),
            history=await history(found.key, seen_by=request.user, house=house_of(request)),
        )


class Tree(Controller):
    """Hanging new units into the tree, renaming and closing them."""

    path = "/units"
    guards = [requires(May.MANAGE_PEOPLE)]

    @get("/new")
    async def new(self, request: Visit, parent: FromQuery[int] = 0) -> Html:
        draft = Draft.blank(UnitForm, kind=UnitKind.DEPARTMENT, parent=parent or request.user.unit)
        return page(request, "isms/unit_new.html", draft=draft, **await choices(request))

    @get("/{unit_id:int}/edit")
    async def edit(self, request: Visit, unit_id: FromPath[int]) -> Html:
        found = await managed(request, unit_id)
        draft = Draft.blank(NameForm, name=found.name, version=found.version)
        return page(request, "isms/unit_edit.html", draft=draft, unit=found)

    @post("/{unit_id:int}/names", status_code=200)
    async def rename(self, request: Visit, unit_id: FromPath[int]) -> Any:
        draft = await read(NameForm, request)
        found = await managed(request, unit_id)
        try:
            form = draft.form
            await rename_unit(as_seen(found, form.version), form.name, by=request.user)
        except (Incomplete, Refused) as error:
            return again(request, "isms/unit_edit.html", draft, error, unit=found)
        return after(request, f"/units/{found.id}", notice=N_("Der neue Name ist gespeichert."))

    @post("/{unit_id:int}/closing", status_code=200)
    async def close(self, request: Visit, unit_id: FromPath[int]) -> Any:
        await read(Nothing, request)
        found = await managed(request, unit_id)
        await close_unit(found, by=request.user, on=today())
        notice = N_("„{name}“ ist geschlossen. Der Verlauf bleibt.")
        return after(request, "/units", notice=notice, values={"name": found.name})


async def managed(request: Visit, unit_id: int) -> people.UnitRow:
    return await people.unit(unit_id, seen_by=request.user, asks=May.MANAGE_PEOPLE)


async def choices(request: Visit) -> dict[str, Any]:
    return {"kinds": list(UnitKind), "units": await places(request)}


def as_seen(unit: people.UnitRow, version: int) -> people.UnitRow:
    """The unit as it stood when the form was opened."""
    return msgspec.structs.replace(unit, version=version)
