"""The counter, handing out: who gets what, under which terms, signed by both sides on one screen."""

from __future__ import annotations

from typing import Any

from litestar import Controller, get, post
from litestar.params import FromQuery

from assets.commands.handovers import Handing, hand_over
from assets.queries.counter import can_sign_in
from assets.queries.devices import DeviceDetail, held_by
from assets.queries.kits import kit, kit_devices, kits, kits_of
from assets.queries.terms import terms_shown
from assets.rules.lifecycle import Stage
from assets.rules.permissions import May
from assets.rules.protocols import TermsKind
from assets.web.counter import (
    CounterForm,
    Paper,
    Signing,
    check_day_of,
    chosen_devices,
    chosen_person,
    is_unfinished,
    listed,
    missing_courses,
    pieces_of,
    scanned,
    signed,
    signed_by_office,
)
from assets.web.lookups import found_people
from isms.forms import Draft, read
from isms.guards import requires
from isms.pages import Html, Visit, after, again, page
from isms.people import Someone
from isms.rules.errors import Complaint, Incomplete, Missing, Refused
from isms.rules.texts import N_
from isms.web.clock import today

NOT_IN_STOCK = N_("„{device}“ kann nicht ausgegeben werden: Das Gerät ist {stage}.")
SIGNINGS = (Signing.DRAWN, Signing.TYPED, Signing.LATER)


class HandingOut(Controller):
    path = "/handovers"
    guards = [requires(May.ISSUE)]

    @get(["/", "/new"])
    async def blank(
        self,
        request: Visit,
        *,
        person: FromQuery[int | None] = None,
        device: FromQuery[int | None] = None,
        kit: FromQuery[int | None] = None,
    ) -> Html:
        draft = Draft.blank(CounterForm, on=today(), person=person, device=[device] if device else [])
        if kit:
            await _add_kit(draft, kit, request)
        return await _shown(request, draft)

    @post("/new", status_code=200)
    async def create(self, request: Visit) -> Any:
        draft = await read(CounterForm, request)
        if is_unfinished(draft):
            return await self._once_more(request, draft)
        try:
            form = draft.form
            check_day_of(form)
            person = await _receiver(draft, request)
            devices = await chosen_devices(draft, seen_by=request.user)
            inside = await kits_of([one.id for one in devices])
            pieces = pieces_of(draft, devices, {id: one.kit for id, one in inside.items()})
            handing = Handing(
                due_back_on=form.due_back_on,
                place=form.place,
                note=form.note,
                person=signed(form),
                office=signed_by_office(form),
                terms=form.terms,
            )
            id = await hand_over(pieces, person, handing, by=request.user, on=form.on)
        except (Refused, Incomplete) as error:
            return again(request, "assets/handing_out.html", draft, error, **await _context(request, draft))
        notice = (
            N_("{count} Geräte sind an {name} ausgegeben.")
            if len(pieces) > 1
            else N_("{device} ist an {name} ausgegeben.")
        )
        values = {"count": len(pieces), "name": person.name, "device": pieces[0].device.name}
        return after(request, back_to=f"/handovers/{id}", notice=notice, values=values)

    async def _once_more(self, request: Visit, draft: Draft[CounterForm]) -> Html:
        """The form with one more device on its list, or one less; nothing is judged yet."""
        draft.complaints.clear()
        found = await scanned(draft, seen_by=request.user)
        if found and found.stage is not Stage.IN_STOCK:
            draft.complaints["scan"] = Complaint(NOT_IN_STOCK, {"device": found.label, "stage": found.stage})
            found = None
        listed(draft, *([found.id] if found else []))
        chosen = draft.value("kit")
        if draft.chosen("_add") and chosen.isdigit():
            await _add_kit(draft, int(chosen), request)
        return await _shown(request, draft)


async def _add_kit(draft: Draft[CounterForm], id: int, request: Visit) -> None:
    """Everything of a kit that is in stock; what is not is named."""
    draft.typed = {**draft.typed, "kit": []}
    try:
        found = await kit(id, seen_by=request.user)
    except Missing as error:
        draft.complaints["kit"] = Complaint(error.message)
        return
    devices = await kit_devices(found, seen_by=request.user)
    listed(draft, *(one.id for one in devices if one.stage is Stage.IN_STOCK))
    away = [one for one in devices if one.stage is not Stage.IN_STOCK]
    if away:
        said = N_("Aus dem Set „{kit}“ fehlt im Lager: {devices}. Der Rest steht auf der Liste.")
        draft.complaints["kit"] = Complaint(said, {"kit": found.name, "devices": tuple(one.label for one in away)})


async def _receiver(draft: Draft[CounterForm], request: Visit) -> Someone:
    person = await chosen_person(draft, within=request.user)
    if person is None:
        raise Incomplete({"person": N_("Bitte wählen Sie, wer die Geräte bekommt.")})
    return person


async def _shown(request: Visit, draft: Draft[CounterForm]) -> Html:
    return page(request, "assets/handing_out.html", draft=draft, **await _context(request, draft))


async def _context(request: Visit, draft: Draft[CounterForm]) -> dict[str, Any]:
    user = request.user
    person = await chosen_person(draft, within=user)
    devices: list[DeviceDetail] = await chosen_devices(draft, seen_by=user)
    may_confirm = bool(person and await can_sign_in(person.id))
    return {
        "person": person,
        "people": await found_people(draft, "person", within=user),
        "devices": devices,
        "held": await held_by(person.id, seen_by=user) if person else [],
        "missing": await missing_courses(request, person) if person else [],
        "terms": await terms_shown(user.institution, TermsKind.DEVICE),
        "kits": [one for one in await kits(seen_by=user) if one.in_stock],
        "signings": [one for one in SIGNINGS if may_confirm or person is None or one is not Signing.LATER],
        "paper": Paper(),
        "today": today(),
    }
