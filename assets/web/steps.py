"""The next step of a device: a form that asks for exactly what the step demands."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from litestar import Controller, get, post
from litestar.params import FromPath, FromQuery
from msgspec import Meta

from assets.commands.steps import Given, take
from assets.queries.devices import DeviceDetail, device
from assets.rules.lifecycle import Demand, Ownership, Product, Step
from assets.rules.permissions import May
from assets.rules.steps import right_for, rule_of, stage_after
from assets.web.asking import term
from assets.web.lookups import found_people
from isms.files import KeptFile, keep
from isms.forms import Draft, Form, read, upload_of
from isms.guards import requires
from isms.house import house_of
from isms.intake import Unreadable
from isms.pages import Html, Visit, after, again, page
from isms.people import Someone, colleagues, someone
from isms.rules.errors import Complaint, Incomplete, Missing, Refused
from isms.rules.texts import N_
from isms.web.clock import today
from isms.web.files import ACCEPTED

NOTICES: Mapping[Step, str] = {
    Step.APPROVE: N_("Die Anschaffung von {name} ist genehmigt."),
    Step.REJECT: N_("Die Anschaffung von {name} ist abgelehnt."),
    Step.ORDER: N_("{name} ist bestellt."),
    Step.CANCEL: N_("{name} ist storniert."),
    Step.DELIVER: N_("{name} ist geliefert."),
    Step.RECEIVE: N_("{name} ist im Lager."),
    Step.ISSUE: N_("{name} ist an {holder} ausgegeben."),
    Step.INSTALL: N_("{name} ist aufgestellt."),
    Step.MOVE: N_("{name} ist umgestellt."),
    Step.TAKE_BACK: N_("{name} ist zurückgenommen."),
    Step.RESET: N_("{name} ist geprüft, zurückgesetzt und im Lager."),
    Step.REPAIR: N_("{name} ist in Reparatur."),
    Step.REPORT_LOST: N_("Der Verlust von {name} ist gemeldet."),
    Step.REPORT_STOLEN: N_("Der Diebstahl von {name} ist gemeldet."),
    Step.FIND: N_("{name} ist wiedergefunden. Prüfen Sie das Gerät, bevor es wieder benutzt wird."),
    Step.WRITE_OFF: N_("{name} ist ausgebucht."),
    Step.RETIRE: N_("{name} ist ausgesondert."),
    Step.REUSE: N_("{name} wird wieder verwendet. Prüfen Sie das Gerät, bevor es ins Lager kommt."),
    Step.ERASE: N_("{name} ist gelöscht."),
    Step.DISPOSE: N_("{name} ist entsorgt."),
    Step.SELL: N_("{name} ist verkauft."),
    Step.GIVE_BACK: N_("{name} ist an den Eigentümer zurückgegeben."),
    Step.DEREGISTER: N_("{name} ist abgemeldet."),
}


class StepForm(Form):
    on: date
    holder: int | None = None
    due_back_on: date | None = None
    place: Annotated[str, Meta(max_length=120)] = ""
    reason: str = ""
    is_reset: bool = False


class Steps(Controller):
    path = "/devices/{device_id:int}/steps/{step:str}"
    guards = [requires(May.VIEW_DEVICES)]  # each step asks for its own right

    @get("/")
    async def blank(self, request: Visit, device_id: FromPath[int], step: FromPath[str]) -> Html:
        found, chosen = await _asked(request, device_id, step)
        stage_after(chosen, found.stage, found.ownership)
        draft = Draft.blank(StepForm, on=today(), place=found.place if chosen is Step.RETIRE else "")
        return page(request, "assets/step.html", draft=draft, **await _fields(request, found, chosen, draft))

    @post("/", status_code=200)
    async def create(self, request: Visit, device_id: FromPath[int], step: FromPath[str]) -> Any:
        draft = await read(StepForm, request)
        found, chosen = await _asked(request, device_id, step)
        if draft.chosen("_find"):
            draft.complaints.clear()
            return page(request, "assets/step.html", draft=draft, **await _fields(request, found, chosen, draft))
        try:
            given = await _given(draft.form, request)
            paper = await take(found, chosen, given, by=request.user, on=draft.form.on)
        except (Refused, Incomplete) as error:
            shown = await _fields(request, found, chosen, draft)
            return again(request, "assets/step.html", draft, error, **shown)
        values = {"name": found.name, "holder": given.holder.name if given.holder else ""}
        there = f"/handovers/{paper}" if paper else f"/devices/{found.id}"
        return after(request, back_to=there, notice=NOTICES[chosen], values=values)


class Holders(Controller):
    path = "/devices/holders"
    guards = [requires(May.ISSUE)]

    @get("/")
    async def index(self, request: Visit, *, field: FromQuery[str] = "holder") -> Html:
        """Colleagues for a search field of one of our forms, which sends its words under its own name."""
        name = "person" if field == "person" else "holder"
        words = request.query_params.get(f"{name}_q", "")
        found = await colleagues(words, within=request.user) if words.strip() else []
        return page(request, "components/_choices.html", field=name, choices=found, chosen="")


async def _asked(request: Visit, id: int, step: str) -> tuple[DeviceDetail, Step]:
    """The device and the step of the address. Raises Missing for either, Forbidden without the step's right."""
    chosen = term(Step, step)
    if chosen is None:
        raise Missing
    found = await device(id, seen_by=request.user)
    request.user.needs(right_for(chosen), at=found.path)
    return found, chosen


async def _given(form: StepForm, request: Visit) -> Given:
    if form.on > today():
        raise Incomplete({"on": N_("Der Tag liegt in der Zukunft. Möglich ist höchstens heute.")})
    return Given(
        holder=await _holder(form.holder, request),
        due_back_on=form.due_back_on,
        place=form.place,
        reason=form.reason,
        is_reset=form.is_reset,
        document=await _document(request),
    )


async def _document(request: Visit) -> KeptFile | None:
    """The file that came with the step, if one did."""
    try:
        sent = await upload_of(request, "document")
    except Incomplete:
        return None
    house = house_of(request)
    limit = house.settings.upload_limit_mb * 1024 * 1024
    try:
        return await asyncio.to_thread(keep, house.store, sent.filename, sent.file, limit=limit)
    except Unreadable as error:
        raise Incomplete({"document": Complaint(error.message, error.values)}) from error


async def _holder(id: int | None, request: Visit) -> Someone | None:
    if id is None:
        return None
    try:
        return await someone(id, within=request.user)
    except Missing as error:
        raise Incomplete({"holder": error.message}) from error


async def _fields(request: Visit, found: DeviceDetail, step: Step, draft: Draft[StepForm]) -> dict[str, Any]:
    rule = rule_of(step)
    asks_holder = Demand.HOLDER in rule.demands
    return {
        "device": found,
        "step": step,
        "rule": rule,
        "demands": {one.value for one in rule.demands},
        "asks_place": Product.PLACE in rule.produces,
        "holders": await found_people(draft, "holder", within=request.user) if asks_holder else [],
        "today": today(),
        "accepted": ACCEPTED,
        "may_erase": request.user.may(May.ERASE, at=found.path),
        "is_private": found.ownership is Ownership.PRIVATE,
    }
