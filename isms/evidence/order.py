"""What somebody asked for: the evidence of one institution as of a day, with names or without."""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from uuid import UUID, uuid5

from isms.area import Binding
from isms.rules.chain import EMPTY, Head
from isms.rules.media import slug
from isms.rules.packages import pseudonym
from isms.texts import ZONE

Tell = Callable[[str], Awaitable[None]]


@dataclass(frozen=True)
class Order:
    """`path` is the institution's; `named` is whether the right of whoever asked reaches the names of employees."""

    institution: int
    title: str
    path: str
    as_of: date
    made_on: date
    named: bool

    @property
    def end(self) -> datetime:
        """The end of the day in German time: what happened before it belongs into the package."""
        return datetime.combine(self.as_of + timedelta(days=1), time(), ZONE).astimezone(UTC)

    @property
    def name(self) -> str:
        return f"nachweis-{self.as_of.isoformat()}-{slug(self.title).lower() or 'amt'}"

    def uuid(self, instance: UUID, head: Head) -> UUID:
        return uuid5(instance, f"evidence/{self.institution}/{self.as_of}/{head}/{self.named}")


@dataclass(frozen=True)
class Veil:
    """What stands in for a name. The key belongs to one package, so that two packages cannot be joined by it."""

    named: bool
    key: bytes

    @classmethod
    def over(cls, order: Order, uuid: UUID, secret: bytes) -> Veil:
        return cls(order.named, hmac.new(secret, f"pseudonyms of {uuid}".encode(), sha256).digest())

    def name(self, value: object) -> object:
        return value if self.named or value is None else pseudonym(str(value), self.key)


@dataclass(frozen=True)
class Register:
    """A register as it lies in the package."""

    title: str
    path: str
    rows: int


@dataclass(frozen=True)
class Figure:
    """An indicator, the rules that bind it to requirements, and where the rows behind it lie; no path: not measured."""

    title: str
    path: str
    bindings: tuple[Binding, ...]
    numerator: int | None = None
    denominator: int | None = None
    percent: int | None = None


@dataclass
class Contents:
    """What went into a package, for its index."""

    head: Head = EMPTY
    registers: list[Register] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    attachments: int = 0
    damaged: int = 0
    left_out: dict[str, int] = field(default_factory=dict)
