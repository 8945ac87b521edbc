"""Who is still missing a course: names for those who answer for them, as a list and as CSV of exactly that list."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from litestar import Controller, get
from litestar.params import FromPath, FromQuery

from isms import texts
from isms.guards import requires
from isms.listing import address
from isms.pages import Html, Visit, download, page
from isms.people import Actor, UnitRow, units
from isms.rules import cells
from isms.rules.texts import N_
from training.queries.courses import course
from training.queries.obligations import Obligation, count_missing, missing
from training.rules.permissions import May
from training.web.clock import today

PAGE = 50
BATCH = 500


class Missing(Controller):
    path = "/courses/{course_id:int}"
    guards = [requires(May.SEE_NAMES)]

    @get("/missing")
    async def index(
        self,
        request: Visit,
        course_id: FromPath[int],
        *,
        unit: FromQuery[str] = "",
        after: FromQuery[str] = "",
        mark: FromQuery[int] = 0,
    ) -> Html:
        found = await course(course_id, seen_by=request.user)
        places = await units(seen_by=request.user, asks=May.SEE_NAMES)
        within = _chosen(places, unit)
        below = within.path if within else ""
        people = await missing(
            found.id, seen_by=request.user, on=today(), within=below, after=(after, mark), limit=PAGE + 1
        )
        return page(
            request,
            "training/missing.html",
            part="training/_missing.html",
            May=May,
            course=found,
            units=places,
            unit=unit,
            people=people[:PAGE],
            count=await count_missing(found.id, seen_by=request.user, on=today(), within=below),
            next=_next(found.id, unit, people),
            export=address(f"/courses/{found.id}/missing.csv", unit=unit),
        )

    @get("/missing.csv")
    async def export(self, request: Visit, course_id: FromPath[int], unit: FromQuery[str] = "") -> Any:
        found = await course(course_id, seen_by=request.user)
        within = _chosen(await units(seen_by=request.user, asks=May.SEE_NAMES), unit)
        rows = _lines(found.id, within.path if within else "", request.user)
        return download(f"fehlende-{found.slug}.csv", rows, "text/csv; charset=utf-8")


def _chosen(places: list[UnitRow], unit: str) -> UnitRow | None:
    return next((place for place in places if str(place.id) == unit), None)


def _next(course: int, unit: str, people: list[Obligation]) -> str:
    if len(people) <= PAGE:
        return ""
    last = people[PAGE - 1]
    return address(f"/courses/{course}/missing", unit=unit, after=last.name, mark=last.person)


async def _lines(course: int, within: str, seen_by: Actor) -> AsyncIterator[bytes]:
    titles = (N_("Name"), N_("Einheit"), N_("Frist"), N_("Stand"))
    yield (cells.BOM + cells.line(texts.say(title) for title in titles)).encode()
    after = ("", 0)
    while people := await missing(course, seen_by=seen_by, on=today(), within=within, after=after, limit=BATCH):
        yield "".join(
            cells.line((one.name, one.place, one.due_on, texts.label(one.standing))) for one in people
        ).encode()
        after = (people[-1].name, people[-1].person)
