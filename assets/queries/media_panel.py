"""The storage media on the page of their device."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from assets.queries.dossier_export import people_of
from assets.queries.dossier_ways import ways_of
from assets.queries.dossiers import device_dossier, medium_dossier
from assets.queries.media import media_in, media_taken_out
from assets.rules.lifecycle import Stage
from assets.rules.media import OUT_OF_THE_HOUSE
from assets.rules.permissions import May
from isms.area import Panel
from isms.db.reading import Row, one
from isms.people import Actor
from isms.queries.keys import ids_of
from isms.rules.texts import N_
from isms.veil import veil

OUT_OF_USE = frozenset({Stage.RETIRED, Stage.ERASED})


class _Home(Row):
    path: str
    stage: Stage


async def media(key: str, *, seen_by: Actor, on: date) -> Sequence[Panel]:
    """What holds data in a device, what was taken out of it, and once it is out of use what is missing before it may
    leave, for those who look after media there."""
    ids = ids_of("device", [key])
    if not ids or not seen_by.may(May.VIEW_MEDIA):
        return ()
    home = await one(_Home, HOME, ids[0])
    if not seen_by.may(May.VIEW_MEDIA, at=home.path):
        return ()
    shown = {
        "device": ids[0],
        "media": await media_in(ids[0]),
        "taken_out": await media_taken_out(ids[0]),
        "may_keep": seen_by.may(May.KEEP_MEDIA, at=home.path) and home.stage not in OUT_OF_THE_HOUSE,
    }
    panels = [Panel(N_("Datenträger"), "assets/_media.html", shown)]
    if home.stage in OUT_OF_USE | OUT_OF_THE_HOUSE:
        subject = await device_dossier(ids[0], seen_by=seen_by)
        file = {"subject": subject, "ways": ways_of(subject, seen_by), "home": f"/devices/{ids[0]}"}
        panels.append(Panel(N_("Lösch- und Entsorgungsakte"), "assets/_dossier_panel.html", file))
    return panels


async def own_dossier(key: str, *, seen_by: Actor, on: date) -> Sequence[Panel]:
    """What is missing before a medium that lies on its own may leave; one in a device leaves with that."""
    ids = ids_of("storage_medium", [key])
    if not ids or not seen_by.may(May.VIEW_MEDIA):
        return ()
    subject = await medium_dossier(ids[0], seen_by=seen_by)
    hidden = await veil([name for _, name in people_of(subject)], seen_by=seen_by)
    file = {"subject": subject, "ways": ways_of(subject, seen_by), "home": f"/media/{ids[0]}", "veil": hidden}
    inside = subject.alone is not None and subject.alone.device is not None
    template = "assets/_medium_proof.html" if inside else "assets/_dossier_panel.html"
    return [Panel(N_("Lösch- und Entsorgungsakte"), template, file)]


HOME = "SELECT u.path, d.stage FROM device d JOIN unit u ON u.id = d.unit WHERE d.id = {}"
