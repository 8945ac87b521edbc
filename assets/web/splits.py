"""Making an object of its own of a part of a group."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Controller, get, post
from litestar.params import FromPath
from msgspec import Meta

from assets.commands.objects import count_devices
from assets.commands.splitting import Part, split
from assets.queries.lineage import owned_devices
from assets.queries.objects import ObjectDetail
from assets.rules.permissions import May
from assets.web.object_keeping import modelled
from isms.forms import Draft, Form, read
from isms.guards import requires
from isms.pages import Html, Visit, after, again, page
from isms.rules.errors import Incomplete, Refused, Stale
from isms.rules.texts import N_
from isms.web.clock import today

PAGE = "assets/split.html"


class SplitForm(Form):
    name: Annotated[str, Meta(max_length=120)]
    number: int
    reason: str
    devices: list[int] = []
    version: int = 1


class CountForm(Form):
    version: int
    counted: bool = False


class Splits(Controller):
    path = "/objects/{object_id:int}/splits/new"
    guards = [requires(May.MODEL)]

    @get("/")
    async def blank(self, request: Visit, object_id: FromPath[int]) -> Html:
        found = await modelled(request, object_id)
        draft = Draft.blank(SplitForm, version=found.version)
        return page(request, PAGE, draft=draft, **await _shown(found))

    @post("/", status_code=200)
    async def create(self, request: Visit, object_id: FromPath[int]) -> Any:
        draft = await read(SplitForm, request)
        found = await modelled(request, object_id)
        try:
            form = draft.form
            if form.version != found.version:
                raise Stale
            part = Part(form.name, form.number, form.reason, form.devices)
            id = await split(found, part, by=request.user, on=today())
        except (Refused, Incomplete) as error:
            return again(request, PAGE, draft, error, **await _shown(found))
        notice = N_("{count} sind als {name} abgeteilt.")
        return after(request, back_to=f"/objects/{id}", notice=notice, values={"name": form.name, "count": form.number})


class DeviceCounts(Controller):
    path = "/objects/{object_id:int}/device-count"
    guards = [requires(May.MODEL)]

    @post("/", status_code=200)
    async def create(self, request: Visit, object_id: FromPath[int]) -> Any:
        form = (await read(CountForm, request)).form
        found = await modelled(request, object_id)
        if form.version != found.version:
            raise Stale
        await count_devices(found, form.counted, by=request.user)
        notice = N_("Die Anzahl folgt jetzt den Geräten.") if form.counted else N_("Die Anzahl steht jetzt fest.")
        return after(request, back_to=f"/objects/{object_id}", notice=notice)


async def _shown(found: ObjectDetail) -> dict[str, Any]:
    devices = await owned_devices([found.id])
    return {"object": found, "devices": [(str(device.id), device.label) for device in devices]}
