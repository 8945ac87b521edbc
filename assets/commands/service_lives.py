"""How long an office plans with its devices."""

from __future__ import annotations

from assets.rules.permissions import May
from assets.tables import ServiceLife
from isms.audit import change
from isms.db.writing import insert
from isms.people import Actor, UnitRow
from isms.rules.errors import Incomplete
from isms.rules.texts import N_

LONGEST = 360


async def set_service_life(category: str, months: int, *, office: UnitRow, by: Actor) -> None:
    """Plan with so many months for devices of a category from now on; an empty category stands for all others."""
    by.needs(May.MAINTAIN, at=office.path)
    if not 1 <= months <= LONGEST:
        raise Incomplete({"months": N_("Möglich sind 1 bis 360 Monate, zum Beispiel 48.")})
    async with change("service_life.set", f"unit:{office.id}", by=by, unit=office.id, category=category, months=months):
        await insert(
            ServiceLife, institution=office.institution, category=category.strip(), months=months, set_by=by.id
        )
