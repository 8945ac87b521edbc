"""Imports: upload, preview row by row, answer what is open, confirm, report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from litestar import Controller, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from isms import imports
from isms.area import ImportKind, Outcome, Plan, Upload
from isms.commands import imports as commands
from isms.forms import Draft, Form, read, upload_of
from isms.guards import requires
from isms.house import house_of
from isms.intake.uploads import SHEET, NotMapped, WhichSheet, headed, signature
from isms.pages import Html, Visit, after, again, page
from isms.people import unit, units
from isms.permissions import May
from isms.rules.errors import Forbidden, Incomplete, Refused
from isms.rules.texts import N_
from isms.texts import say
from isms.web.clock import today

SHOWN = 200
READ_AS = N_("„{column}“ als {label}")
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
            mapping = await recalled(kind, content, {}, place.institution)
            planned = await first_plan(kind, Upload(sent.filename, content, place.id, mapping=mapping), request)
            run = await commands.receive(
                kind,
                sent.filename,
                content,
                unit=place,
                by=request.user,
                store=house_of(request).store,
                mapping=mapping,
            )
        except (Incomplete, Refused) as error:
            return again(request, "isms/import_new.html", draft, error, **await choices(request, kind, draft))
        if planned is None:
            return after(request, f"/imports/{run}/columns", notice=N_("Sagen Sie bitte, welche Spalte was enthält."))
        house_of(request).previews.keep(run, planned)
        return after(request, f"/imports/{run}", notice=N_("Die Datei ist gelesen. Es ist noch nichts gespeichert."))

    @get("/{run_id:int}")
    async def show(self, request: Visit, run_id: FromPath[int]) -> Html | Redirect:
        run = await imports.run(run_id, seen_by=request.user)
        kind = kind_of(request, run.kind)
        if run.finished_at:
            return page(request, "isms/import_done.html", run=run, kind=kind, columns=columns_of(run, kind))
        try:
            house = house_of(request)
            again = imports.upload_of(run, house.store)
            plan = house.previews.take(run.id) or await kind.plan(again, by=request.user, on=today())
        except NotMapped:
            return Redirect(f"/imports/{run.id}/columns", status_code=303)
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
        if SHEET in given:
            await recall_for_sheet(request, run.id)
        return after(request, f"/imports/{run.id}", notice=N_("Ihre Antworten sind übernommen."))

    @post("/{run_id:int}/completion", status_code=200)
    async def complete(self, request: Visit, run_id: FromPath[int]) -> Any:
        await read(Nothing, request)
        run = await imports.run(run_id, seen_by=request.user)
        await commands.carry_out(
            kind_of(request, run.kind), run, by=request.user, on=today(), store=house_of(request).store
        )
        return after(request, f"/imports/{run.id}", notice=N_("Der Import ist ausgeführt."))


async def recalled(kind: ImportKind, content: bytes, answers: Mapping[str, str], institution: int) -> dict[str, str]:
    """What somebody chose for such columns before; nothing as long as it is not known which sheet is meant."""
    if not kind.targets:
        return {}
    try:
        table = await headed(content, answers)
    except WhichSheet:
        return {}
    return await imports.remembered(kind, institution, signature(table))


async def first_plan(kind: ImportKind, upload: Upload, request: Visit) -> Plan | None:
    """None where somebody has to say first which column holds what. Raises Unreadable for what is no such file."""
    try:
        return await kind.plan(upload, by=request.user, on=today())
    except NotMapped:
        if not kind.targets:
            raise
        return None


async def recall_for_sheet(request: Visit, run_id: int) -> None:
    run = await imports.run(run_id, seen_by=request.user)
    kind, upload = kind_of(request, run.kind), imports.upload_of(run, house_of(request).store)
    place = await unit(run.unit, seen_by=request.user, asks=kind.asks)
    if found := await recalled(kind, upload.content, run.given, place.institution):
        await commands.recall_mapping(run, found, by=request.user)


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
    known = {"kind": kind, "units": places, "kept_days": imports.KEPT_DAYS}
    return known if draft else {"draft": Draft.blank(UploadForm, kind=kind.name, unit=own), **known}


def columns_of(run: imports.RunRow, kind: ImportKind) -> list[str]:
    """Which column was read as what: „Asset Tag als Inventarnummer“."""
    labels = {target.name: target.label for target in kind.targets}
    read = [(labels[name], column) for name, column in run.mapped.items() if column and name in labels]
    return [say(READ_AS, {"column": column, "label": say(label)}) for label, column in read]


def shown(plan: Plan) -> list[Any]:
    """What a person has to look at first: wrong and open rows, then the rest, up to a page's worth."""
    urgent = [verdict for verdict in plan.verdicts if verdict.outcome in URGENT]
    rest = [verdict for verdict in plan.verdicts if verdict.outcome not in URGENT]
    return [*urgent, *rest][:SHOWN]
