"""The life of one device: everything that happened, in order, as page with a picture and as sheets."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from typing import Any

from litestar import Controller, get
from litestar.params import FromPath

from assets.queries.device_life import holders_of, life, stages_of
from assets.queries.devices import DeviceDetail, device
from assets.queries.life_sources import Event
from assets.rules.boxes import fitted
from assets.rules.permissions import May
from assets.rules.timeline import Bar, Span, Timeline, timeline
from isms.exports import sheet_download
from isms.guards import requires
from isms.house import house_of
from isms.pages import Html, Visit, page
from isms.rules.media import slug
from isms.rules.texts import N_
from isms.texts import label, say
from isms.web.clock import today

TITLES = (
    N_("Tag"),
    N_("Art"),
    N_("Was geschah"),
    N_("Person"),
    N_("Wo"),
    N_("Wer es eintrug"),
    N_("Bemerkung"),
    N_("Erfasst"),
)
LETTER, SHORT = 12, 60


class DeviceLife(Controller):
    path = "/devices/{device_id:int}/lifecycle"
    guards = [requires(May.VIEW_DEVICES)]

    @get("/")
    async def show(self, request: Visit, device_id: FromPath[int]) -> Html:
        found, events = await _lived(request, device_id)
        drawn = _drawn(events)
        bars = [(bar, _words(bar)) for bar in drawn.bars]
        return page(
            request, "assets/device_life.html", device=found, events=events, drawn=drawn, bars=bars, today=today()
        )

    @get(["/export.csv", "/export.xlsx"])
    async def export(self, request: Visit, device_id: FromPath[int]) -> Any:
        found, events = await _lived(request, device_id)
        name = f"lebenslauf-{slug(found.inventory_number).lower()}-{today().isoformat()}"
        return sheet_download(request, name, TITLES, _sheet(events))


async def _lived(request: Visit, id: int) -> tuple[DeviceDetail, list[Event]]:
    found = await device(id, seen_by=request.user)
    return found, await life(found, seen_by=request.user, secret=house_of(request).secret)


def _drawn(events: Sequence[Event]) -> Timeline:
    stages = [Span(0, spell.since, spell.until, label(spell.label)) for spell in stages_of(events)]
    holders = [Span(1, spell.since, spell.until, str(spell.label)) for spell in holders_of(events)]
    return timeline([*stages, *holders], [event.on for event in events], until=today())


def _words(bar: Bar) -> str:
    """What fits into a bar; in a short one nothing, rather than a letter and dots."""
    return " ".join(fitted(bar.label, LETTER, 1, bar.width - 12)) if bar.width > SHORT else ""


async def _sheet(events: Sequence[Event]) -> AsyncGenerator[Sequence[object], None]:
    for one in events:
        what = say(one.what, one.values)
        yield one.on, one.kind, what, one.person, one.place, one.who, one.note, one.at.isoformat(timespec="seconds")
