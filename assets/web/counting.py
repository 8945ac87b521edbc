"""Counting: one field for the hand scanner, the keyboard and the phone's camera, and what was just scanned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from litestar import Controller, get, post
from litestar.params import FromPath, FromQuery
from msgspec import Meta

from assets.commands.counting import count, take_back_scan
from assets.commands.steps import Given, take
from assets.queries.counting import ScanRow, counted_as, last_scans, places, scan
from assets.queries.devices import device
from assets.queries.stocktakes import StocktakeRow, counted_by, progress
from assets.rules.lifecycle import Step
from assets.rules.permissions import May
from assets.rules.stocktakes import LONGEST_CODE, AlreadyCounted, Finding, read_code
from isms.forms import Draft, Form, read
from isms.guards import requires
from isms.listing import address
from isms.pages import Html, Visit, after, again, going, page, wants_part
from isms.rules.errors import Incomplete, Missing, Refused, Repeated
from isms.rules.texts import N_
from isms.web.address import house_mark, own_hosts
from isms.web.clock import today
from isms.web.frame import WITH_CAMERA

WHOLE, PART = "assets/count.html", "assets/_counted.html"


class ScanForm(Form):
    code: Annotated[str, Meta(max_length=LONGEST_CODE)]
    place: Annotated[str, Meta(max_length=120)] = ""


class RoomForm(Form):
    """A form of one button; `place` is the room one goes on in."""

    place: Annotated[str, Meta(max_length=120)] = ""


@dataclass(frozen=True)
class Last:
    """What was just scanned; `before` says that somebody had counted it already."""

    scan: ScanRow | None = None
    before: bool = False


class Counting(Controller):
    path = "/stocktakes/{stocktake_id:int}"
    guards = [requires(May.COUNT)]

    @get("/count")
    async def show(
        self,
        request: Visit,
        stocktake_id: FromPath[int],
        *,
        place: FromQuery[str] = "",
        scan: FromQuery[int] = 0,
        again: FromQuery[bool] = False,
    ) -> Html:
        """`scan` is what was scanned last, `again` says that somebody had counted it before."""
        found = await counted_by(stocktake_id, seen_by=request.user)
        room = place.strip()[:120]
        shown = await _shown(request, found, room, await _last(request, found, scan, again))
        answer = page(request, WHOLE, part=PART, **shown, places=await places(found), draft=_blank(room))
        answer.headers.update(WITH_CAMERA)
        return answer

    @get("/progress")
    async def progress(self, request: Visit, stocktake_id: FromPath[int]) -> Html:
        found = await counted_by(stocktake_id, seen_by=request.user)
        return page(request, "assets/_progress.html", stocktake=found, progress=await progress(found), here_link="")

    @post("/scans", status_code=200)
    async def create(self, request: Visit, stocktake_id: FromPath[int]) -> Any:
        draft = await read(ScanForm, request)
        found = await counted_by(stocktake_id, seen_by=request.user)
        place = draft.value("place").strip()
        try:
            id, before = await _counted(request, found, draft.form)
        except (Refused, Incomplete) as error:
            return await _once_more(request, found, draft, error)
        if not wants_part(request):
            return going(request, _page_of(found, place, scan=id, again="true" if before else ""))
        last = Last(await scan(id, found, seen_by=request.user), before)
        return page(request, WHOLE, part=PART, **await _shown(request, found, place, last))

    @post("/scans/{scan_id:int}/ending", status_code=200)
    async def end(self, request: Visit, stocktake_id: FromPath[int], scan_id: FromPath[int]) -> Any:
        form = (await read(RoomForm, request)).form
        found = await counted_by(stocktake_id, seen_by=request.user)
        gone = await scan(scan_id, found, seen_by=request.user)
        await take_back_scan(found, gone, by=request.user)
        notice = N_("„{label}“ ist nicht mehr gezählt.")
        return after(request, _page_of(found, form.place), notice=notice, values={"label": gone.label})

    @post("/scans/{scan_id:int}/place", status_code=200)
    async def correct(self, request: Visit, stocktake_id: FromPath[int], scan_id: FromPath[int]) -> Any:
        """The device stands where it was found from now on: for those who may move it."""
        form = (await read(RoomForm, request)).form
        found = await counted_by(stocktake_id, seen_by=request.user)
        last = await scan(scan_id, found, seen_by=request.user)
        if last.device is None or last.finding is not Finding.WRONG_PLACE:
            raise Missing
        moved = await device(last.device, seen_by=request.user)
        await take(moved, Step.MOVE, Given(place=last.place), by=request.user, on=today())
        values = {"label": last.label, "place": last.place}
        notice = N_("{label} steht jetzt auch im Register dort: {place}.")
        return after(request, _page_of(found, form.place), notice=notice, values=values)


async def _counted(request: Visit, found: StocktakeRow, form: ScanForm) -> tuple[int, bool]:
    """The scan that counts, and whether it is an earlier one of somebody."""
    code = read_code(form.code, hosts=own_hosts(request), mark=house_mark(request))
    try:
        return await count(found, code, place=form.place, by=request.user, on=today()), False
    except AlreadyCounted as error:
        return error.scan, True
    except Repeated:
        if known := await counted_as(found, code):  # the connection broke after it was counted
            return known, False
        raise


def _page_of(found: StocktakeRow, place: str, **more: object) -> str:
    return address(f"/stocktakes/{found.id}/count", place=place, **more)


def _blank(place: str) -> Draft[ScanForm]:
    return Draft.blank(ScanForm, place=place)


async def _last(request: Visit, found: StocktakeRow, id: int, before: bool) -> Last:
    if not 0 < id < 2**31:
        return Last()
    try:
        return Last(await scan(id, found, seen_by=request.user), before)
    except Missing:
        return Last()


async def _shown(request: Visit, found: StocktakeRow, place: str, last: Last) -> dict[str, Any]:
    return {
        "stocktake": found,
        "progress": await progress(found),
        "place": place,
        "last": last.scan,
        "before": last.before,
        "complaint": "",
        "scans": await last_scans(found, seen_by=request.user),
        "may_move": request.user.may(May.ISSUE, at=found.path),
        "may_run": request.user.may(May.STOCKTAKE, at=found.path),
    }


async def _once_more(request: Visit, found: StocktakeRow, draft: Draft[ScanForm], error: Refused | Incomplete) -> Any:
    """What was scanned did not count, and why; the field keeps it."""
    said: Any = error.complaints.get("code", error) if isinstance(error, Incomplete) else error
    shown = await _shown(request, found, draft.value("place"), Last())
    shown |= {"complaint": said, "places": await places(found)}
    return again(request, WHOLE, draft, error, part=PART, **shown)
