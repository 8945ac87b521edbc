"""Imports: upload, preview row by row, answer what is open, confirm, report."""

from __future__ import annotations

from typing import Any

from litestar import Controller, get, post
from litestar.params import FromPath, FromQuery

from isms import imports
from isms.area import ImportKind, Outcome, Plan, Upload
from isms.commands import imports as commands
from isms.forms import Draft, Form, read, upload_of
from isms.guards import requires
from isms.house import house_of
from isms.pages import Html, Visit, after, again, page
from isms.people import unit, units
from isms.permissions import May
from isms.rules.errors import Forbidden, Incomplete, Refused
from isms.rules.texts import N_
from isms.web.clock import today

SHOWN = 200
URGENT = (Outcome.WRONG, Outcome.QUESTION)


class UploadForm(Form):
    kind: str
    unit: int


class Nothing(Form):
    """A form of one button."""


class Imports(Controller):
    path = "/imports"
    guards = [requires(May.IMPORT)]

    @get("/")
    async def index(self, request: Visit) -> Html:
        done = await imports.runs(seen_by=request.user)
        return page(request, "isms/imports.html", kinds=offered(request), runs=done)

    @get("/new")
    async def blank(self, request: Visit, kind: FromQuery[str]) -> Html:
        return page(request, "isms/import_new.html", **await choices(request, kind_of(request, kind)))

    @post("/", status_code=200)
    async def create(self, request: Visit) -> Any:
        draft = await read(UploadForm, request)
        kind = kind_of(request, draft.value("kind"))
        try:
            place = await unit(draft.form.unit, seen_by=request.user, asks=kind.asks)
            sent = await upload_of(request, "file")
            content = await sent.read()
            imports.refuse_large(kind, content)
            await kind.plan(Upload(sent.filename, content, place.id), by=request.user, on=today())
            run = await commands.receive(
                kind, sent.filename, content, unit=place, by=request.user, store=house_of(request).store
            )
        except (Incomplete, Refused) as error:
            return again(request, "isms/import_new.html", draft, error, **await choices(request, kind, draft))
        return after(request, f"/imports/{run}", notice=N_("Die Datei ist gelesen. Es ist noch nichts gespeichert."))

    @get("/{run_id:int}")
    async def show(self, request: Visit, run_id: FromPath[int]) -> Html:
        run = await imports.run(run_id, seen_by=request.user)
        kind = kind_of(request, run.kind)
        if run.finished_at:
            return page(request, "isms/import_done.html", run=run, kind=kind)
        plan = await kind.plan(imports.upload_of(run, house_of(request).store), by=request.user, on=today())
        return page(
            request, "isms/import.html", run=run, kind=kind, plan=plan, shown=shown(plan), outcomes=list(Outcome)
        )

    @post("/{run_id:int}/answers", status_code=200)
    async def answer(self, request: Visit, run_id: FromPath[int]) -> Any:
        draft = await read(Nothing, request)
        run = await imports.run(run_id, seen_by=request.user)
        prefix = "answer."
        given = {name.removeprefix(prefix): draft.value(name) for name in draft.typed if name.startswith(prefix)}
        await commands.answer(run, given, by=request.user)
        return after(request, f"/imports/{run.id}", notice=N_("Ihre Antworten sind übernommen."))

    @post("/{run_id:int}/completion", status_code=200)
    async def complete(self, request: Visit, run_id: FromPath[int]) -> Any:
        await read(Nothing, request)
        run = await imports.run(run_id, seen_by=request.user)
        await commands.carry_out(
            kind_of(request, run.kind), run, by=request.user, on=today(), store=house_of(request).store
        )
        return after(request, f"/imports/{run.id}", notice=N_("Der Import ist ausgeführt."))


def kind_of(request: Visit, name: str) -> ImportKind:
    """Raises Missing for an unknown kind, Forbidden for one that is not for this person."""
    kind = house_of(request).import_kind(name)
    if not request.user.may(kind.asks):
        raise Forbidden
    return kind


def offered(request: Visit) -> list[ImportKind]:
    return [kind for area in house_of(request).areas for kind in area.imports if request.user.may(kind.asks)]


async def choices(request: Visit, kind: ImportKind, draft: Draft[UploadForm] | None = None) -> dict[str, Any]:
    places = await units(seen_by=request.user, asks=kind.asks)
    if not places:
        raise Forbidden
    own = request.user.unit if any(place.id == request.user.unit for place in places) else places[0].id
    known = {"kind": kind, "units": places}
    return known if draft else {"draft": Draft.blank(UploadForm, kind=kind.name, unit=own), **known}


def shown(plan: Plan) -> list[Any]:
    """What a person has to look at first: wrong and open rows, then the rest, up to a page's worth."""
    urgent = [verdict for verdict in plan.verdicts if verdict.outcome in URGENT]
    rest = [verdict for verdict in plan.verdicts if verdict.outcome not in URGENT]
    return [*urgent, *rest][:SHOWN]
