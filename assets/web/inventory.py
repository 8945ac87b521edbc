"""Reported devices: the list, the programs of one, and what to do where a report and the register differ."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from typing import Any

from litestar import Controller, get, post
from litestar.params import FromPath, FromQuery

from assets.commands.inventory_decisions import accept, keep_own
from assets.queries.devices import DeviceDetail, device
from assets.queries.inventory_list import (
    SILENT_DAYS,
    AskedReports,
    FactRow,
    Trait,
    all_reported,
    facts_shown,
    programs,
    reported,
    strays,
)
from assets.queries.inventory_sockets import may_see_software
from assets.queries.program_ends import programs_on
from assets.rules.inventory_matching import COMPARED
from assets.rules.permissions import May
from assets.web.asking import term
from isms.exports import sheet_download
from isms.forms import Form, read
from isms.guards import requires
from isms.listing import Ask
from isms.pages import Html, Visit, after, page
from isms.rules.errors import Forbidden, Missing
from isms.rules.texts import N_
from isms.texts import say
from isms.web.clock import today

TITLES = (
    N_("Inventarnummer"),
    N_("Gerät"),
    N_("Status"),
    N_("Einheit"),
    N_("Zuletzt gemeldet"),
    N_("Betriebssystem"),
    N_("Verschlüsselung der Datenträger"),
    N_("Virenschutz"),
    N_("Secure Boot"),
)


class FactForm(Form):
    fact: int


class Inventory(Controller):
    path = "/inventory"
    guards = [requires(May.VIEW_DEVICES)]

    @get("/")
    async def index(
        self,
        request: Visit,
        *,
        trait: FromQuery[str] = "",
        days: FromQuery[str] = "",
        unit: FromQuery[int | None] = None,
        q: FromQuery[str] = "",
        sort: FromQuery[str] = "",
        after: FromQuery[str] = "",
        before: FromQuery[str] = "",
    ) -> Html:
        asked = _asked(trait, days, unit=unit, q=q)
        return page(
            request,
            "assets/inventory.html",
            part="assets/_inventory.html",
            page=await reported(asked, Ask(sort, after, before), seen_by=request.user, on=today()),
            asked=asked.address,
            days=asked.days,
            on=today(),
            traits=list(Trait),
            strays=await strays(seen_by=request.user),
            ways=_ways(request),
        )

    @get(["/export.csv", "/export.xlsx"])
    async def export(
        self,
        request: Visit,
        *,
        trait: FromQuery[str] = "",
        days: FromQuery[str] = "",
        unit: FromQuery[int | None] = None,
        q: FromQuery[str] = "",
        sort: FromQuery[str] = "",
    ) -> Any:
        asked = _asked(trait, days, unit=unit, q=q)
        return sheet_download(request, "gemeldete-geraete", TITLES, _exported(asked, sort, request))


class DeviceReports(Controller):
    path = "/devices/{device_id:int}"
    guards = [requires(May.VIEW_DEVICES)]

    @get("/software")
    async def software(
        self,
        request: Visit,
        device_id: FromPath[int],
        *,
        gone: FromQuery[str] = "",
        sort: FromQuery[str] = "",
        after: FromQuery[str] = "",
        before: FromQuery[str] = "",
    ) -> Html:
        """What is on a device tells of who uses it: for those who look after it, and for its holder."""
        found = await device(device_id, seen_by=request.user)
        if not await may_see_software(found.id, found.path, request.user):
            raise Forbidden
        shown = await programs(found.id, Ask(sort, after, before), gone=bool(gone))
        ends = [] if gone else await programs_on(found.id, found.path)
        told: dict[str, Any] = {"device": found, "programs": ends, "on": today()}
        return page(request, "assets/device_software.html", page=shown, gone=gone, **told)

    @post("/reported/acceptances", status_code=200)
    async def accept(self, request: Visit, device_id: FromPath[int]) -> Any:
        found, fact = await _differing(request, device_id)
        await accept(found, fact, by=request.user)
        notice = N_("Übernommen ist, was das Gerät meldet: {name}.")
        return after(request, f"/devices/{found.id}", notice=notice, values={"name": fact.name})

    @post("/reported/refusals", status_code=200)
    async def refuse(self, request: Visit, device_id: FromPath[int]) -> Any:
        found, fact = await _differing(request, device_id)
        await keep_own(found, fact, by=request.user)
        notice = N_("Es bleibt, was im Verzeichnis steht: {name}.")
        return after(request, f"/devices/{found.id}", notice=notice, values={"name": fact.name})


async def _differing(request: Visit, id: int) -> tuple[DeviceDetail, FactRow]:
    """The device and its fact. Raises Missing for one that is not the device's, or that nobody writes down."""
    draft = await read(FactForm, request)
    found = await device(id, seen_by=request.user)
    request.user.needs(May.KEEP, at=found.path)
    wanted = draft.form.fact
    fact = next((one for one in await facts_shown(found.id) if one.id == wanted and one.name in COMPARED), None)
    if fact is None:
        raise Missing
    return found, fact


def _asked(trait: str, days: str, **rest: Any) -> AskedReports:
    silent = int(days) if days.isdigit() and 0 < int(days[:6]) <= 3_650 else SILENT_DAYS
    return AskedReports(term(Trait, trait), silent, **rest)


def _ways(request: Visit) -> list[tuple[str, str]]:
    offered = (
        (May.IMPORT_DEVICES, N_("Meldungen einlesen"), "/imports/new?kind=inventory"),
        (May.KEEP_AGENTS, N_("Zugänge für Agenten"), "/inventory/agents"),
    )
    return [(say(label), href) for right, label, href in offered if request.user.may(right)]


async def _exported(asked: AskedReports, sort: str, request: Visit) -> AsyncGenerator[Sequence[object], None]:
    async for one in all_reported(asked, Ask(sort), seen_by=request.user, on=today()):
        yield (
            one.inventory_number,
            one.name,
            one.stage,
            one.unit_name,
            one.last_at.date(),
            one.system or "",
            one.encryption or "",
            one.antivirus or "",
            one.secure_boot or "",
        )
