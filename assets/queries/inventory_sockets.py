"""What is due around reported devices, and what a device's page says about itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from assets.queries.inventory import devices_found
from assets.queries.inventory_list import DIFFERS, IN_USE, SILENT_DAYS, count_programs, facts_shown, reports, since
from assets.rules.inventory import PROTECTION, FactName
from assets.rules.inventory_matching import COMPARED
from assets.rules.permissions import May
from isms.area import Duty, Panel
from isms.db.reading import Row, rows, value
from isms.people import Actor, Someone
from isms.rules.roles import Role
from isms.rules.texts import N_
from isms.texts import office_day

HIDDEN = (FactName.DISKS, FactName.AGENT_ID, FactName.UUID)
SILENT = N_("Geräte, die sich seit {days} Tagen nicht gemeldet haben: {count}")
GONE_MEDIUM = N_("{device} meldet einen Datenträger, der vernichtet oder außer Haus ist: Gehen Sie dem nach")
TOLD_DAYS = 30
OF_ENTRY = "CAST(substr(e.subject, 8) AS integer)"
"""The device of an entry's subject „device:17“."""
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


class _Told(Row):
    id: int
    label: str
    last_at: datetime


async def gone_media(for_: Someone, *, seen_by: Actor, on: date) -> Sequence[Duty]:
    """For those who keep media: devices that reported a medium which is destroyed or out of the house, for a month."""
    if for_.id != seen_by.id or not seen_by.may(May.KEEP_MEDIA):
        return ()
    reach, args = seen_by.reach(May.KEEP_MEDIA).where("u.path")
    found = await rows(
        _Told,
        f"""SELECT d.id, d.inventory_number || ' ' || d.name AS label, max(e.at) AS last_at
            FROM audit_entry e CROSS JOIN device d JOIN unit u ON u.id = d.unit
            WHERE e.action = 'device.reported_gone_medium' AND e.at >= {{}} AND d.id = {OF_ENTRY} AND {reach}
            GROUP BY d.id, d.inventory_number, d.name ORDER BY last_at DESC, d.id LIMIT 20""",
        since(on, TOLD_DAYS),
        *args,
    )
    return [
        Duty(GONE_MEDIUM, f"/devices/{one.id}", office_day(one.last_at), values={"device": one.label}) for one in found
    ]


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
