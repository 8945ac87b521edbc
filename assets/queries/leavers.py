"""What is still open with somebody who goes: devices, licences, responsibilities; and what IT has to take back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from assets.rules.permissions import May
from isms.area import Duty
from isms.db.reading import Row, rows
from isms.people import Actor, Someone
from isms.rules.permissions import Permission
from isms.rules.texts import N_

AHEAD = timedelta(days=14)
MOST = 20


class _Open(Row):
    id: int
    label: str


class _Missing(Row):
    id: int
    label: str
    holder_name: str
    left_on: date


HELD = """SELECT d.id, d.inventory_number || ' ' || d.name AS label FROM handover h JOIN device d ON d.id = h.device
    JOIN unit u ON u.id = d.unit WHERE h.returned_on IS NULL AND h.person = {} AND """
RESPONSIBLE = """SELECT o.id, o.short_id || ' ' || o.name AS label FROM target_object o JOIN unit u ON u.id = o.unit
    WHERE o.ended_on IS NULL AND o.responsible = {} AND """
SEATED = """SELECT l.id, l.name AS label FROM seat s JOIN licence l ON l.id = s.licence JOIN unit u ON u.id = l.unit
    WHERE s.ended_on IS NULL AND s.person = {} AND """
ASKED: Sequence[tuple[str, Permission, str, str]] = (
    (HELD, May.NAME_HOLDERS, N_("Gerät zurücknehmen: {label}"), "/devices/{id}"),
    (RESPONSIBLE, May.VIEW_OBJECTS, N_("Zuständigkeit übergeben: {label}"), "/objects/{id}"),
    (SEATED, May.VIEW_UPKEEP, N_("Platz der Lizenz frei geben: {label}"), "/licences/{id}"),
)


async def open_with(person: Someone, *, seen_by: Actor | None) -> Sequence[Duty]:
    """Devices in their hands, objects they answer for, seats they take."""
    found: list[Duty] = []
    for sql, asks, title, href in ASKED:
        where, args = seen_by.reach(asks).where("u.path") if seen_by else ("1 = 1", [])
        for one in await rows(_Open, f"{sql} {where} ORDER BY 2", person.id, *args):
            found.append(Duty(title, href.format(id=one.id), values={"label": one.label}))
    return found


async def leavers(for_: Someone, *, seen_by: Actor, on: date) -> Sequence[Duty]:
    """For IT: devices of people who go within two weeks, or have gone."""
    if for_.id != seen_by.id or not seen_by.may(May.ISSUE):
        return ()
    where, args = seen_by.reach(May.ISSUE).where("u.path")
    found = await rows(
        _Missing,
        f"""SELECT d.id, d.inventory_number || ' ' || d.name AS label, p.name AS holder_name, p.left_on
            FROM handover h JOIN device d ON d.id = h.device JOIN unit u ON u.id = d.unit
            JOIN person p ON p.id = h.person
            WHERE h.returned_on IS NULL AND p.left_on <= {{}} AND {where} ORDER BY p.left_on, h.id LIMIT {MOST}""",
        on + AHEAD,
        *args,
    )
    return [
        Duty(
            N_("{holder} geht: {device} zurücknehmen"),
            f"/devices/{one.id}",
            one.left_on,
            values={"holder": one.holder_name, "device": one.label},
        )
        for one in found
    ]
