"""What is due about protection needs: for the head to confirm, for the security officer to find anew."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from assets.rules.kinds import Kind
from assets.rules.permissions import May
from assets.rules.protection import ProtectionNeed
from isms.area import Duty
from isms.db.reading import Row, rows
from isms.people import Actor, Someone
from isms.rules.permissions import Permission
from isms.rules.texts import N_

MOST = 20
HIGH = int(ProtectionNeed.HIGH)


class _Waiting(Row):
    id: int
    label: str


LATEST = f"""SELECT o.id, o.short_id || ' ' || o.name AS label FROM target_object o JOIN unit u ON u.id = o.unit
    JOIN need_assessment a ON a.id = (SELECT max(x.id) FROM need_assessment x WHERE x.target_object = o.id)
    WHERE o.ended_on IS NULL AND o.kind = '{Kind.PROCESS.value}'
        AND (a.confidentiality >= {HIGH} OR a.integrity >= {HIGH} OR a.availability >= {HIGH})"""
"""Processes that themselves need more than „normal“."""


async def confirming(for_: Someone, *, seen_by: Actor, on: date) -> Sequence[Duty]:
    """For the head of office: what was found and waits for a word."""
    found = await _found(
        for_,
        May.CONFIRM_NEEDS,
        "NOT EXISTS (SELECT 1 FROM need_confirmation c WHERE c.assessment = a.id)",
        seen_by=seen_by,
    )
    title = N_("Schutzbedarf von {object} bestätigen")
    return [Duty(title, f"/objects/{one.id}/confirmations/new", values={"object": one.label}) for one in found]


async def questioned(for_: Someone, *, seen_by: Actor, on: date) -> Sequence[Duty]:
    """For the security officer: where the head does not agree."""
    found = await _found(
        for_,
        May.ASSESS,
        "(SELECT c.agreed FROM need_confirmation c WHERE c.assessment = a.id ORDER BY c.id DESC LIMIT 1) = {}",
        False,
        seen_by=seen_by,
    )
    title = N_("Schutzbedarf von {object} neu feststellen: die Leitung stimmt nicht zu")
    return [Duty(title, f"/objects/{one.id}/assessments", values={"object": one.label}) for one in found]


async def _found(for_: Someone, right: Permission, where: str, *args: object, seen_by: Actor) -> Sequence[_Waiting]:
    if for_.id != seen_by.id or not seen_by.may(right):
        return ()
    reach, reach_args = seen_by.reach(right).where("u.path")
    sql = f"{LATEST} AND {where} AND {reach} ORDER BY o.short_id, o.id LIMIT {MOST}"
    return await rows(_Waiting, sql, *args, *reach_args)
