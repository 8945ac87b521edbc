"""How far a unit has got with requirements: what was judged when, and what counts of it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime

from isms.db.reading import Row, row, rows
from risks.rules.requirements import Effective, Implementation, effective, reached


class CheckRow(Row):
    """A judgement as pages show it."""

    id: int
    uuid: str
    implementation: Implementation
    statement: str
    judged_by: int
    judged_by_name: str
    starts_on: date
    recorded_at: datetime
    edition: str


class _Judged(Row):
    uuid: str
    implementation: Implementation


class _Required(Row):
    uuid: str
    target: str


CHECK = """SELECT c.id, c.uuid, c.implementation, c.statement, c.judged_by, p.name AS judged_by_name, c.starts_on,
    c.recorded_at, k.title || ' ' || k.version AS edition
    FROM requirement_check c JOIN person p ON p.id = c.judged_by
    JOIN requirement r ON r.id = c.requirement JOIN catalogue k ON k.id = r.catalogue"""


async def checks(uuid: str, unit: int) -> list[CheckRow]:
    """Every judgement of a requirement in a unit, newest first, whatever edition it was made by."""
    return await rows(CheckRow, f"{CHECK} WHERE c.unit = {{}} AND c.uuid = {{}} ORDER BY c.id DESC", unit, uuid)


async def last_check(uuid: str, unit: int, *, on: date) -> CheckRow | None:
    sql = f"{CHECK} WHERE c.unit = {{}} AND c.uuid = {{}} AND c.starts_on <= {{}} ORDER BY c.id DESC LIMIT 1"
    return await row(CheckRow, sql, unit, uuid, on)


async def judged(uuids: Collection[str], unit: int, *, on: date) -> Mapping[str, Implementation]:
    """Of these requirements what was judged last, as of a day. A later judgement never changes what stood before."""
    if not uuids:
        return {}
    marks = ", ".join("{}" for _ in uuids)
    sql = f"""SELECT c.uuid, c.implementation FROM requirement_check c WHERE c.id IN (SELECT max(n.id)
        FROM requirement_check n WHERE n.unit = {{}} AND n.uuid IN ({marks}) AND n.starts_on <= {{}} GROUP BY n.uuid)"""
    return {found.uuid: found.implementation for found in await rows(_Judged, sql, unit, *uuids, on)}


async def required(catalogue: int) -> Mapping[str, list[str]]:
    """By requirement what it requires, within an edition."""
    sql = """SELECT r.uuid, l.target FROM requirement_link l JOIN requirement r ON r.id = l.requirement
        WHERE r.catalogue = {} AND l.relation = 'required' ORDER BY l.id"""
    edges: dict[str, list[str]] = defaultdict(list)
    for found in await rows(_Required, sql, catalogue):
        edges[found.uuid].append(found.target)
    return edges


async def effective_of(uuids: Iterable[str], *, catalogue: int, unit: int, on: date) -> Mapping[str, Effective]:
    """By requirement the status that counts: a yes may be blocked by what it requires."""
    uuids, edges = list(uuids), await required(catalogue)
    wanted = {other for uuid in uuids for other in (uuid, *reached(uuid, edges))}
    known = await judged(wanted, unit, on=on)
    return {uuid: effective(uuid, known, edges) for uuid in uuids}
