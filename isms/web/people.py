"""People: the list, a person's page, and taking somebody in."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from datetime import UTC, date, datetime
from typing import Annotated, Any

import msgspec
from litestar import Controller, get, post
from litestar.params import FromPath, FromQuery
from msgspec import Meta

from isms import people
from isms.commands.accounts import Facts, correct, invite
from isms.commands.people import NewPerson, add_person, leave
from isms.exports import sheet_download
from isms.forms import Draft, Form, read
from isms.guards import own, requires
from isms.house import house_of
from isms.listing import Ask
from isms.pages import Html, Visit, after, again, page
from isms.permissions import May
from isms.queries.checklists import points
from isms.queries.people import AskedPeople, Standing, all_people, all_roles_of, person, roles_of, standing
from isms.queries.people import people as listed
from isms.queries.units import unit as unit_line
from isms.rules.checklists import ChecklistKind
from isms.rules.errors import Incomplete, Refused
from isms.rules.texts import N_
from isms.trail import history
from isms.web.clock import today
from isms.web.panels import panels

TITLES = (N_("Name"), N_("Einheit"), N_("Anmeldename"), N_("Stand"), N_("Letzter Tag"))


class PersonForm(Form):
    name: Annotated[str, Meta(max_length=120)]
    unit: int
    login: Annotated[str, Meta(max_length=80)] | None = None
    email: Annotated[str, Meta(max_length=200)] = ""
    version: int = 0


class DepartureForm(Form):
    on: date


class Nothing(Form):
    """A form of one button."""


class People(Controller):
    path = "/people"
    guards = [requires(May.SEE_PEOPLE)]

    @get("/")
    async def index(
        self,
        request: Visit,
        *,
        q: FromQuery[str] = "",
        stand: FromQuery[str] = "",
        unit: FromQuery[int] = 0,
        sort: FromQuery[str] = "",
        after: FromQuery[str] = "",
        before: FromQuery[str] = "",
    ) -> Html:
        place = await unit_line(unit, seen_by=request.user, on=today()) if unit else None
        asked = AskedPeople(q, stand, place.path if place else "")
        found = await listed(asked, Ask(sort, after, before), seen_by=request.user, on=today())
        roles = await roles_of([line.id for line in found.rows], on=today())
        return page(
            request,
            "isms/people.html",
            part="isms/_people.html",
            found=found,
            lines=[(one, standing(one.left_on, one.has_password, today())) for one in found.rows],
            roles={one.id: [role for role in roles if role.person == one.id] for one in found.rows},
            asked={"q": q, "stand": stand, "unit": unit or ""},
            states=list(Standing),
            manages=request.user.may(May.MANAGE_PEOPLE),
            place=place,
        )

    @post("/", status_code=200, guards=[requires(May.MANAGE_PEOPLE)])
    async def create(self, request: Visit) -> Any:
        draft = await read(PersonForm, request)
        try:
            form = draft.form
            unit = await people.unit(form.unit, seen_by=request.user, asks=May.MANAGE_PEOPLE)
            new = NewPerson(form.name, form.login, form.email)
            made = await add_person(new, unit=unit, by=request.user, on=today())
        except (Incomplete, Refused) as error:
            return again(request, "isms/person_new.html", draft, error, units=await places(request))
        notice = N_("{name} ist aufgenommen. Geben Sie jetzt Rollen und laden Sie zum Anmelden ein.")
        return after(request, f"/people/{made}", notice=notice, values={"name": form.name})

    @get(["/export.csv", "/export.xlsx"])
    async def export(
        self,
        request: Visit,
        *,
        q: FromQuery[str] = "",
        stand: FromQuery[str] = "",
        unit: FromQuery[int] = 0,
        sort: FromQuery[str] = "",
    ) -> Any:
        place = await unit_line(unit, seen_by=request.user, on=today()) if unit else None
        asked = AskedPeople(q, stand, place.path if place else "")
        return sheet_download(request, "personen", TITLES, _exported(asked, sort, request.user))

    @get("/{person_id:int}")
    async def show(self, request: Visit, person_id: FromPath[int]) -> Html:
        found = await person(person_id, seen_by=request.user)
        return page(
            request,
            "isms/person.html",
            person=found,
            standing=standing(found.left_on, found.has_password, today()),
            roles=await all_roles_of(found.id),
            manages=request.user.may(May.MANAGE_PEOPLE, found.path) and not found.left_on,
            trail=request.user.may(May.SEE_TRAIL),
            on=today(),
            panels=await panels(request, found.key, on=today()),
            history=await history(found.key, seen_by=request.user, house=house_of(request)),
        )


class Colleagues(Controller):
    """What the search field for a person in any form asks."""

    path = "/people/choices"
    guards = [own(N_("Wer im selben Amt arbeitet, ist allen im Amt bekannt."))]

    @get("/")
    async def index(self, request: Visit, *, field: FromQuery[str] = "person", q: FromQuery[str] = "") -> Html:
        typed = q or request.query_params.get(f"{field}_q", "")
        found = await people.colleagues(typed, within=request.user) if typed.strip() else []
        return page(request, "components/_choices.html", field=field, choices=found, chosen="")


class Accounts(Controller):
    """Taking people in, correcting, inviting, letting go."""

    path = "/people"
    guards = [requires(May.MANAGE_PEOPLE)]

    @get("/new")
    async def new(self, request: Visit, unit: FromQuery[int] = 0) -> Html:
        draft = Draft.blank(PersonForm, unit=unit or request.user.unit)
        return page(request, "isms/person_new.html", draft=draft, units=await places(request))

    @get("/{person_id:int}/edit")
    async def edit(self, request: Visit, person_id: FromPath[int]) -> Html:
        found = await managed(request, person_id)
        draft = Draft.blank(
            PersonForm, name=found.name, login=found.login, email=found.email, unit=found.unit, version=found.version
        )
        return page(request, "isms/person_edit.html", draft=draft, person=found, units=await places(request))

    @post("/{person_id:int}/changes", status_code=200)
    async def change(self, request: Visit, person_id: FromPath[int]) -> Any:
        draft = await read(PersonForm, request)
        found = await managed(request, person_id)
        try:
            form = draft.form
            unit = await people.unit(form.unit, seen_by=request.user, asks=May.MANAGE_PEOPLE)
            seen = msgspec.structs.replace(found, version=form.version)
            await correct(seen, Facts(form.name, form.login, form.email), unit=unit, by=request.user)
        except (Incomplete, Refused) as error:
            offered = await places(request)
            return again(request, "isms/person_edit.html", draft, error, person=found, units=offered)
        return after(request, f"/people/{found.id}", notice=N_("Die Angaben sind gespeichert."))

    @post("/{person_id:int}/invitations", status_code=200)
    async def invite(self, request: Visit, person_id: FromPath[int]) -> Any:
        await read(Nothing, request)
        found = await managed(request, person_id)
        token = await invite(found, by=request.user, at=datetime.now(UTC))
        return page(request, "isms/invitation.html", person=found, link=f"{request.base_url}welcome/{token}")

    @get("/{person_id:int}/departure")
    async def departure(self, request: Visit, person_id: FromPath[int]) -> Html:
        found = await managed(request, person_id)
        return page(request, "isms/departure.html", draft=Draft.blank(DepartureForm, on=today()), person=found)

    @post("/{person_id:int}/departure", status_code=200)
    async def depart(self, request: Visit, person_id: FromPath[int]) -> Any:
        draft = await read(DepartureForm, request)
        found = await managed(request, person_id)
        try:
            start = await points(ChecklistKind.LEAVING, request.user.institution)
            await leave(found, by=request.user, on=draft.form.on, points=start)
        except (Incomplete, Refused) as error:
            return again(request, "isms/departure.html", draft, error, person=found)
        notice = N_("Das Ausscheiden von {name} ist eingetragen. Konto und Rollen enden, der Verlauf bleibt.")
        return after(request, f"/people/{found.id}", notice=notice, values={"name": found.name})


async def _exported(asked: AskedPeople, sort: str, user: people.Actor) -> AsyncGenerator[Sequence[object], None]:
    async for one in all_people(asked, Ask(sort), seen_by=user, on=today()):
        yield one.name, one.unit_name, one.login, standing(one.left_on, one.has_password, today()), one.left_on


async def managed(request: Visit, person_id: int) -> people.PersonRow:
    return await people.person(person_id, seen_by=request.user, asks=May.MANAGE_PEOPLE)


async def places(request: Visit) -> list[people.UnitRow]:
    return await people.units(seen_by=request.user, asks=May.MANAGE_PEOPLE)
