"""What the house asks this area about: what is due, what words find, what is known about somebody else's record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from assets.queries.devices import held_by
from assets.queries.objects import choices
from assets.rules.permissions import May
from isms.area import Duty, Hit, Panel
from isms.db.fulltext import matching
from isms.db.reading import Row, rows
from isms.people import Actor, Someone
from isms.rules.texts import N_

AHEAD = timedelta(days=30)


class _Loan(Row):
    id: int
    label: str
    due_back_on: date
    holder_name: str


class _Ending(Row):
    id: int
    label: str
    warranty_until: date


class _Found(Row):
    id: int
    label: str
    unit_name: str


LOAN = """SELECT d.id, d.inventory_number || ' ' || d.name AS label, h.due_back_on, p.name AS holder_name
    FROM handover h JOIN device d ON d.id = h.device JOIN unit u ON u.id = d.unit JOIN person p ON p.id = h.person
    WHERE h.returned_on IS NULL AND h.due_back_on IS NOT NULL AND """


async def due(for_: Someone, *, seen_by: Actor, on: date) -> Sequence[Duty]:
    """What somebody has to bring back; for IT also what others are late with, and what runs out of warranty soon."""
    own = await rows(_Loan, LOAN + "h.person = {} ORDER BY h.due_back_on", for_.id)
    duties = [
        Duty(N_("{device} zurückgeben"), f"/devices/{one.id}", one.due_back_on, values={"device": one.label})
        for one in own
    ]
    if for_.id != seen_by.id or not seen_by.may(May.ISSUE):
        return duties
    return [*duties, *await _late(seen_by, on), *await _warranties(seen_by, on)]


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
    """The devices that a person holds."""
    kind, _, id = key.partition(":")
    if kind != "person" or not seen_by.may(May.VIEW_DEVICES):
        return ()
    held = await held_by(int(id), seen_by=seen_by)
    return [Panel(N_("Geräte"), "assets/_held.html", {"devices": held})] if held else ()


async def _late(seen_by: Actor, on: date) -> list[Duty]:
    where, args = seen_by.reach(May.ISSUE).where("u.path")
    found = await rows(
        _Loan,
        LOAN + f"h.due_back_on < {{}} AND h.person <> {{}} AND {where} ORDER BY h.due_back_on, h.id LIMIT 20",
        on,
        seen_by.id,
        *args,
    )
    return [
        Duty(
            N_("{device} ist noch bei {holder}"),
            f"/devices/{one.id}",
            one.due_back_on,
            values={"device": one.label, "holder": one.holder_name},
        )
        for one in found
    ]


async def _warranties(seen_by: Actor, on: date) -> list[Duty]:
    where, args = seen_by.reach(May.KEEP).where("u.path")
    found = await rows(
        _Ending,
        f"""SELECT d.id, d.inventory_number || ' ' || d.name AS label, d.warranty_until
            FROM device d JOIN unit u ON u.id = d.unit
            WHERE d.warranty_until >= {{}} AND d.warranty_until <= {{}} AND d.stage NOT IN ('retired', 'disposed')
                AND {where} ORDER BY d.warranty_until, d.id LIMIT 20""",
        on,
        on + AHEAD,
        *args,
    )
    return [
        Duty(
            N_("Die Garantie von {device} läuft aus"),
            f"/devices/{one.id}",
            one.warranty_until,
            values={"device": one.label},
        )
        for one in found
    ]
