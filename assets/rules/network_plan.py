"""The bereinigter Netzplan as a drawing: each network a rail, below it the rooms with the systems that hang on it.

What hangs on a network at first hand needs no line of its own: its room does. All other connections run through the
gaps between the rows of boxes and, from row to row, through the margin on the right.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from assets.rules.boxes import HEIGHT, WIDTH, Box, Interval, Point, Wire, side_by_side

GAP_X, GAP_Y, SLOT = 12, 14, 5
FRAME, FRAME_TOP, BETWEEN = 10, 22, 14
RAIL, RAIL_LINE, DROP, SEGMENT_GAP = 34, 30, 14, 30
LEFT, RIGHT_EDGE, TRACK = 24, 16, 6
RATIO = 1.414
FEWEST, MOST = 4, 24


@dataclass(frozen=True)
class Cluster:
    """Systems that stand in one place and hang on one network. `key` is the place's, None where none is known."""

    key: int | None
    systems: tuple[int, ...]


@dataclass(frozen=True)
class Segment:
    """A network with what hangs on it; without a key a group of boxes under a title, with no rail."""

    key: int | None
    title: str
    clusters: tuple[Cluster, ...] = ()


@dataclass(frozen=True)
class Rail:
    """A network as a line. It has one stretch for each row of rooms, joined on the left by a trunk."""

    key: int | None
    title: str
    x: int
    right: int
    stretches: tuple[int, ...]

    @property
    def y(self) -> int:
        return self.stretches[0]


@dataclass(frozen=True)
class Frame:
    """A place around its systems; `drop` is the point of the rail that it hangs on, None where there is no rail."""

    key: int | None
    x: int
    y: int
    width: int
    height: int
    drop: int | None


@dataclass(frozen=True)
class NetworkPlan:
    width: int
    height: int
    rails: tuple[Rail, ...]
    frames: tuple[Frame, ...]
    boxes: tuple[Box, ...]
    wires: tuple[Wire, ...]


