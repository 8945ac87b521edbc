"""Reports of all areas: which there are, one as a page with its day, and as a file for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from litestar import Controller, get
from litestar.params import FromPath, FromQuery

from isms import texts
from isms.area import Link
from isms.exports import sheet_download
from isms.guards import requires
from isms.house import House, house_of
from isms.pages import Html, Visit, page
from isms.people import Actor, UnitRow
from isms.permissions import May
from isms.reports import Line, Opened, cells, offered, opened, places, window
from isms.rules.errors import Forbidden, Missing
from isms.rules.media import slug
from isms.rules.texts import N_
from isms.web.clock import today
from isms.web.trail import day_of

TOO_NARROW = N_("Diesen Bericht gibt es je Einheit mit allem darunter. So weit reicht Ihre Rolle nicht.")
NO_SUCH_UNIT = N_("Für diese Einheit dürfen Sie den Bericht nicht ansehen. Wählen Sie eine andere.")


class Reports(Controller):
    path = "/reports"
    guards = [requires(May.SEE_REPORTS)]

    @get("/")
    async def index(self, request: Visit) -> Html:
        found = offered(house_of(request), seen_by=request.user)
        return page(request, "isms/reports.html", groups=found)

    @get("/{name:str}")
    async def show(
        self,
        request: Visit,
        name: FromPath[str],
        *,
        unit: FromQuery[int | None] = None,
        on: FromQuery[str] = "",
        start: FromQuery[int] = 0,
    ) -> Html:
        asked, offers = await _asked(request, name, unit, on)
        found = await window(asked, start)
        return page(
            request,
            "isms/report.html",
            part="isms/_report.html",
            asked=asked,
            page=found,
            links=await _links(house_of(request), found.lines, request.user),
            units=offers,
            today=today(),
            kept={"unit": asked.unit.id, "on": asked.on.isoformat()},
        )

    @get(["/{name:str}/export.csv", "/{name:str}/export.xlsx"])
    async def export(
        self, request: Visit, name: FromPath[str], *, unit: FromQuery[int | None] = None, on: FromQuery[str] = ""
    ) -> Any:
        asked, _ = await _asked(request, name, unit, on)
        title = slug(texts.say(asked.report.title)).lower()
        titles = [column.title for column in asked.columns]
        return sheet_download(request, f"{title}-{asked.on.isoformat()}", titles, cells(asked))


async def _asked(request: Visit, name: str, unit: int | None, on: str) -> tuple[Opened, list[UnitRow]]:
    """What the address asks for: without a unit the widest there is, without a past day today."""
    house = house_of(request)
    report = house.report(name)
    offers = await places(report, seen_by=request.user)
    if not offers:
        raise Forbidden(TOO_NARROW)
    chosen = next((one for one in offers if one.id == unit), None) if unit else _widest(offers, request.user)
    if chosen is None:
        raise Missing(NO_SUCH_UNIT)
    return opened(report, chosen, on=_past(on), seen_by=request.user, secret=house.secret), offers


def _widest(offers: list[UnitRow], reader: Actor) -> UnitRow:
    """The reader's own institution, where the right reaches it; else the first of the tree."""
    return next((one for one in offers if one.id == reader.institution), offers[0])


def _past(typed: str) -> date:
    """The future is not on record."""
    return min(day_of(typed) or today(), today())


async def _links(house: House, lines: Iterable[Line], reader: Actor) -> dict[str, Link]:
    found = await house.resolve(line.key for line in lines if line.key)
    return {key: link for key, link in found.items() if link.href and house.may_follow(link, reader)}
