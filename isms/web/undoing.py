"""Taking an import back: what would go, what stays and why, and one button."""

from __future__ import annotations

from typing import Any

from litestar import Controller, get, post
from litestar.params import FromPath

from isms import imports
from isms.area import Undoing, UndoPlan
from isms.commands.undoing import take_back, undo_of
from isms.forms import Form, read
from isms.guards import requires
from isms.house import house_of
from isms.pages import Html, Visit, after, page
from isms.permissions import May
from isms.rules.texts import N_
from isms.web.clock import today
from isms.web.imports import SHOWN, kind_of


class Seen(Form):
    """The plan that somebody saw when they agreed."""

    seen: str


class Undos(Controller):
    path = "/imports/{run_id:int}/undoing"
    guards = [requires(May.IMPORT)]

    @get("/")
    async def show(self, request: Visit, run_id: FromPath[int]) -> Html:
        run = await imports.run(run_id, seen_by=request.user)
        kind = kind_of(request, run.kind)
        plan = await undo_of(kind, run).plan(run.id, by=request.user, on=today())
        shown = first(plan)
        links = await house_of(request).resolve(one.key for one in shown)
        return page(
            request,
            "isms/import_undo.html",
            run=run,
            kind=kind,
            plan=plan,
            shown=shown,
            links=links,
            outcomes=list(Undoing),
        )

    @post("/", status_code=200)
    async def create(self, request: Visit, run_id: FromPath[int]) -> Any:
        draft = await read(Seen, request)
        run = await imports.run(run_id, seen_by=request.user)
        await take_back(kind_of(request, run.kind), run, by=request.user, on=today(), seen=draft.form.seen)
        return after(request, f"/imports/{run.id}", notice=N_("Der Import ist zurückgenommen."))


def first(plan: UndoPlan) -> list[Any]:
    """What stays comes first, for that is what somebody has to know; up to a page's worth."""
    return sorted(plan.reversals, key=lambda one: one.outcome is not Undoing.KEPT)[:SHOWN]
