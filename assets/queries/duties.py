"""What is due around devices: one's own loans, what others are late with, what runs out soon."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from assets.rules import lifecycle
from assets.rules.lifecycle import Stage
from assets.rules.permissions import May
from isms.area import Duty
from isms.db.reading import Row, rows
from isms.people import Actor, Someone
from isms.rules.texts import N_

AHEAD = timedelta(days=30)
GONE = ", ".join(f"'{stage.value}'" for stage in sorted(lifecycle.GONE | {Stage.RETIRED, Stage.ERASED}))


class _Loan(Row):
    id: int
    label: str
    due_back_on: date
    holder_name: str


class _Ending(Row):
    id: int
    label: str
    warranty_until: date


LOAN = """SELECT d.id, d.inventory_number || ' ' || d.name AS label, h.due_back_on, p.name AS holder_name
    FROM handover h JOIN device d ON d.id = h.device JOIN unit u ON u.id = d.unit JOIN person p ON p.id = h.person
    WHERE h.returned_on IS NULL AND h.due_back_on IS NOT NULL AND """


async def loans(for_: Someone, *, seen_by: Actor, on: date) -> Sequence[Duty]:
    """What somebody has to bring back."""
    own = await rows(_Loan, LOAN + "h.person = {} ORDER BY h.due_back_on", for_.id)
    return [
        Duty(N_("{device} zurückgeben"), f"/devices/{one.id}", one.due_back_on, values={"device": one.label})
        for one in own
    ]


async def late(for_: Someone, *, seen_by: Actor, on: date) -> Sequence[Duty]:
    """For IT: what others are late with."""
    if for_.id != seen_by.id or not seen_by.may(May.ISSUE):
        return ()
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


async def warranties(for_: Someone, *, seen_by: Actor, on: date) -> Sequence[Duty]:
    """For IT: what runs out of warranty soon."""
    if for_.id != seen_by.id or not seen_by.may(May.KEEP):
        return ()
    where, args = seen_by.reach(May.KEEP).where("u.path")
    found = await rows(
        _Ending,
        f"""SELECT d.id, d.inventory_number || ' ' || d.name AS label, d.warranty_until
            FROM device d JOIN unit u ON u.id = d.unit
            WHERE d.warranty_until >= {{}} AND d.warranty_until <= {{}} AND d.stage NOT IN ({GONE})
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
