"""What was decided about a risk: valuations, treatments, measures, acceptances, and the requirements that hold it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from isms.db.reading import Row, one, row, rows, value
from isms.people import Actor
from isms.rules.texts import N_
from risks.queries.checks import last_id
from risks.rules.levels import Frequency, Impact, RiskLevel, State
from risks.rules.lifecycle import Stage, Step
from risks.rules.permissions import May
from risks.rules.requirements import Implementation
from risks.rules.treatment import Treatment


class ValuationRow(Row):
    id: int
    state: State
    frequency: Frequency
    impact: Impact
    level: RiskLevel
    matrix: str
    reason: str
    valued_on: date
    valued_by: int
    valued_by_name: str
    recorded_at: datetime


class TreatmentRow(Row):
    id: int
    treatment: Treatment
    reason: str
    contract: str
    decided_on: date
    decided_by: int
    decided_by_name: str
    recorded_at: datetime


class MeasureRow(Row):
    id: int
    risk: int
    risk_number: int
    unit: int
    path: str
    title: str
    responsible: int
    responsible_name: str
    due_on: date
    done_on: date | None
    result: str

    @property
    def key(self) -> str:
        return f"measure:{self.id}"


class AcceptanceRow(Row):
    id: int
    reason: str
    conditions: str
    until: date
    level: RiskLevel
    accepted_on: date
    accepted_by: int
    accepted_by_name: str


class StepRow(Row):
    id: int
    step: Step | None
    stage: Stage
    note: str
    taken_on: date
    taken_by_name: str
    recorded_at: datetime


class ControlRow(Row):
    """A requirement that keeps a risk in check, with the status that counts in the risk's unit."""

    id: int
    requirement: int
    uuid: str
    catalogue: int
    code: str
    title: str
    security_level: str
    starts_on: date
    implementation: Implementation


VALUATION = """SELECT v.id, v.state, v.frequency, v.impact, v.level, v.matrix, v.reason, v.valued_on, v.valued_by,
    p.name AS valued_by_name, v.recorded_at
    FROM risk_valuation v JOIN person p ON p.id = v.valued_by WHERE v.risk = {}"""
TREATMENT = """SELECT t.id, t.treatment, t.reason, t.contract, t.decided_on, t.decided_by, p.name AS decided_by_name,
    t.recorded_at FROM risk_treatment t JOIN person p ON p.id = t.decided_by WHERE t.risk = {}"""
MEASURE = """SELECT m.id, m.risk, r.number AS risk_number, r.unit, u.path, m.title, m.responsible,
    p.name AS responsible_name, m.due_on, m.done_on, m.result FROM measure m JOIN person p ON p.id = m.responsible
    JOIN risk r ON r.id = m.risk JOIN unit u ON u.id = r.unit"""
ACCEPTANCE = """SELECT a.id, a.reason, a.conditions, a.until, v.level, a.accepted_on, a.accepted_by,
    p.name AS accepted_by_name FROM acceptance a JOIN person p ON p.id = a.accepted_by
    JOIN risk_valuation v ON v.id = a.valuation WHERE a.risk = {}"""
STEP = """SELECT s.id, s.step, s.stage, s.note, s.taken_on, p.name AS taken_by_name, s.recorded_at
    FROM risk_step s JOIN person p ON p.id = s.taken_by WHERE s.risk = {} ORDER BY s.id DESC"""
CONTROL = """SELECT c.id, c.requirement, q.uuid, q.catalogue, q.code, q.title, q.security_level, c.starts_on,
    coalesce(k.implementation, 'open') AS implementation
    FROM risk_control c JOIN requirement q ON q.id = c.requirement LEFT JOIN requirement_check k ON k.id = {last}
    WHERE c.risk = {{}} AND c.ended_on IS NULL ORDER BY c.id"""


async def valuations(risk: int) -> list[ValuationRow]:
    """Newest first, those that newer ones superseded included."""
    return await rows(ValuationRow, f"{VALUATION} ORDER BY v.id DESC", risk)


async def newest_by_state(risk: int) -> Mapping[State, ValuationRow]:
    return {found.state: found for found in reversed(await valuations(risk))}


@dataclass(frozen=True)
class Standing:
    """How a risk stands: what is done about it, how grave it is today, and what was valued to remain of it."""

    treatment: TreatmentRow | None
    today: ValuationRow | None
    treated: ValuationRow | None

    @property
    def remains(self) -> ValuationRow | None:
        """The valuation that says what is left; None where nobody valued that since the newest treatment."""
        if self.treated or self.treatment is None:
            return self.treated
        return self.today if self.treatment.treatment is Treatment.ACCEPT else None


async def standing(risk: int) -> Standing:
    known, treatment = await newest_by_state(risk), await newest_treatment(risk)
    treated = known.get(State.TREATED)
    stale = treated is None or treatment is None or treated.recorded_at < treatment.recorded_at
    return Standing(treatment, known.get(State.EXISTING) or known.get(State.WITHOUT), None if stale else treated)


async def treatments(risk: int) -> list[TreatmentRow]:
    return await rows(TreatmentRow, f"{TREATMENT} ORDER BY t.id DESC", risk)


async def newest_treatment(risk: int) -> TreatmentRow | None:
    return await row(TreatmentRow, f"{TREATMENT} ORDER BY t.id DESC LIMIT 1", risk)


async def measures(risk: int) -> list[MeasureRow]:
    return await rows(MeasureRow, f"{MEASURE} WHERE m.risk = {{}} ORDER BY m.due_on, m.id", risk)


async def open_measures(risk: int) -> int:
    return int(await value("SELECT count(*) FROM measure WHERE risk = {} AND done_on IS NULL", risk))


async def measure(id: int, *, seen_by: Actor) -> MeasureRow:
    """Raises Missing for a measure that is not there or not for these eyes."""
    carried, mine = seen_by.reach(May.CARRY_OUT).where("u.path", own="m.responsible")
    looked, others = seen_by.reach(May.VIEW_RISKS).where("u.path", own="r.owner")
    missing = N_("Diese Maßnahme gibt es nicht, oder Sie dürfen sie nicht sehen.")
    sql = f"{MEASURE} WHERE m.id = {{}} AND ({carried} OR {looked})"
    return await one(MeasureRow, sql, id, *mine, *others, missing=missing)


async def acceptances(risk: int) -> list[AcceptanceRow]:
    return await rows(AcceptanceRow, f"{ACCEPTANCE} ORDER BY a.id DESC", risk)


async def newest_acceptance(risk: int) -> AcceptanceRow | None:
    return await row(AcceptanceRow, f"{ACCEPTANCE} ORDER BY a.id DESC LIMIT 1", risk)


async def steps(risk: int) -> list[StepRow]:
    return await rows(StepRow, STEP, risk)


async def controls(risk: int, *, path: str, on: date) -> list[ControlRow]:
    """With the status that counts in the unit with this path as of a day."""
    last, args = last_id("q.uuid", path, on)
    return await rows(ControlRow, CONTROL.format(last=last), *args, risk)
