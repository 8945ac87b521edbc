"""The storage media on the page of their device."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from assets.queries.media import media_in, media_taken_out
from assets.rules.lifecycle import Stage
from assets.rules.permissions import May
from isms.area import Panel
from isms.db.reading import Row, one
from isms.people import Actor
from isms.queries.keys import ids_of
from isms.rules.texts import N_


class _Home(Row):
    path: str
    stage: Stage


async def media(key: str, *, seen_by: Actor, on: date) -> Sequence[Panel]:
    """What holds data in a device, and what was taken out of it, for those who look after media there."""
    ids = ids_of("device", [key])
    if not ids or not seen_by.may(May.VIEW_MEDIA):
        return ()
    home = await one(_Home, "SELECT u.path, d.stage FROM device d JOIN unit u ON u.id = d.unit WHERE d.id = {}", ids[0])
    if not seen_by.may(May.VIEW_MEDIA, at=home.path):
        return ()
    shown = {
        "device": ids[0],
        "media": await media_in(ids[0]),
        "taken_out": await media_taken_out(ids[0]),
        "may_keep": seen_by.may(May.KEEP_MEDIA, at=home.path) and home.stage is not Stage.DISPOSED,
    }
    return [Panel(N_("Datenträger"), "assets/_media.html", shown)]
