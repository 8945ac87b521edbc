"""What is on its way out: requests that wait, things out of use without a file, and what left without a proof."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from assets.queries.indicators.erasure import Departure, departures
from assets.rules.dossier import APPROVAL_DAYS, RETIRED_DAYS, DisposalWay
from assets.rules.permissions import May
from isms.db.reading import Row, rows
from isms.people import Actor

MOST = 50


class WaitingRow(Row):
    """A request that nobody decided about yet."""

    id: int
    device: int | None
    medium: int | None
    title: str
    way: DisposalWay
    recipient: str
    requested_on: date
    requested_by: int
    requester: str

    @property
    def home(self) -> str:
        return f"/devices/{self.device}" if self.device else f"/media/{self.medium}"

    @property
    def due_on(self) -> date:
        return self.requested_on + timedelta(days=APPROVAL_DAYS)


class LyingRow(Row):
    """A device out of use that may not leave yet."""

    id: int
    title: str
    since: date

    @property
    def due_on(self) -> date:
        return self.since + timedelta(days=RETIRED_DAYS)


class UncheckedRow(Row):
    """An erasure that a second person has to look at."""

    medium: int
    title: str
    done_on: date
    operator: int

    @property
    def due_on(self) -> date:
        return self.done_on + timedelta(days=APPROVAL_DAYS)


@dataclass(frozen=True)
class OnTheWayOut:
    """The first `most` of what waits and of what lies, and all that is not proven."""

    waiting: list[WaitingRow]
    lying: list[LyingRow]
    unproven: list[Departure]
    most: ClassVar[int] = MOST


WAITING = """SELECT x.id, x.device, x.medium,
    COALESCE(d.inventory_number || ' ' || d.name, NULLIF(m.serial, ''), m.model, '') AS title, x.way, x.recipient,
    x.requested_on, x.requested_by, p.name AS requester
    FROM disposal_request x JOIN person p ON p.id = x.requested_by LEFT JOIN device d ON d.id = x.device
    LEFT JOIN storage_medium m ON m.id = x.medium JOIN unit u ON u.id = COALESCE(d.unit, m.unit)
    WHERE NOT EXISTS (SELECT 1 FROM disposal_verdict v WHERE v.request = x.id)
    AND NOT EXISTS (SELECT 1 FROM disposal_request y WHERE y.id > x.id AND (y.device = x.device OR y.medium = x.medium))
    AND (d.stage IS NULL OR d.stage IN ('retired', 'erased'))"""
# Lying: out of use, and no approval that still stands. The first words are those of a partial index.
LYING = """SELECT d.id, d.inventory_number || ' ' || d.name AS title, s.taken_on AS since
    FROM device d JOIN unit u ON u.id = d.unit
    JOIN stage_change s ON s.id = (SELECT max(c.id) FROM stage_change c WHERE c.device = d.id AND c.stage = 'retired')
    WHERE d.stage IN ('retired', 'erased') AND NOT EXISTS (SELECT 1 FROM disposal_request x
        JOIN disposal_verdict v ON v.request = x.id WHERE x.device = d.id AND x.recorded_at >= s.recorded_at
        AND v.verdict = 'approved' AND NOT EXISTS (SELECT 1 FROM disposal_verdict w WHERE w.request = x.id
            AND w.verdict = 'withdrawn'))"""
UNCHECKED = """SELECT e.medium, COALESCE(NULLIF(m.serial, ''), NULLIF(m.model, ''), m.kind) AS title, e.done_on,
    e.operator FROM erasure e JOIN storage_medium m ON m.id = e.medium
    LEFT JOIN medium_placement l ON l.medium = m.id AND l.ended_on IS NULL LEFT JOIN device d ON d.id = l.device
    JOIN unit u ON u.id = COALESCE(d.unit, m.unit)
    WHERE e.succeeded AND NOT EXISTS (SELECT 1 FROM erasure_check k WHERE k.erasure = e.id)
    AND e.plan = (SELECT max(x.id) FROM erasure_plan x WHERE x.medium = e.medium)
    AND (d.stage IS NULL OR d.stage NOT IN ('disposed', 'sold', 'given_back', 'issued', 'installed'))"""


async def on_the_way_out(*, seen_by: Actor, on: date) -> OnTheWayOut:
    """Everything that somebody has to see to, within reach."""
    paths = seen_by.reach(May.VIEW_MEDIA).subtrees
    found = [one for path in paths for one in await departures(path, on=on) if one.gap]
    unproven = list({one.subject.key: one for one in found}.values())
    return OnTheWayOut(
        await waiting(May.VIEW_MEDIA, seen_by=seen_by), await lying(May.VIEW_MEDIA, seen_by=seen_by), unproven
    )


async def waiting(right: May, *, seen_by: Actor, limit: int = MOST) -> list[WaitingRow]:
    where, args = seen_by.reach(right).where("u.path")
    return await rows(WaitingRow, f"{WAITING} AND {where} ORDER BY x.requested_on, x.id LIMIT {{}}", *args, limit)


async def lying(right: May, *, seen_by: Actor, limit: int = MOST) -> list[LyingRow]:
    where, args = seen_by.reach(right).where("u.path")
    return await rows(LyingRow, f"{LYING} AND {where} ORDER BY s.taken_on, d.id LIMIT {{}}", *args, limit)


async def lying_longest(right: May, *, seen_by: Actor, until: date, limit: int) -> list[LyingRow]:
    """Those of `lying` that will have lain too long by the day `until`, in the order in which they were registered.

    Walks along the devices out of use and stops at the limit, where `lying` has to look at all for the oldest.
    """
    where, args = seen_by.reach(right).where("u.path")
    since = until - timedelta(days=RETIRED_DAYS)
    sql = f"{LYING} AND s.taken_on <= {{}} AND {where} ORDER BY d.id LIMIT {{}}"
    return await rows(LyingRow, sql, since, *args, limit)


async def unchecked(*, seen_by: Actor, limit: int = 20) -> list[UncheckedRow]:
    """What somebody else erased and this person may check."""
    where, args = seen_by.reach(May.VERIFY_ERASURE).where("u.path")
    return await rows(
        UncheckedRow,
        f"{UNCHECKED} AND e.operator <> {{}} AND {where} ORDER BY e.done_on, e.id LIMIT {{}}",
        seen_by.id,
        *args,
        limit,
    )
