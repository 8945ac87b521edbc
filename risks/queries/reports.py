"""Risks, decisions and requirement status as tables, as they stood at the end of a day, for all units under a path."""

from collections.abc import AsyncIterator, Sequence
from datetime import date
from typing import Any

from isms.db.reading import stream
from isms.rules.terms import Level
from risks.rules.levels import Frequency, Impact, RiskLevel, State
from risks.rules.lifecycle import Stage
from risks.rules.requirements import Implementation
from risks.rules.treatment import Treatment

RISKS = """SELECT r.number, r.title, o.short_id, o.name, r.threat, s.stage, v.frequency, v.impact, v.level, w.name,
    r.review_on, r.recorded_on, u.name
    FROM risk r JOIN unit u ON u.id = r.unit JOIN person w ON w.id = r.owner
    JOIN target_object o ON o.id = r.target_object
    JOIN risk_step s ON s.id = (SELECT max(id) FROM risk_step WHERE risk = r.id AND taken_on <= {})
    LEFT JOIN risk_valuation v ON v.id = coalesce(
        (SELECT max(id) FROM risk_valuation WHERE risk = r.id AND state = 'existing' AND valued_on <= {}),
        (SELECT max(id) FROM risk_valuation WHERE risk = r.id AND state = 'without' AND valued_on <= {}))
    WHERE substr(u.path, 1, {length}) = {} ORDER BY r.institution, r.number"""
VALUATIONS = """SELECT r.number, v.state, v.frequency, v.impact, v.level, v.matrix, v.reason, v.valued_on, p.name
    FROM risk_valuation v JOIN risk r ON r.id = v.risk JOIN unit u ON u.id = r.unit
    JOIN person p ON p.id = v.valued_by
    WHERE v.valued_on <= {} AND substr(u.path, 1, {length}) = {} ORDER BY r.institution, r.number, v.id"""
TREATMENTS = """SELECT r.number, t.treatment, t.reason, t.contract, t.decided_on, p.name
    FROM risk_treatment t JOIN risk r ON r.id = t.risk JOIN unit u ON u.id = r.unit
    JOIN person p ON p.id = t.decided_by
    WHERE t.decided_on <= {} AND substr(u.path, 1, {length}) = {} ORDER BY r.institution, r.number, t.id"""
ACCEPTANCES = """SELECT r.number, v.level, a.reason, a.conditions, a.accepted_on, a.until, p.name
    FROM acceptance a JOIN risk r ON r.id = a.risk JOIN unit u ON u.id = r.unit
    JOIN risk_valuation v ON v.id = a.valuation JOIN person p ON p.id = a.accepted_by
    WHERE a.accepted_on <= {} AND substr(u.path, 1, {length}) = {} ORDER BY r.institution, r.number, a.id"""
MEASURES = """SELECT r.number, m.title, m.due_on, CASE WHEN m.done_on <= {} THEN m.done_on END,
    CASE WHEN m.done_on <= {} THEN m.result ELSE '' END, p.name
    FROM measure m JOIN risk_treatment t ON t.id = m.treatment JOIN risk r ON r.id = m.risk
    JOIN unit u ON u.id = r.unit JOIN person p ON p.id = m.responsible
    WHERE t.decided_on <= {} AND substr(u.path, 1, {length}) = {} ORDER BY r.institution, r.number, m.id"""
CONTROLS = """SELECT r.number, q.uuid, q.code, q.title, k.title || ' ' || k.version, c.starts_on,
    coalesce((SELECT h.implementation FROM requirement_check h JOIN unit hu ON hu.id = h.unit
        WHERE h.uuid = q.uuid AND h.starts_on <= {} AND substr(u.path, 1, length(hu.path)) = hu.path
        ORDER BY length(hu.path) DESC, h.id DESC LIMIT 1), 'open')
    FROM risk_control c JOIN risk r ON r.id = c.risk JOIN unit u ON u.id = r.unit
    JOIN requirement q ON q.id = c.requirement JOIN catalogue k ON k.id = q.catalogue
    WHERE c.starts_on <= {} AND (c.ended_on IS NULL OR c.ended_on > {})
    AND substr(u.path, 1, {length}) = {} ORDER BY r.institution, r.number, c.id"""
STATUS = """SELECT u.name, c.uuid, q.code, q.title, q.modal_verb, q.security_level, k.title || ' ' || k.version,
    c.implementation, c.statement, c.starts_on, p.name
    FROM requirement_check c JOIN unit u ON u.id = c.unit JOIN requirement q ON q.id = c.requirement
    JOIN catalogue k ON k.id = q.catalogue JOIN person p ON p.id = c.judged_by
    WHERE c.id = (SELECT max(n.id) FROM requirement_check n
        WHERE n.unit = c.unit AND n.uuid = c.uuid AND n.starts_on <= {})
    AND substr(u.path, 1, {length}) = {} ORDER BY u.path, k.id, q.position"""
REQUIREMENTS = """SELECT q.uuid, q.code, q.title, q.modal_verb, q.security_level, q.effort, k.title, k.version,
    k.sha256, k.publisher, k.licence FROM requirement q JOIN catalogue k ON k.id = q.catalogue
    ORDER BY k.id, q.position"""

Rows = AsyncIterator[Sequence[Any]]


async def risks(scope: str, *, on: date) -> Rows:
    async for number, title, short_id, name, threat, stage, *rest in _stream(RISKS, scope, on, on, on):
        frequency, impact, level, owner, review_on, recorded_on, unit = rest
        valued = (_named(Frequency, frequency), _named(Impact, impact), _named(RiskLevel, level))
        known = (f"R-{number}", title, short_id, name, threat, Stage(stage), *valued)
        yield (*known, owner, review_on, recorded_on, unit)


async def valuations(scope: str, *, on: date) -> Rows:
    async for number, state, frequency, impact, level, *rest in _stream(VALUATIONS, scope, on):
        yield (f"R-{number}", State(state), Frequency(frequency), Impact(impact), RiskLevel(level), *rest)


async def treatments(scope: str, *, on: date) -> Rows:
    async for number, treatment, *rest in _stream(TREATMENTS, scope, on):
        yield (f"R-{number}", Treatment(treatment), *rest)


async def acceptances(scope: str, *, on: date) -> Rows:
    async for number, level, *rest in _stream(ACCEPTANCES, scope, on):
        yield (f"R-{number}", RiskLevel(level), *rest)


async def measures(scope: str, *, on: date) -> Rows:
    async for number, *rest in _stream(MEASURES, scope, on, on, on):
        yield (f"R-{number}", *rest)


async def controls(scope: str, *, on: date) -> Rows:
    async for number, *rest, implementation in _stream(CONTROLS, scope, on, on, on):
        yield (f"R-{number}", *rest, Implementation(implementation))


async def requirement_status(scope: str, *, on: date) -> Rows:
    async for unit, uuid, code, title, modal_verb, level, edition, implementation, *rest in _stream(STATUS, scope, on):
        yield (unit, uuid, code, title, modal_verb, level, edition, Implementation(implementation), *rest)


async def requirements(scope: str, *, on: date) -> Rows:
    """Which requirements the editions here hold; their texts stay with their publisher."""
    async for row in stream(REQUIREMENTS):
        yield row


def _stream(sql: str, scope: str, *days: date) -> Rows:
    return stream(sql.replace("{length}", str(len(scope))), *days, scope)


def _named(kind: type[Level], value: int | None) -> Level | None:
    return kind(value) if value is not None else None
