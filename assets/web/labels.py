"""Labels: choosing the sheet, and the PDF with a QR code for each device that leads to its page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import segno
from litestar import Controller, get
from litestar.params import FromQuery

from assets.queries.device_list import AskedDevices, first_devices
from assets.queries.devices import DeviceRow, device
from assets.rules.labels import MOST_LABELS, SHEETS, LabelFormat, spot
from assets.rules.permissions import May
from assets.rules.stocktakes import label_path
from assets.web.asking import asked_devices, term
from isms.guards import requires
from isms.listing import Ask
from isms.pages import Html, Visit, download, page
from isms.pdf import pdf
from isms.rules.errors import Missing
from isms.rules.texts import N_
from isms.texts import say
from isms.web.address import address_of_house, house_mark

NOTHING = N_("Dafür gibt es kein Gerät, das ein Etikett bekommen könnte.")
QUIET = 3
"""White modules around a code. The norm asks for four; the label's own white margin is the fourth."""


class Labels(Controller):
    path = "/devices"
    guards = [requires(May.KEEP)]

    @get("/labels")
    async def ask(self, request: Visit, *, device_id: FromQuery[int | None] = None) -> Html:
        asked = asked_devices(request)
        found = await _chosen(request, asked, device_id)
        return page(
            request,
            "assets/labels.html",
            devices=found[:MOST_LABELS],
            more=len(found) > MOST_LABELS,
            most=MOST_LABELS,
            formats=list(LabelFormat),
            kept={"device_id": device_id or "", **asked.address},
            address=address_of_house(request),
        )

    @get("/labels.pdf")
    async def sheet(
        self,
        request: Visit,
        *,
        device_id: FromQuery[int | None] = None,
        format: FromQuery[str] = "",
        first: FromQuery[int] = 1,
        named: FromQuery[bool] = False,
    ) -> Any:
        found = await _chosen(request, asked_devices(request), device_id)
        if not found:
            raise Missing(NOTHING)
        chosen = term(LabelFormat, format) or LabelFormat.A4_70_36
        data = _laid_out(request, found[:MOST_LABELS], chosen, first)
        data["named"] = named
        made = await pdf("assets/labels", data, made_at=datetime.now(UTC))
        return download("etiketten.pdf", made, "application/pdf")


async def _chosen(request: Visit, asked: AskedDevices, id: int | None) -> Sequence[DeviceRow]:
    """One device, or what the list shows: one more than fits, so that the page can say so."""
    if id is None:
        return await first_devices(asked, Ask(), MOST_LABELS + 1, seen_by=request.user)
    found = await device(id, seen_by=request.user)
    request.user.needs(May.KEEP, at=found.path)
    return [found]


def _laid_out(request: Visit, found: Sequence[DeviceRow], chosen: LabelFormat, first: int) -> dict[str, Any]:
    sheet, base, mark = SHEETS[chosen], address_of_house(request), house_mark(request)
    spots = [spot(sheet, number, max(first, 1)) for number in range(len(found))]
    pages: list[list[dict[str, object]]] = [[] for _ in range(spots[-1].page + 1)]
    for one, where in zip(found, spots, strict=True):
        url = base + label_path(one.id, mark)
        said = say(N_("QR-Code von {number}"), {"number": one.inventory_number})
        told = {"number": one.inventory_number, "name": one.name, "code": _code(url), "alternative": said}
        pages[where.page].append(told | {"x": where.x, "y": where.y})
    return {
        "title": say(N_("Etiketten")),
        "office": request.user.office,
        "sheet": asdict(sheet),
        "pages": pages,
    }


def _code(url: str) -> str:
    """A QR code as SVG. Level M still reads with a seventh of it scratched off."""
    code = segno.make(url, error="m", micro=False, boost_error=False)
    rows = list(code.matrix_iter(border=QUIET))
    dark = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, module in enumerate(row) if module)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {len(rows)} {len(rows)}" shape-rendering="crispEdges">'
        f'<path d="{dark}"/></svg>'
    )
