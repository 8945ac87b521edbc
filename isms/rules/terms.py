"""Terms of the office: a stored value with the German word people see for it."""

from __future__ import annotations

from enum import IntEnum, StrEnum


class Term(StrEnum):
    """A word of a closed list: `IN_STOCK = "in_stock", N_("im Lager")`."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Term:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    def __str__(self) -> str:
        return str(self.value)


class Level(IntEnum):
    """A step on a scale: `HIGH = 2, N_("hoch")`. Levels compare by their number."""

    label: str

    def __new__(cls, value: int, label: str = "") -> Level:
        member = int.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member
