"""Joining and leaving: checklists with their points, what is still open with somebody, how long names are kept."""

from __future__ import annotations

from datetime import date
from typing import Any

from litestar import Controller, get, post
from litestar.params import FromPath

from isms import people
from isms.commands.checklists import keep_names, open_checklist, plan_checklists, reopen, tick
from isms.forms import Draft, Form, read
from isms.guards import requires
from isms.house import house_of
from isms.pages import Html, Visit, after, again, page
from isms.permissions import May
from isms.queries.checklists import SHOWN, ChecklistRow, checklist, checklists, former, item, items, points, retention
from isms.rules.checklists import ChecklistKind, written
from isms.rules.errors import Incomplete, Refused
from isms.rules.texts import N_
from isms.web.clock import today


class OpeningForm(Form):
    kind: ChecklistKind
    day: date


class PlanForm(Form):
    kind: ChecklistKind
    points: str


class RetentionForm(Form):
    months: int


class Nothing(Form):
    """A form of one button."""


class Checklists(Controller):
    path = "/checklists"
    guards = [requires(May.KEEP_CHECKLISTS)]

    @get("/")
    async def index(self, request: Visit) -> Html:
        found = await checklists(seen_by=request.user)
        manages = request.user.may(May.MANAGE_PEOPLE)
        return page(request, "isms/checklists.html", checklists=found, most=SHOWN, manages=manages, on=today())

    @get("/{checklist_id:int}")
    async def show(self, request: Visit, checklist_id: FromPath[int]) -> Html:
        found = await checklist(checklist_id, seen_by=request.user)
        return page(request, "isms/checklist.html", part="isms/_checklist.html", **await _shown(request, found))

    @post("/{checklist_id:int}/items/{item_id:int}/completion", status_code=200)
    async def complete(self, request: Visit, checklist_id: FromPath[int], item_id: FromPath[int]) -> Any:
        await read(Nothing, request)
        found = await checklist(checklist_id, seen_by=request.user)
        await tick(found, await item(item_id, found), by=request.user, on=today())
        return await _answered(request, found, N_("Erledigt."))

    @post("/{checklist_id:int}/items/{item_id:int}/reopening", status_code=200)
    async def undo(self, request: Visit, checklist_id: FromPath[int], item_id: FromPath[int]) -> Any:
        await read(Nothing, request)
        found = await checklist(checklist_id, seen_by=request.user)
        await reopen(found, await item(item_id, found), by=request.user)
        return await _answered(request, found, N_("Der Punkt ist wieder offen."))


class ChecklistOpenings(Controller):
    path = "/people/{person_id:int}/checklists"
    guards = [requires(May.MANAGE_PEOPLE)]

    @get("/new")
    async def blank(self, request: Visit, person_id: FromPath[int]) -> Html:
        found = await people.person(person_id, seen_by=request.user, asks=May.MANAGE_PEOPLE)
        draft = Draft.blank(OpeningForm, kind=ChecklistKind.JOINING, day=today())
        return page(request, "isms/checklist_new.html", draft=draft, person=found, kinds=list(ChecklistKind))

    @post("/", status_code=200)
    async def create(self, request: Visit, person_id: FromPath[int]) -> Any:
        draft = await read(OpeningForm, request)
        found = await people.person(person_id, seen_by=request.user, asks=May.MANAGE_PEOPLE)
        try:
            form = draft.form
            start = await points(form.kind, request.user.institution)
            id = await open_checklist(found, form.kind, start, day=form.day, by=request.user)
        except (Refused, Incomplete) as error:
            shown: dict[str, Any] = {"person": found, "kinds": list(ChecklistKind)}
            return again(request, "isms/checklist_new.html", draft, error, **shown)
        return after(request, f"/checklists/{id}", notice=N_("Die Checkliste ist angelegt."))


class ChecklistPlans(Controller):
    path = "/checklists/plans"
    guards = [requires(May.MANAGE_PEOPLE)]

    @get("/")
    async def index(self, request: Visit) -> Html:
        return page(request, "isms/checklist_plans.html", **await _plans(request))

    @post("/", status_code=200)
    async def update(self, request: Visit) -> Any:
        draft = await read(PlanForm, request)
        try:
            office = await people.unit(request.user.institution, seen_by=request.user, asks=May.MANAGE_PEOPLE)
            await plan_checklists(draft.form.kind, draft.form.points, office=office, by=request.user)
        except (Refused, Incomplete) as error:
            shown = await _plans(request)
            shown["drafts"] |= {draft.value("kind"): draft}
            return again(request, "isms/checklist_plans.html", draft, error, **shown)
        return after(request, "/checklists/plans", notice=N_("Die nächsten Checklisten beginnen mit diesen Punkten."))


class FormerPeople(Controller):
    path = "/people/former"
    guards = [requires(May.MANAGE_PEOPLE)]

    @get("/")
    async def index(self, request: Visit) -> Html:
        months = await retention(request.user.institution)
        draft = Draft.blank(RetentionForm, months=months)
        found = await former(seen_by=request.user)
        return page(request, "isms/former.html", draft=draft, former=found, months=months)

    @post("/retention", status_code=200)
    async def keep(self, request: Visit) -> Any:
        draft = await read(RetentionForm, request)
        try:
            office = await people.unit(request.user.institution, seen_by=request.user, asks=May.MANAGE_PEOPLE)
            await keep_names(draft.form.months, office=office, by=request.user)
        except (Refused, Incomplete) as error:
            shown: dict[str, Any] = {"former": await former(seen_by=request.user), "months": draft.value("months")}
            return again(request, "isms/former.html", draft, error, **shown)
        return after(request, "/people/former", notice=N_("Die Aufbewahrungsfrist ist festgelegt."))


async def _answered(request: Visit, found: ChecklistRow, notice: str) -> Any:
    shown = await _shown(request, await checklist(found.id, seen_by=request.user))
    return after(request, f"/checklists/{found.id}", notice=notice, part="isms/_checklist.html", **shown)


async def _shown(request: Visit, found: ChecklistRow) -> dict[str, Any]:
    house, user, on = house_of(request), request.user, today()
    whom = people.Someone(id=found.person, name=found.person_name)
    leaves = found.kind is ChecklistKind.LEAVING
    return {
        "checklist": found,
        "items": await items(found),
        "open_with": await house.open_with(whom, seen_by=user) if leaves else [],
        "due": [] if leaves else await house.due(whom, seen_by=user, on=on),
        "may_person": user.may(May.SEE_PEOPLE),
        "on": on,
    }


async def _plans(request: Visit) -> dict[str, Any]:
    drafts = {
        kind.value: Draft.blank(PlanForm, kind=kind, points=written(await points(kind, request.user.institution)))
        for kind in ChecklistKind
    }
    return {"drafts": drafts, "kinds": list(ChecklistKind)}
