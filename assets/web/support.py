"""Support ends: the list of what runs out, and where a person says which release something is."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from datetime import date
from typing import Annotated, Any

from litestar import Controller, get, post
from litestar.params import FromPath, FromQuery
from msgspec import Meta

from assets.commands.support_decisions import Decision, Thing, decide, withdraw
from assets.queries.devices import device
from assets.queries.objects import target_object
from assets.queries.support_data import editions, known, products
from assets.queries.support_list import AskedSupport, Things, all_support, support
from assets.rules.permissions import May
from assets.rules.support import SOON_DAYS, Aspect, Standing
from assets.web.asking import term
from isms.exports import sheet_download
from isms.forms import Draft, Form, read
from isms.guards import requires
from isms.listing import Ask
from isms.pages import Html, Visit, after, again, page
from isms.rules.errors import Incomplete, Refused
from isms.rules.texts import N_
from isms.texts import say
from isms.web.clock import today

TITLES = (
    N_("Nummer"),
    N_("Bezeichnung"),
    N_("Einheit"),
    N_("Was"),
    N_("Version"),
    N_("Gemeldet als"),
    N_("Support bis"),
    N_("Stand"),
    N_("Verlängert bis"),
    N_("Woher"),
)
LONGEST = 3_650


class Support(Controller):
    path = "/support"
    guards = [requires(May.VIEW_DEVICES)]

    @get("/")
    async def index(
        self,
        request: Visit,
        *,
        of: FromQuery[str] = "",
        standing: FromQuery[str] = "",
        days: FromQuery[str] = "",
        unit: FromQuery[int | None] = None,
        q: FromQuery[str] = "",
        sort: FromQuery[str] = "",
        after: FromQuery[str] = "",
        before: FromQuery[str] = "",
    ) -> Html:
        asked = _asked(request, of, standing, days, unit=unit, q=q)
        found = await support(asked, Ask(sort, after, before), seen_by=request.user, on=today())
        return page(
            request,
            "assets/support.html",
            part="assets/_support_list.html",
            page=found,
            asked=asked.address,
            days=asked.days,
            on=today(),
            things=list(Things) if request.user.may(May.VIEW_OBJECTS) else [Things.DEVICES],
            standings=list(Standing),
            editions=await editions(request.user.path),
            ways=_ways(request),
        )

    @get(["/export.csv", "/export.xlsx"])
    async def export(
        self,
        request: Visit,
        *,
        of: FromQuery[str] = "",
        standing: FromQuery[str] = "",
        days: FromQuery[str] = "",
        unit: FromQuery[int | None] = None,
        q: FromQuery[str] = "",
        sort: FromQuery[str] = "",
    ) -> Any:
        asked = _asked(request, of, standing, days, unit=unit, q=q)
        return sheet_download(request, "supportenden", TITLES, _exported(asked, sort, request))


def _ways(request: Visit) -> list[tuple[str, str]]:
    user, reach = request.user, request.user.reach(May.VIEW_SOFTWARE)
    programs = [(say(N_("Support der Programme")), "/support/programs")] if reach.subtrees or reach.units else []
    newer = [(say(N_("Neuere Angaben einlesen")), "/imports/new?kind=support")] if user.may(May.IMPORT_SUPPORT) else []
    return [*programs, *newer]


class SupportForm(Form):
    aspect: Aspect
    product: str
    cycle: str
    reason: Annotated[str, Meta(max_length=500)]
    ends_on: date | None = None


class EndingForm(Form):
    end: int


class DeviceSupport(Controller):
    path = "/devices/{thing_id:int}/support"
    guards = [requires(May.MATCH_SUPPORT)]

    @get("/new")
    async def blank(self, request: Visit, thing_id: FromPath[int]) -> Html:
        return await _blank(request, await _device(request, thing_id))

    @post("/", status_code=200)
    async def create(self, request: Visit, thing_id: FromPath[int]) -> Any:
        return await _decided(request, await _device(request, thing_id))

    @post("/withdrawals", status_code=200)
    async def take_back(self, request: Visit, thing_id: FromPath[int]) -> Any:
        return await _withdrawn(request, await _device(request, thing_id))


class ObjectSupport(Controller):
    path = "/objects/{thing_id:int}/support"
    guards = [requires(May.MATCH_SUPPORT)]

    @get("/new")
    async def blank(self, request: Visit, thing_id: FromPath[int]) -> Html:
        return await _blank(request, await _object(request, thing_id))

    @post("/", status_code=200)
    async def create(self, request: Visit, thing_id: FromPath[int]) -> Any:
        return await _decided(request, await _object(request, thing_id))

    @post("/withdrawals", status_code=200)
    async def take_back(self, request: Visit, thing_id: FromPath[int]) -> Any:
        return await _withdrawn(request, await _object(request, thing_id))


Labelled = tuple[Thing, str]


async def _device(request: Visit, id: int) -> Labelled:
    found = await device(id, seen_by=request.user)
    request.user.needs(May.MATCH_SUPPORT, at=found.path)
    return Thing("device", found.id, found.unit, found.path), found.label


async def _object(request: Visit, id: int) -> Labelled:
    found = await target_object(id, seen_by=request.user)
    request.user.needs(May.MATCH_SUPPORT, at=found.path)
    return Thing("target_object", found.id, found.unit, found.path), found.label


async def _blank(request: Visit, of: Labelled) -> Html:
    given = request.query_params.get
    aspect = term(Aspect, given("aspect", "")) or (Aspect.SYSTEM if of[0].kind == "device" else Aspect.PRODUCT)
    draft = Draft.blank(SupportForm, aspect=aspect, product=given("product", ""))
    return page(request, "assets/support_new.html", draft=draft, **await _offered(of, draft, given("q", "")))


async def _decided(request: Visit, of: Labelled) -> Any:
    draft = await read(SupportForm, request)
    thing, label = of
    try:
        form = draft.form
        chosen = Decision(form.aspect, form.product, form.cycle, form.reason, form.ends_on)
        await decide(thing, chosen, by=request.user)
    except (Refused, Incomplete) as error:
        return again(request, "assets/support_new.html", draft, error, **await _offered(of, draft, ""))
    return after(request, _home(thing), notice=N_("{thing} ist zugeordnet."), values={"thing": label})


async def _withdrawn(request: Visit, of: Labelled) -> Any:
    form = (await read(EndingForm, request)).form
    thing, label = of
    await withdraw(thing, form.end, by=request.user)
    return after(request, _home(thing), notice=N_("Die Zuordnung von {thing} ist aufgehoben."), values={"thing": label})


async def _offered(of: Labelled, draft: Draft[SupportForm], words: str) -> dict[str, Any]:
    thing, label = of
    product = draft.value("product")
    data = await known([product], thing.path) if product else None
    releases = data.releases.get(product, ()) if data else ()
    return {
        "base": _home(thing),
        "label": label,
        "trail": (N_("Geräte"), "/devices") if thing.kind == "device" else (N_("Zielobjekte"), "/objects"),
        "q": words,
        "found": await products(words, thing.path) if words.strip() else [],
        "title": releases[0].title if releases else "",
        "releases": [(one.cycle, one.name) for one in releases],
        "is_device": thing.kind == "device",
        "aspects": [Aspect.SYSTEM, Aspect.HARDWARE],
    }


def _home(thing: Thing) -> str:
    return f"/devices/{thing.id}" if thing.kind == "device" else f"/objects/{thing.id}"


def _asked(request: Visit, of: str, standing: str, days: str, **rest: Any) -> AskedSupport:
    """Nonsense in an address filters nothing; objects are for those who may see them."""
    things = term(Things, of) if request.user.may(May.VIEW_OBJECTS) else None
    soon = int(days) if days.isdigit() and 0 < int(days[:6]) <= LONGEST else SOON_DAYS
    return AskedSupport(things or Things.DEVICES, term(Standing, standing), soon, **rest)


async def _exported(asked: AskedSupport, sort: str, request: Visit) -> AsyncGenerator[Sequence[object], None]:
    on = today()
    async for one in all_support(asked, Ask(sort), seen_by=request.user, on=on):
        yield (
            one.number,
            one.name,
            one.unit_name,
            one.aspect,
            one.label,
            one.reported,
            one.ends_on,
            one.standing(on, asked.days),
            one.extended_until,
            one.basis,
        )
