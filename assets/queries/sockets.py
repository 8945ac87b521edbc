"""What the house asks this area about: what is due, what words find, what is known about somebody else's record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from assets.queries import disposal_duties, duties, need_duties, papers, stocktake_duties
from assets.queries.dependency_panel import to_dependencies
from assets.queries.devices import held_by
from assets.queries.inventory_sockets import due as reports_due
from assets.queries.inventory_sockets import gone_media
from assets.queries.inventory_sockets import panels as reports_panels
from assets.queries.leavers import leavers
from assets.queries.media_panel import media, own_dossier
from assets.queries.objects import choices
from assets.queries.parts_lists import panels as parts_panels
from assets.queries.support_sockets import ending as support_ending
from assets.queries.support_sockets import panels as support_panels
from assets.queries.upkeep import endings_due, licence_panel, maintenance_due, upkeep_panel
from assets.rules.permissions import May
from isms.area import AskDue, AskPanels, Duty, Hit, Panel
from isms.db.fulltext import matching
from isms.db.reading import Row, rows
from isms.people import Actor, Someone
from isms.rules.texts import N_


class _Found(Row):
    id: int
    label: str
    unit_name: str


async def due(for_: Someone, *, seen_by: Actor, on: date) -> Sequence[Duty]:
    """All that the area knows to be due for somebody; each of DUTIES decides who may know it."""
    return [duty for ask in DUTIES for duty in await ask(for_, seen_by=seen_by, on=on)]


async def search(words: str, *, seen_by: Actor, limit: int) -> Sequence[Hit]:
    """Objects and devices that the words find, within reach."""
    objects = await choices(words, seen_by=seen_by, limit=limit) if words.strip() else []
    found, args = matching("device", words, alias="d")
    where, reach = seen_by.reach(May.VIEW_DEVICES).where("u.path", own="h.person")
    devices = await rows(
        _Found,
        f"""SELECT d.id, d.inventory_number || ' ' || d.name AS label, u.name AS unit_name
            FROM device d JOIN unit u ON u.id = d.unit
            LEFT JOIN handover h ON h.device = d.id AND h.returned_on IS NULL
            WHERE {found} AND {where} ORDER BY d.id LIMIT {{}}""",
        *args,
        *reach,
        limit,
    )
    return [
        *(Hit(one.label, f"/objects/{one.id}", N_("Zielobjekt"), one.unit_name) for one in objects),
        *(Hit(one.label, f"/devices/{one.id}", N_("Gerät"), one.unit_name) for one in devices),
    ]


async def panels(key: str, *, seen_by: Actor, on: date) -> Sequence[Panel]:
    """All that the area knows about a record; each of PANELS decides whose record it knows and who may see it."""
    return [panel for ask in PANELS for panel in await ask(key, seen_by=seen_by, on=on)]


async def held(key: str, *, seen_by: Actor, on: date) -> Sequence[Panel]:
    """The devices that a person holds."""
    kind, _, id = key.partition(":")
    if kind != "person" or not seen_by.may(May.VIEW_DEVICES):
        return ()
    found = await held_by(int(id), seen_by=seen_by)
    return [Panel(N_("Geräte"), "assets/_held.html", {"devices": found})] if found else ()


DUTIES: Sequence[AskDue] = (
    duties.loans,
    duties.late,
    duties.warranties,
    papers.confirmations,
    papers.questions,
    papers.to_settle,
    papers.losses,
    papers.requests,
    maintenance_due,
    endings_due,
    leavers,
    need_duties.confirming,
    need_duties.questioned,
    support_ending,
    stocktake_duties.counting,
    stocktake_duties.closing,
    stocktake_duties.planned,
    disposal_duties.checks,
    disposal_duties.approvals,
    disposal_duties.left_lying,
    disposal_duties.certificates,
    reports_due,
    gone_media,
)
PANELS: Sequence[AskPanels] = (
    to_dependencies,
    held,
    papers.papers_of_person,
    papers.papers_of_device,
    media,
    own_dossier,
    upkeep_panel,
    licence_panel,
    support_panels,
    reports_panels,
    parts_panels,
)
