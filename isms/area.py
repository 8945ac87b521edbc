"""The one socket by which an area joins the house. A field that nothing uses yet is not here yet."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Protocol

from isms.rules.permissions import Permission
from isms.rules.terms import Term
from isms.rules.texts import N_

if TYPE_CHECKING:
    from litestar.types import ControllerRouterHandler

    from isms.people import Actor, Someone


@dataclass(frozen=True)
class Entry:
    """One line of the side navigation."""

    label: str
    href: str
    asks: Permission


@dataclass(frozen=True)
class Duty:
    """Something that somebody has to do; `due_on` is the last day that is in time, None means no date."""

    title: str
    href: str
    due_on: date | None = None
    detail: str = ""
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Fact:
    """One row behind a figure. `counts` says whether it is in the numerator; `person` marks a label that is a name."""

    key: str
    label: str
    counts: bool
    since: date | None = None
    note: str = ""
    person: bool = False


@dataclass(frozen=True)
class Measurement:
    """A figure with its day and the rows behind it: `numerator` of `denominator`."""

    numerator: int
    denominator: int
    on: date
    facts: tuple[Fact, ...] = ()

    @property
    def percent(self) -> int | None:
        """Whole percent, rounded down, so that 100 means all; None where there is nothing to count."""
        return self.numerator * 100 // self.denominator if self.denominator else None


class Measure(Protocol):
    """Counts within a unit path such as `/1/4/` as of the end of a day."""

    def __call__(self, scope: str, *, on: date, **params: str) -> Awaitable[Measurement]: ...


@dataclass(frozen=True)
class Indicator:
    """A named measurement that one area offers and another binds to a requirement."""

    key: str
    title: str
    measure: Measure


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


@dataclass(frozen=True)
class Column:
    """A column of a report; personal ones are replaced by pseudonyms where the reader's right does not reach."""

    name: str
    title: str
    personal: bool = False


class Rows(Protocol):
    """The rows of a report for all units under a path, as they stood at the end of a day, in constant memory."""

    def __call__(self, scope: str, *, on: date) -> AsyncIterator[Sequence[object]]: ...


@dataclass(frozen=True)
class Report:
    """A register as a table: becomes CSV and JSON in the evidence package and on export. `name` is the file name."""

    name: str
    title: str
    columns: Sequence[Column]
    rows: Rows


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


class Outcome(Term):
    """What an import will do with one row."""

    NEW = "new", N_("neu")
    CHANGED = "changed", N_("geändert")
    UNCHANGED = "unchanged", N_("unverändert")
    LEFT_OUT = "left_out", N_("ausgelassen")
    QUESTION = "question", N_("offen")
    WRONG = "wrong", N_("fehlerhaft")


@dataclass(frozen=True)
class Verdict:
    """What will happen to one row of an upload, and why. `row` counts from 1 as a spreadsheet shows it."""

    row: int
    outcome: Outcome
    title: str
    why: str = ""
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Choice:
    value: str
    label: str


@dataclass(frozen=True)
class Question:
    """Something a plan needs to know first. The answer is `answers[name]`; the first choice is the default."""

    name: str
    text: str
    choices: Sequence[Choice]
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Plan:
    """What an import would do. `warnings` concern the file as a whole; `load` is what carry_out needs."""

    verdicts: Sequence[Verdict]
    questions: Sequence[Question] = ()
    warnings: Sequence[tuple[str, Mapping[str, object]]] = ()
    load: object = None

    def count(self, outcome: Outcome) -> int:
        return sum(verdict.outcome is outcome for verdict in self.verdicts)


@dataclass(frozen=True)
class Upload:
    """A file as it arrived, for a unit, with the answers given so far."""

    filename: str
    content: bytes
    unit: int
    answers: Mapping[str, str] = field(default_factory=dict)


class PlanUpload(Protocol):
    def __call__(self, upload: Upload, *, by: Actor, on: date) -> Awaitable[Plan]: ...


class CarryOut(Protocol):
    """Carries a plan out within one transaction; `run` is the id of the import run that every new row names."""

    def __call__(self, plan: Plan, upload: Upload, *, run: int, by: Actor, on: date) -> Awaitable[None]: ...


@dataclass(frozen=True)
class ImportKind:
    """A kind of file that an area can read, with a preview that says row by row what would happen."""

    name: str
    title: str
    hint: str
    accepts: str
    asks: Permission
    plan: PlanUpload
    carry_out: CarryOut
    size_limit: int = 32 * 1024 * 1024


class AskDue(Protocol):
    def __call__(self, for_: Someone, *, seen_by: Actor, on: date) -> Awaitable[Sequence[Duty]]: ...


class AskSearch(Protocol):
    def __call__(self, words: str, *, seen_by: Actor, limit: int) -> Awaitable[Sequence[Hit]]: ...


class AskPanels(Protocol):
    def __call__(self, key: str, *, seen_by: Actor, on: date) -> Awaitable[Sequence[Panel]]: ...


class AskResolve(Protocol):
    """Links for those of the given keys that are this area's; keys of others are left out."""

    def __call__(self, keys: Sequence[str]) -> Awaitable[Mapping[str, Link]]: ...


async def nothing_due(for_: Someone, *, seen_by: Actor, on: date) -> Sequence[Duty]:
    return ()


async def nothing_found(words: str, *, seen_by: Actor, limit: int) -> Sequence[Hit]:
    return ()


async def no_panels(key: str, *, seen_by: Actor, on: date) -> Sequence[Panel]:
    return ()


async def no_links(keys: Sequence[str]) -> Mapping[str, Link]:
    return {}


@dataclass(frozen=True)
class Area:
    """Everything the house knows about an area."""

    title: str
    home: str
    routes: Sequence[ControllerRouterHandler]
    permissions: type[Permission]
    navigation: Sequence[Entry] = ()
    due: AskDue = nothing_due
    search: AskSearch = nothing_found
    panels: AskPanels = no_panels
    resolve: AskResolve = no_links
    indicators: Sequence[Indicator] = ()
    bindings: AskBindings = no_bindings
    reports: Sequence[Report] = ()
    sentences: Mapping[str, str] = field(default_factory=dict)
    imports: Sequence[ImportKind] = ()
    demo: Callable[[DemoOffice], Awaitable[None]] | None = None


@dataclass(frozen=True)
class DemoOffice:
    """The fictional office that areas fill: units by name, people by role, and the day it is set up."""

    units: Mapping[str, int]
    people: Mapping[str, Actor]
    on: date
