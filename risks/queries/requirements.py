"""Requirements of an edition: found, listed, and one in full with its text filled in."""

from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import msgspec

from isms.db import fulltext
from isms.db.reading import Row, one, rows
from isms.listing import Ask, Listing, Page, Sort, Where
from isms.rules.texts import N_
from risks.queries.checks import last_id
from risks.rules.prose import Parameter, Span, resolved
from risks.rules.requirements import Implementation, Relation, SecurityLevel, level_named


@dataclass(frozen=True)
class Filters:
    """Which requirements of an edition are meant. Empty means everything."""

    catalogue: int
    words: str = ""
    practice: str = ""
    modal_verb: str = ""
    security_level: str = ""
    category: str = ""
    implementation: str = ""


class RequirementRow(Row):
    id: int
    uuid: str
    code: str
    title: str
    practice: str
    modal_verb: str
    security_level: str
    effort: int | None
    position: int
    implementation: Implementation

    @property
    def key(self) -> str:
        return f"requirement:{self.id}"

    @property
    def level(self) -> SecurityLevel | None:
        return level_named(self.security_level)


class RequirementDetail(Row):
    id: int
    uuid: str
    catalogue: int
    code: str
    title: str
    practice: str
    practice_title: str
    topic: str | None
    parent: str | None
    origin: str
    modal_verb: str
    security_level: str
    effort: int | None
    documentation: str
    tags: str
    statement: str
    guidance: str

    @property
    def key(self) -> str:
        return f"requirement:{self.id}"

    @property
    def level(self) -> SecurityLevel | None:
        return level_named(self.security_level)

    @property
    def tag_list(self) -> list[str]:
        return msgspec.json.decode(self.tags, type=list[str])


class Neighbour(Row):
    """Another requirement that this one points to or that points to this one. `id` is None where it is not here."""

    relation: Relation
    uuid: str
    id: int | None
    code: str | None
    title: str | None


class _Gap(Row):
    name: str
    label: str
    given: str
    choices: str
    parts: str


COLUMNS = """r.id, r.uuid, r.code, r.title, p.code AS practice, r.modal_verb, r.security_level, r.effort,
    r.position, coalesce(c.implementation, 'open') AS implementation"""
SOURCE = "requirement r JOIN practice p ON p.id = r.practice LEFT JOIN requirement_check c ON c.id = {last}"
DETAIL = """SELECT r.id, r.uuid, r.catalogue, r.code, r.title, p.code AS practice, p.title AS practice_title,
    t.title AS topic, r.parent, r.origin, r.modal_verb, r.security_level, r.effort, r.documentation, r.tags,
    r.statement, r.guidance
    FROM requirement r JOIN practice p ON p.id = r.practice LEFT JOIN requirement_topic t ON t.id = r.topic"""


async def requirements(filters: Filters, ask: Ask, *, path: str, on: date) -> Page[RequirementRow]:
    """In the catalogue's order, with the status that counts in the unit with this path as of a day."""
    listing, where = _listed(filters, path, on)
    return await listing.page(where, ask)


def all_requirements(filters: Filters, *, path: str, on: date) -> AsyncGenerator[RequirementRow, None]:
    """Everything that the filters leave, in constant memory."""
    listing, where = _listed(filters, path, on)
    return listing.each(where, Ask())


async def requirement(id: int) -> RequirementDetail:
    return await one(
        RequirementDetail, f"{DETAIL} WHERE r.id = {{}}", id, missing=N_("Diese Anforderung gibt es hier nicht.")
    )


async def by_uuid(uuids: Sequence[str]) -> Mapping[str, RequirementDetail]:
    """The newest edition's requirement for each UUID that is here."""
    if not uuids:
        return {}
    marks = ", ".join("{}" for _ in uuids)
    sql = f"{DETAIL} WHERE r.id IN (SELECT max(id) FROM requirement WHERE uuid IN ({marks}) GROUP BY uuid)"
    return {found.uuid: found for found in await rows(RequirementDetail, sql, *uuids)}


async def spans(requirement: RequirementDetail) -> list[Span]:
    """The text with its parameters filled in."""
    sql = (
        "SELECT name, label, given, choices, parts FROM requirement_parameter WHERE requirement = {} ORDER BY position"
    )
    gaps = await rows(_Gap, sql, requirement.id)
    return resolved(requirement.statement, {gap.name: _parameter(gap) for gap in gaps})


async def categories_of(id: int) -> list[str]:
    sql = "SELECT name FROM requirement_category WHERE requirement = {} ORDER BY id"
    return [found.name for found in await rows(_Name, sql, id)]


class _Name(Row):
    name: str


async def neighbours(requirement: RequirementDetail) -> list[Neighbour]:
    """What it points to. A target is looked for in the same edition first, then in the newest other one."""
    sql = """SELECT l.relation, l.target AS uuid, o.id, o.code, o.title FROM requirement_link l
        LEFT JOIN requirement o ON o.id = coalesce(
            (SELECT s.id FROM requirement s WHERE s.uuid = l.target AND s.catalogue = {}),
            (SELECT max(e.id) FROM requirement e WHERE e.uuid = l.target))
        WHERE l.requirement = {} ORDER BY l.id"""
    return await rows(Neighbour, sql, requirement.catalogue, requirement.id)


async def dependents(requirement: RequirementDetail) -> list[Neighbour]:
    """What requires it, within the same edition."""
    sql = """SELECT l.relation, o.uuid, o.id, o.code, o.title FROM requirement_link l
        JOIN requirement o ON o.id = l.requirement
        WHERE l.target = {} AND l.relation = 'required' AND o.catalogue = {} ORDER BY o.position"""
    return await rows(Neighbour, sql, requirement.uuid, requirement.catalogue)


def _listed(filters: Filters, path: str, on: date) -> tuple[Listing[RequirementRow], Where]:
    """The list with the arguments of its source in front of those of its conditions."""
    last, args = last_id("r.uuid", path, on)
    where = Where(values=args).add("r.catalogue = {}", filters.catalogue)
    for condition, chosen in (
        ("p.code = {}", filters.practice),
        ("r.modal_verb = {}", filters.modal_verb),
        ("r.security_level = {}", filters.security_level),
        ("EXISTS (SELECT 1 FROM requirement_category g WHERE g.requirement = r.id AND g.name = {})", filters.category),
        ("coalesce(c.implementation, 'open') = {}", filters.implementation),
    ):
        if chosen:
            where.add(condition, chosen)
    matching, words = fulltext.matching("requirement", filters.words, alias="r")
    sorts = {"code": Sort("r.position", "position")}
    return Listing(RequirementRow, COLUMNS, SOURCE.format(last=last), "r.id", sorts), where.add(matching, *words)


def _parameter(gap: _Gap) -> Parameter:
    return Parameter(gap.label, _texts(gap.given), _texts(gap.choices), _texts(gap.parts))


def _texts(stored: str) -> tuple[str, ...]:
    return msgspec.json.decode(stored, type=tuple[str, ...])
