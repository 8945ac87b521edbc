"""A catalogue as the office reads it: practices, topics and requirements, whatever edition wrote them."""

import re
from dataclasses import dataclass

from risks.rules.requirements import Relation


@dataclass(frozen=True)
class Parameter:
    """A gap in a requirement's text. `uuid` outlives editions, `name` is what the text inserts."""

    uuid: str
    name: str
    label: str
    values: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reference:
    relation: Relation
    target: str


@dataclass(frozen=True)
class Requirement:
    """`uuid` is the catalogue's own stable key; `code` is what is printed and may move to another one."""

    uuid: str
    code: str
    title: str
    origin: str
    practice: str
    topic: str | None
    parent: str | None
    position: int
    modal_verb: str
    security_level: str
    effort: int | None
    categories: tuple[str, ...]
    documentation: str
    tags: tuple[str, ...]
    statement: str
    guidance: str
    parameters: tuple[Parameter, ...]
    references: tuple[Reference, ...]


@dataclass(frozen=True)
class Practice:
    """The outermost grouping of a catalogue: a practice of the BSI, a family or function of NIST."""

    code: str
    title: str
    position: int


@dataclass(frozen=True)
class Topic:
    uuid: str
    practice: str
    code: str
    title: str
    position: int


@dataclass(frozen=True)
class Catalogue:
    """`version`, `modified` and `oscal_version` are the file's own words; nothing is computed from them."""

    uuid: str
    title: str
    version: str
    modified: str
    oscal_version: str
    publisher: str
    licence: str
    practices: tuple[Practice, ...]
    topics: tuple[Topic, ...]
    requirements: tuple[Requirement, ...]


MOMENT = re.compile(r"(\d{4})-(\d\d)-(\d\d)T")


def edition_name(version: str) -> str:
    """What people call an edition: the BSI's versions are moments, of which the day is enough."""
    found = MOMENT.match(version)
    return f"{found[3]}.{found[2]}.{found[1]}" if found else version
