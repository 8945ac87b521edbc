"""A layered drawing: who relies on the left, what they rely on to the right, few crossings, no line through a box.

Layers are put in order by barycentres (Sugiyama, Tagawa, Toda 1981). A layer that is longer than the sheet is high
becomes several columns. All boxes stand on common rows, so that every gap between two rows is free across the sheet.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from assets.rules.boxes import HEIGHT, WIDTH, Box, Wire
from assets.rules.wiring import COLUMN_GAP, Cell, Wiring

SWEEPS = 8
RATIO = 1.414
PITCH, USUAL_GUTTER = HEIGHT + 46, 110
TITLE = 30
EDGE = 12

Link = tuple[int, int]


@dataclass(frozen=True)
class Band:
    """Where a layer stands, for its title."""

    number: int
    x: int
    width: int


@dataclass(frozen=True)
class Layered:
    width: int
    height: int
    bands: tuple[Band, ...]
    boxes: tuple[Box, ...]
    wires: tuple[Wire, ...]


def layered(layers: Sequence[Sequence[int]], links: Sequence[Link]) -> Layered:
    """Draw each layer in columns of its own, from left to right, and each link from its source to its target."""
    filled = [(number, list(layer)) for number, layer in enumerate(layers) if layer]
    known = {key for _, layer in filled for key in layer}
    wanted = [(a, b) for a, b in dict.fromkeys(links) if a != b and a in known and b in known]
    ordered = in_order([layer for _, layer in filled], wanted)
    rows = _rows([len(layer) for layer in ordered])
    cells = _cells(ordered, wanted, rows)
    wiring = Wiring(cells, wanted)
    xs, right = _columns(wiring)
    ys, bottom = _lines(wiring, rows)
    boxes = {key: Box(key, xs[cell.layer, cell.column], ys[cell.row]) for key, cell in cells.items()}
    bands = tuple(
        Band(number, xs[at, 0], max(x for (layer, _), x in xs.items() if layer == at) + WIDTH - xs[at, 0])
        for at, (number, _) in enumerate(filled)
    )
    return Layered(right, bottom, bands, tuple(boxes.values()), tuple(wiring.wires(boxes, ys)))


def in_order(layers: Sequence[Sequence[int]], links: Sequence[Link]) -> list[list[int]]:
    """The same layers, each in an order in which few links cross: the best that some sweeps to and fro find."""
    beside: dict[int, list[int]] = defaultdict(list)
    for a, b in links:
        beside[a].append(b)
        beside[b].append(a)
    here = [list(layer) for layer in layers]
    best, fewest = here, crossings(here, links)
    for sweep in range(SWEEPS):
        forward = sweep % 2 == 0
        for number in range(len(here)) if forward else reversed(range(len(here))):
            fixed = here[:number] if forward else here[number + 1 :]
            here = [*here[:number], _by_middle(here[number], fixed, beside), *here[number + 1 :]]
        if (count := crossings(here, links)) < fewest:
            best, fewest = here, count
    return best


def crossings(layers: Sequence[Sequence[int]], links: Sequence[Link]) -> int:
    """How many pairs of links between the same two layers cross."""
    place = {key: (number, at) for number, layer in enumerate(layers) for at, key in enumerate(layer)}
    between: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for a, b in links:
        (upper, at_a), (lower, at_b) = sorted((place[a], place[b]))
        if upper != lower:
            between[upper, lower].append((at_a, at_b))
    return sum(_inversions([b for _, b in sorted(pairs)]) for pairs in between.values())


def _inversions(numbers: Sequence[int]) -> int:
    seen: list[int] = []
    count = 0
    for number in numbers:
        count += len(seen) - bisect_right(seen, number)
        insort(seen, number)
    return count


def _by_middle(layer: Sequence[int], fixed: Sequence[Sequence[int]], beside: Mapping[int, Sequence[int]]) -> list[int]:
    """Each where its neighbours are on the whole; without any it keeps its place."""
    at = {key: (place + 0.5) / len(other) for other in fixed for place, key in enumerate(other)}
    middles: dict[int, float] = {}
    for place, key in enumerate(layer):
        found = [at[one] for one in beside[key] if one in at]
        middles[key] = fmean(found) if found else (place + 0.5) / len(layer)
    return sorted(layer, key=lambda key: middles[key])  # stable, so that equals keep their order


def _rows(sizes: Sequence[int]) -> int:
    """How many rows bring the sheet nearest to the shape of paper."""

    def off(rows: int) -> float:
        columns = sum(-(-size // rows) for size in sizes)
        width = columns * (WIDTH + COLUMN_GAP) + len(sizes) * USUAL_GUTTER
        return abs(width / (rows * PITCH) - RATIO)

    return min(range(1, max(sizes, default=1) + 1), key=off)


def _cells(layers: Sequence[Sequence[int]], links: Sequence[Link], rows: int) -> dict[int, Cell]:
    """A row and a column for each: in the order of its layer, as near as can be to what it is linked to."""
    beside: dict[int, list[int]] = defaultdict(list)
    for a, b in links:
        beside[a].append(b)
        beside[b].append(a)
    cells: dict[int, Cell] = {}
    fullest = max(range(len(layers)), key=lambda number: (len(layers[number]), -number), default=0)
    for number in sorted(range(len(layers)), key=lambda number: abs(number - fullest)):
        wide = -(-len(layers[number]) // rows)
        chunks = [layers[number][at : at + wide] for at in range(0, len(layers[number]), wide)]
        wished = [_wished(chunk, cells, beside, (place, len(chunks), rows)) for place, chunk in enumerate(chunks)]
        for row, chunk in zip(_apart(wished, rows), chunks, strict=True):
            cells |= {key: Cell(number, row, column) for column, key in enumerate(chunk)}
    return cells


def _wished(
    chunk: Sequence[int],
    cells: Mapping[int, Cell],
    beside: Mapping[int, Sequence[int]],
    place: tuple[int, int, int],
) -> float:
    found = [cells[one].row for key in chunk for one in beside[key] if one in cells]
    at, count, rows = place
    return fmean(found) if found else (at + 0.5) * rows / count - 0.5


def _apart(wished: Sequence[float], rows: int) -> list[int]:
    """One row for each, in the same order, none twice, none beyond the last."""
    found: list[int] = []
    for place, wish in enumerate(wished):
        lowest = found[-1] + 1 if found else 0
        highest = rows - (len(wished) - place)
        found.append(min(max(lowest, round(wish)), highest))
    return found


def _columns(wiring: Wiring) -> tuple[dict[tuple[int, int], int], int]:
    """Where each column begins, with room for the lines between the layers; and where the sheet ends."""
    xs: dict[tuple[int, int], int] = {}
    x = EDGE
    for layer, wide in enumerate(wiring.wide):
        for column in range(wide):
            xs[layer, column] = x
            x += WIDTH + COLUMN_GAP
        x += wiring.gutter(layer)
    return xs, x


def _lines(wiring: Wiring, rows: int) -> tuple[list[int], int]:
    """Where each row begins, with room for the lines in the gaps between them; and where the sheet ends."""
    ys: list[int] = []
    y = TITLE
    for row in range(rows):
        y += wiring.gap(row)
        ys.append(y)
        y += HEIGHT
    return ys, y + wiring.gap(rows) + EDGE
