"""Roles: given in a unit from a day, ended on a day."""

from __future__ import annotations

from datetime import date
from typing import Any

from litestar import Controller, get, post
from litestar.params import FromPath

from isms import people
from isms.commands.people import end_role, grant
from isms.forms import Draft, Form, read
from isms.guards import requires
from isms.pages import Html, Visit, after, again, page
from isms.permissions import May
from isms.queries.people import RoleRow, all_roles_of
from isms.rules.errors import Incomplete, Missing, Refused
from isms.rules.roles import Reach, Role
from isms.rules.texts import N_
from isms.web.clock import today
from isms.web.people import managed, places


class RoleForm(Form):
    role: Role
    unit: int
    starts_on: date
    ends_on: date | None = None
    reach: Reach | None = None


class EndingForm(Form):
    on: date


class Roles(Controller):
    path = "/people/{person_id:int}/roles"
    guards = [requires(May.MANAGE_PEOPLE)]

    @get("/new")
    async def new(self, request: Visit, person_id: FromPath[int]) -> Html:
        person = await managed(request, person_id)
        draft = Draft.blank(RoleForm, unit=person.unit, starts_on=today())
        return page(request, "isms/role_new.html", draft=draft, person=person, **await choices(request))

    @post("/", status_code=200)
    async def create(self, request: Visit, person_id: FromPath[int]) -> Any:
        draft = await read(RoleForm, request)
        person = await managed(request, person_id)
        try:
            form = draft.form
            unit = await people.unit(form.unit, seen_by=request.user, asks=May.MANAGE_PEOPLE)
            await grant(
                person,
                form.role,
                unit=unit,
                by=request.user,
                starts_on=form.starts_on,
                ends_on=form.ends_on,
                reach=form.reach,
            )
        except (Incomplete, Refused) as error:
            return again(request, "isms/role_new.html", draft, error, person=person, **await choices(request))
        values = {"name": person.name, "role": form.role, "unit": unit.name}
        notice = N_("{name} hat jetzt die Rolle {role} in „{unit}“.")
        return after(request, f"/people/{person.id}", notice=notice, values=values)

    @get("/{role_id:int}/ending")
    async def ending(self, request: Visit, person_id: FromPath[int], role_id: FromPath[int]) -> Html:
        person = await managed(request, person_id)
        held = await held_by(person, role_id)
        return page(
            request, "isms/role_ending.html", draft=Draft.blank(EndingForm, on=today()), person=person, held=held
        )

    @post("/{role_id:int}/ending", status_code=200)
    async def end(self, request: Visit, person_id: FromPath[int], role_id: FromPath[int]) -> Any:
        draft = await read(EndingForm, request)
        person = await managed(request, person_id)
        held = await held_by(person, role_id)
        try:
            await end_role(held.id, person, by=request.user, on=draft.form.on)
        except (Incomplete, Refused) as error:
            return again(request, "isms/role_ending.html", draft, error, person=person, held=held)
        values = {"role": held.role, "name": person.name, "day": draft.form.on}
        notice = N_("Die Rolle {role} von {name} endet am {day}.")
        return after(request, f"/people/{person.id}", notice=notice, values=values)


async def held_by(person: people.PersonRow, role_id: int) -> RoleRow:
    """Raises Missing for a role that is not this person's."""
    found = next((role for role in await all_roles_of(person.id) if role.id == role_id), None)
    if found is None:
        raise Missing
    return found


async def choices(request: Visit) -> dict[str, Any]:
    return {"roles": list(Role), "reaches": list(Reach), "units": await places(request)}
