"""What is still open with somebody who goes: the risks that they answer for."""

from __future__ import annotations

from collections.abc import Sequence

from isms.area import Duty
from isms.db.reading import Row, rows
from isms.people import Actor, Someone
from isms.rules.texts import N_
from risks.rules.permissions import May


class _Owned(Row):
    id: int
    number: int
    title: str


async def open_with(person: Someone, *, seen_by: Actor | None) -> Sequence[Duty]:
    where, args = seen_by.reach(May.VIEW_RISKS).where("u.path") if seen_by else ("1 = 1", [])
    found = await rows(
        _Owned,
        f"""SELECT r.id, r.number, r.title FROM risk r JOIN unit u ON u.id = r.unit
            WHERE r.owner = {{}} AND r.stage <> 'closed' AND {where} ORDER BY r.id""",
        person.id,
        *args,
    )
    return [
        Duty(N_("Risiko übergeben: {title}"), f"/risks/{one.id}", values={"title": f"R-{one.number} {one.title}"})
        for one in found
    ]
