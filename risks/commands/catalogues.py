"""Taking editions of catalogues in: whole, once, and never changed afterwards."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

import msgspec

from isms.audit import change
from isms.db import execute, executemany
from isms.db.reading import Row, rows
from isms.people import Actor
from isms.rules.errors import Refused
from isms.rules.texts import N_
from risks.rules.catalogue import Catalogue, Requirement
from risks.rules.permissions import May


@dataclass(frozen=True)
class Edition:
    """A catalogue that was read, the file it stood in, and in how many places that file breaks its schema."""

    catalogue: Catalogue
    content: bytes
    defects: int = 0

    @property
    def sha256(self) -> str:
        return sha256(self.content).hexdigest()


CATALOGUE = """INSERT INTO catalogue (uuid, sha256, title, version, modified, oscal_version, publisher, licence,
    requirements, defects, import_run, imported_at) VALUES ({}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {})
    ON CONFLICT (sha256) DO NOTHING RETURNING id"""
PRACTICE = "INSERT INTO practice (catalogue, code, title, position) VALUES ({}, {}, {}, {})"
TOPIC = "INSERT INTO requirement_topic (practice, uuid, code, title, position) VALUES ({}, {}, {}, {}, {})"
REQUIREMENT = """INSERT INTO requirement (catalogue, practice, topic, uuid, parent, code, title, origin, position,
    modal_verb, security_level, effort, documentation, tags, statement, guidance, words)
    VALUES ({}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {})"""
CATEGORY = "INSERT INTO requirement_category (requirement, name) VALUES ({}, {})"
LINK = "INSERT INTO requirement_link (requirement, relation, target) VALUES ({}, {}, {})"
PARAMETER = """INSERT INTO requirement_parameter (requirement, uuid, name, label, given, choices, parts, position)
    VALUES ({}, {}, {}, {}, {}, {}, {}, {})"""


# What is longer than its column is cut, as SQLite would not and PostgreSQL would refuse: no real catalogue comes near.
CODE = 80


async def import_catalogue(edition: Edition, *, by: Actor, run: int | None = None) -> int:
    """Take an edition in; answers with its id. Refused where the same bytes are there already."""
    by.needs(May.IMPORT_CATALOGUES)
    found = edition.catalogue
    async with change("catalogue.imported", by=by, sha256=edition.sha256, requirements=len(found.requirements)) as made:
        catalogue = await _insert_catalogue(edition, run)
        made.about(f"catalogue:{catalogue}")
        made.with_(title=found.title, version=found.version)
        practices = await _insert_practices(catalogue, found)
        topics = await _insert_topics(catalogue, practices, found)
        await _insert_requirements(catalogue, found, practices, topics)
    return catalogue


async def _insert_catalogue(edition: Edition, run: int | None) -> int:
    found = edition.catalogue
    made = await execute(
        CATALOGUE,
        found.uuid[:36],
        edition.sha256,
        found.title[:250],
        found.version[:80],
        found.modified[:40],
        found.oscal_version[:20],
        found.publisher[:250],
        found.licence[:80],
        len(found.requirements),
        edition.defects,
        run,
        datetime.now(UTC),
    )
    if not made:
        raise Refused(N_("Diese Ausgabe von „{title}“ ist schon eingelesen."), title=found.title)
    return int(made[0]["id"])


class _Known(Row):
    id: int
    name: str


async def _ids(sql: str, catalogue: int) -> Mapping[str, int]:
    return {known.name: known.id for known in await rows(_Known, sql, catalogue)}


async def _insert_practices(catalogue: int, found: Catalogue) -> Mapping[str, int]:
    await executemany(
        PRACTICE, [(catalogue, each.code[:CODE], each.title[:250], each.position) for each in found.practices]
    )
    return await _ids("SELECT id, code AS name FROM practice WHERE catalogue = {}", catalogue)


async def _insert_topics(catalogue: int, practices: Mapping[str, int], found: Catalogue) -> Mapping[str, int]:
    made = [
        (practices[each.practice[:CODE]], each.uuid, each.code[:CODE], each.title[:250], each.position)
        for each in found.topics
    ]
    if not made:
        return {}
    await executemany(TOPIC, made)
    sql = """SELECT t.id, t.uuid AS name FROM requirement_topic t JOIN practice p ON p.id = t.practice
        WHERE p.catalogue = {}"""
    return await _ids(sql, catalogue)


async def _insert_requirements(
    catalogue: int, found: Catalogue, practices: Mapping[str, int], topics: Mapping[str, int]
) -> None:
    requirements = found.requirements
    await executemany(REQUIREMENT, [_columns(each, catalogue, practices, topics) for each in requirements])
    ids = await _ids("SELECT id, uuid AS name FROM requirement WHERE catalogue = {}", catalogue)
    for sql, columns in ((CATEGORY, _categories), (LINK, _links), (PARAMETER, _parameters)):
        below = [(ids[each.uuid], *values) for each in requirements for values in columns(each)]
        if below:
            await executemany(sql, below)


def _columns(
    each: Requirement, catalogue: int, practices: Mapping[str, int], topics: Mapping[str, int]
) -> tuple[object, ...]:
    return (
        catalogue,
        practices[each.practice[:CODE]],
        topics[each.topic] if each.topic else None,
        each.uuid,
        each.parent,
        each.code[:CODE],
        each.title[:400],
        each.origin[:80],
        each.position,
        each.modal_verb[:12],
        each.security_level[:20],
        each.effort,
        each.documentation,
        _json(each.tags),
        each.statement,
        each.guidance,
        findable(each),
    )


def findable(each: Requirement) -> str:
    """What a search finds a requirement by, without the soft hyphens that would split its words."""
    said = (each.code, each.title, each.statement, each.guidance, *each.tags, *each.categories)
    return " ".join(said).replace("\u00ad", "").replace("\u00a0", " ")


def _categories(each: Requirement) -> Iterable[tuple[object, ...]]:
    return ((name[:120],) for name in each.categories)


def _links(each: Requirement) -> Iterable[tuple[object, ...]]:
    return ((link.relation.value, link.target) for link in each.references)


def _parameters(each: Requirement) -> Iterable[tuple[object, ...]]:
    for position, gap in enumerate(each.parameters, start=1):
        yield gap.uuid, gap.name[:120], gap.label, _json(gap.values), _json(gap.choices), _json(gap.parts), position


def _json(texts: tuple[str, ...]) -> str:
    return msgspec.json.encode(texts).decode()
