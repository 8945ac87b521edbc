"""Judging how far a unit has got with a requirement."""

from dataclasses import dataclass
from datetime import date

from isms.audit import change
from isms.db import hold
from isms.people import Actor, UnitRow
from isms.rules.errors import Stale
from risks.queries.checks import CheckRow, last_check
from risks.queries.requirements import RequirementDetail
from risks.rules.permissions import May
from risks.rules.requirements import Implementation, check_judgement
from risks.tables import RequirementCheck


@dataclass(frozen=True)
class Judgement:
    """What somebody says of a requirement. `seen` is the check that they saw as the last one, None for none yet."""

    implementation: Implementation
    statement: str
    seen: int | None


async def judge(requirement: RequirementDetail, judgement: Judgement, *, unit: UnitRow, by: Actor, on: date) -> None:
    """Record a unit's status from a day on; the one before stays what it was. Raises Stale for an unseen newer one."""
    by.needs(May.JUDGE, at=unit.path)
    check_judgement(judgement.implementation, judgement.statement)
    async with change("requirement.judged", requirement, by=by, unit=unit.id, uuid=requirement.uuid) as made:
        await hold(f"requirement_check:{unit.id}:{requirement.uuid}")
        before = await last_check(requirement.uuid, unit.path, on=on)
        if (before.id if before else None) != judgement.seen:
            raise Stale
        made.with_(
            code=requirement.code,
            implementation=_moved(before, judgement.implementation),
            statement=judgement.statement,
        )
        await RequirementCheck.insert(
            RequirementCheck(
                requirement=requirement.id,
                uuid=requirement.uuid,
                unit=unit.id,
                implementation=judgement.implementation,
                statement=judgement.statement.strip(),
                judged_by=by.id,
                starts_on=on,
            )
        )


def _moved(before: CheckRow | None, after: Implementation) -> object:
    return {"before": before.implementation, "after": after} if before else after
