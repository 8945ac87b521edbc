"""Devices: the list with its export, one device with its next steps."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from typing import Any

from litestar import Controller, get, post
from litestar.params import FromPath, FromQuery

from assets.commands.devices import see
from assets.queries.device_list import AskedDevices, all_devices, devices
from assets.queries.devices import device, handovers, stages
from assets.rules.lifecycle import IN_THE_HOUSE, Stage
from assets.rules.permissions import May
from assets.web.asking import asked_devices
from isms.exports import sheet_download
from isms.forms import Form, read
from isms.guards import requires
from isms.house import house_of
from isms.listing import Ask
from isms.pages import Html, Visit, after, page
from isms.people import Actor
from isms.permissions import May as Ground
from isms.rules.texts import N_
from isms.texts import say
from isms.trail import history
from isms.web.clock import today
from isms.web.panels import panels

TITLES = (
    N_("Inventarnummer"),
    N_("Gerät"),
    N_("Modell"),
    N_("Kategorie"),
    N_("Status"),
    N_("Wer"),
    N_("Wo"),
    N_("Einheit"),
    N_("Seriennummer"),
    N_("Hersteller"),
    N_("Gekauft am"),
    N_("Garantie bis"),
    N_("Zuletzt gesehen"),
)


class SightingForm(Form):
    place: str = ""


class Devices(Controller):
    path = "/devices"
    guards = [requires(May.VIEW_DEVICES)]

    @get("/")
    async def index(
        self,
        request: Visit,
        *,
        sort: FromQuery[str] = "",
        after: FromQuery[str] = "",
        before: FromQuery[str] = "",
    ) -> Html:
        asked = asked_devices(request)
        found = await devices(asked, Ask(sort, after, before), seen_by=request.user)
        return page(
            request,
            "assets/devices.html",
            part="assets/_devices.html",
            page=found,
            asked=asked.address,
            stages=list(Stage),
            may_issue=request.user.may(May.ISSUE),
            may_keep=request.user.may(May.KEEP),
            ways=_ways(request.user),
        )

    @get(["/export.csv", "/export.xlsx"])
    async def export(
        self,
        request: Visit,
        *,
        sort: FromQuery[str] = "",
    ) -> Any:
        asked = asked_devices(request)
        return sheet_download(request, "geraete", TITLES, _exported(asked, sort, request))

    @get("/{device_id:int}")
    async def show(self, request: Visit, device_id: FromPath[int]) -> Html:
        return page(request, "assets/device.html", **await _shown(request, device_id))


class Sightings(Controller):
    path = "/devices/{device_id:int}/sightings"
    guards = [requires(May.ISSUE)]

    @post("/", status_code=200)
    async def create(self, request: Visit, device_id: FromPath[int]) -> Any:
        """Somebody has the device before their eyes: one press, at the place where it should be."""
        form = (await read(SightingForm, request)).form
        found = await device(device_id, seen_by=request.user)
        await see(found, place=form.place or found.place, by=request.user, on=today())
        notice = N_("{name} ist heute gesehen worden.")
        return after(request, back_to=f"/devices/{device_id}", notice=notice, values={"name": found.name})


def _ways(user: Actor) -> list[tuple[str, str]]:
    """What one may do from the list."""
    offered = (
        (May.KEEP, N_("Gerät aufnehmen"), "/devices/new"),
        (May.TERMS, N_("Bedingungen"), "/handover-terms"),
        (May.IMPORT_DEVICES, N_("Geräte importieren"), "/imports/new?kind=devices"),
    )
    return [(say(label), href) for right, label, href in offered if user.may(right)]


async def _shown(request: Visit, id: int) -> dict[str, Any]:
    user = request.user
    found = await device(id, seen_by=user)
    looks_after = user.may(May.VIEW_DEVICES, at=found.path)
    return {
        "device": found,
        "steps": found.steps(user),
        "may_edit": user.may(May.KEEP, at=found.path),
        "may_see": user.may(May.ISSUE, at=found.path) and found.stage in IN_THE_HOUSE,
        "may_see_object": user.may(May.VIEW_OBJECTS, at=found.path),
        "handovers": await handovers(found, seen_by=user),
        "stages": await stages(found) if looks_after else [],
        "history": await history(found.key, seen_by=request.user, house=house_of(request))
        if user.may(May.NAME_HOLDERS, at=found.path)
        else [],
        "panels": await panels(request, found.key, on=today()),
        "may_trail": user.may(Ground.SEE_TRAIL, at=found.path),
    }


async def _exported(asked: AskedDevices, sort: str, request: Visit) -> AsyncGenerator[Sequence[object], None]:
    async for one in all_devices(asked, Ask(sort), seen_by=request.user):
        yield (
            one.inventory_number,
            one.name,
            one.model,
            one.category,
            one.stage,
            one.holder_name or "",
            one.place,
            one.unit_name,
            one.serial,
            one.maker,
            one.purchased_on,
            one.warranty_until,
            one.seen_on,
        )
