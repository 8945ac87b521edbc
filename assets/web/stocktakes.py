"""Stocktakes: which, opening one, how often, and who helps."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from litestar import Controller, get, post
from litestar.params import FromPath, FromQuery
from msgspec import Meta

from assets.commands.stocktakes import Extent, end_help, let_help, open_stocktake, plan_stocktakes
from assets.queries.stocktakes import StocktakeRow, plans, stocktake, stocktakes
from assets.rules.permissions import May
from assets.rules.stocktakes import due_after
from isms.forms import Draft, Form, read
from isms.guards import requires
from isms.listing import Ask
from isms.pages import Html, Visit, after, again, page
from isms.people import colleagues, someone, unit, units
from isms.rules.errors import Incomplete, Missing, Refused
from isms.rules.texts import N_
from isms.web.clock import today

INTERVALS = ((12, N_("jährlich")), (6, N_("halbjährlich")), (24, N_("alle zwei Jahre")), (0, N_("kein fester Abstand")))


class StocktakeForm(Form):
    name: Annotated[str, Meta(max_length=120)]
    unit: int
    place: Annotated[str, Meta(max_length=120)] = ""
    category: Annotated[str, Meta(max_length=80)] = ""
    planned_until: date | None = None


class PlanForm(Form):
    unit: int
    every_months: Annotated[int, Meta(ge=0, le=120)]


class HelperForm(Form):
    person: int


class Nothing(Form):
    """A form of one button."""


class Stocktakes(Controller):
    path = "/stocktakes"
    guards = [requires(May.VIEW_STOCKTAKES)]

    @get("/")
    async def index(self, request: Visit, *, after: FromQuery[str] = "", before: FromQuery[str] = "") -> Html:
        draft = Draft.blank(PlanForm, unit=request.user.institution, every_months=12)
        shown = await _listed(request, Ask("", after, before))
        return page(request, "assets/stocktakes.html", draft=draft, **shown)


class StocktakeOpening(Controller):
    path = "/stocktakes"
    guards = [requires(May.STOCKTAKE)]

    @get("/new")
    async def blank(self, request: Visit) -> Html:
        name = f"{request.user.office} {today().year}"
        draft = Draft.blank(StocktakeForm, name=name, unit=request.user.institution)
        return page(request, "assets/stocktake_new.html", draft=draft, **await _choices(request))

    @post("/new", status_code=200)
    async def create(self, request: Visit) -> Any:
        draft = await read(StocktakeForm, request)
        try:
            form = draft.form
            place = await unit(form.unit, seen_by=request.user, asks=May.STOCKTAKE)
            extent = Extent(form.name, form.place, form.category, form.planned_until)
            id = await open_stocktake(extent, unit=place, by=request.user, on=today())
        except (Refused, Incomplete) as error:
            return again(request, "assets/stocktake_new.html", draft, error, **await _choices(request))
        notice = N_("Die Inventur „{name}“ ist eröffnet.")
        return after(request, f"/stocktakes/{id}", notice=notice, values={"name": form.name})

    @post("/plan", status_code=200)
    async def plan(self, request: Visit) -> Any:
        draft = await read(PlanForm, request)
        try:
            form = draft.form
            place = await unit(form.unit, seen_by=request.user, asks=May.STOCKTAKE)
            await plan_stocktakes(place, form.every_months, by=request.user)
        except (Refused, Incomplete) as error:
            return again(request, "assets/stocktakes.html", draft, error, **await _listed(request, Ask()))
        notice = N_("Der Abstand der Inventuren für {name} ist festgelegt.")
        return after(request, "/stocktakes", notice=notice, values={"name": place.name})


class StocktakeHelpers(Controller):
    path = "/stocktakes"
    guards = [requires(May.STOCKTAKE)]

    @get("/people")
    async def people(self, request: Visit, *, person_q: FromQuery[str] = "") -> Html:
        found = await colleagues(person_q, within=request.user) if person_q.strip() else []
        return page(request, "components/_choices.html", field="person", choices=found, chosen="")

    @get("/{stocktake_id:int}/helpers/new")
    async def blank(self, request: Visit, stocktake_id: FromPath[int]) -> Html:
        found = await run_by(request, stocktake_id)
        draft = Draft.blank(HelperForm)
        return page(request, "assets/stocktake_helper.html", stocktake=found, draft=draft, choices=[])

    @post("/{stocktake_id:int}/helpers/new", status_code=200)
    async def create(self, request: Visit, stocktake_id: FromPath[int]) -> Any:
        draft = await read(HelperForm, request)
        found = await run_by(request, stocktake_id)
        words = draft.value("person_q").strip()
        shown: dict[str, Any] = {
            "stocktake": found,
            "choices": await colleagues(words, within=request.user) if words else [],
        }
        if draft.chosen("_find"):
            draft.complaints.clear()
            return page(request, "assets/stocktake_helper.html", draft=draft, **shown)
        try:
            person = await _helping(draft.form.person, request)
            await let_help(found, person, by=request.user)
        except (Refused, Incomplete) as error:
            return again(request, "assets/stocktake_helper.html", draft, error, **shown)
        notice = N_("{name} kann jetzt mitzählen und findet die Inventur unter „Meine Aufgaben“.")
        return after(request, f"/stocktakes/{found.id}", notice=notice, values={"name": person.name})

    @post("/{stocktake_id:int}/helpers/{helper_id:int}/ending", status_code=200)
    async def end(self, request: Visit, stocktake_id: FromPath[int], helper_id: FromPath[int]) -> Any:
        await read(Nothing, request)
        found = await run_by(request, stocktake_id)
        await end_help(found, helper_id, by=request.user)
        return after(request, f"/stocktakes/{found.id}", notice=N_("Wer entbunden ist, zählt nicht mehr mit."))


async def run_by(request: Visit, id: int) -> StocktakeRow:
    """A stocktake that the visitor runs. Raises Missing, or Forbidden for those who only look."""
    found = await stocktake(id, seen_by=request.user)
    request.user.needs(May.STOCKTAKE, at=found.path)
    return found


async def _helping(id: int, request: Visit) -> Any:
    try:
        return await someone(id, within=request.user)
    except Missing as error:
        raise Incomplete({"person": error.message}) from error


async def _listed(request: Visit, ask: Ask) -> dict[str, Any]:
    user = request.user
    runs = await units(seen_by=user, asks=May.STOCKTAKE)
    planned = await plans(seen_by=user)
    return {
        "page": await stocktakes(ask, seen_by=user),
        "may_open": bool(runs),
        "units": runs,
        "intervals": INTERVALS,
        "plans": [(one, due_after(one.last_on, one.every_months) if one.last_on else None) for one in planned],
        "today": today(),
    }


async def _choices(request: Visit) -> dict[str, Any]:
    return {"units": await units(seen_by=request.user, asks=May.STOCKTAKE), "today": today()}
