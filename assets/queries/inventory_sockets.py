"""What is due around reported devices, and what a device's page says about itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from assets.queries.inventory import devices_found
from assets.queries.inventory_list import DIFFERS, IN_USE, SILENT_DAYS, count_programs, facts_shown, reports, since
from assets.rules.inventory import PROTECTION, FactName
from assets.rules.inventory_matching import COMPARED
from assets.rules.permissions import May
from isms.area import Duty, Panel
from isms.db.reading import value
from isms.people import Actor, Someone
from isms.rules.roles import Role
from isms.rules.texts import N_

HIDDEN = (FactName.DISKS, FactName.AGENT_ID, FactName.UUID)
SILENT = N_("Geräte, die sich seit {days} Tagen nicht gemeldet haben: {count}")
DIFFERING = N_("Geräte, bei denen das Inventar anderes meldet: {count}")


async def due(for_: Someone, *, seen_by: Actor, on: date) -> Sequence[Duty]:
    """For IT: devices in use that fell silent, and those that report something else than is written down."""
    if for_.id != seen_by.id or not seen_by.has(Role.IT):
        return ()
    reach, args = seen_by.reach(May.KEEP).where("u.path")
    silent = await value(
        f"""SELECT count(*) FROM inventory_report r CROSS JOIN device d JOIN unit u ON u.id = d.unit
            WHERE d.id = r.device AND r.replaced_at IS NULL AND r.device IS NOT NULL AND r.last_at < {{}}
            AND {IN_USE} AND {reach}""",
        since(on, SILENT_DAYS),
        *args,
    )
    differing = await value(
        f"""SELECT count(*) FROM device d JOIN unit u ON u.id = d.unit WHERE d.id IN (SELECT f.device
            FROM reported_fact f WHERE f.institution = {{}} AND f.differs AND f.kept_at IS NULL
            AND f.replaced_at IS NULL) AND {DIFFERS} > 0 AND {reach}""",
        seen_by.institution,
        *args,
    )
    duties = []
    if silent:
        values = {"count": silent, "days": SILENT_DAYS}
        duties.append(Duty(SILENT, "/inventory?trait=silent", values=values))
    if differing:
        duties.append(Duty(DIFFERING, "/inventory?trait=differing", values={"count": differing}))
    return duties


async def panels(key: str, *, seen_by: Actor, on: date) -> Sequence[Panel]:
    """What a device reports of itself, each fact with its day; and where that is not what the office wrote down."""
    kind, _, id = key.partition(":")
    if kind != "device":
        return ()
    facts = await facts_shown(int(id))
    found = await devices_found([int(id)])
    if not facts or not found or not await _may_look(found[0].id, found[0].path, seen_by):
        return ()
    device = found[0]
    context = {
        "base": f"/devices/{id}",
        "protection": [one for one in facts if one.name in PROTECTION],
        "facts": [one for one in facts if one.name not in (*PROTECTION, *HIDDEN)],
        "differing": [(one, device.written[COMPARED[one.name]]) for one in facts if one.differs and not one.kept_at],
        "reports": await reports(device.id),
        "programs": await count_programs(device.id),
        "may_keep": seen_by.may(May.KEEP, at=device.path),
        "may_software": await may_see_software(device.id, device.path, seen_by),
    }
    return [Panel(N_("Was das Gerät meldet"), "assets/_reported.html", context)]


async def may_see_software(device: int, path: str, seen_by: Actor) -> bool:
    return seen_by.may(May.VIEW_SOFTWARE, at=path) or await _holds(device, seen_by)


async def _may_look(device: int, path: str, seen_by: Actor) -> bool:
    return seen_by.may(May.VIEW_DEVICES, at=path) or await _holds(device, seen_by)


async def _holds(device: int, seen_by: Actor) -> bool:
    sql = "SELECT 1 FROM handover WHERE device = {} AND person = {} AND returned_on IS NULL"
    return bool(await value(sql, device, seen_by.id))
