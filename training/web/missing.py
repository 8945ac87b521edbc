"""Who is still missing a course: names for those who answer for them, as a list and as a sheet of exactly that list."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from typing import Any

from litestar import Controller, get
from litestar.params import FromPath, FromQuery

from isms.exports import sheet_download
from isms.guards import requires
from isms.listing import address
from isms.pages import Html, Visit, page
from isms.people import Actor, UnitRow, units
from isms.rules.texts import N_
from isms.web.clock import today
from training.queries.courses import course
from training.queries.obligations import Narrowing, Obligation, count_missing, missing
from training.rules.permissions import May

PAGE = 50
BATCH = 500
TITLES = (N_("Name"), N_("Einheit"), N_("Frist"), N_("Stand"))
EXPORTS = (("CSV", "csv"), ("Excel", "xlsx"))


class Missing(Controller):
    path = "/courses/{course_id:int}"
    guards = [requires(May.SEE_NAMES)]

    @get("/missing")
    async def index(
        self,
        request: Visit,
        course_id: FromPath[int],
        *,
        q: FromQuery[str] = "",
        unit: FromQuery[str] = "",
        after: FromQuery[str] = "",
        mark: FromQuery[int] = 0,
    ) -> Html:
        found = await course(course_id, seen_by=request.user)
        places = await units(seen_by=request.user, asks=May.SEE_NAMES)
        asked = Narrowing(_path(places, unit), q)
        people = await missing(
            found.id, seen_by=request.user, on=today(), asked=asked, after=(after, mark), limit=PAGE + 1
        )
        here = f"/courses/{found.id}/missing"
        return page(
            request,
            "training/missing.html",
            part="training/_missing.html",
            May=May,
            course=found,
            units=places,
            unit=unit,
            q=q,
            people=people[:PAGE],
            count=await count_missing(found.id, seen_by=request.user, on=today(), asked=asked),
            next=_next(here, people, q=q, unit=unit),
            exports=[(kind, address(f"{here}.{ending}", q=q, unit=unit)) for kind, ending in EXPORTS],
        )

    @get(["/missing.csv", "/missing.xlsx"])
    async def export(
        self, request: Visit, course_id: FromPath[int], q: FromQuery[str] = "", unit: FromQuery[str] = ""
    ) -> Any:
        found = await course(course_id, seen_by=request.user)
        places = await units(seen_by=request.user, asks=May.SEE_NAMES)
        lines = _lines(found.id, Narrowing(_path(places, unit), q), request.user)
        return sheet_download(request, f"fehlende-{found.slug}", TITLES, lines)


def _path(places: list[UnitRow], unit: str) -> str:
    return next((place.path for place in places if str(place.id) == unit), "")


def _next(here: str, people: list[Obligation], **asked: str) -> str:
    if len(people) <= PAGE:
        return ""
    last = people[PAGE - 1]
    return address(here, **asked, after=last.name, mark=last.person)


async def _lines(course: int, asked: Narrowing, seen_by: Actor) -> AsyncGenerator[Sequence[object], None]:
    after = ("", 0)
    while people := await missing(course, seen_by=seen_by, on=today(), asked=asked, after=after, limit=BATCH):
        for one in people:
            yield one.name, one.place, one.due_on, one.standing
        after = (people[-1].name, people[-1].person)
