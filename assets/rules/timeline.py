"""The life of a thing as a picture: bars for what lasted, marks for what happened, over one line of time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

WIDTH, LABELS, ROW, BAR, HEAD, FOOT = 960, 120, 44, 26, 30, 8
NEAREST = 12
"""Marks nearer than that to one another go one below the other, up to DEEPEST."""
DEEPEST = 3


@dataclass(frozen=True)
class Span:
    """Something that lasted from a day until a day, in a row that counts from 0; without an end it still lasts."""

    row: int
    since: date
    until: date | None
    label: str


@dataclass(frozen=True)
class Bar:
    x: int
    y: int
    width: int
    label: str
    lasts: bool


@dataclass(frozen=True)
class Mark:
    """`number` is that of the event in its list, counted from 1."""

    x: int
    y: int
    number: int


@dataclass(frozen=True)
class Tick:
    x: int
    label: str


@dataclass(frozen=True)
class Timeline:
    width: int
    height: int
    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]
    ticks: tuple[Tick, ...]


def timeline(spans: Sequence[Span], days: Sequence[date], *, until: date) -> Timeline:
    """Bars in their rows, below them a mark for each day of `days`, from the first day up to `until`."""
    first = min([*(span.since for span in spans), *days, until])
    scale = _Scale(first, max([until, *days]))
    rows = max((span.row for span in spans), default=-1) + 1
    top = HEAD + rows * ROW
    marks = _marks(scale, days, top)
    deep = max((mark.y for mark in marks), default=top) + ROW // 2
    bars = tuple(_bar(span, scale, until) for span in spans)
    return Timeline(WIDTH, deep + FOOT, bars, tuple(marks), tuple(_ticks(scale)))


@dataclass(frozen=True)
class _Scale:
    first: date
    last: date

    def x(self, day: date) -> int:
        whole = max(1, (self.last - self.first).days)
        return LABELS + round((WIDTH - LABELS - NEAREST) * (day - self.first).days / whole)


def _bar(span: Span, scale: _Scale, until: date) -> Bar:
    ends = span.until or until
    x = scale.x(span.since)
    return Bar(x, HEAD + span.row * ROW, max(2, scale.x(max(ends, span.since)) - x), span.label, span.until is None)


def _marks(scale: _Scale, days: Sequence[date], top: int) -> list[Mark]:
    """From left to right; where they would lie on one another, lower and lower, and then from above again."""
    found: dict[int, Mark] = {}
    last_at = [-NEAREST] * DEEPEST
    for number in sorted(range(len(days)), key=lambda number: (days[number], number)):
        x = scale.x(days[number])
        depth = next((level for level in range(DEEPEST) if x - last_at[level] >= NEAREST), number % DEEPEST)
        last_at[depth] = x
        found[number] = Mark(x, top + ROW // 2 + depth * NEAREST, number + 1)
    return [found[number] for number in sorted(found)]


def _ticks(scale: _Scale) -> list[Tick]:
    """The beginning of each year, or where that is less than two of them, of each month."""
    years = [date(year, 1, 1) for year in range(scale.first.year + 1, scale.last.year + 1)]
    if len(years) > 1:
        step = -(-len(years) // 12)
        return [Tick(scale.x(day), str(day.year)) for day in years[::step]]
    months = [
        date(year, month, 1)
        for year in range(scale.first.year, scale.last.year + 1)
        for month in range(1, 13)
        if scale.first < date(year, month, 1) <= scale.last
    ]
    step = max(1, -(-len(months) // 8))
    return [Tick(scale.x(day), f"{day:%m.%Y}") for day in months[::step]]
