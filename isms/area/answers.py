"""What an area answers when the house asks: its pages, what is due, what it finds and knows."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Protocol

from isms.rules.permissions import Permission

if TYPE_CHECKING:
    from isms.people import Actor, Someone


@dataclass(frozen=True)
class Entry:
    """One line of the side navigation. Neighbours stand under their `section`, or under the area's title."""

    label: str
    href: str
    asks: Permission
    section: str = ""


@dataclass(frozen=True)
class Duty:
    """Something that somebody has to do; `due_on` is the last day that is in time, None means no date.

    `is_course` marks a course that the person has to take: whoever hands them a device may know its title and day.
    """

    title: str
    href: str
    due_on: date | None = None
    detail: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    is_course: bool = False


@dataclass(frozen=True)
class Hit:
    """One answer of the global search."""

    title: str
    href: str
    kind: str
    detail: str = ""


@dataclass(frozen=True)
class Link:
    """Where a record's key leads."""

    title: str
    href: str


@dataclass(frozen=True)
class Panel:
    """What an area knows about another area's record: a part of a page with its context."""

    title: str
    template: str
    context: Mapping[str, object]


class AskDue(Protocol):
    def __call__(self, for_: Someone, *, seen_by: Actor, on: date) -> Awaitable[Sequence[Duty]]: ...


class AskOpenWith(Protocol):
    """What is still open with somebody who goes: what they have, are responsible for, answer for.

    Within the reach of `seen_by`; None is the house itself, which looks at all.
    """

    def __call__(self, person: Someone, *, seen_by: Actor | None) -> Awaitable[Sequence[Duty]]: ...


class Forget(Protocol):
    """Take out of an area's records what names a person there, inside the change that the house opened."""

    def __call__(self, person: int) -> Awaitable[None]: ...


class AskSearch(Protocol):
    def __call__(self, words: str, *, seen_by: Actor, limit: int) -> Awaitable[Sequence[Hit]]: ...


class AskPanels(Protocol):
    def __call__(self, key: str, *, seen_by: Actor, on: date) -> Awaitable[Sequence[Panel]]: ...


class AskResolve(Protocol):
    """Links for those of the given keys that are this area's; keys of others are left out."""

    def __call__(self, keys: Sequence[str]) -> Awaitable[Mapping[str, Link]]: ...


async def nothing_due(for_: Someone, *, seen_by: Actor, on: date) -> Sequence[Duty]:
    return ()


async def nothing_open(person: Someone, *, seen_by: Actor | None) -> Sequence[Duty]:
    return ()


async def nothing_written(person: int) -> None:
    """For an area that writes no names itself."""


async def nothing_found(words: str, *, seen_by: Actor, limit: int) -> Sequence[Hit]:
    return ()


async def no_panels(key: str, *, seen_by: Actor, on: date) -> Sequence[Panel]:
    return ()


async def no_links(keys: Sequence[str]) -> Mapping[str, Link]:
    return {}
