"""Rounds of confirmation: who is asked what, and how far it has got."""

from __future__ import annotations

from datetime import date

from assets.rules.permissions import May
from assets.rules.protocols import Answer
from isms.db.reading import Row, one, rows
from isms.people import Actor
from isms.rules.texts import N_

MISSING = N_("Diese Abfrage gibt es nicht, oder sie betrifft Sie nicht.")


class HoldingRow(Row):
    handover: int
    device: int
    person: int


async def holdings(path: str) -> list[HoldingRow]:
    """Who has which device of the units below a path today, private ones left out."""
    return await rows(
        HoldingRow,
        """SELECT h.id AS handover, h.device, h.person FROM handover h JOIN device d ON d.id = h.device
           JOIN unit u ON u.id = d.unit
           WHERE h.returned_on IS NULL AND d.ownership <> 'private' AND u.path LIKE {} ORDER BY h.person, h.id""",
        f"{path}%",
    )


class RolloutDetail(Row):
    """A round with its counts: people asked, people done, devices confirmed and objected to."""

    id: int
    title: str
    unit: int
    unit_name: str
    path: str
    starts_on: date
    ends_on: date
    ended_on: date | None
    people: int
    waiting: int
    devices: int
    confirmed: int
    objected: int

    @property
    def key(self) -> str:
        return f"rollout:{self.id}"


ASKED = "FROM rollout_ask a WHERE a.rollout = r.id"
ROLLOUT = f"""SELECT r.id, r.title, r.unit, u.name AS unit_name, u.path, r.starts_on, r.ends_on, r.ended_on,
    (SELECT count(DISTINCT a.person) {ASKED}) AS people,
    (SELECT count(DISTINCT a.person) {ASKED} AND a.answer IS NULL) AS waiting,
    (SELECT count(*) {ASKED}) AS devices, (SELECT count(*) {ASKED} AND a.answer = 'have') AS confirmed,
    (SELECT count(*) {ASKED} AND a.answer <> 'have') AS objected
    FROM rollout r JOIN unit u ON u.id = r.unit"""


async def rollouts(*, seen_by: Actor, limit: int = 100) -> list[RolloutDetail]:
    """The rounds of one's units, newest first."""
    where, args = seen_by.reach(May.ISSUE).where("u.path")
    return await rows(RolloutDetail, f"{ROLLOUT} WHERE {where} ORDER BY r.id DESC LIMIT {{}}", *args, limit)


async def rollout(id: int, *, seen_by: Actor) -> RolloutDetail:
    """Raises Missing for a round that is out of reach and does not ask the reader."""
    where, args = seen_by.reach(May.ISSUE).where("u.path")
    return await one(
        RolloutDetail,
        f"""{ROLLOUT} WHERE r.id = {{}}
            AND ({where} OR EXISTS (SELECT 1 FROM rollout_ask x WHERE x.rollout = r.id AND x.person = {{}}))""",
        id,
        *args,
        seen_by.id,
        missing=MISSING,
    )


class AskRow(Row):
    """One device that somebody is asked about."""

    id: int
    rollout: int
    handover: int
    device: int
    unit: int
    inventory_number: str
    name: str
    model: str
    serial: str
    issued_on: date
    answer: Answer | None
    protocol: int | None


async def asks(rollout: int, person: int) -> list[AskRow]:
    """What a person is asked in a round, answered or not. What came back meanwhile needs no answer."""
    return await rows(
        AskRow,
        """SELECT a.id, a.rollout, a.handover, a.device, d.unit, d.inventory_number, d.name, d.model, d.serial,
               h.issued_on, a.answer, a.protocol
           FROM rollout_ask a JOIN device d ON d.id = a.device JOIN handover h ON h.id = a.handover
           WHERE a.rollout = {} AND a.person = {} AND (a.answer IS NOT NULL OR h.returned_on IS NULL)
           ORDER BY d.inventory_number""",
        rollout,
        person,
    )


class WaitingRow(Row):
    """Somebody who has not answered yet."""

    person: int
    person_name: str
    unit_name: str
    devices: int


async def waiting(rollout: int, *, seen_by: Actor, limit: int = 500) -> list[WaitingRow]:
    """Who has not answered: for those who may know who has which device."""
    where, args = seen_by.reach(May.NAME_HOLDERS).where("du.path")
    return await rows(
        WaitingRow,
        f"""SELECT a.person, p.name AS person_name, u.name AS unit_name, count(*) AS devices
            FROM rollout_ask a JOIN person p ON p.id = a.person JOIN unit u ON u.id = p.unit
            JOIN handover h ON h.id = a.handover JOIN device d ON d.id = a.device JOIN unit du ON du.id = d.unit
            WHERE a.rollout = {{}} AND a.answer IS NULL AND h.returned_on IS NULL AND {where}
            GROUP BY a.person, p.name, u.name ORDER BY p.name, a.person LIMIT {{}}""",
        rollout,
        *args,
        limit,
    )
