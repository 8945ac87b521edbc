"""Until when the makers look after the programs that devices report, counted over all devices within reach."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from typing import Any

from litestar import Controller, get
from litestar.params import FromQuery

from assets.queries.program_ends import ProgramEnd, programs_in_use
from assets.rules.permissions import May
from assets.rules.support import Standing
from assets.web.asking import term
from isms.exports import sheet_download
from isms.guards import requires
from isms.pages import Html, Visit, page
from isms.rules.errors import Forbidden
from isms.rules.texts import N_
from isms.web.clock import today

TITLES = (N_("Programm"), N_("Version"), N_("Produkt"), N_("Support bis"), N_("Stand"), N_("Geräte"))


class ProgramEnds(Controller):
    path = "/support/programs"
    guards = [requires(May.VIEW_SOFTWARE)]

    @get("/")
    async def index(self, request: Visit, *, standing: FromQuery[str] = "") -> Html:
        shown: dict[str, Any] = {"standings": list(Standing), "chosen": term(Standing, standing), "on": today()}
        return page(request, "assets/program_ends.html", programs=await _asked(request, standing), **shown)

    @get(["/export.csv", "/export.xlsx"])
    async def export(self, request: Visit, *, standing: FromQuery[str] = "") -> Any:
        return sheet_download(request, "programme", TITLES, _lines(await _asked(request, standing)))


async def _asked(request: Visit, standing: str) -> list[ProgramEnd]:
    reach = request.user.reach(May.VIEW_SOFTWARE)
    if not (reach.subtrees or reach.units):  # whoever may only look at their own device finds it on its page
        raise Forbidden
    chosen = term(Standing, standing)
    return [one for one in await programs_in_use(seen_by=request.user) if chosen in (None, one.standing(today()))]


async def _lines(found: Sequence[ProgramEnd]) -> AsyncGenerator[Sequence[object], None]:
    for one in found:
        release = one.release
        ends_on, name = (release.ends_on, release.name) if release else (None, "")
        yield (one.name, one.version, name, ends_on, one.standing(today()), one.devices)
