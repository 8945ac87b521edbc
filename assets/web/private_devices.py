"""Registering a private device that somebody uses for work."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from litestar import Controller, get, post
from msgspec import Meta

from assets.commands.handovers import Handing
from assets.commands.private_devices import register_private
from assets.queries.terms import terms_shown
from assets.rules.facts import DeviceFacts
from assets.rules.permissions import May
from assets.rules.protocols import TermsKind
from assets.web.counter import chosen_person
from assets.web.lookups import found_people
from isms.forms import Draft, Form, read
from isms.guards import requires
from isms.pages import Html, Visit, after, again, page
from isms.people import unit, units
from isms.rules.errors import Incomplete, Refused
from isms.rules.texts import N_
from isms.web.clock import today


class PrivateForm(Form):
    person: int
    unit: int
    name: Annotated[str, Meta(max_length=120)]
    model: Annotated[str, Meta(max_length=250)] = ""
    serial: Annotated[str, Meta(max_length=80)] = ""
    due_back_on: date | None = None
    note: str = ""


class PrivateDevices(Controller):
    path = "/private-devices/new"
    guards = [requires(May.ISSUE)]

    @get("/")
    async def blank(self, request: Visit) -> Html:
        draft = Draft.blank(PrivateForm, unit=request.user.unit)
        return page(request, "assets/private_device_new.html", draft=draft, **await _choices(request, draft))

    @post("/", status_code=200)
    async def create(self, request: Visit) -> Any:
        draft = await read(PrivateForm, request)
        if draft.chosen("_find"):
            draft.complaints.clear()
            return page(request, "assets/private_device_new.html", draft=draft, **await _choices(request, draft))
        try:
            form = draft.form
            owner = await chosen_person(draft, within=request.user)
            if owner is None:
                raise Incomplete({"person": N_("Bitte wählen Sie, wem das Gerät gehört.")})
            facts = DeviceFacts("", form.name, serial=form.serial, model=form.model)
            handing = Handing(due_back_on=form.due_back_on, note=form.note)
            place = await unit(form.unit, seen_by=request.user, asks=May.ISSUE)
            id = await register_private(facts, owner, handing, unit=place, by=request.user, on=today())
        except (Refused, Incomplete) as error:
            return again(request, "assets/private_device_new.html", draft, error, **await _choices(request, draft))
        notice = N_("Das Gerät ist angemeldet. {name} findet die Bedingungen unter „Meine Aufgaben“.")
        return after(request, back_to=f"/handovers/{id}", notice=notice, values={"name": owner.name})


async def _choices(request: Visit, draft: Draft[PrivateForm]) -> dict[str, Any]:
    return {
        "units": await units(seen_by=request.user, asks=May.ISSUE),
        "people": await found_people(draft, "person", within=request.user),
        "terms": await terms_shown(request.user.institution, TermsKind.PRIVATE),
        "today": today(),
    }
