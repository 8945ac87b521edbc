"""Protection needs (A.2) as they stood at the end of a day: per object and goal what counts, why, by whom; and what the
levels meant."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import date, datetime

from assets.queries.past import WITHIN, day_ends
from assets.queries.structure import INHERITING_KINDS
from assets.rules.kinds import Kind
from assets.rules.permissions import May
from assets.rules.protection import Goal, ProtectionNeed, ReasonKind, ground
from assets.rules.scenarios import DamageScenario
from isms.area import Column, Report
from isms.db.reading import Row, each
from isms.rules.texts import N_


class NeedLine(Row):
    key: int
    short_id: str
    kind: Kind
    name: str
    unit: str
    goal: Goal
    need: ProtectionNeed
    own: ProtectionNeed | None
    above: ProtectionNeed | None
    settled: ProtectionNeed | None
    reason_kind: ReasonKind | None
    settled_reason: str | None
    settled_by: str | None
    settled_at: datetime | None
    found_reason: str | None
    found_by: str | None
    found_at: datetime | None
    criteria: int | None

    @property
    def computed(self) -> ProtectionNeed:
        return max(self.own or ProtectionNeed.NORMAL, self.above or ProtectionNeed.NORMAL)

    def cells(self) -> Sequence[object]:
        is_settled = self.settled is not None
        kind = ground(self.reason_kind if is_settled else None, self.own, self.computed, carries=self.above is not None)
        decided = (self.settled_reason, self.settled_by, self.settled_at)
        found = (self.found_reason, self.found_by, self.found_at)
        return (
            f"target_object:{self.key}",
            self.short_id,
            self.kind,
            self.name,
            self.unit,
            self.goal,
            self.need,
            self.computed,
            self.settled,
            kind,
            *(decided if is_settled else found if self.own is not None else (None, None, None)),
            self.criteria,
        )


class CriterionLine(Row):
    key: int
    office: str
    number: int
    scenario: DamageScenario
    need: ProtectionNeed
    meaning: str
    recorded_at: datetime


def _of_goal(goal: Goal) -> str:
    """Takes the end of the day, the day, the end of the day four times, the day, and the scope twice."""
    return f"""SELECT o.id AS key, o.short_id, o.kind, o.name, u.name AS unit, '{goal.value}' AS goal,
            e.{goal.value} AS need, a.{goal.value} AS own, s.need AS above, d.need AS settled, d.reason_kind,
            d.reason AS settled_reason, q.name AS settled_by, d.recorded_at AS settled_at,
            a.reason AS found_reason, p.name AS found_by, a.recorded_at AS found_at, c.number AS criteria
        FROM target_object o JOIN unit u ON u.id = o.unit
        LEFT JOIN (SELECT l.target, max(x.{goal.value}) AS need FROM object_link l
            JOIN effective_need x ON x.id = (SELECT max(y.id) FROM effective_need y
                WHERE y.target_object = l.source AND y.recorded_at < {{}})
            WHERE l.kind IN ({INHERITING_KINDS}) AND (l.ended_on IS NULL OR l.ended_on > {{}}) AND l.recorded_at < {{}}
            GROUP BY l.target) s ON s.target = o.id
        JOIN effective_need e ON e.id = (SELECT max(x.id) FROM effective_need x
            WHERE x.target_object = o.id AND x.recorded_at < {{}})
        LEFT JOIN need_assessment a ON a.id = (SELECT max(x.id) FROM need_assessment x
            WHERE x.target_object = o.id AND x.recorded_at < {{}})
        LEFT JOIN person p ON p.id = a.assessed_by LEFT JOIN need_criteria c ON c.id = a.criteria
        LEFT JOIN settled_need d ON d.id = (SELECT max(x.id) FROM settled_need x
            WHERE x.target_object = o.id AND x.goal = '{goal.value}' AND x.recorded_at < {{}})
        LEFT JOIN person q ON q.id = d.settled_by
        WHERE (o.ended_on IS NULL OR o.ended_on > {{}}) AND {WITHIN}"""


ALL = " UNION ALL ".join(_of_goal(goal) for goal in Goal) + " ORDER BY 2, 1, 6"


async def needs(scope: str, *, on: date) -> AsyncIterator[Sequence[object]]:
    """One line for each goal of each object of that day."""
    end = day_ends(on)
    args = [end, on, end, end, end, end, on, scope, scope] * len(Goal)
    async for line in each(NeedLine, ALL, *args):
        yield line.cells()


async def criteria(scope: str, *, on: date) -> AsyncIterator[Sequence[object]]:
    """The words that were in force."""
    sql = f"""SELECT k.id AS key, u.name AS office, c.number, k.scenario, k.need, k.meaning, c.recorded_at
        FROM need_criteria c JOIN unit u ON u.id = c.institution JOIN need_criterion k ON k.criteria = c.id
        WHERE c.id = (SELECT max(x.id) FROM need_criteria x WHERE x.institution = c.institution
            AND x.recorded_at < {{}}) AND ({WITHIN} OR substr({{}}, 1, length(u.path)) = u.path)
        ORDER BY c.institution, k.id"""
    async for line in each(CriterionLine, sql, day_ends(on), scope, scope, scope):
        yield (
            f"need_criterion:{line.key}",
            line.office,
            line.number,
            line.scenario,
            line.need,
            line.meaning,
            line.recorded_at,
        )


NEEDS = Report(
    "protection_needs",
    N_("Schutzbedarf (A.2)"),
    (
        Column("target_object", N_("Schlüssel")),
        Column("short_id", N_("Kürzel")),
        Column("kind", N_("Art")),
        Column("name", N_("Name")),
        Column("unit", N_("Einheit")),
        Column("goal", N_("Schutzziel")),
        Column("need", N_("Schutzbedarf")),
        Column("computed", N_("Maximum ergibt")),
        Column("settled", N_("Festgesetzt")),
        Column("ground", N_("Art der Begründung")),
        Column("reason", N_("Begründung")),
        Column("decided_by", N_("Wer"), personal=True),
        Column("decided_at", N_("Wann")),
        Column("criteria", N_("Fassung der Schutzbedarfskategorien")),
    ),
    needs,
    asks=May.VIEW_OBJECTS,
)

CRITERIA = Report(
    "need_criteria",
    N_("Schutzbedarfskategorien"),
    (
        Column("need_criterion", N_("Schlüssel")),
        Column("office", N_("Amt")),
        Column("number", N_("Fassung")),
        Column("scenario", N_("Szenario")),
        Column("need", N_("Schutzbedarf")),
        Column("meaning", N_("Bedeutung")),
        Column("recorded_at", N_("Wann")),
    ),
    criteria,
    asks=May.VIEW_OBJECTS,
)
