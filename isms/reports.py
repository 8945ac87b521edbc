"""Reports before a reader: which may be opened for which units, and whose names are read in them."""

from __future__ import annotations

import hmac
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from isms.area import Column, Report
from isms.house import House
from isms.listing import CAP
from isms.people import Actor, UnitRow, units
from isms.permissions import May
from isms.rules.packages import pseudonym
from isms.rules.permissions import Permission

SHOWN = 100
LAST = 10_000
"""A page reads a report from its beginning: what lies further down is for the download."""


@dataclass(frozen=True)
class Opened:
    """A report of all units below one, as of the end of a day. Without a key it names people."""

    report: Report
    unit: UnitRow
    on: date
    key: bytes | None

    @property
    def columns(self) -> list[Column]:
        return [column for column in self.report.columns if not column.is_key]

    @property
    def is_veiled(self) -> bool:
        return self.key is not None and any(column.personal for column in self.columns)


@dataclass(frozen=True)
class Line:
    """A row as people read it, and the key of the record that it is about, if it has one."""

    key: str
    cells: tuple[object, ...]


@dataclass(frozen=True)
class Window:
    """The rows of one page. `count` stops at CAP or where the page ends; `starts` counts from 0."""

    lines: Sequence[Line]
    starts: int
    count: int
    more: bool

    @property
    def capped(self) -> bool:
        return self.count > CAP

    @property
    def before(self) -> int | None:
        return max(0, self.starts - SHOWN) if self.starts else None

    @property
    def after(self) -> int | None:
        following = self.starts + SHOWN
        return following if self.more and following < LAST else None

    @property
    def is_cut(self) -> bool:
        """Whether rows follow that only the download holds."""
        return self.more and self.after is None


def right_to(report: Report) -> Permission:
    return report.asks or May.EXPORT_EVIDENCE


def offered(house: House, *, seen_by: Actor) -> list[tuple[str, list[Report]]]:
    """The reports that this person may open, under the titles of their areas."""
    groups = [
        (area.title, [one for one in area.reports if seen_by.reach(right_to(one)).subtrees]) for area in house.areas
    ]
    return [(title, reports) for title, reports in groups if reports]


async def places(report: Report, *, seen_by: Actor) -> list[UnitRow]:
    """The open units for which this person may open a report, with all that lies below them."""
    subtrees = seen_by.reach(right_to(report)).subtrees
    found = await units(seen_by=seen_by, asks=right_to(report))
    return [unit for unit in found if unit.path.startswith(subtrees)]


def opened(report: Report, unit: UnitRow, *, on: date, seen_by: Actor, secret: bytes) -> Opened:
    """Raises Forbidden where the right does not reach down from this unit."""
    seen_by.needs(right_to(report), at=unit.path)
    names = seen_by.may(report.names or May.SEE_PEOPLE, at=unit.path)
    told = f"the report {report.name} before {seen_by.key}"  # a person reads as somebody else in the next report
    return Opened(report, unit, on, None if names else hmac.new(secret, told.encode(), sha256).digest())


async def lines(asked: Opened) -> AsyncGenerator[Line, None]:
    """The rows in constant memory."""
    records: AsyncIterator[Sequence[object]] = asked.report.rows(asked.unit.path, on=asked.on)
    async for record in records:
        told = list(zip(asked.report.columns, record, strict=True))
        key = next((str(value) for column, value in told if column.is_key and not column.personal), "")
        yield Line(key, tuple(_veiled(column, value, asked.key) for column, value in told if not column.is_key))


async def cells(asked: Opened) -> AsyncGenerator[Sequence[object], None]:
    """The rows for a spreadsheet."""
    async for line in lines(asked):
        yield line.cells


async def window(asked: Opened, starts: int) -> Window:
    """The rows from one on, read from the first: a report is a stream, and knows no marks."""
    starts = min(max(0, starts - starts % SHOWN), LAST - SHOWN)
    shown: list[Line] = []
    count = 0
    async with aclosing(lines(asked)) as records:
        async for line in records:
            if starts <= count < starts + SHOWN:
                shown.append(line)
            count += 1
            if count > CAP and count > starts + SHOWN:
                break
    return Window(shown, starts, count, more=count > starts + SHOWN)


def _veiled(column: Column, value: object, key: bytes | None) -> object:
    if key is None or not column.personal or value is None:
        return value
    return pseudonym(str(value), key)
