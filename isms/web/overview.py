"""The overview: at most seven figures, each with its trend, each leading to the rows behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import zip_longest

from litestar import Controller, get
from litestar.params import FromPath

from isms.area import Binding, Measurement
from isms.guards import requires
from isms.house import House, house_of
from isms.indicators import as_seen
from isms.pages import Html, Visit, page
from isms.people import Actor
from isms.permissions import May
from isms.rules.errors import Forbidden, Missing
from isms.rules.texts import N_
from isms.web.clock import today

MOST = 7
SHOWN = 500
TOO_NARROW = N_("Kennzahlen zählen eine Einheit mit allem darunter. So weit reicht Ihre Rolle nicht.")
TREND_DAYS = (180, 90, 60, 30, 14, 7)


@dataclass(frozen=True)
class Figure:
    """A bound measurement of today and how it went, oldest first."""

    binding: Binding
    today: Measurement
    trend: list[tuple[date, int | None]]


class Overview(Controller):
    path = "/overview"
    guards = [requires(May.SEE_OVERVIEW)]

    @get("/")
    async def index(self, request: Visit) -> Html:
        house, scope, on = house_of(request), scope_of(request.user), today()
        offered = {indicator.key for area in house.areas for indicator in area.indicators}
        bound = telling([one for one in await house.bindings(scope, on=on) if one.indicator in offered])
        figures = [await figure(binding, scope, house=house, seen_by=request.user, on=on) for binding in bound]
        return page(request, "isms/overview.html", figures=figures, on=on)

    @get("/{key:str}")
    async def show(self, request: Visit, key: FromPath[str]) -> Html:
        house, scope, on = house_of(request), scope_of(request.user), today()
        found = next((one for one in await house.bindings(scope, on=on) if one.key == key), None)
        if found is None:
            raise Missing(N_("Diese Kennzahl gibt es nicht."))
        shown = await figure(found, scope, house=house, seen_by=request.user, on=on)
        facts = sorted(shown.today.facts, key=lambda fact: (fact.counts, fact.label))[:SHOWN]
        resolved = await house.resolve(fact.key for fact in facts)
        links = {key: link for key, link in resolved.items() if house.may_follow(link, request.user)}
        return page(request, "isms/figure.html", figure=shown, facts=facts, links=links, on=on)


def telling(bindings: list[Binding]) -> list[Binding]:
    """The first of those that count the same, area by area in turn, up to seven."""
    first: dict[str, Binding] = {}
    for one in bindings:
        first.setdefault(f"{one.indicator} {sorted(one.parameters.items())}", one)
    areas: dict[str, list[Binding]] = {}
    for one in first.values():
        areas.setdefault(one.indicator.partition(".")[0], []).append(one)
    turns = zip_longest(*areas.values())
    return [one for turn in turns for one in turn if one is not None][:MOST]


async def figure(binding: Binding, scope: str, *, house: House, seen_by: Actor, on: date) -> Figure:
    indicator = house.indicator(binding.indicator)
    now = as_seen(await indicator.measure(scope, on=on, **binding.parameters), indicator, by=seen_by, scope=scope)
    past = [on - timedelta(days=back) for back in TREND_DAYS]
    trend = [
        (day, await house.trends.percent(indicator, binding.parameters, scope, on=day, by=seen_by)) for day in past
    ]
    return Figure(binding, now, [*trend, (on, now.percent)])


def scope_of(actor: Actor) -> str:
    """The widest part of the tree whose figures this person may see. Raises Forbidden for a role that ends before."""
    subtrees = actor.reach(May.SEE_OVERVIEW).subtrees
    if not subtrees:
        raise Forbidden(TOO_NARROW)
    return min(subtrees, key=len)
