"""What plans are drawn of: boxes, wires between them, and names that fit into a box. Lengths are in SVG's pixels."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

User = TypeVar("User", bound=Hashable)

WIDTH, HEIGHT = 156, 58
ROUND = 4
PADDING = 8
Point = tuple[int, int]
Interval = tuple[int, int]

# How wide letters are, as a part of the font's size: measured generously, so that text in any usual font fits.
NARROW, WIDE = frozenset("fijlrtI.,:;'|!()[]- "), frozenset("mwMW@%")
USUAL_WIDTH, NARROW_WIDTH, WIDE_WIDTH, CAPITAL_WIDTH = 0.56, 0.34, 0.9, 0.7
MORE = "…"


@dataclass(frozen=True)
class Box:
    """Where an object stands: its upper left corner. All boxes are WIDTH wide and HEIGHT high."""

    key: int
    x: int
    y: int

    @property
    def right(self) -> int:
        return self.x + WIDTH

    @property
    def bottom(self) -> int:
        return self.y + HEIGHT


@dataclass(frozen=True)
class Wire:
    """A line from the edge of one thing to the edge of another, corner by corner, never slanted."""

    source: int
    target: int
    points: tuple[Point, ...]

    @property
    def path(self) -> str:
        """As the `d` of an SVG path, with round corners: where lines only cross, they are sharp."""
        corners = [self.points[0], *(b for a, b in pairwise(self.points) if a != b)]
        steps = ["M{} {}".format(*corners[0])]
        for before, here, after in zip(corners, corners[1:], corners[2:], strict=False):
            steps.append("L{} {}Q{} {} {} {}".format(*_towards(here, before), *here, *_towards(here, after)))
        return "".join([*steps, "L{} {}".format(*corners[-1])])

    @property
    def arrives(self) -> str:
        """From which side it comes in at its end: right, left, down or up."""
        before = next((point for point in reversed(self.points) if point != self.points[-1]), self.points[0])
        (x1, y1), (x2, y2) = before, self.points[-1]
        if y1 == y2:
            return "right" if x2 >= x1 else "left"
        return "down" if y2 > y1 else "up"


def _towards(corner: Point, end: Point) -> Point:
    """Where a round corner begins or ends: as far as half the way allows."""
    (x, y), (there_x, there_y) = corner, end
    return x + _within(there_x - x), y + _within(there_y - y)


def _within(way: int) -> int:
    return max(-ROUND, min(ROUND, int(way / 2)))


def fitted(text: str, size: float, lines: int, width: int = WIDTH - 2 * PADDING) -> tuple[str, ...]:
    """The words in so many lines at most, the last one cut where something is missing."""
    done: list[str] = []
    here = ""
    for word in text.split():
        for part in _parts(word, size, width):
            joined = f"{here} {part}" if here and part == word else here + part
            if _length(joined, size) <= width:
                here = joined
            else:
                done.append(here)
                here = part
    done.append(here)
    done = [line for line in done if line]
    if len(done) <= lines:
        return tuple(done)
    return (*done[: lines - 1], _cut(f"{done[lines - 1]} {done[lines]}", size, width))


def side_by_side(users: Mapping[User, Sequence[Interval]]) -> dict[User, int]:
    """A track for each user, so that none on the same track touch. Each is given by the stretches that it covers."""
    spans = {user: (min(map(min, stretches)), max(map(max, stretches))) for user, stretches in users.items()}
    ends: list[int] = []
    tracks: dict[User, int] = {}
    for user, (begins, stops) in sorted(spans.items(), key=lambda one: (one[1], str(one[0]))):
        track = next((number for number, end in enumerate(ends) if end < begins), len(ends))
        ends[track:] = [stops, *ends[track + 1 :]]
        tracks[user] = track
    return tracks


def _parts(word: str, size: float, width: int) -> list[str]:
    """A word that no line holds, in pieces that one does."""
    pieces = [""]
    for letter in word:
        if pieces[-1] and _length(pieces[-1] + letter, size) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def _cut(text: str, size: float, width: int) -> str:
    while text and _length(text + MORE, size) > width:
        text = text[:-1]
    return text.rstrip() + MORE


def _length(text: str, size: float) -> float:
    return size * sum(_share(letter) for letter in text)


def _share(letter: str) -> float:
    if letter in NARROW:
        return NARROW_WIDTH
    if letter in WIDE:
        return WIDE_WIDTH
    return CAPITAL_WIDTH if letter.isupper() else USUAL_WIDTH