@dataclass(frozen=True)
class _Shape:
    """A cluster in the grid: its first column, its columns, on which shelf it stands."""

    cluster: Cluster
    column: int
    columns: int

    @property
    def rows(self) -> int:
        return -(-max(1, len(self.cluster.systems)) // self.columns)


Shelf = tuple[int, tuple[_Shape, ...]]
"""The number of its segment, and the clusters side by side."""
Gap = tuple[int, int]
"""Below which row of boxes of which shelf."""


@dataclass
class _Routes:
    """Which gaps and which stretch of the margin each connection takes, before anything has a place."""

    gaps: dict[Gap, dict[Hashable, list[Interval]]] = field(default_factory=dict)
    margin: dict[Hashable, list[Interval]] = field(default_factory=dict)


def network_plan(segments: Sequence[Segment], links: Sequence[tuple[int, int]]) -> NetworkPlan:
    """Draw the segments from top to bottom, and the links between any two systems or networks that they hold."""
    columns = min(range(FEWEST, MOST + 1), key=lambda count: (_off(segments, count), count))
    return _Drawing(segments, links, columns).plan()


def _off(segments: Sequence[Segment], columns: int) -> float:
    """How far a plan of so many columns is from the shape of a sheet of paper."""
    shelves = list(_shelves(segments, columns))
    height = sum(FRAME_TOP + RAIL + DROP + FRAME + _rows(shapes) * (HEIGHT + GAP_Y) for _, shapes in shelves)
    width = max((_across(shapes) for _, shapes in shelves), default=columns) * (WIDTH + GAP_X)
    return abs(width / max(1, height) - RATIO)


def _across(shapes: Sequence[_Shape]) -> int:
    return max(shape.column + shape.columns for shape in shapes) if shapes else 1


def _rows(shapes: Sequence[_Shape]) -> int:
    return max((shape.rows for shape in shapes), default=0)


def _shelves(segments: Sequence[Segment], columns: int) -> Iterator[Shelf]:
    """The clusters of each segment in their order, side by side as far as there is room."""
    for number, segment in enumerate(segments):
        shelf: list[_Shape] = []
        used = 0
        for cluster in segment.clusters:
            wide = _columns(cluster, columns)
            if shelf and used + wide > columns:
                yield number, tuple(shelf)
                shelf, used = [], 0
            shelf.append(_Shape(cluster, used, wide))
            used += wide
        yield number, tuple(shelf)


def _columns(cluster: Cluster, most: int) -> int:
    """Wider than high, because a shelf is as high as its highest cluster."""
    count = len(cluster.systems)
    return max(1, min(most, count, max(2, round(math.sqrt(count * 2)))))


class _Drawing:
    """Places and routes of one plan."""

    def __init__(self, segments: Sequence[Segment], links: Sequence[tuple[int, int]], columns: int) -> None:
        self.segments = segments
        self.shelves = list(_shelves(segments, columns))
        self.cells = {
            key: (number, place // shape.columns, shape.column + place % shape.columns)
            for number, (_, shapes) in enumerate(self.shelves)
            for shape in shapes
            for place, key in enumerate(shape.cluster.systems)
        }
        self.nets = {segment.key: number for number, segment in enumerate(segments) if segment.key is not None}
        known = self.cells.keys() | self.nets.keys()
        self.links = [(a, b) for a, b in dict.fromkeys(links) if a != b and a in known and b in known]
        self.first = {number: at for at, (number, _) in reversed(list(enumerate(self.shelves)))}
        self.routes = self._routed()
        self.slots = {gap: side_by_side(users) for gap, users in self.routes.gaps.items()}
        self.tracks = side_by_side(self.routes.margin)
        self.tops = self._tops()

    def plan(self) -> NetworkPlan:
        boxes = {key: Box(key, self._x(column), self._y(shelf, row)) for key, (shelf, row, column) in self._placed()}
        tracks = max(self.tracks.values(), default=-1) + 1
        return NetworkPlan(
            width=self.right + BETWEEN + tracks * TRACK + RIGHT_EDGE,
            height=self.tops[-1],
            rails=tuple(self._rails()),
            frames=tuple(self._frames()),
            boxes=tuple(boxes.values()),
            wires=tuple(Wire(a, b, self._points(a, b, boxes)) for a, b in self.links),
        )

    @property
    def right(self) -> int:
        """Where rails and frames end and the margin begins."""
        across = max((_across(shapes) for _, shapes in self.shelves), default=1)
        return self._x(across) - GAP_X + FRAME

    def _placed(self) -> list[tuple[int, tuple[int, int, int]]]:
        return list(self.cells.items())

    def _x(self, column: int) -> int:
        return LEFT + FRAME + column * (WIDTH + 2 * GAP_X)

    def _y(self, shelf: int, row: int) -> int:
        above = sum(HEIGHT + self._gap((shelf, number)) for number in range(row))
        return self.tops[shelf] + self._head(shelf) + FRAME_TOP + above

    def _head(self, shelf: int) -> int:
        """What stands above the frames of a shelf: the title of the segment, or the rail once more."""
        number, shapes = self.shelves[shelf]
        begins = self.first[number] == shelf
        return (RAIL + SEGMENT_GAP if begins else RAIL_LINE) + (DROP if shapes else 0)

    def _gap(self, gap: Gap) -> int:
        return GAP_Y + SLOT * len(set(self.slots.get(gap, {}).values()))

    def _tops(self) -> list[int]:
        tops = [0]
        for shelf, (_, shapes) in enumerate(self.shelves):
            body = sum(HEIGHT + self._gap((shelf, row)) for row in range(_rows(shapes)))
            tops.append(tops[-1] + self._head(shelf) + (FRAME_TOP + body + FRAME if shapes else FRAME))
        return tops

    def _routed(self) -> _Routes:
        routes = _Routes()
        margin = 10_000
        for link in self.links:
            ends = [self._end(key) for key in link]
            if ends[0] == ends[1] and None not in ends:
                across = (self.cells[link[0]][2], self.cells[link[1]][2])
                routes.gaps.setdefault(self._gap_of(link[0]), {}).setdefault(link, []).append(across)
                continue
            for key, end in zip(link, ends, strict=True):
                if end is not None:
                    routes.gaps.setdefault(end, {}).setdefault(link, []).append((self.cells[key][2], margin))
            routes.margin[link] = [(self._height_of(link[0]), self._height_of(link[1]))]
        return routes

    def _end(self, key: int) -> Gap | None:
        return self._gap_of(key) if key in self.cells else None

    def _gap_of(self, key: int) -> Gap:
        shelf, row, _ = self.cells[key]
        return shelf, row

    def _height_of(self, key: int) -> int:
        """In which order rails and gaps come from the top."""
        if key in self.cells:
            shelf, row, _ = self.cells[key]
            return shelf * 1000 + row + 1
        return self.first[self.nets[key]] * 1000

    def _points(self, a: int, b: int, boxes: Mapping[int, Box]) -> tuple[Point, ...]:
        start, ending = self._leaving(a, (a, b), boxes), self._leaving(b, (a, b), boxes)
        if (a, b) not in self.tracks:
            return (*start, *reversed(ending))
        x = self.right + BETWEEN + self.tracks[a, b] * TRACK
        return (*start, (x, start[-1][1]), (x, ending[-1][1]), *reversed(ending))

    def _leaving(self, key: int, link: tuple[int, int], boxes: Mapping[int, Box]) -> tuple[Point, ...]:
        """From the end of a rail, or from the lower edge of a box into the gap below it."""
        if key not in self.cells:
            return ((self.right, self._rail_y(self.first[self.nets[key]])),)
        box, gap = boxes[key], self._gap_of(key)
        mine = sorted(one for one in self.slots[gap] if key in one)  # type: ignore[operator, type-var]
        x = box.x + WIDTH * (mine.index(link) + 1) // (len(mine) + 1)
        return (x, box.bottom), (x, box.bottom + GAP_Y // 2 + 1 + SLOT * self.slots[gap][link])

    def _rail_y(self, shelf: int) -> int:
        _, shapes = self.shelves[shelf]
        return self.tops[shelf] + self._head(shelf) - (DROP if shapes else 0)

    def _rails(self) -> Iterator[Rail]:
        for number, segment in enumerate(self.segments):
            shelves = [shelf for shelf, (of, _) in enumerate(self.shelves) if of == number]
            yield Rail(segment.key, segment.title, LEFT - 12, self.right, tuple(map(self._rail_y, shelves)))

    def _frames(self) -> Iterator[Frame]:
        for shelf, (number, shapes) in enumerate(self.shelves):
            for shape in shapes:
                y = self.tops[shelf] + self._head(shelf)
                body = sum(HEIGHT + self._gap((shelf, row)) for row in range(shape.rows))
                yield Frame(
                    key=shape.cluster.key,
                    x=self._x(shape.column) - FRAME,
                    y=y,
                    width=self._x(shape.column + shape.columns) - self._x(shape.column) - 2 * GAP_X + 2 * FRAME,
                    height=FRAME_TOP + body,
                    drop=None if self.segments[number].key is None else self._rail_y(shelf),
                )
