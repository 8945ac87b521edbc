"""What the levels of protection need mean in an institution: the words in force, and every earlier version."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from assets.rules.permissions import May
from assets.rules.protection import ProtectionNeed
from assets.rules.scenarios import STARTER, Criteria, DamageScenario
from isms.db.reading import Row, one, row, rows
from isms.people import Actor, UnitRow
from isms.rules.texts import N_


class CriteriaRow(Row):
    """One version of an institution's words."""

    id: int
    institution: int
    office: str
    number: int
    reason: str
    decided_by: str
    recorded_at: datetime

    @property
    def key(self) -> str:
        return f"need_criteria:{self.id}"


class _Criterion(Row):
    scenario: DamageScenario
    need: ProtectionNeed
    meaning: str


CRITERIA = """SELECT c.id, c.institution, i.name AS office, c.number, c.reason, p.name AS decided_by, c.recorded_at
    FROM need_criteria c JOIN unit i ON i.id = c.institution JOIN person p ON p.id = c.decided_by"""


async def in_force(institution: int) -> CriteriaRow | None:
    """The latest version, None as long as an office has not made the words its own."""
    return await row(CriteriaRow, f"{CRITERIA} WHERE c.institution = {{}} ORDER BY c.number DESC LIMIT 1", institution)


async def versions(institution: int) -> list[CriteriaRow]:
    return await rows(CriteriaRow, f"{CRITERIA} WHERE c.institution = {{}} ORDER BY c.number DESC", institution)


async def version(id: int, *, seen_by: Actor) -> CriteriaRow:
    """Raises Missing for words of an office out of reach."""
    ids = [one.id for one in await offices(seen_by=seen_by)] or [0]
    listed = ", ".join(str(int(one)) for one in ids)
    return await one(
        CriteriaRow,
        f"{CRITERIA} WHERE c.id = {{}} AND c.institution IN ({listed})",
        id,
        missing=N_("Diese Fassung gibt es nicht, oder sie gehört zu einem anderen Amt."),
    )


async def meanings(found: CriteriaRow | None) -> Criteria:
    """The words of a version, or those that an office starts with."""
    if found is None:
        return STARTER
    said = await rows(_Criterion, "SELECT scenario, need, meaning FROM need_criterion WHERE criteria = {}", found.id)
    return {(line.scenario, line.need): line.meaning for line in said}


async def offices(*, seen_by: Actor) -> Sequence[UnitRow]:
    """The institutions of which this person sees some unit's objects, the own one first."""
    where, args = seen_by.reach(May.VIEW_OBJECTS).where("u.path")
    return await rows(
        UnitRow,
        f"""SELECT i.id, i.name, i.kind, i.path, i.institution, i.version FROM unit i
            WHERE i.id IN (SELECT u.institution FROM unit u WHERE u.closed_on IS NULL AND {where})
            ORDER BY CASE WHEN i.id = {{}} THEN 0 ELSE 1 END, i.name""",
        *args,
        seen_by.institution,
    )
