"""What people object to: the register has a device with them that they don't have, don't know or find different."""

from __future__ import annotations

from datetime import date, datetime

from assets.rules.permissions import May
from assets.rules.protocols import Answer
from isms.db.reading import Row, one, rows
from isms.people import Actor
from isms.rules.texts import N_


class ObjectionRow(Row):
    id: int
    device: int
    device_label: str
    unit: int
    path: str
    person_name: str
    answer: Answer
    note: str
    protocol: int | None
    recorded_at: datetime
    settled_on: date | None
    settled_by_name: str | None
    settled_note: str


MOST = 200
OBJECTION = """SELECT o.id, o.device, d.inventory_number || ' ' || d.name AS device_label, d.unit, u.path,
    p.name AS person_name, o.answer, o.note, o.protocol, o.recorded_at, o.settled_on, s.name AS settled_by_name,
    o.settled_note
    FROM objection o JOIN device d ON d.id = o.device JOIN unit u ON u.id = d.unit JOIN person p ON p.id = o.person
    LEFT JOIN person s ON s.id = o.settled_by"""


async def objections(*, seen_by: Actor, settled: bool = False, limit: int = MOST) -> list[ObjectionRow]:
    """Those that wait for IT, or those that are settled, newest first."""
    where, args = seen_by.reach(May.ISSUE).where("u.path")
    done = "IS NOT NULL" if settled else "IS NULL"
    sql = f"{OBJECTION} WHERE o.settled_on {done} AND {where} ORDER BY o.id DESC LIMIT {{}}"
    return await rows(ObjectionRow, sql, *args, limit)


async def objection(id: int, *, seen_by: Actor) -> ObjectionRow:
    """Raises Missing for one that is not there or out of reach."""
    where, args = seen_by.reach(May.ISSUE).where("u.path")
    missing = N_("Diesen Widerspruch gibt es nicht, oder er liegt außerhalb Ihres Bereichs.")
    return await one(ObjectionRow, f"{OBJECTION} WHERE o.id = {{}} AND {where}", id, *args, missing=missing)
