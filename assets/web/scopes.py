"""Scopes: which, what lies within, drawing and describing them."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Controller, get, post
from litestar.params import FromPath
from msgspec import Meta

from assets.commands.scopes import add_scope, change_scope, include, leave_out
from assets.queries.scopes import ScopeRow, member, members, outside, scope, scopes
from assets.rules.permissions import May
from assets.rules.scopes import Method, SafeguardLevel
from assets.web.asking import theirs
from assets.web.lookups import chosen_objects, picked
from isms.forms import Draft, Form, read
from isms.guards import requires
from isms.house import house_of
from isms.pages import Html, Visit, after, again, page
from isms.people import unit, units
from isms.rules.errors import Answer, Incomplete, Refused, Stale
from isms.rules.texts import N_
from isms.trail import history
from isms.web.clock import today

LABELS = {
    "name": N_("Name"),
    "description": N_("Beschreibung und Abgrenzung"),
    "method": N_("Methode"),
    "level": N_("Absicherung"),
}


class ScopeForm(Form):
    name: Annotated[str, Meta(max_length=120)]
    method: Method
    level: SafeguardLevel
    description: str = ""
    version: int = 1


class NewScopeForm(ScopeForm, kw_only=True):
    unit: int


class MembersForm(Form):
    targets: list[int]


class Nothing(Form):
    """A form of one button."""


class Scopes(Controller):
    path = "/scopes"
    guards = [requires(May.VIEW_OBJECTS)]

    @get("/")
    async def index(self, request: Visit) -> Html:
        found = await scopes(seen_by=request.user)
        return page(request, "assets/scopes.html", scopes=found, may_draw=request.user.may(May.DRAW))

    @get("/{scope_id:int}")
    async def show(self, request: Visit, scope_id: FromPath[int]) -> Html:
        found = await scope(scope_id, seen_by=request.user)
        return page(request, "assets/scope.html", **await _shown(request, found, Draft.blank(MembersForm)))


class ScopeDrawing(Controller):
    path = "/scopes"
    guards = [requires(May.DRAW)]

    @get("/new")
    async def blank(self, request: Visit) -> Html:
        draft = Draft.blank(
            NewScopeForm,
            unit=request.user.institution,
            method=Method.GRUNDSCHUTZ_PLUS_PLUS,
            level=SafeguardLevel.STANDARD,
        )
        return page(request, "assets/scope_new.html", draft=draft, **await _choices(request))

    @post("/new", status_code=200)
    async def create(self, request: Visit) -> Any:
        draft = await read(NewScopeForm, request)
        try:
            form = draft.form
            place = await unit(form.unit, seen_by=request.user, asks=May.DRAW)
            id = await add_scope(
                form.name, form.description, unit=place, method=form.method, level=form.level, by=request.user
            )
        except (Refused, Incomplete) as error:
            return again(request, "assets/scope_new.html", draft, error, **await _choices(request))
        return after(request, f"/scopes/{id}", notice=N_("{name} ist angelegt."), values={"name": form.name})

    @get("/{scope_id:int}/edit")
    async def edit(self, request: Visit, scope_id: FromPath[int]) -> Html:
        found = await _drawn(request, scope_id)
        draft = Draft.blank(ScopeForm, **_typed(found))
        return page(request, "assets/scope_edit.html", draft=draft, scope=found, theirs=(), **await _choices(request))

    @post("/{scope_id:int}/edit", status_code=200)
    async def update(self, request: Visit, scope_id: FromPath[int]) -> Any:
        draft = await read(ScopeForm, request)
        found = await _drawn(request, scope_id)
        try:
            form = draft.form
            given: dict[str, Any] = {"method": form.method, "level": form.level, "version": form.version}
            await change_scope(found, form.name, form.description, **given, by=request.user)
        except (Refused, Incomplete) as error:
            return await _once_more(request, found, draft, error)
        notice = N_("Die Angaben zu {name} sind gespeichert.")
        return after(request, f"/scopes/{found.id}", notice=notice, values={"name": form.name})


class ScopeMembers(Controller):
    path = "/scopes/{scope_id:int}/members"
    guards = [requires(May.DRAW)]

    @post("/", status_code=200)
    async def create(self, request: Visit, scope_id: FromPath[int]) -> Any:
        draft = await read(MembersForm, request)
        found = await _drawn(request, scope_id)
        if draft.chosen("_find"):
            draft.complaints.clear()
            return page(request, "assets/scope.html", **await _shown(request, found, draft))
        try:
            targets = await chosen_objects(draft.form.targets, "targets", seen_by=request.user)
            await include(found, targets, by=request.user, on=today())
        except (Refused, Incomplete) as error:
            return again(request, "assets/scope.html", error=error, **await _shown(request, found, draft))
        return after(request, f"/scopes/{found.id}", notice=N_("Der Informationsverbund ist größer geworden."))

    @post("/{member_id:int}/ending", status_code=200)
    async def end(self, request: Visit, scope_id: FromPath[int], member_id: FromPath[int]) -> Any:
        await read(Nothing, request)
        found = await _drawn(request, scope_id)
        gone = await member(member_id, found, seen_by=request.user)
        await leave_out(found, gone, by=request.user, on=today())
        notice = N_("{name} liegt nicht mehr im Informationsverbund.")
        return after(request, f"/scopes/{found.id}", notice=notice, values={"name": gone.name})


async def _drawn(request: Visit, id: int) -> ScopeRow:
    found = await scope(id, seen_by=request.user)
    request.user.needs(May.DRAW, at=found.path)
    return found


async def _once_more(request: Visit, found: ScopeRow, draft: Draft[ScopeForm], error: Answer) -> Any:
    both = theirs(draft, _typed(found), LABELS) if isinstance(error, Stale) else []
    shown = await _choices(request)
    return again(request, "assets/scope_edit.html", draft, error, scope=found, theirs=both, **shown)


async def _shown(request: Visit, found: ScopeRow, draft: Draft[MembersForm]) -> dict[str, Any]:
    offered = await outside(found, draft.value("targets_q"), picked(draft, "targets"), seen_by=request.user)
    return {
        "draft": draft,
        "scope": found,
        "members": await members(found, seen_by=request.user),
        "offered": [(str(one.id), one.label) for one in offered],
        "may_draw": request.user.may(May.DRAW, at=found.path),
        "history": await history(found.key, house=house_of(request), seen_by=request.user),
    }


async def _choices(request: Visit) -> dict[str, Any]:
    return {
        "units": await units(seen_by=request.user, asks=May.DRAW),
        "methods": list(Method),
        "levels": list(SafeguardLevel),
        "labels": LABELS,
    }


def _typed(found: ScopeRow) -> dict[str, object]:
    return {
        "name": found.name,
        "description": found.description,
        "method": found.method,
        "level": found.safeguard_level,
        "version": found.version,
    }
