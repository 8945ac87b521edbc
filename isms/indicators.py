"""Figures before a reader: the people behind them show to those who may know them, to others only as a number."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from isms.area import Indicator, Measurement
from isms.people import Actor
from isms.permissions import May
from isms.rules.privacy import may_show

REMEMBERED_SECONDS = 3600.0
MOST_REMEMBERED = 4000


@dataclass(frozen=True)
class Point:
    """A past day's figure without the rows behind it; `people` is how many of those were about people."""

    numerator: int
    denominator: int
    people: int


@dataclass(frozen=True)
class Trends:
    """Figures of past days, each for an hour. What is recorded later does not change them, but to count a Land's
    devices for six days behind today takes ten times as long as to draw them."""

    points: dict[tuple[object, ...], tuple[float, Point]] = field(default_factory=dict)

    async def percent(
        self, indicator: Indicator, parameters: Mapping[str, str], scope: str, *, on: date, by: Actor
    ) -> int | None:
        """Whole percent of a past day as this reader may know it."""
        key = (indicator.key, *sorted(parameters.items()), scope, on)
        kept, point = self.points.get(key, (0.0, None))
        if point is None or time.monotonic() - kept > REMEMBERED_SECONDS:
            measured = await indicator.measure(scope, on=on, **parameters)
            point = Point(measured.numerator, measured.denominator, _people(measured))
            self._keep(key, point)
        if point.people and not may_show(point.people) and not _knows(by, indicator, scope):
            return None
        return Measurement(point.numerator, point.denominator, on).percent

    def _keep(self, key: tuple[object, ...], point: Point) -> None:
        while len(self.points) >= MOST_REMEMBERED:
            del self.points[next(iter(self.points))]
        self.points[key] = (time.monotonic(), point)


def as_seen(measured: Measurement, indicator: Indicator, *, by: Actor, scope: str) -> Measurement:
    """Without the right to know them the rows about people go, and with a handful of people the figure, too."""
    people = _people(measured)
    if not people or _knows(by, indicator, scope):
        return measured
    rest = tuple(fact for fact in measured.facts if not fact.person)
    if may_show(people):
        return replace(measured, facts=rest, withheld=people)
    return replace(measured, numerator=0, denominator=0, facts=rest, withheld=people)


def _people(measured: Measurement) -> int:
    return sum(fact.person for fact in measured.facts)


def _knows(by: Actor, indicator: Indicator, scope: str) -> bool:
    return by.may(indicator.names or May.SEE_PEOPLE, scope)
