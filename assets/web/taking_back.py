"""The counter, taking back: what somebody brings, in which state, what is missing, and a receipt for them."""

from __future__ import annotations

from typing import Any

from litestar import Controller, get, post
from litestar.params import FromQuery

from assets.commands.advancing import Given
from assets.commands.handovers import take_in
from assets.queries.devices import device as device_of
from assets.queries.devices import held_by
from assets.queries.kits import kits_of
from assets.rules.lifecycle import Stage, Step
from assets.rules.permissions import May
from assets.web.counter import (
    CounterForm,
    Paper,
    Signing,
    check_day_of,
    chosen_devices,
    chosen_person,
    is_unfinished,
    listed,
    pieces_of,
    scanned,
    signed,
    signed_by_office,
)
from assets.web.lookups import found_people
from isms.forms import Draft, read
from isms.guards import requires
from isms.pages import Html, Visit, after, again, page
from isms.rules.errors import Complaint, Incomplete, Refused
from isms.rules.texts import N_
from isms.web.clock import today

NOBODY = N_("„{device}“ hat gerade niemand: Das Gerät ist {stage}.")
OTHERS = N_("„{device}“ hat {holder}. Auf einen Beleg kommt, was eine Person bringt.")
SIGNINGS = (Signing.DRAWN, Signing.TYPED, Signing.NONE)


class TakingBack(Controller):
    path = "/returns/new"
    guards = [requires(May.ISSUE)]

    @get("/")
    async def blank(
        self, request: Visit, *, person: FromQuery[int | None] = None, device: FromQuery[int | None] = None
    ) -> Html:
        holder = (await device_of(device, seen_by=request.user)).holder if device else person
        draft = Draft.blank(
            CounterForm, on=today(), person=holder, device=[device] if device else [], signing=Signing.NONE
        )
        return await _shown(request, draft)

    @post("/", status_code=200)
    async def create(self, request: Visit) -> Any:
        draft = await read(CounterForm, request)
        if is_unfinished(draft):
            return await self._once_more(request, draft)
        try:
            form = draft.form
            check_day_of(form)
            devices = await chosen_devices(draft, seen_by=request.user)
            inside = await kits_of([one.id for one in devices])
            pieces = pieces_of(draft, devices, {id: one.kit for id, one in inside.items()})
            given = Given(place=form.place, reason=form.note)
            id = await take_in(
                pieces,
                Step.TAKE_BACK,
                given,
                by=request.user,
                on=form.on,
                person=signed(form),
                office=signed_by_office(form),
            )
        except (Refused, Incomplete) as error:
            return again(request, "assets/taking_back.html", draft, error, **await _context(request, draft))
        notice = N_("Die Rückgabe ist gebucht. Der Beleg liegt bereit.")
        return after(request, back_to=f"/handovers/{id}", notice=notice)

    async def _once_more(self, request: Visit, draft: Draft[CounterForm]) -> Html:
        """A scanned device says whose it is and is ticked; nothing is judged yet."""
        draft.complaints.clear()
        found = await scanned(draft, seen_by=request.user)
        person = draft.value("person")
        if found and found.holder is None:
            draft.complaints["scan"] = Complaint(NOBODY, {"device": found.label, "stage": found.stage})
        elif found and person and person != str(found.holder) and draft.chosen("device"):
            values = {"device": found.label, "holder": found.holder_name or ""}
            draft.complaints["scan"] = Complaint(OTHERS, values)
        elif found:
            draft.typed = {**draft.typed, "person": [str(found.holder)]}
            listed(draft, found.id)
        return await _shown(request, draft)


async def _shown(request: Visit, draft: Draft[CounterForm]) -> Html:
    return page(request, "assets/taking_back.html", draft=draft, **await _context(request, draft))


async def _context(request: Visit, draft: Draft[CounterForm]) -> dict[str, Any]:
    user = request.user
    person = await chosen_person(draft, within=user)
    held = await held_by(person.id, seen_by=user) if person else []
    return {
        "person": person,
        "people": await found_people(draft, "person", within=user),
        "held": [one for one in held if one.stage is Stage.ISSUED],
        "private": [one for one in held if one.stage is Stage.REGISTERED],
        "kits": await kits_of([one.id for one in held]),
        "signings": SIGNINGS,
        "paper": Paper(),
        "today": today(),
    }
