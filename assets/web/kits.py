"""Kits: devices that go out together."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Controller, get, post
from litestar.params import FromPath
from msgspec import Meta

from assets.commands.kits import add_to_kit, dissolve_kit, form_kit, remove_from_kit
from assets.queries.devices import DeviceDetail
from assets.queries.kits import kit, kits
from assets.rules.permissions import May
from assets.web.counter import chosen_devices, is_unfinished, listed, scanned
from isms.forms import Draft, Form, read
from isms.guards import requires
from isms.pages import Html, Visit, after, again, page
from isms.people import unit, units
from isms.rules.errors import Incomplete, Refused
from isms.rules.texts import N_
from isms.web.clock import today


class KitForm(Form):
    name: Annotated[str, Meta(max_length=120)]
    unit: int
    note: str = ""
    device: list[int] = []


class MemberForm(Form):
    scan: str = ""
    device: int | None = None


class Nothing(Form):
    """A form of one button."""


class Kits(Controller):
    path = "/kits"
    guards = [requires(May.ISSUE)]

    @get("/")
    async def index(self, request: Visit) -> Html:
        return page(request, "assets/kits.html", kits=await kits(seen_by=request.user))

    @get("/new")
    async def blank(self, request: Visit) -> Html:
        draft = Draft.blank(KitForm, unit=request.user.unit)
        return page(request, "assets/kit_new.html", draft=draft, **await _choices(request, draft))

    @post("/new", status_code=200)
    async def create(self, request: Visit) -> Any:
        draft = await read(KitForm, request)
        if is_unfinished(draft):
            draft.complaints.clear()
            found = await scanned(draft, seen_by=request.user)
            listed(draft, *([found.id] if found else []))
            return page(request, "assets/kit_new.html", draft=draft, **await _choices(request, draft))
        try:
            form = draft.form
            place = await unit(form.unit, seen_by=request.user, asks=May.ISSUE)
            devices = await chosen_devices(draft, seen_by=request.user)
            id = await form_kit(form.name, devices, unit=place, note=form.note, by=request.user, on=today())
        except (Refused, Incomplete) as error:
            return again(request, "assets/kit_new.html", draft, error, **await _choices(request, draft))
        notice = N_("Das Set „{name}“ ist gebildet.")
        return after(request, back_to=f"/kits/{id}", notice=notice, values={"name": form.name})

    @get("/{kit_id:int}")
    async def show(self, request: Visit, kit_id: FromPath[int]) -> Html:
        found = await kit(kit_id, seen_by=request.user)
        return page(request, "assets/kit.html", kit=found, draft=Draft.blank(MemberForm))

    @post("/{kit_id:int}/members", status_code=200)
    async def add(self, request: Visit, kit_id: FromPath[int]) -> Any:
        draft = await read(MemberForm, request)
        found = await kit(kit_id, seen_by=request.user)
        try:
            device = await _scanned(draft, request)
            await add_to_kit(found, device, by=request.user, on=today())
        except (Refused, Incomplete) as error:
            return again(request, "assets/kit.html", draft, error, kit=found)
        notice = N_("{device} gehört jetzt zum Set „{kit}“.")
        values = {"device": device.label, "kit": found.name}
        return after(request, back_to=f"/kits/{kit_id}", notice=notice, values=values)

    @post("/{kit_id:int}/removals", status_code=200)
    async def remove(self, request: Visit, kit_id: FromPath[int]) -> Any:
        form = (await read(MemberForm, request)).form
        found = await kit(kit_id, seen_by=request.user)
        await remove_from_kit(found, form.device or 0, by=request.user, on=today())
        return after(request, back_to=f"/kits/{kit_id}", notice=N_("Das Gerät ist nicht mehr im Set."))

    @post("/{kit_id:int}/ending", status_code=200)
    async def end(self, request: Visit, kit_id: FromPath[int]) -> Any:
        await read(Nothing, request)
        found = await kit(kit_id, seen_by=request.user)
        await dissolve_kit(found, by=request.user, on=today())
        notice = N_("Das Set „{name}“ ist aufgelöst.")
        return after(request, back_to="/kits", notice=notice, values={"name": found.name})


async def _scanned(draft: Draft[MemberForm], request: Visit) -> DeviceDetail:
    found = await scanned(draft, seen_by=request.user)
    if found is None:
        complaint = draft.complaint("scan")
        raise Incomplete({"scan": complaint or N_("Bitte scannen oder tippen Sie eine Inventarnummer.")})
    return found


async def _choices(request: Visit, draft: Draft[KitForm]) -> dict[str, Any]:
    return {
        "units": await units(seen_by=request.user, asks=May.ISSUE),
        "devices": await chosen_devices(draft, seen_by=request.user),
    }
