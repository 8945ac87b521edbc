"""Recording a device and describing it anew."""

from __future__ import annotations

from typing import Any

from litestar import Controller, get, post
from litestar.params import FromPath, FromQuery

from assets.commands.devices import add_device, change_device
from assets.queries.devices import DeviceDetail, device
from assets.queries.objects import choices
from assets.rules.kinds import SYSTEMS
from assets.rules.lifecycle import STARTS, Ownership, Stage
from assets.rules.permissions import May
from assets.rules.steps import OURS
from assets.web.asking import theirs
from assets.web.device_forms import LABELS, DeviceForm, NewDeviceForm, facts_of, typed
from assets.web.lookups import Found, found_objects
from isms.forms import Draft, read
from isms.guards import requires
from isms.pages import Html, Visit, after, again, page
from isms.people import unit, units
from isms.rules.errors import Answer, Incomplete, Refused, Stale
from isms.rules.texts import N_
from isms.web.clock import today


class DeviceKeeping(Controller):
    path = "/devices"
    guards = [requires(May.KEEP)]

    @get("/new")
    async def blank(self, request: Visit) -> Html:
        draft = Draft.blank(NewDeviceForm, stage=Stage.IN_STOCK, ownership=Ownership.OFFICE, unit=request.user.unit)
        return page(request, "assets/device_new.html", draft=draft, **await _choices(request, draft))

    @post("/new", status_code=200)
    async def create(self, request: Visit) -> Any:
        draft = await read(NewDeviceForm, request)
        if draft.chosen("_find"):
            return await _found(request, "assets/device_new.html", draft)
        try:
            form = draft.form
            place = await unit(form.unit, seen_by=request.user, asks=May.KEEP)
            facts = await facts_of(form, seen_by=request.user)
            id = await add_device(
                facts,
                unit=place,
                stage=form.stage,
                place=form.place,
                ownership=form.ownership,
                by=request.user,
                on=today(),
            )
        except (Refused, Incomplete) as error:
            return again(request, "assets/device_new.html", draft, error, **await _choices(request, draft))
        notice = N_("{name} ist aufgenommen.")
        return after(request, back_to=f"/devices/{id}", notice=notice, values={"name": facts.name})

    @get("/{device_id:int}/edit")
    async def edit(self, request: Visit, device_id: FromPath[int]) -> Html:
        found = await _kept(request, device_id)
        draft = Draft.blank(DeviceForm, **typed(found))
        shown = await _choices(request, draft)
        return page(request, "assets/device_edit.html", draft=draft, device=found, theirs=(), **shown)

    @post("/{device_id:int}/edit", status_code=200)
    async def update(self, request: Visit, device_id: FromPath[int]) -> Any:
        draft = await read(DeviceForm, request)
        found = await _kept(request, device_id)
        if draft.chosen("_find"):
            return await _found(request, "assets/device_edit.html", draft, device=found, theirs=())
        try:
            form = draft.form
            facts = await facts_of(form, seen_by=request.user)
            home = await unit(form.unit, seen_by=request.user, asks=May.KEEP) if form.unit else None
            await change_device(found, facts, by=request.user, version=form.version, unit=home)
        except (Refused, Incomplete) as error:
            return await _once_more(request, found, draft, error)
        notice = N_("Die Angaben zu {name} sind gespeichert.")
        return after(request, back_to=f"/devices/{device_id}", notice=notice, values={"name": facts.name})


class ItSystems(Controller):
    path = "/devices/it-systems"
    guards = [requires(May.KEEP)]

    @get("/")
    async def index(self, request: Visit, *, it_system_q: FromQuery[str] = "") -> Html:
        found = await choices(it_system_q, seen_by=request.user, kinds=SYSTEMS)
        shown = [Found.of(one) for one in found]
        return page(request, "components/_choices.html", field="it_system", choices=shown, chosen="")


async def _kept(request: Visit, id: int) -> DeviceDetail:
    found = await device(id, seen_by=request.user)
    request.user.needs(May.KEEP, at=found.path)
    return found


async def _once_more(request: Visit, found: DeviceDetail, draft: Draft[DeviceForm], error: Answer) -> Any:
    """The form with what was typed; after a lost race with what is stored now beside it."""
    both = theirs(draft, typed(found), LABELS) if isinstance(error, Stale) else []
    shown = await _choices(request, draft)
    return again(request, "assets/device_edit.html", draft, error, device=found, theirs=both, **shown)


async def _found(request: Visit, name: str, draft: Draft[Any], **shown: Any) -> Html:
    """The form with what its search field found; nothing is judged yet."""
    draft.complaints.clear()
    return page(request, name, draft=draft, **shown, **await _choices(request, draft))


async def _choices(request: Visit, draft: Draft[Any]) -> dict[str, Any]:
    return {
        "units": await units(seen_by=request.user, asks=May.KEEP),
        "owners": [one for one in Ownership if one in OURS],
        "starts": [stage for stage in Stage if stage in STARTS],
        "it_systems": await found_objects(draft, "it_system", seen_by=request.user, kinds=SYSTEMS),
        "labels": LABELS,
    }
