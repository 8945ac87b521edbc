"""How an area takes a whole import back: said record by record before anything is saved."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Protocol

from isms.rules.terms import Term
from isms.rules.texts import N_

if TYPE_CHECKING:
    from isms.people import Actor


class Undoing(Term):
    """What taking an import back will do with one record."""

    ENDED = "ended", N_("herausgenommen")
    RESTORED = "restored", N_("zurückgesetzt")
    KEPT = "kept", N_("bleibt")


@dataclass(frozen=True)
class Reversal:
    """One record of an import: what becomes of it, and why. `key` names it, e.g. `device:17`."""

    key: str
    title: str
    outcome: Undoing
    why: str = ""
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class UndoPlan:
    """What taking a run back would do. `load` is what carry_out needs."""

    reversals: Sequence[Reversal]
    load: object = None

    def count(self, outcome: Undoing) -> int:
        return sum(reversal.outcome is outcome for reversal in self.reversals)

    @property
    def fingerprint(self) -> str:
        """Changes as soon as anything else would happen than what somebody has seen."""
        told = "\n".join(f"{one.key} {one.outcome.value}" for one in self.reversals)
        return sha256(told.encode()).hexdigest()


class PlanUndo(Protocol):
    """What becomes of every record that the run brought or changed, and why."""

    def __call__(self, run: int, *, by: Actor, on: date) -> Awaitable[UndoPlan]: ...


class CarryOutUndo(Protocol):
    """Carries the plan out in the transaction in which it was made: ends, never deletes, and notes each record."""

    def __call__(self, plan: UndoPlan, *, run: int, by: Actor, on: date) -> Awaitable[None]: ...


@dataclass(frozen=True)
class Undo:
    """How a kind of import is taken back. `isms.undoing` and `isms.commands.undoing` do what all kinds need."""

    plan: PlanUndo
    carry_out: CarryOutUndo
