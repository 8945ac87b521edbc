"""A measure on its own page: what is to be done, by whom and when, and the report that it is done."""

from typing import Any

from litestar import Controller, get, post
from litestar.params import FromPath

from isms.forms import Draft, Form, read
from isms.guards import requires
from isms.house import house_of
from isms.pages import Html, Visit, after, again, page
from isms.rules.errors import Incomplete, Refused
from isms.rules.texts import N_
from isms.trail import history
from isms.web.clock import today
from risks.commands.measures import complete
from risks.queries.decisions import MeasureRow, measure
from risks.rules.permissions import May


class CompletionForm(Form):
    result: str


class Measures(Controller):
    path = "/measures/{measure_id:int}"
    guards = [requires(May.VIEW_RISKS)]

    @get("/")
    async def show(self, request: Visit, measure_id: FromPath[int]) -> Html:
        found = await measure(measure_id, seen_by=request.user)
        return page(request, "risks/measure.html", draft=Draft.blank(CompletionForm), **await detail(request, found))

    @post("/completions", status_code=200, guards=[requires(May.CARRY_OUT)])
    async def complete(self, request: Visit, measure_id: FromPath[int]) -> Any:
        draft = await read(CompletionForm, request)
        found = await measure(measure_id, seen_by=request.user)
        try:
            await complete(found, draft.form.result, by=request.user, on=today())
        except (Incomplete, Refused) as error:
            return again(request, "risks/measure.html", draft, error, **await detail(request, found))
        return after(request, f"/measures/{found.id}", notice=N_("Die Maßnahme ist als erledigt gemeldet."))


async def detail(request: Visit, found: MeasureRow) -> dict[str, Any]:
    return {
        "measure": found,
        "may_complete": found.done_on is None
        and (found.responsible == request.user.id or request.user.may(May.ANALYSE, found.path)),
        "may_see_risk": request.user.may(May.VIEW_RISKS, found.path),
        "today": today(),
        "history": await history(found.key, seen_by=request.user, house=house_of(request)),
    }
