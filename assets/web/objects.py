"""Target objects: the list with its export, one object with its needs, links and devices."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from typing import Any

from litestar import Controller, get
from litestar.params import FromPath, FromQuery

from assets.queries.devices import devices_of
from assets.queries.groups import doubts_about
from assets.queries.lineage import relatives
from assets.queries.links import links_of
from assets.queries.object_list import AskedObjects, Mark, all_objects, objects, tags_in_use
from assets.queries.objects import ObjectDetail, choices, target_object
from assets.queries.origins import explanation
from assets.queries.scopes import scopes_of
from assets.rules.fields import FIELDS
from assets.rules.kinds import SYSTEMS, Kind, OperatingStage, links_to
from assets.rules.permissions import May
from assets.rules.protection import ProtectionNeed
from assets.web.asking import term
from assets.web.lookups import Found
from isms.exports import sheet_download
from isms.guards import requires
from isms.house import house_of
from isms.listing import Ask
from isms.pages import Html, Visit, page
from isms.people import Actor
from isms.permissions import May as Ground
from isms.rules.texts import N_
from isms.texts import say
from isms.trail import history
from isms.web.clock import today
from isms.web.panels import panels

TITLES = (
    N_("Kürzel"),
    N_("Art"),
    N_("Name"),
    N_("Vertraulichkeit"),
    N_("Integrität"),
    N_("Verfügbarkeit"),
    N_("Verantwortlich"),
    N_("Einheit"),
    N_("Betrieb"),
    N_("Anzahl"),
    N_("Vom Dienstleister betrieben"),
)


class Objects(Controller):
    path = "/objects"
    guards = [requires(May.VIEW_OBJECTS)]

    @get("/")
    async def index(self, request: Visit) -> Html:
        given = request.query_params.get
        asked, ask = _asked(request), Ask(given("sort", ""), given("after", ""), given("before", ""))
        return page(
            request,
            "assets/objects.html",
            part="assets/_objects.html",
            page=await objects(asked, ask, seen_by=request.user),
            asked=asked.address,
            kinds=list(Kind),
            needs=list(ProtectionNeed),
            stages=list(OperatingStage),
            tags=[one.word for one in await tags_in_use(seen_by=request.user)],
            marks=[(mark, asked.only_with(mark), mark in asked.only) for mark in Mark],
            ways=_ways(request.user),
        )

    @get(["/export.csv", "/export.xlsx"])
    async def export(self, request: Visit) -> Any:
        sort = request.query_params.get("sort", "")
        return sheet_download(request, "zielobjekte", TITLES, _exported(_asked(request), sort, request.user))

    @get("/choices")
    async def found(self, request: Visit, *, target_q: FromQuery[str] = "") -> Html:
        """What a search field for target objects offers."""
        shown = [Found.of(one) for one in await choices(target_q, seen_by=request.user)]
        return page(request, "components/_choices.html", field="target", choices=shown, chosen="")

    @get("/{object_id:int}")
    async def show(self, request: Visit, object_id: FromPath[int]) -> Html:
        return page(request, "assets/object.html", **await _shown(request, object_id))


def _asked(request: Visit) -> AskedObjects:
    """What the address asks for; what is no filter filters nothing."""
    given = request.query_params.get
    unit = given("unit", "")
    return AskedObjects(
        q=given("q", ""),
        kind=term(Kind, given("kind", "")),
        need=term(ProtectionNeed, given("need", "")),
        unit=int(unit) if unit.isdecimal() else None,
        stage=term(OperatingStage, given("stage", "")),
        tag=given("tag", ""),
        only=tuple(mark for mark in Mark if mark.value in given("only", "").split()),
    )


async def _shown(request: Visit, id: int) -> dict[str, Any]:
    user = request.user
    found = await target_object(id, seen_by=user)
    links = await links_of(id, seen_by=user)
    return {
        "object": found,
        "explanation": None if found.ended_on else await explanation(found, seen_by=user),
        "fields": FIELDS[found.kind],
        "relies_on": [link for link in links if link.source == id],
        "carries": [link for link in links if link.target == id],
        "relatives": await relatives(id, seen_by=user),
        "doubts": [] if found.ended_on else await doubts_about(id, seen_by=user),
        "devices": await devices_of(id, seen_by=user) if found.kind in SYSTEMS else [],
        "scopes": await scopes_of(id, seen_by=user),
        "ways": _next(found, user),
        "may_model": not found.ended_on and user.may(May.MODEL, at=found.path),
        "may_carry": bool(links_to(found.kind)),
        "may_assess": not found.ended_on and user.may(May.ASSESS, at=found.path),
        "may_trail": user.may(Ground.SEE_TRAIL, at=found.path),
        "history": await history(found.key, seen_by=request.user, house=house_of(request)),
        "panels": await panels(request, found.key, on=today()),
    }


def _next(found: ObjectDetail, user: Actor) -> list[tuple[str, str]]:
    """The next possible steps, from the right."""
    here = f"/objects/{found.id}"
    offered = (
        (May.ASSESS, N_("Schutzbedarf feststellen"), f"{here}/needs"),
        (May.MODEL, N_("Verknüpfen"), f"{here}/links/new"),
        (May.MODEL, N_("Angaben ändern"), f"{here}/edit"),
        *([(May.MODEL, N_("Aufteilen"), f"{here}/splits/new")] if found.number > 1 else []),
        (May.MODEL, N_("Zusammenführen"), f"{here}/mergers/new"),
        (May.MODEL, N_("Aus der Struktur nehmen"), f"{here}/ending"),
    )
    if found.ended_on:
        return []
    return [(say(label), href) for right, label, href in offered if user.may(right, at=found.path)]


def _ways(user: Actor) -> list[tuple[str, str]]:
    offered = (
        (May.MODEL, N_("Zielobjekt anlegen"), "/objects/new"),
        (May.IMPORT_OBJECTS, N_("Zielobjekte importieren"), "/imports/new?kind=objects"),
        (May.VIEW_OBJECTS, N_("Struktur prüfen"), "/objects/duplicates"),
    )
    return [(say(label), href) for right, label, href in offered if user.may(right)]


async def _exported(asked: AskedObjects, sort: str, user: Actor) -> AsyncGenerator[Sequence[object], None]:
    async for one in all_objects(asked, Ask(sort), seen_by=user):
        yield (
            one.short_id,
            one.kind,
            one.name,
            one.confidentiality,
            one.integrity,
            one.availability,
            one.responsible_name or "",
            one.unit_name,
            one.operating_stage,
            one.number,
            one.provider_operated,
        )
