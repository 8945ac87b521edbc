"""Replacements by budget year, the devices behind each, and for how long an office plans with its devices."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from typing import Annotated, Any

from litestar import Controller, get, post
from litestar.params import FromQuery
from msgspec import Meta

from assets.commands.service_lives import set_service_life
from assets.queries.endings import MOST, Ending, all_endings, endings
from assets.queries.worth import forecast, service_lives, to_replace
from assets.rules.permissions import May
from assets.web.asking import term
from isms.exports import sheet_download
from isms.forms import Draft, Form, read
from isms.guards import requires
from isms.pages import Html, Visit, after, again, page
from isms.people import unit
from isms.rules.errors import Incomplete, Refused
from isms.rules.texts import N_
from isms.texts import money_text, say
from isms.web.clock import today

TITLES = (N_("Jahr"), N_("Kategorie"), N_("Geräte"), N_("Summe der Kaufpreise"), N_("davon ohne Preis"))
DEVICE_TITLES = (N_("Gerät"), N_("Gekauft am"), N_("Ersatz am"), N_("Kaufpreis"), N_("Einheit"))
ENDING_TITLES = (N_("Was"), N_("Bezeichnung"), N_("Ende"), N_("Einheit"))
AHEAD = (30, 90, 180, 365)
OTHERS = N_("alle anderen")


class LifeForm(Form):
    months: int
    category: Annotated[str, Meta(max_length=80)] = ""


class Replacements(Controller):
    path = "/replacements"
    guards = [requires(May.VIEW_UPKEEP)]

    @get("/")
    async def index(self, request: Visit) -> Html:
        return page(request, "assets/replacements.html", **await _shown(request, Draft.blank(LifeForm)))

    @get("/devices")
    async def behind(self, request: Visit, *, year: FromQuery[int], category: FromQuery[str] = "") -> Html:
        found = await to_replace(year, category, seen_by=request.user, on=today())
        shown: dict[str, Any] = {"found": found[:MOST], "count": len(found), "year": year, "category": category}
        return page(request, "assets/replacement_devices.html", **shown)

    @get(["/devices/export.csv", "/devices/export.xlsx"])
    async def export_behind(self, request: Visit, *, year: FromQuery[int], category: FromQuery[str] = "") -> Any:
        return sheet_download(request, f"ersatz-{year}", DEVICE_TITLES, _exported_behind(request, year, category))

    @get(["/export.csv", "/export.xlsx"])
    async def export(self, request: Visit) -> Any:
        return sheet_download(request, "ersatz", TITLES, _exported(request))


class ServiceLives(Controller):
    path = "/replacements/service-lives"
    guards = [requires(May.MAINTAIN)]

    @post("/", status_code=200)
    async def create(self, request: Visit) -> Any:
        draft = await read(LifeForm, request)
        try:
            office = await unit(request.user.institution, seen_by=request.user, asks=May.MAINTAIN)
            await set_service_life(draft.form.category, draft.form.months, office=office, by=request.user)
        except (Refused, Incomplete) as error:
            return again(request, "assets/replacements.html", error=error, **await _shown(request, draft))
        return after(request, "/replacements", notice=N_("Die Nutzungsdauer ist festgelegt."))


class Endings(Controller):
    path = "/endings"
    guards = [requires(May.VIEW_UPKEEP)]

    @get("/")
    async def index(self, request: Visit, *, days: FromQuery[int] = 90, what: FromQuery[str] = "") -> Html:
        only = term(Ending, what)
        found = await endings(seen_by=request.user, on=today(), days=_days(days), only=only, limit=MOST + 1)
        shown: dict[str, Any] = {"endings": found[:MOST], "more": len(found) > MOST, "kinds": list(Ending)}
        shown |= {"days": _days(days), "what": what}
        return page(request, "assets/endings.html", ahead=AHEAD, **shown)

    @get(["/export.csv", "/export.xlsx"])
    async def export(self, request: Visit, *, days: FromQuery[int] = 90, what: FromQuery[str] = "") -> Any:
        return sheet_download(request, "endet", ENDING_TITLES, _ending(request, _days(days), term(Ending, what)))


def _days(asked: int) -> int:
    return min(max(asked, 0), 3660)


async def _shown(request: Visit, draft: Draft[LifeForm]) -> dict[str, Any]:
    user = request.user
    lives = await service_lives(user.institution)
    return {
        "draft": draft,
        "forecast": await forecast(seen_by=user, on=today()),
        "lives": [(category or say(OTHERS), months) for category, months in sorted(lives.items())],
        "may_maintain": user.may(May.MAINTAIN),
        "today": today(),
    }


async def _exported(request: Visit) -> AsyncGenerator[Sequence[object], None]:
    for one in await forecast(seen_by=request.user, on=today()):
        yield (one.year, one.category, one.count, money_text(one.cents), one.unpriced)


async def _exported_behind(request: Visit, year: int, category: str) -> AsyncGenerator[Sequence[object], None]:
    for one, day in await to_replace(year, category, seen_by=request.user, on=today()):
        yield (one.label, one.purchased_on, day, money_text(one.price_cents), one.unit_name)


async def _ending(request: Visit, days: int, only: Ending | None) -> AsyncGenerator[Sequence[object], None]:
    async for one in all_endings(seen_by=request.user, on=today(), days=days, only=only):
        yield (one.ending, one.title, one.ends_on, one.unit_name)
