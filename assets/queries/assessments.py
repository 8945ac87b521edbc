"""What was found and decided about the needs of an object, from the first day on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from assets.rules.protection import Goal, ProtectionNeed, ReasonKind
from assets.rules.scenarios import DamageScenario, Finding
from isms.db.reading import Row, row, rows


class Assessment(Row):
    """What somebody found for the object itself, and what the head of office said to it."""

    id: int
    confidentiality: ProtectionNeed | None
    integrity: ProtectionNeed | None
    availability: ProtectionNeed | None
    reason: str
    assessed_by: str
    recorded_at: datetime
    criteria: int | None
    criteria_number: int | None
    agreed: bool | None
    note: str | None
    confirmed_by: str | None
    confirmed_at: datetime | None

    @property
    def own(self) -> dict[Goal, ProtectionNeed | None]:
        return dict(zip(Goal, (self.confidentiality, self.integrity, self.availability), strict=True))


class Decision(Row):
    """A need that somebody settled, or took back."""

    goal: Goal
    need: ProtectionNeed | None
    computed: ProtectionNeed
    reason_kind: ReasonKind | None
    reason: str
    settled_by: str
    recorded_at: datetime


class Damage(Row):
    """What an assessment found in one scenario."""

    scenario: DamageScenario
    confidentiality: ProtectionNeed | None
    integrity: ProtectionNeed | None
    availability: ProtectionNeed | None
    reason: str

    @property
    def finding(self) -> Finding:
        needs = zip(Goal, (self.confidentiality, self.integrity, self.availability), strict=True)
        return Finding(self.scenario, {goal: need for goal, need in needs if need is not None}, self.reason)


class _Found(Damage):
    assessment: int


ASSESSMENT = """SELECT a.id, a.confidentiality, a.integrity, a.availability, a.reason, p.name AS assessed_by,
        a.recorded_at, a.criteria, c.number AS criteria_number, n.agreed, n.note, h.name AS confirmed_by,
        n.recorded_at AS confirmed_at
    FROM need_assessment a JOIN person p ON p.id = a.assessed_by
    LEFT JOIN need_criteria c ON c.id = a.criteria
    LEFT JOIN need_confirmation n ON n.id = (SELECT max(m.id) FROM need_confirmation m WHERE m.assessment = a.id)
    LEFT JOIN person h ON h.id = n.confirmed_by
    WHERE a.target_object = {} ORDER BY a.id DESC"""


async def latest(target: int) -> Assessment | None:
    """The assessment that counts, None where nobody made one."""
    return await row(Assessment, f"{ASSESSMENT} LIMIT 1", target)


async def assessments_of(target: int) -> list[Assessment]:
    """All of them, the newest first."""
    return await rows(Assessment, ASSESSMENT, target)


async def findings_of(target: int) -> Mapping[int, list[Finding]]:
    """By assessment, how bad it would be scenario by scenario."""
    found = await rows(
        _Found,
        """SELECT f.assessment, f.scenario, f.confidentiality, f.integrity, f.availability, f.reason
           FROM scenario_finding f JOIN need_assessment a ON a.id = f.assessment
           WHERE a.target_object = {} ORDER BY f.id""",
        target,
    )
    by_assessment: dict[int, list[Finding]] = defaultdict(list)
    for one in found:
        by_assessment[one.assessment].append(one.finding)
    return by_assessment


async def decisions_of(target: int) -> list[Decision]:
    """What was settled and taken back, the newest first."""
    return await rows(
        Decision,
        """SELECT s.goal, s.need, s.computed, s.reason_kind, s.reason, p.name AS settled_by, s.recorded_at
           FROM settled_need s JOIN person p ON p.id = s.settled_by WHERE s.target_object = {} ORDER BY s.id DESC""",
        target,
    )
