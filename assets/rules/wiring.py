"""Ways for the links of a layered drawing: through the gaps between rows and the gutters between layers.

A link leaves its source on the right and reaches its target on the left; one that leads back, or stays within a
layer, comes in on the right. Links that share an end share a line as far as they go together; others never do.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from assets.rules.boxes import HEIGHT, Box, Interval, Point, Wire, side_by_side

GAP, SLOT = 14, 5
COLUMN_GAP = 26
GUTTER, TRACK = 28, 6
DOWN, UP, BACK_DOWN, BACK_UP = 4, 7, 11, 14
"""How far from the edge of a box a link turns towards the gap below or above, or comes back from above or below."""
OUT, IN, RETURN = HEIGHT // 2 - 6, HEIGHT // 2 + 6, HEIGHT // 2 + 16
"""How far below the upper edge of a box links leave on the right, come in on the left, and come back on the right."""
User = tuple[str, int]
Link = tuple[int, int]


@dataclass(frozen=True)
class Cell:
    layer: int
    row: int
    column: int


@dataclass(frozen=True)
class Lane:
    """A line in a gap; gap 3 is the one above row 3."""

    gap: int
    user: User


@dataclass(frozen=True)
class Turn:
    """A line from one height to another: in the gutter after a layer, or, with an offset, beside a box."""

    gutter: int
    user: User
    beside: int | None = None
    offset: int = 0


Height = Lane | int
"""A lane, or the height of an end as far below the upper edge of its box as OUT, IN and RETURN say."""


@dataclass(frozen=True)
class Way:
    """From the source: turn, the height after it, turn, … up to the height at which the target is reached."""

    link: Link
    turns: tuple[tuple[Turn, Height], ...]
    returns: bool


@dataclass
class _Use:
    """Who needs which stretch of which gap or gutter."""

    gaps: dict[int, dict[User, list[Interval]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))
    gutters: dict[int, dict[User, list[Interval]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )


class Wiring:
    """The ways of all links over a grid of boxes."""

    def __init__(self, cells: Mapping[int, Cell], links: Sequence[Link]) -> None:
        self.cells = cells
        layers = max((cell.layer for cell in cells.values()), default=-1) + 1
        self.wide = [1 + max(cell.column for cell in cells.values() if cell.layer == n) for n in range(layers)]
        self.last = {(cell.layer, cell.row): 0 for cell in cells.values()}
        for cell in cells.values():
            self.last[cell.layer, cell.row] = max(self.last[cell.layer, cell.row], cell.column)
        self.out_of, self.into = Counter(a for a, _ in links), Counter(b for _, b in links)
        self.ways = [self._way(link) for link in links]

    def gap(self, number: int) -> int:
        return GAP + SLOT * (max(self._slots.get(number, {}).values(), default=-1) + 1)

    def gutter(self, layer: int) -> int:
        return GUTTER + TRACK * (max(self._tracks.get(layer, {}).values(), default=-1) + 1)

    def wires(self, boxes: Mapping[int, Box], ys: Sequence[int]) -> Iterator[Wire]:
        """The links as lines, once every box has its place."""
        ends = [0] * len(self.wide)
        for key, cell in self.cells.items():
            if cell.column == self.wide[cell.layer] - 1:
                ends[cell.layer] = boxes[key].right
        for way in self.ways:
            yield Wire(*way.link, tuple(self._points(way, boxes, (ys, ends))))

    @cached_property
    def _slots(self) -> dict[int, dict[User, int]]:
        return {number: side_by_side(users) for number, users in self._use.gaps.items()}

    @cached_property
    def _tracks(self) -> dict[int, dict[User, int]]:
        return {number: side_by_side(users) for number, users in self._use.gutters.items()}

    def _way(self, link: Link) -> Way:
        source, target = (self.cells[key] for key in link)
        returns = target.layer <= source.layer
        turns = [*self._leaving(link), *self._coming_back(link)] if returns else self._onward(link)
        return Way(link, tuple(turns), returns)

    def _is_last(self, cell: Cell) -> bool:
        """Whether nothing stands between a box and the gutter after its layer."""
        return cell.column == self.last[cell.layer, cell.row]

    def _leaving(self, link: Link) -> list[tuple[Turn, Height]]:
        """From a box that has others to its right: into a gap."""
        source, target = (self.cells[key] for key in link)
        if self._is_last(source):
            return []
        up = target.row < source.row
        lane = Lane(source.row if up else source.row + 1, ("from", link[0]))
        return [(Turn(source.layer, lane.user, link[0], UP if up else DOWN), lane)]

    def _onward(self, link: Link) -> list[tuple[Turn, Height]]:
        source, target = (self.cells[key] for key in link)
        turns = self._leaving(link)
        before = target.layer - 1
        down = source.row < target.row
        into = Lane(target.row if down else target.row + 1, ("to", link[1]))
        if target.column == 0 and (turns or before == source.layer):
            return [*turns, (Turn(before, self._shared(link)), IN)]
        if target.column == 0:
            lane = Lane(into.gap, self._shared(link))
            return [(Turn(source.layer, self._shared(link)), lane), (Turn(before, self._shared(link)), IN)]
        gutter = before if turns else source.layer
        inside = Turn(target.layer, into.user, link[1], -DOWN if down else -UP)
        return [*turns, (Turn(gutter, self._shared(link)), into), (inside, IN)]

    def _coming_back(self, link: Link) -> list[tuple[Turn, Height]]:
        source, target = (self.cells[key] for key in link)
        if target.layer == source.layer and self._is_last(target):
            return [(Turn(source.layer, self._shared(link)), RETURN)]
        down = source.row < target.row
        lane = Lane(target.row if down else target.row + 1, ("to", link[1]))
        return [
            (Turn(source.layer, self._shared(link)), lane),
            (Turn(target.layer, lane.user, link[1], BACK_DOWN if down else BACK_UP), RETURN),
        ]

    def _shared(self, link: Link) -> User:
        """With whom a link goes together: all from its source or all to its target, whichever are more."""
        return ("from", link[0]) if self.out_of[link[0]] >= self.into[link[1]] else ("to", link[1])

    @cached_property
    def _use(self) -> _Use:
        use = _Use()
        for way in self.ways:
            across = self._across(self.cells[way.link[0]])
            height: Height = OUT
            for turn, after in way.turns:
                there = self._at(turn)
                if isinstance(height, Lane):
                    use.gaps[height.gap][height.user].append((across, there))
                if turn.beside is None:
                    levels = (self._level(height, way.link[0]), self._level(after, way.link[1]))
                    use.gutters[turn.gutter][turn.user].append(levels)
                across, height = there, after
        return use

    def _across(self, cell: Cell) -> int:
        """Where a column stands among all columns and gutters from the left."""
        return sum(self.wide[: cell.layer]) + cell.layer + cell.column

    def _at(self, turn: Turn) -> int:
        if turn.beside is not None:
            return self._across(self.cells[turn.beside])
        return sum(self.wide[: turn.gutter + 1]) + turn.gutter

    def _level(self, height: Height, key: int) -> int:
        """In which order gaps and ends come from the top."""
        return height.gap * 100 if isinstance(height, Lane) else self.cells[key].row * 100 + height

    def _points(
        self, way: Way, boxes: Mapping[int, Box], sheet: tuple[Sequence[int], Sequence[int]]
    ) -> Iterator[Point]:
        source, target = (boxes[key] for key in way.link)
        y = source.y + OUT
        yield source.right, y
        for turn, after in way.turns:
            x = self._x(turn, boxes, sheet[1])
            yield x, y
            y = self._y(after, target, sheet[0])
            yield x, y
        yield target.right if way.returns else target.x, y

    def _x(self, turn: Turn, boxes: Mapping[int, Box], ends: Sequence[int]) -> int:
        if turn.beside is None:
            return ends[turn.gutter] + COLUMN_GAP + GUTTER // 2 + TRACK * self._tracks[turn.gutter][turn.user]
        box = boxes[turn.beside]
        return box.right + turn.offset if turn.offset > 0 else box.x + turn.offset

    def _y(self, height: Height, target: Box, ys: Sequence[int]) -> int:
        if isinstance(height, Lane):
            below = ys[height.gap] if height.gap < len(ys) else ys[-1] + HEIGHT + self.gap(height.gap)
            return below - self.gap(height.gap) + GAP // 2 + SLOT * self._slots[height.gap][height.user]
        return target.y + height
