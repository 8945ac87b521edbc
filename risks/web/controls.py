"""Linking a risk to the requirements that keep it in check."""

from typing import Any

from litestar import Controller, get, post
from litestar.params import FromPath

from isms.forms import Form, read
from isms.guards import requires
from isms.listing import Ask
from isms.pages import Html, Visit, after, page
from isms.rules.errors import Missing
from isms.rules.texts import N_
from isms.web.clock import today
from risks.commands.risks import link_control, unlink_control
from risks.queries.catalogues import editions
from risks.queries.decisions import controls
from risks.queries.requirements import Filters, requirement, requirements
from risks.queries.risks import risk
from risks.rules.permissions import May
from risks.web.places import number
from risks.web.register import HOME
from risks.web.risks import PART, detail


class ControlForm(Form):
    requirement: int


class Nothing(Form):
    """A form of one button."""


class Controls(Controller):
    path = "/risks/{risk_id:int}/controls"
    guards = [requires(May.ANALYSE)]

    @get("/new")
    async def new(self, request: Visit, risk_id: FromPath[int]) -> Html:
        found = await risk(risk_id, seen_by=request.user)
        known, given = await editions(), request.query_params.get
        wanted = number(given("catalogue")) or (known[0].id if known else 0)
        filters = Filters(wanted, words=given("q", ""))
        listed = await requirements(filters, Ask(), path=found.path, on=today())
        linked = {each.uuid for each in await controls(found.id, path=found.path, on=today())}
        return page(
            request,
            "risks/control_new.html",
            part="risks/_control_choices.html",
            risk=found,
            editions=[(each.id, f"{each.title}, {each.name}") for each in known],
            filters=filters,
            found=[each for each in listed.rows if each.uuid not in linked][:20],
        )

    @post("/", status_code=200)
    async def create(self, request: Visit, risk_id: FromPath[int]) -> Any:
        form = (await read(ControlForm, request)).form
        found = await risk(risk_id, seen_by=request.user)
        chosen = await requirement(form.requirement)
        await link_control(found, chosen, by=request.user, on=today())
        notice = N_("{code} ist mit dem Risiko verknüpft.")
        return after(request, f"{HOME}/{found.id}", notice=notice, values={"code": chosen.code})

    @post("/{control_id:int}/endings", status_code=200)
    async def end(self, request: Visit, risk_id: FromPath[int], control_id: FromPath[int]) -> Any:
        await read(Nothing, request)
        found = await risk(risk_id, seen_by=request.user)
        linked = {each.id: each for each in await controls(found.id, path=found.path, on=today())}
        if control_id not in linked:
            raise Missing
        await unlink_control(found, linked[control_id], by=request.user, on=today())
        notice = N_("{code} ist nicht mehr mit dem Risiko verknüpft.")
        shown = await detail(request, found)
        values = {"code": linked[control_id].code}
        return after(request, f"{HOME}/{found.id}", notice=notice, part=PART, values=values, **shown)
