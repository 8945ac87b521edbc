"""What the rest of the house asks about risks and requirements: search, links, what is due, what lies on an object."""

from datetime import date

from isms.db import fulltext
from isms.db.reading import Row, rows, value
from isms.people import Actor, Someone
from risks.queries.risks import TABLES
from risks.rules.levels import RiskLevel
from risks.rules.permissions import May


class DueRisk(Row):
    id: int
    number: int
    title: str
    object_name: str
    due_on: date
    level: RiskLevel | None


class DueMeasure(Row):
    id: int
    title: str
    due_on: date
    risk_number: int


class FoundRow(Row):
    id: int
    code: str
    title: str
    detail: str


DUE = "SELECT r.id, r.number, r.title, o.name AS object_name, {due} AS due_on, r.level FROM {tables} {join}"
LAST_ACCEPTANCE = "JOIN acceptance a ON a.id = (SELECT max(id) FROM acceptance WHERE risk = r.id)"
# What was valued after the newest treatment is left to be taken over.
READY = """r.stage = 'treated' AND EXISTS (SELECT 1 FROM risk_treatment t WHERE t.id = (SELECT max(id)
    FROM risk_treatment WHERE risk = r.id) AND (t.treatment = 'accept' AND r.level >= 2
    OR EXISTS (SELECT 1 FROM risk_valuation v
    WHERE v.risk = r.id AND v.state = 'treated' AND v.level >= 2 AND v.recorded_at >= t.recorded_at)))"""
ENDED = """r.stage = 'accepted' AND {} > (SELECT a.until FROM acceptance a
    WHERE a.id = (SELECT max(id) FROM acceptance WHERE risk = r.id))"""
MOST = 50


async def reviews_due(owner: Someone, *, until: date) -> list[DueRisk]:
    """Open risks of an owner whose day of review comes."""
    sql = _due("r.review_on") + " WHERE r.owner = {} AND r.stage <> 'closed' AND r.review_on <= {}"
    return await rows(DueRisk, f"{sql} ORDER BY r.review_on, r.id LIMIT {MOST}", owner.id, until)


async def acceptances_ending(*, seen_by: Actor, until: date) -> list[DueRisk]:
    """Taken over risks within a person's right to analyse or to take over, whose acceptance ends."""
    where, args = seen_by.reach(May.ANALYSE).where("u.path")
    sql = _due("a.until", LAST_ACCEPTANCE) + f" WHERE {where} AND r.stage = 'accepted' AND a.until <= {{}}"
    return await rows(DueRisk, f"{sql} ORDER BY a.until, r.id LIMIT {MOST}", *args, until)


async def waiting_for_the_head(*, seen_by: Actor, on: date) -> list[DueRisk]:
    """Risks whose rest somebody valued as medium or more, and nobody took over yet or any longer."""
    where, args = seen_by.reach(May.ACCEPT).where("u.path")
    sql = _due("r.review_on") + f" WHERE {where} AND ({READY} OR {ENDED}) AND r.owner <> {{}}"
    return await rows(DueRisk, f"{sql} ORDER BY r.level DESC, r.id LIMIT {MOST}", *args, on, seen_by.id)


async def measures_due(responsible: Someone) -> list[DueMeasure]:
    """Everything somebody still has to do about risks."""
    sql = """SELECT m.id, m.title, m.due_on, r.number AS risk_number FROM measure m JOIN risk r ON r.id = m.risk
        WHERE m.responsible = {} AND m.done_on IS NULL ORDER BY m.due_on, m.id LIMIT 50"""
    return await rows(DueMeasure, sql, responsible.id)


async def found_risks(words: str, *, seen_by: Actor, limit: int) -> list[FoundRow]:
    matching, args = fulltext.matching("risk", words, alias="r")
    where, reach = seen_by.reach(May.VIEW_RISKS).where("u.path", own="r.owner")
    sql = f"""SELECT r.id, 'R-' || r.number AS code, r.title, o.name AS detail FROM {TABLES}
        WHERE {matching} AND {where} ORDER BY r.id DESC LIMIT {{}}"""
    return await rows(FoundRow, sql, *args, *reach, limit)


async def risks_held_by(uuid: str, *, seen_by: Actor) -> list[FoundRow]:
    """The open risks that a requirement keeps in check, whatever edition they were linked by."""
    where, reach = seen_by.reach(May.VIEW_RISKS).where("u.path", own="r.owner")
    sql = f"""SELECT DISTINCT r.id, 'R-' || r.number AS code, r.title, o.name AS detail FROM {TABLES}
        JOIN risk_control c ON c.risk = r.id AND c.ended_on IS NULL JOIN requirement q ON q.id = c.requirement
        WHERE q.uuid = {{}} AND r.stage <> 'closed' AND {where} ORDER BY r.id LIMIT {MOST}"""
    return await rows(FoundRow, sql, uuid, *reach)


async def found_requirements(words: str, *, limit: int) -> list[FoundRow]:
    """In the newest edition that has it, so that no requirement comes twice."""
    matching, args = fulltext.matching("requirement", words, alias="r")
    sql = f"""SELECT r.id, r.code, r.title, k.title AS detail FROM requirement r JOIN catalogue k ON k.id = r.catalogue
        WHERE {matching} AND NOT EXISTS (SELECT 1 FROM requirement n WHERE n.uuid = r.uuid AND n.id > r.id)
        ORDER BY r.catalogue DESC, r.position LIMIT {{}}"""
    return await rows(FoundRow, sql, *args, limit)


def _due(column: str, join: str = "") -> str:
    return DUE.format(due=column, tables=TABLES, join=join)


async def has_open_risk(target_object: int, threat: str) -> bool:
    """Whether somebody has recorded a threat of an object already, and it is not closed."""
    sql = "SELECT 1 FROM risk WHERE target_object = {} AND threat = {} AND stage <> 'closed' LIMIT 1"
    return bool(await value(sql, target_object, threat))
