"""Figures and registers: how one area's records become evidence for another's requirement."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Protocol

import msgspec

from isms.rules.texts import N_

if TYPE_CHECKING:
    from isms.rules.permissions import Permission


class Fact(msgspec.Struct, frozen=True):  # ten times as quick to make as a dataclass, and there are many of them
    """One row behind a figure. `counts` says whether it is in the numerator; `person` marks a label that is a name."""

    key: str
    label: str
    counts: bool
    since: date | None = None
    note: str = ""
    person: bool = False


@dataclass(frozen=True)
class Measurement:
    """A figure with its day and the rows behind it: `numerator` of `denominator`.

    `withheld` is how many rows about people a reader is not shown.
    """

    numerator: int
    denominator: int
    on: date
    facts: tuple[Fact, ...] = ()
    withheld: int = 0

    @property
    def is_hidden(self) -> bool:
        """So few people are behind it that the figure would point at somebody."""
        return self.withheld > 0 and not self.denominator

    @property
    def percent(self) -> int | None:
        """Whole percent, rounded down, so that 100 means all; None where there is nothing to count."""
        return self.numerator * 100 // self.denominator if self.denominator else None


class Measure(Protocol):
    """Counts within a unit path such as `/1/4/` as of the end of a day."""

    def __call__(self, scope: str, *, on: date, **params: str) -> Awaitable[Measurement]: ...


@dataclass(frozen=True)
class Indicator:
    """A named measurement that one area offers and another binds to a requirement.

    `names` is the right to know the people behind it; without one it is the right to see people.
    """

    key: str
    title: str
    measure: Measure
    names: Permission | None = None


@dataclass(frozen=True)
class Binding:
    """A rule of a pack: which figure speaks for which requirements, and what it proposes from how many percent on.

    `supports` maps a requirement's UUID to what is printed for it (number, title, edition).
    """

    key: str
    title: str
    indicator: str
    parameters: Mapping[str, str]
    yes_from: int
    partly_from: int
    explanation: str
    limits: str
    pack: str
    supports: Mapping[str, str]


class AskBindings(Protocol):
    """The rules that hold for the units under a path."""

    def __call__(self, scope: str, *, on: date) -> Awaitable[Sequence[Binding]]: ...


async def no_bindings(scope: str, *, on: date) -> Sequence[Binding]:
    return ()


KEY = N_("Schlüssel")


@dataclass(frozen=True)
class Column:
    """A column of a report; personal ones are replaced by pseudonyms where the reader's right does not reach."""

    name: str
    title: str
    personal: bool = False

    @property
    def is_key(self) -> bool:
        """Whether it holds records' keys: for programs in the package, on a page only to lead to the record."""
        return self.title == KEY


class Rows(Protocol):
    """The rows of a report for all units under a path, as they stood at the end of a day, in constant memory."""

    def __call__(self, scope: str, *, on: date) -> AsyncIterator[Sequence[object]]: ...


@dataclass(frozen=True)
class Report:
    """A register as a table: a page with CSV and XLSX, and CSV and JSON in the evidence package under its `name`.

    `asks` is the right that opens the page for the units below which one has it; without one it is the right to
    download evidence. `names` is the right to read personal columns; without one it is the right to see people.
    """

    name: str
    title: str
    columns: Sequence[Column]
    rows: Rows
    asks: Permission | None = None
    names: Permission | None = None
    lead: str = ""
