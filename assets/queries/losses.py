"""Lost and stolen devices, and what was decided about the data on them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from assets.rules.lifecycle import Stage
from assets.rules.permissions import May
from isms.db.reading import Row, one, rows
from isms.people import Actor
from isms.rules.texts import N_

CLOCK = timedelta(hours=72)
"""GDPR Art. 33: the time to tell the supervisory authority, from the moment the office knows."""


class LossRow(Row):
    """A loss or theft as it was reported; `personal_data` is empty where the device belongs to no IT system."""

    id: int
    device: int
    device_label: str
    unit: int
    path: str
    stage: Stage
    reason: str
    recorded_at: datetime
    personal_data: bool | None
    must_be_reported: bool | None
    review_reason: str | None
    reviewed_on: date | None
    reviewed_by_name: str | None

    @property
    def report_until(self) -> datetime:
        return self.recorded_at + CLOCK

    @property
    def waits(self) -> bool:
        return self.reviewed_on is None and self.personal_data is not False


LOSS = """SELECT c.id, c.device, d.inventory_number || ' ' || d.name AS device_label, d.unit, u.path, c.stage, c.reason,
    c.recorded_at, o.personal_data, v.must_be_reported, v.reason AS review_reason, v.reviewed_on,
    r.name AS reviewed_by_name
    FROM stage_change c JOIN device d ON d.id = c.device JOIN unit u ON u.id = d.unit
    LEFT JOIN target_object o ON o.id = d.it_system LEFT JOIN loss_review v ON v.loss = c.id
    LEFT JOIN person r ON r.id = v.reviewed_by WHERE c.step IN ('report_lost', 'report_stolen')"""


async def losses_to_review(*, seen_by: Actor, limit: int = 20) -> list[LossRow]:
    """Losses that nobody judged, unless there are certainly no personal data behind the device. Oldest first."""
    where, args = seen_by.reach(May.JUDGE_LOSS).where("u.path")
    return await rows(
        LossRow,
        f"""{LOSS} AND v.id IS NULL AND c.device IN (SELECT x.id FROM device x WHERE x.stage IN ('lost', 'stolen'))
            AND (o.id IS NULL OR o.personal_data) AND {where} ORDER BY c.id LIMIT {{}}""",
        *args,
        limit,
    )


async def losses_of(device: int) -> list[LossRow]:
    """The losses of a device that the reader was shown already, newest first."""
    return await rows(LossRow, f"{LOSS} AND c.device = {{}} ORDER BY c.id DESC", device)


async def loss(id: int, *, seen_by: Actor) -> LossRow:
    """Raises Missing for a loss that is not there or out of reach."""
    where, args = seen_by.reach(May.JUDGE_LOSS).where("u.path")
    missing = N_("Diesen Verlust gibt es nicht, oder er liegt außerhalb Ihres Bereichs.")
    return await one(LossRow, f"{LOSS} AND c.id = {{}} AND {where}", id, *args, missing=missing)
