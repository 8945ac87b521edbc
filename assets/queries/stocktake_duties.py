"""What is due around stocktakes: counting along, closing what is open, opening the next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from assets.queries.stocktakes import plans
from assets.rules.permissions import May
from assets.rules.stocktakes import REMIND_DAYS, due_after
from isms.area import Duty
from isms.db.reading import Row, rows
from isms.people import Actor, Someone
from isms.rules.texts import N_
from isms.texts import ZONE


class _Open(Row):
    id: int
    name: str
    planned_until: date | None


async def counting(for_: Someone, *, seen_by: Actor, on: date) -> Sequence[Duty]:
    """For helpers: where they count along."""
    found = await rows(
        _Open,
        """SELECT s.id, s.name, s.planned_until FROM stocktake_helper h JOIN stocktake s ON s.id = h.stocktake
           WHERE h.person = {} AND h.ended_at IS NULL AND s.closed_on IS NULL ORDER BY s.id""",
        for_.id,
    )
    return [
        Duty(
            N_("Bei der Inventur „{name}“ mitzählen"),
            f"/stocktakes/{one.id}/count",
            one.planned_until,
            values={"name": one.name},
        )
        for one in found
    ]


async def closing(for_: Someone, *, seen_by: Actor, on: date) -> Sequence[Duty]:
    """For IT: what is still being counted."""
    if for_.id != seen_by.id or not seen_by.may(May.STOCKTAKE):
        return ()
    where, args = seen_by.reach(May.STOCKTAKE).where("u.path")
    found = await rows(
        _Open,
        f"""SELECT s.id, s.name, s.planned_until FROM stocktake s JOIN unit u ON u.id = s.unit
            WHERE s.closed_on IS NULL AND {where} ORDER BY s.planned_until, s.id LIMIT 20""",
        *args,
    )
    return [
        Duty(
            N_("Die Inventur „{name}“ zählen und abschließen"),
            f"/stocktakes/{one.id}",
            one.planned_until,
            values={"name": one.name},
        )
        for one in found
    ]


async def planned(for_: Someone, *, seen_by: Actor, on: date) -> Sequence[Duty]:
    """For IT: the next stocktake of each plan, from a month before; one that never was is due since it was planned."""
    if for_.id != seen_by.id or not seen_by.may(May.STOCKTAKE):
        return ()
    due = [
        (one, due_after(one.last_on, one.every_months) if one.last_on else one.planned_on.astimezone(ZONE).date())
        for one in await plans(seen_by=seen_by, asks=May.STOCKTAKE)
        if not one.is_running
    ]
    return [
        Duty(N_("Die nächste Inventur für {unit} eröffnen"), "/stocktakes/new", day, values={"unit": one.unit_name})
        for one, day in due
        if day <= on + timedelta(days=REMIND_DAYS)
    ]
