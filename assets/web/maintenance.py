"""Maintenance: the plans by urgency, the record with its six facts, corrections."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from datetime import date
from typing import Annotated, Any

from litestar import Controller, get, post
from litestar.params import FromPath, FromQuery
from msgspec import Meta

from assets.commands.maintenance import end_plan, maintain, plan_maintenance
from assets.queries.devices import DeviceDetail, device
from assets.queries.maintenance import AskedPlans, MaintenanceRow, all_plans, maintenance, plan, plans, plans_of
from assets.rules.permissions import May
from assets.rules.upkeep import Condition, MaintenanceFacts, MaintenanceKind, Timeliness
from assets.web.asking import term
from assets.web.device_forms import cents_of_form, euros
from isms.exports import sheet_download
from isms.forms import Draft, Form, read
from isms.guards import requires
from isms.listing import Ask
from isms.pages import Html, Visit, after, again, page
from isms.rules.errors import Incomplete, Refused
from isms.rules.texts import N_
from isms.web.clock import today

TITLES = (N_("Gerät"), N_("Wartung"), N_("Alle … Monate"), N_("Zuletzt"), N_("Fällig"), N_("Stand"), N_("Einheit"))


class PlanForm(Form):
    title: Annotated[str, Meta(max_length=120)]
    months: int
    starts_on: date


class MaintenanceForm(Form):
    kind: MaintenanceKind
    occasion: str
    started_on: date
    done_on: date
    involved: str
    actions: str
    condition: Condition
    findings: str
    plan: int | None = None
    external: bool = False
    cost: str = ""


class Nothing(Form):
    """A form of one button."""


class MaintenancePlans(Controller):
    path = "/maintenance"
    guards = [requires(May.VIEW_UPKEEP)]

    @get("/")
    async def index(
        self,
        request: Visit,
        *,
        q: FromQuery[str] = "",
        due: FromQuery[str] = "",
        sort: FromQuery[str] = "",
        after: FromQuery[str] = "",
        before: FromQuery[str] = "",
    ) -> Html:
        asked = AskedPlans(q, term(Timeliness, due))
        found = await plans(asked, Ask(sort, after, before), seen_by=request.user, on=today())
        shown: dict[str, Any] = {"asked": asked.address, "choices": list(Timeliness), "today": today()}
        return page(request, "assets/maintenance.html", part="assets/_maintenance.html", page=found, **shown)

    @get(["/export.csv", "/export.xlsx"])
    async def export(
        self, request: Visit, *, q: FromQuery[str] = "", due: FromQuery[str] = "", sort: FromQuery[str] = ""
    ) -> Any:
        asked = AskedPlans(q, term(Timeliness, due))
        return sheet_download(request, "wartung", TITLES, _exported(asked, sort, request))


class MaintenanceKeeping(Controller):
    path = "/devices/{device_id:int}/maintenance"
    guards = [requires(May.MAINTAIN)]

    @get("/new")
    async def blank(self, request: Visit, device_id: FromPath[int], *, plan: FromQuery[int | None] = None) -> Html:
        found = await _kept(request, device_id)
        kind = MaintenanceKind.PREVENTIVE if plan else None
        draft = Draft.blank(MaintenanceForm, started_on=today(), done_on=today(), plan=plan, kind=kind)
        return page(request, "assets/maintenance_new.html", draft=draft, **await _fields(request, found))

    @post("/new", status_code=200)
    async def create(self, request: Visit, device_id: FromPath[int]) -> Any:
        return await _recorded(request, await _kept(request, device_id))

    @get("/{maintenance_id:int}/correction")
    async def correct(self, request: Visit, device_id: FromPath[int], maintenance_id: FromPath[int]) -> Html:
        found = await _kept(request, device_id)
        wrong = await maintenance(maintenance_id, found)
        draft = Draft.blank(MaintenanceForm, **_typed(wrong))
        return page(request, "assets/maintenance_new.html", draft=draft, **await _fields(request, found, wrong))

    @post("/{maintenance_id:int}/correction", status_code=200)
    async def replace(self, request: Visit, device_id: FromPath[int], maintenance_id: FromPath[int]) -> Any:
        found = await _kept(request, device_id)
        return await _recorded(request, found, await maintenance(maintenance_id, found))


class MaintenancePlanning(Controller):
    path = "/devices/{device_id:int}/maintenance-plans"
    guards = [requires(May.MAINTAIN)]

    @get("/new")
    async def blank(self, request: Visit, device_id: FromPath[int]) -> Html:
        found = await _kept(request, device_id)
        draft = Draft.blank(PlanForm, starts_on=today(), months=12)
        return page(request, "assets/maintenance_plan_new.html", draft=draft, device=found)

    @post("/new", status_code=200)
    async def create(self, request: Visit, device_id: FromPath[int]) -> Any:
        draft = await read(PlanForm, request)
        found = await _kept(request, device_id)
        try:
            form = draft.form
            given = {"months": form.months, "starts_on": form.starts_on}
            await plan_maintenance(found, form.title, **given, by=request.user, on=today())  # type: ignore[arg-type]
        except (Refused, Incomplete) as error:
            return again(request, "assets/maintenance_plan_new.html", draft, error, device=found)
        return after(request, f"/devices/{found.id}", notice=N_("Die Wartung ist geplant."))

    @post("/{plan_id:int}/ending", status_code=200)
    async def end(self, request: Visit, device_id: FromPath[int], plan_id: FromPath[int]) -> Any:
        await read(Nothing, request)
        ending = await plan(plan_id, seen_by=request.user)
        await end_plan(ending, by=request.user, on=today())
        return after(request, f"/devices/{ending.device}", notice=N_("Der Wartungsplan ist beendet."))


async def _kept(request: Visit, id: int) -> DeviceDetail:
    found = await device(id, seen_by=request.user)
    request.user.needs(May.MAINTAIN, at=found.path)
    return found


async def _recorded(request: Visit, found: DeviceDetail, wrong: MaintenanceRow | None = None) -> Any:
    draft = await read(MaintenanceForm, request)
    try:
        form = draft.form
        followed = await plan(form.plan, seen_by=request.user) if form.plan else None
        await maintain(found, _facts(form), plan=followed, instead_of=wrong, by=request.user, on=today())
    except (Refused, Incomplete) as error:
        return again(request, "assets/maintenance_new.html", draft, error, **await _fields(request, found, wrong))
    return after(request, f"/devices/{found.id}", notice=N_("Die Wartung ist dokumentiert."))


def _facts(form: MaintenanceForm) -> MaintenanceFacts:
    return MaintenanceFacts(
        kind=form.kind,
        occasion=form.occasion,
        started_on=form.started_on,
        done_on=form.done_on,
        involved=form.involved,
        actions=form.actions,
        condition=form.condition,
        findings=form.findings,
        external=form.external,
        cost_cents=cents_of_form(form.cost, "cost"),
    )


def _typed(row: MaintenanceRow) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "occasion": row.occasion,
        "started_on": row.started_on,
        "done_on": row.done_on,
        "involved": row.involved,
        "actions": row.actions,
        "condition": row.condition,
        "findings": row.findings,
        "plan": row.plan,
        "external": row.external,
        "cost": euros(row.cost_cents),
    }


async def _fields(request: Visit, found: DeviceDetail, wrong: MaintenanceRow | None = None) -> dict[str, Any]:
    offered = await plans_of(found.id, seen_by=request.user)
    return {
        "device": found,
        "wrong": wrong,
        "kinds": list(MaintenanceKind),
        "conditions": list(Condition),
        "plans": [(str(one.id), one.title) for one in offered],
    }


async def _exported(asked: AskedPlans, sort: str, request: Visit) -> AsyncGenerator[Sequence[object], None]:
    async for one in all_plans(asked, Ask(sort), seen_by=request.user, on=today()):
        yield (
            one.label,
            one.title,
            one.months,
            one.last_done,
            one.due_on,
            one.timeliness(today()),
            one.unit_name,
        )
