"""How far a unit has got with requirements: what was judged when, and what counts of it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime

from isms.db.reading import Row, row, rows
from risks.rules.catalogue import edition_name
from risks.rules.requirements import Effective, Implementation, effective, reached


class CheckRow(Row):
    """A judgement as pages show it."""

    id: int
    uuid: str
    unit: int
    unit_name: str
    implementation: Implementation
    statement: str
    judged_by: int
    judged_by_name: str
    starts_on: date
    recorded_at: datetime
    edition_title: str
    edition_version: str

    @property
    def edition(self) -> str:
        return f"{self.edition_title}, {edition_name(self.edition_version)}"


class _Judged(Row):
    uuid: str
    implementation: Implementation


class _Required(Row):
    uuid: str
    target: str


CHECK = """SELECT c.id, c.uuid, c.unit, u.name AS unit_name, c.implementation, c.statement, c.judged_by,
    p.name AS judged_by_name, c.starts_on, c.recorded_at, k.title AS edition_title, k.version AS edition_version
    FROM requirement_check c JOIN unit u ON u.id = c.unit JOIN person p ON p.id = c.judged_by
    JOIN requirement r ON r.id = c.requirement JOIN catalogue k ON k.id = r.catalogue"""
LAST_OF_UNIT = """(SELECT max(n.id) FROM requirement_check n
    WHERE n.unit = {{}} AND n.uuid = {uuid} AND n.starts_on <= {{}})"""


def lineage(path: str) -> list[int]:
    """The unit with this path and those above it, nearest first: what was judged above holds below."""
    return [int(id) for id in reversed(path.strip("/").split("/"))]


def last_id(uuid: str, path: str, on: date) -> tuple[str, list[object]]:
    """SQL for the check that counts for the requirement in a column, as of a day, in the unit with this path."""
    units = lineage(path)
    ways = ", ".join(LAST_OF_UNIT.format(uuid=uuid) for _ in units)
    return f"coalesce({ways}, NULL)", [arg for unit in units for arg in (unit, on)]


async def checks(uuid: str, path: str) -> list[CheckRow]:
    """Every judgement that held in a unit or above it, newest first, whatever edition it was made by."""
    units = lineage(path)
    sql = f"{CHECK} WHERE c.unit IN ({_marks(units)}) AND c.uuid = {{}} ORDER BY c.id DESC"
    return await rows(CheckRow, sql, *units, uuid)


async def last_check(uuid: str, path: str, *, on: date) -> CheckRow | None:
    """The one that counts in a unit as of a day: its own, or of the nearest unit above. None for not judged yet."""
    units = lineage(path)
    sql = f"""{CHECK} WHERE c.unit IN ({_marks(units)}) AND c.uuid = {{}} AND c.starts_on <= {{}}
        ORDER BY length(u.path) DESC, c.id DESC LIMIT 1"""
    return await row(CheckRow, sql, *units, uuid, on)


async def judged(uuids: Collection[str], path: str, *, on: date) -> Mapping[str, Implementation]:
    """Of these requirements what counts in a unit as of a day. A later judgement never changes what stood before."""
    if not uuids:
        return {}
    units = lineage(path)
    sql = f"""SELECT c.uuid, c.implementation FROM requirement_check c JOIN unit u ON u.id = c.unit
        WHERE c.id IN (SELECT max(n.id) FROM requirement_check n WHERE n.unit IN ({_marks(units)})
            AND n.uuid IN ({_marks(uuids)}) AND n.starts_on <= {{}} GROUP BY n.unit, n.uuid)
        ORDER BY length(u.path)"""
    return {found.uuid: found.implementation for found in await rows(_Judged, sql, *units, *uuids, on)}


async def required(catalogue: int) -> Mapping[str, list[str]]:
    """By requirement what it requires, within an edition."""
    sql = """SELECT r.uuid, l.target FROM requirement_link l JOIN requirement r ON r.id = l.requirement
        WHERE r.catalogue = {} AND l.relation = 'required' ORDER BY l.id"""
    edges: dict[str, list[str]] = defaultdict(list)
    for found in await rows(_Required, sql, catalogue):
        edges[found.uuid].append(found.target)
    return edges


async def effective_of(uuids: Iterable[str], *, catalogue: int, path: str, on: date) -> Mapping[str, Effective]:
    """By requirement the status that counts: a yes may be blocked by what it requires."""
    uuids, edges = list(uuids), await required(catalogue)
    wanted = {other for uuid in uuids for other in (uuid, *reached(uuid, edges))}
    known = await judged(wanted, path, on=on)
    return {uuid: effective(uuid, known, edges) for uuid in uuids}


def _marks(values: Collection[object]) -> str:
    return ", ".join("{}" for _ in values)
