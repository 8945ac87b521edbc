"""Licences: the list, one with its seats, recording and describing."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from typing import Any

from litestar import Controller, get, post
from litestar.params import FromPath, FromQuery

from assets.commands.licences import add_licence, change_licence, free_seat, give_seat
from assets.queries.licences import AskedLicences, LicenceDetail, all_licences, licence, licences, seat, seats
from assets.queries.objects import choices
from assets.rules.licences import LicenceKind
from assets.rules.permissions import May
from assets.web.asking import theirs
from assets.web.licence_forms import LABELS, LicenceForm, NewLicenceForm, SeatForm, facts_of, seated, typed
from assets.web.lookups import Found, found_objects, found_people
from isms.exports import sheet_download
from isms.forms import Draft, Form, read
from isms.guards import requires
from isms.house import house_of
from isms.listing import Ask
from isms.pages import Html, Visit, after, again, page
from isms.people import colleagues, unit, units
from isms.rules.errors import Answer, Incomplete, Refused, Stale
from isms.rules.texts import N_
from isms.trail import history
from isms.web.clock import today
from isms.web.panels import panels

TITLES = (
    N_("Lizenz"),
    N_("Hersteller"),
    N_("Zählt"),
    N_("Plätze"),
    N_("Vergeben"),
    N_("Ende"),
    N_("Einheit"),
)


class Nothing(Form):
    """A form of one button."""


class Licences(Controller):
    path = "/licences"
    guards = [requires(May.VIEW_UPKEEP)]

    @get("/")
    async def index(
        self,
        request: Visit,
        *,
        q: FromQuery[str] = "",
        full: FromQuery[bool] = False,
        sort: FromQuery[str] = "",
        after: FromQuery[str] = "",
        before: FromQuery[str] = "",
    ) -> Html:
        asked = AskedLicences(q, full)
        found = await licences(asked, Ask(sort, after, before), seen_by=request.user)
        shown: dict[str, Any] = {"asked": asked.address, "may_license": request.user.may(May.LICENSE)}
        return page(request, "assets/licences.html", part="assets/_licences.html", page=found, **shown)

    @get(["/export.csv", "/export.xlsx"])
    async def export(
        self, request: Visit, *, q: FromQuery[str] = "", full: FromQuery[bool] = False, sort: FromQuery[str] = ""
    ) -> Any:
        return sheet_download(request, "lizenzen", TITLES, _exported(AskedLicences(q, full), sort, request))

    @get("/{licence_id:int}")
    async def show(self, request: Visit, licence_id: FromPath[int]) -> Html:
        found = await licence(licence_id, seen_by=request.user)
        return page(request, "assets/licence.html", **await _shown(request, found, Draft.blank(SeatForm)))


class LicenceKeeping(Controller):
    path = "/licences"
    guards = [requires(May.LICENSE)]

    @get("/new")
    async def blank(self, request: Visit) -> Html:
        draft = Draft.blank(NewLicenceForm, unit=request.user.unit, kind=LicenceKind.PERSON, seats=1)
        return page(request, "assets/licence_new.html", draft=draft, **await _choices(request, draft))

    @post("/new", status_code=200)
    async def create(self, request: Visit) -> Any:
        draft = await read(NewLicenceForm, request)
        if draft.chosen("_find"):
            draft.complaints.clear()
            return page(request, "assets/licence_new.html", draft=draft, **await _choices(request, draft))
        try:
            place = await unit(draft.form.unit, seen_by=request.user, asks=May.LICENSE)
            facts = await facts_of(draft.form, seen_by=request.user)
            id = await add_licence(facts, unit=place, by=request.user)
        except (Refused, Incomplete) as error:
            return again(request, "assets/licence_new.html", draft, error, **await _choices(request, draft))
        return after(request, f"/licences/{id}", notice=N_("{name} ist aufgenommen."), values={"name": facts.name})

    @get("/applications")
    async def applications(self, request: Visit, *, application_q: FromQuery[str] = "") -> Html:
        found = await choices(application_q, seen_by=request.user)
        shown = [Found.of(one) for one in found]
        return page(request, "components/_choices.html", field="application", choices=shown, chosen="")

    @get("/{licence_id:int}/edit")
    async def edit(self, request: Visit, licence_id: FromPath[int]) -> Html:
        found = await _kept(request, licence_id)
        draft = Draft.blank(LicenceForm, **typed(found))
        shown = await _choices(request, draft)
        return page(request, "assets/licence_edit.html", draft=draft, licence=found, theirs=(), **shown)

    @post("/{licence_id:int}/edit", status_code=200)
    async def update(self, request: Visit, licence_id: FromPath[int]) -> Any:
        draft = await read(LicenceForm, request)
        found = await _kept(request, licence_id)
        if draft.chosen("_find"):
            draft.complaints.clear()
            shown = await _choices(request, draft)
            return page(request, "assets/licence_edit.html", draft=draft, licence=found, theirs=(), **shown)
        try:
            facts = await facts_of(draft.form, seen_by=request.user)
            await change_licence(found, facts, version=draft.form.version, by=request.user)
        except (Refused, Incomplete) as error:
            return await _once_more(request, found, draft, error)
        notice = N_("Die Angaben zu {name} sind gespeichert.")
        return after(request, f"/licences/{found.id}", notice=notice, values={"name": facts.name})


class Seats(Controller):
    path = "/licences/{licence_id:int}/seats"
    guards = [requires(May.LICENSE)]

    @post("/", status_code=200)
    async def create(self, request: Visit, licence_id: FromPath[int]) -> Any:
        draft = await read(SeatForm, request)
        found = await _kept(request, licence_id)
        if draft.chosen("_find"):
            draft.complaints.clear()
            return page(request, "assets/licence.html", **await _shown(request, found, draft))
        try:
            whom = await seated(draft.form, found, seen_by=request.user)
            await give_seat(found, **whom, by=request.user, on=today())
        except (Refused, Incomplete) as error:
            return again(request, "assets/licence.html", error=error, **await _shown(request, found, draft))
        return after(request, f"/licences/{found.id}", notice=N_("Der Platz ist vergeben."))

    @get("/people")
    async def people(self, request: Visit, licence_id: FromPath[int], *, person_q: FromQuery[str] = "") -> Html:
        await _kept(request, licence_id)
        found = await colleagues(person_q, within=request.user) if person_q.strip() else []
        return page(request, "components/_choices.html", field="person", choices=found, chosen="")

    @post("/{seat_id:int}/ending", status_code=200)
    async def end(self, request: Visit, licence_id: FromPath[int], seat_id: FromPath[int]) -> Any:
        await read(Nothing, request)
        found = await _kept(request, licence_id)
        await free_seat(found, await seat(seat_id, found), by=request.user, on=today())
        return after(request, f"/licences/{found.id}", notice=N_("Der Platz ist wieder frei."))


async def _kept(request: Visit, id: int) -> LicenceDetail:
    found = await licence(id, seen_by=request.user)
    request.user.needs(May.LICENSE, at=found.path)
    return found


async def _once_more(request: Visit, found: LicenceDetail, draft: Draft[LicenceForm], error: Answer) -> Any:
    both = theirs(draft, typed(found), LABELS) if isinstance(error, Stale) else []
    shown = await _choices(request, draft)
    return again(request, "assets/licence_edit.html", draft, error, licence=found, theirs=both, **shown)


async def _shown(request: Visit, found: LicenceDetail, draft: Draft[SeatForm]) -> dict[str, Any]:
    user = request.user
    may_license = user.may(May.LICENSE, at=found.path)
    counts_people = found.kind is LicenceKind.PERSON
    return {
        "draft": draft,
        "licence": found,
        "seats": await seats(found, seen_by=user),
        "people": await found_people(draft, "person", within=user) if may_license and counts_people else [],
        "may_license": may_license,
        "may_object": user.may(May.VIEW_OBJECTS, at=found.path),
        "history": await history(found.key, house=house_of(request), seen_by=user),
        "panels": await panels(request, found.key, on=today()),
    }


async def _choices(request: Visit, draft: Draft[Any]) -> dict[str, Any]:
    applications: list[Found] = await found_objects(draft, "application", seen_by=request.user)
    return {
        "units": await units(seen_by=request.user, asks=May.LICENSE),
        "kinds": list(LicenceKind),
        "applications": applications,
        "labels": LABELS,
    }


async def _exported(asked: AskedLicences, sort: str, request: Visit) -> AsyncGenerator[Sequence[object], None]:
    async for one in all_licences(asked, Ask(sort), seen_by=request.user):
        yield (one.name, one.vendor, one.kind, one.seats, one.taken, one.ends_on, one.unit_name)
