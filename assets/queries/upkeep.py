"""What the house asks about upkeep: panels, duties, figures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from assets.queries.contracts import contracts_of
from assets.queries.devices import device
from assets.queries.endings import Ending, endings
from assets.queries.licences import licences_of
from assets.queries.maintenance import AskedPlans, maintenance_of, plans, plans_of
from assets.queries.worth import worth
from assets.rules.permissions import May
from assets.rules.upkeep import Timeliness
from isms.area import Duty, Panel
from isms.listing import Ask
from isms.people import Actor, Someone
from isms.queries.keys import ids_of
from isms.rules.texts import N_

AHEAD = {Ending.NOTICE: 60, Ending.CONTRACT: 90, Ending.LICENCE: 90}
MOST = 20
ENDS = {
    Ending.NOTICE: N_("{title} ist nur noch kurz kündbar"),
    Ending.CONTRACT: N_("{title} läuft aus"),
    Ending.LICENCE: N_("Die Lizenz {title} läuft aus"),
}


async def upkeep_panel(key: str, *, seen_by: Actor, on: date) -> Sequence[Panel]:
    """Maintenance, contracts and worth of a device."""
    for id in ids_of("device", [key]):
        found = await device(id, seen_by=seen_by)
        if not seen_by.may(May.VIEW_UPKEEP, at=found.path):
            return ()
        shown = {
            "device": id,
            "plans": await plans_of(id, seen_by=seen_by),
            "done": await maintenance_of(found),
            "contracts": await contracts_of(id, seen_by=seen_by),
            "worth": await worth(found, on),
            "today": on,
            "may_maintain": seen_by.may(May.MAINTAIN, at=found.path),
        }
        return [Panel(N_("Wartung, Verträge und Wert"), "assets/_upkeep.html", shown)]
    return ()


async def licence_panel(key: str, *, seen_by: Actor, on: date) -> Sequence[Panel]:
    """The licences of a person, a device or an application."""
    field, _, _ = key.partition(":")
    if field not in ("person", "device", "target_object") or not seen_by.may(May.VIEW_UPKEEP):
        return ()
    if field == "person" and not seen_by.may(May.NAME_HOLDERS):
        return ()
    found = [one for id in ids_of(field, [key]) for one in await licences_of(field, id, seen_by=seen_by)]
    return [Panel(N_("Lizenzen"), "assets/_licences_of.html", {"licences": found})] if found else ()


async def maintenance_due(for_: Someone, *, seen_by: Actor, on: date) -> Sequence[Duty]:
    """For IT: what has to be maintained soon, or should have been."""
    if for_.id != seen_by.id or not seen_by.may(May.MAINTAIN):
        return ()
    states = (Timeliness.OVERDUE, Timeliness.SOON)
    pages = [await plans(AskedPlans(due=due), Ask(), seen_by=seen_by, on=on, size=MOST) for due in states]
    urgent = [one for page in pages for one in page.rows]
    return [
        Duty(
            N_("{device} warten: {title}"),
            f"/devices/{one.device}/maintenance/new?plan={one.id}",
            one.due_on,
            values={"device": one.label, "title": one.title},
        )
        for one in urgent[:MOST]
    ]


async def endings_due(for_: Someone, *, seen_by: Actor, on: date) -> Sequence[Duty]:
    """For IT: contracts and licences that end soon, and the last day to give notice."""
    if for_.id != seen_by.id or not seen_by.may(May.MAINTAIN):
        return ()
    found = await endings(seen_by=seen_by, on=on, days=max(AHEAD.values()), limit=4 * MOST)
    soon = [one for one in found if one.ending in AHEAD and one.ends_on <= on + timedelta(days=AHEAD[one.ending])]
    return [Duty(ENDS[one.ending], one.href, one.ends_on, values={"title": one.title}) for one in soon[:MOST]]
