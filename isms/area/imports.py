"""What an area can read in, and what it says about every row before anything is saved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from isms.area.undo import Undo
from isms.rules.permissions import Permission
from isms.rules.terms import Term
from isms.rules.texts import N_

if TYPE_CHECKING:
    from isms.people import Actor


class Outcome(Term):
    """What an import will do with one row."""

    NEW = "new", N_("neu")
    CHANGED = "changed", N_("geändert")
    UNCHANGED = "unchanged", N_("unverändert")
    LEFT_OUT = "left_out", N_("ausgelassen")
    QUESTION = "question", N_("offen")
    WRONG = "wrong", N_("fehlerhaft")


@dataclass(frozen=True, slots=True)
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
    """What an import would do. `warnings` concern the file as a whole; `load` is what carry_out needs.

    `columns` says which column of a table was read as what: {field: column}. `waits` while a question has to be
    answered before any row can be judged.
    """

    verdicts: Sequence[Verdict]
    questions: Sequence[Question] = ()
    warnings: Sequence[tuple[str, Mapping[str, object]]] = ()
    load: object = None
    columns: Mapping[str, str] = field(default_factory=dict)
    waits: bool = False

    @property
    def is_open(self) -> bool:
        """Whether something has to be answered before it can be carried out."""
        return self.waits or self.count(Outcome.QUESTION) > 0

    @property
    def does_something(self) -> bool:
        return self.count(Outcome.NEW) + self.count(Outcome.CHANGED) > 0

    @cached_property
    def counts(self) -> Counter[Outcome]:
        """How many rows get which verdict, counted once: there may be a hundred thousand."""
        return Counter(verdict.outcome for verdict in self.verdicts)

    def count(self, outcome: Outcome) -> int:
        return self.counts[outcome]


@dataclass(frozen=True)
class Upload:
    """A file as it arrived, for a unit, with the answers given so far.

    `mapping` says which column holds what where somebody chose it: {field: column}, "" for a field to leave out.
    """

    filename: str
    content: bytes
    unit: int
    answers: Mapping[str, str] = field(default_factory=dict)
    mapping: Mapping[str, str] = field(default_factory=dict)


class PlanUpload(Protocol):
    def __call__(self, upload: Upload, *, by: Actor, on: date) -> Awaitable[Plan]: ...


class CarryOut(Protocol):
    """Carries a plan out within one transaction; `run` is the id of the import run that every new row names."""

    def __call__(self, plan: Plan, upload: Upload, *, run: int, by: Actor, on: date) -> Awaitable[None]: ...


@dataclass(frozen=True)
class Target:
    """Something a table may hold: what the office calls it, and what its column may be called in files.

    `is_day` marks columns of days: whether the month or the day comes first is found out for all of them at once.
    """

    name: str
    label: str
    aliases: tuple[str, ...]
    required: bool = False
    is_day: bool = False


@dataclass(frozen=True)
class ImportKind:
    """A kind of file that an area can read, with a preview that says row by row what would happen.

    `targets` are what the columns of a table may be mapped to; `undo` takes a whole run back. `door` gives what may be
    kept of a file where that is less than what arrived; what it kept it keeps again as it is.
    """

    name: str
    title: str
    hint: str
    accepts: str
    asks: Permission
    plan: PlanUpload
    carry_out: CarryOut
    size_limit: int = 32 * 1024 * 1024
    home: str = ""
    targets: Sequence[Target] = ()
    undo: Undo | None = None
    onwards: Sequence[tuple[str, str]] = ()
    """Where one goes on with what a run brought: marked labels, and addresses in which {run} is its number."""
    door: Callable[[bytes], bytes] | None = None
