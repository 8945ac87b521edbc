"""The register of risks: listed, counted by cell of the matrix, and one in full."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass, replace
from datetime import date

from assets.queries.lineage import ITSELF_AND_MERGED
from isms.db import fulltext
from isms.db.reading import Row, one, rows
from isms.listing import Ask, Listing, Page, Sort, Where
from isms.people import Actor
from isms.rules.terms import Level, Term
from isms.rules.texts import N_
from risks.rules.levels import Frequency, Impact, RiskLevel, State
from risks.rules.lifecycle import Stage
from risks.rules.permissions import May


@dataclass(frozen=True)
class Filters:
    """Which risks are meant. Empty means everything that is not closed."""

    words: str = ""
    stage: Stage | None = None
    level: RiskLevel | None = None
    frequency: Frequency | None = None
    impact: Impact | None = None
    state: State = State.EXISTING
    object: int | None = None
    owner: int | None = None


class RiskRow(Row):
    """A risk as lists show it. `level` is the one of the state that the list was asked for, None for not valued."""

    id: int
    number: int
    title: str
    threat: str
    object: int
    object_name: str
    owner: int
    owner_name: str
    stage: Stage
    frequency: Frequency | None
    impact: Impact | None
    level: RiskLevel | None
    gravity: int
    review_on: date
    accepted_until: date | None

    @property
    def code(self) -> str:
        return f"R-{self.number}"

    @property
    def key(self) -> str:
        return f"risk:{self.id}"


class RiskDetail(Row):
    """A risk as a person sees it: `version` is what their forms carry."""

    id: int
    number: int
    institution: int
    unit: int
    unit_name: str
    path: str
    object: int
    object_name: str
    object_short_id: str
    threat: str
    title: str
    description: str
    owner: int
    owner_name: str
    stage: Stage
    frequency: Frequency | None
    impact: Impact | None
    level: RiskLevel | None
    review_on: date
    recorded_on: date
    recorded_by: int
    version: int

    @property
    def code(self) -> str:
        return f"R-{self.number}"

    @property
    def key(self) -> str:
        return f"risk:{self.id}"


class Cell(Row):
    frequency: Frequency
    impact: Impact
    count: int


TABLES = """risk r JOIN unit u ON u.id = r.unit JOIN person w ON w.id = r.owner
    JOIN target_object o ON o.id = r.target_object"""
ACCEPTED = """(SELECT a.until FROM acceptance a WHERE a.id = (SELECT max(id) FROM acceptance WHERE risk = r.id))"""
DETAIL = f"""SELECT r.id, r.number, r.institution, r.unit, u.name AS unit_name, u.path, r.target_object AS object,
    o.name AS object_name, o.short_id AS object_short_id, r.threat, r.title, r.description, r.owner,
    w.name AS owner_name, r.stage, r.frequency, r.impact, r.level, r.review_on, r.recorded_on, r.recorded_by, r.version
    FROM {TABLES}"""
# Today's valuation is kept with the risk; what it will be after the treatment, or was without measures, is looked up.
VALUED = """LEFT JOIN risk_valuation v ON v.id =
    (SELECT max(id) FROM risk_valuation WHERE risk = r.id AND state = '{state}')"""


async def risks(filters: Filters, ask: Ask, *, seen_by: Actor) -> Page[RiskRow]:
    return await LISTINGS[filters.state].page(_where(filters, seen_by), ask)


def all_risks(filters: Filters, ask: Ask, *, seen_by: Actor) -> AsyncGenerator[RiskRow, None]:
    """Everything that the filters leave, in constant memory."""
    return LISTINGS[filters.state].each(_where(filters, seen_by), ask)


async def matrix(filters: Filters, *, seen_by: Actor) -> dict[tuple[Impact, Frequency], int]:
    """How many risks lie in each cell, whatever cell or level the filters name."""
    anywhere = replace(filters, level=None, frequency=None, impact=None)
    where, (valued, join) = _where(anywhere, seen_by), _valued(filters.state)
    where.add(f"{valued}.level IS NOT NULL")
    found = await rows(
        Cell,
        f"""SELECT {valued}.frequency, {valued}.impact, count(*) AS count
        FROM risk r JOIN unit u ON u.id = r.unit {join}
        WHERE {where.sql} GROUP BY {valued}.frequency, {valued}.impact""",
        *where.args,
    )
    return {(cell.impact, cell.frequency): cell.count for cell in found}


async def risk(id: int, *, seen_by: Actor) -> RiskDetail:
    """Raises Missing for a risk that is not there or not for these eyes."""
    where, args = seen_by.reach(May.VIEW_RISKS).where("u.path", own="r.owner")
    return await one(
        RiskDetail,
        f"{DETAIL} WHERE r.id = {{}} AND {where}",
        id,
        *args,
        missing=N_("Dieses Risiko gibt es nicht, oder Sie dürfen es nicht sehen."),
    )


def _valued(state: State) -> tuple[str, str]:
    """The alias that holds frequency, impact and level of a state, and the join that brings it."""
    return ("r", "") if state is State.EXISTING else ("v", VALUED.format(state=state.value))


def _listing(state: State) -> Listing[RiskRow]:
    valued, join = _valued(state)
    return Listing(
        kind=RiskRow,
        columns=f"""r.id, r.number, r.title, r.threat, r.target_object AS object, o.name AS object_name, r.owner,
            w.name AS owner_name, r.stage, {valued}.frequency, {valued}.impact, {valued}.level,
            coalesce({valued}.level, 0) AS gravity, r.review_on, {ACCEPTED} AS accepted_until""",
        source=f"{TABLES} {join}",
        id="r.id",
        sorts={
            "number": Sort("r.number", "number"),
            "level": Sort(f"coalesce({valued}.level, 0)", "gravity"),
            "review": Sort("r.review_on", "review_on"),
        },
        counted=(f"risk r {join}", f"risk r JOIN unit u ON u.id = r.unit {join}"),
    )


LISTINGS = {state: _listing(state) for state in State}


def _where(filters: Filters, seen_by: Actor) -> Where:
    visible, args = seen_by.reach(May.VIEW_RISKS).where("u.path", own="r.owner")
    where, valued = Where().add(visible, *args), _valued(filters.state)[0]
    chosen: dict[str, Term | Level | int | None] = {
        "r.stage": filters.stage,
        f"{valued}.level": filters.level,
        f"{valued}.frequency": filters.frequency,
        f"{valued}.impact": filters.impact,
        "r.owner": filters.owner,
    }
    if filters.object is not None:
        where.add(f"r.target_object IN {ITSELF_AND_MERGED}", filters.object)
    for column, wanted in chosen.items():
        if wanted is not None:
            where.add(f"{column} = {{}}", wanted.value if isinstance(wanted, Term | Level) else wanted)
    if filters.stage is None:
        where.add(f"r.stage <> '{Stage.CLOSED.value}'")
    matching, words = fulltext.matching("risk", filters.words, alias="r")
    return where.add(matching, *words)
