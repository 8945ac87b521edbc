"""The ways of an object's needs as a picture: from the objects that decide on top down to the object itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assets.rules.protection import Goal

BOX_WIDTH, BOX_HEIGHT = 288, 44
ARROW_FROM_LEFT = 20
GAP_X, GAP_Y = 24, 52


@dataclass(frozen=True)
class Box:
    """Where an object stands. `decides` are the goals that it settles for the object below."""

    key: int
    x: int
    y: int
    decides: tuple[Goal, ...]


@dataclass(frozen=True)
class Arrow:
    """A need handed down, from the lower edge of one box to the upper edge of another; its words stand beside it."""

    x1: int
    y1: int
    x2: int
    y2: int
    goals: tuple[Goal, ...]


@dataclass(frozen=True)
class Picture:
    width: int
    height: int
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]


def picture(ways: Mapping[Goal, Sequence[int]]) -> Picture:
    """Each way leads from the object that decides a goal to one and the same object."""
    rows = _rows(ways)
    widest = max(len(row) for row in rows)
    width = widest * BOX_WIDTH + (widest - 1) * GAP_X
    places = {
        key: ((width - len(row) * BOX_WIDTH - (len(row) - 1) * GAP_X) // 2 + at * (BOX_WIDTH + GAP_X), y)
        for y, row in zip(range(0, len(rows) * (BOX_HEIGHT + GAP_Y), BOX_HEIGHT + GAP_Y), rows, strict=True)
        for at, key in enumerate(row)
    }
    boxes = tuple(Box(key, x, y, _decides(key, ways)) for key, (x, y) in places.items())
    return Picture(width, len(rows) * (BOX_HEIGHT + GAP_Y) - GAP_Y, boxes, tuple(_arrows(ways, places)))


def _rows(ways: Mapping[Goal, Sequence[int]]) -> list[list[int]]:
    """The objects from top to bottom, each above all that it hands down to; in a circle as far as that goes."""
    above = {key: 0 for way in ways.values() for key in way}
    steps = {pair for way in ways.values() for pair in pairwise(way)}
    for _ in above:
        for source, target in steps:
            above[source] = min(max(above[source], above[target] + 1), len(above))
    return [[key for key in sorted(above) if above[key] == row] for row in sorted(set(above.values()), reverse=True)]


def _decides(key: int, ways: Mapping[Goal, Sequence[int]]) -> tuple[Goal, ...]:
    return tuple(goal for goal, way in ways.items() if way[0] == key)


def _arrows(ways: Mapping[Goal, Sequence[int]], places: Mapping[int, tuple[int, int]]) -> list[Arrow]:
    steps: dict[tuple[int, int], list[Goal]] = {}
    for goal, way in ways.items():
        for source, target in pairwise(way):
            steps.setdefault((source, target), []).append(goal)
    return [
        Arrow(
            places[a][0] + ARROW_FROM_LEFT,
            places[a][1] + BOX_HEIGHT,
            places[b][0] + ARROW_FROM_LEFT,
            places[b][1],
            tuple(goals),
        )
        for (a, b), goals in steps.items()
    ]
