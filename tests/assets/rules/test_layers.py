"""A layered drawing: few crossings, nothing overlaps, every link leads from its source to its target past all boxes."""

from itertools import combinations, pairwise, permutations

from hypothesis import given
from hypothesis import strategies as st

from assets.rules.boxes import HEIGHT, WIDTH
from assets.rules.layers import Layered, crossings, in_order, layered
from tests.assets.rules.test_network_plan import runs_through

Given = tuple[list[list[int]], list[tuple[int, int]]]


@st.composite
def layers(draw: st.DrawFn) -> Given:
    sizes = draw(st.lists(st.integers(0, 12), min_size=1, max_size=6))
    key = iter(range(1, 1000))
    made = [[next(key) for _ in range(size)] for size in sizes]
    known = st.sampled_from([one for layer in made for one in layer] or [0])
    return made, draw(st.lists(st.tuples(known, known), max_size=30))


@given(layers())
def test_no_box_overlaps_another_or_leaves_the_sheet(given: Given):
    drawn = layered(*given)

    assert sorted(box.key for box in drawn.boxes) == sorted(key for layer in given[0] for key in layer)
    for one, other in combinations(drawn.boxes, 2):
        assert abs(one.x - other.x) >= WIDTH or abs(one.y - other.y) >= HEIGHT
    for box in drawn.boxes:
        assert 0 <= box.x <= drawn.width - WIDTH
        assert 0 <= box.y <= drawn.height - HEIGHT
    assert all(0 <= x <= drawn.width and 0 <= y <= drawn.height for wire in drawn.wires for x, y in wire.points)


@given(layers())
def test_layers_stand_from_left_to_right(given: Given):
    drawn = layered(*given)

    places = {box.key: box.x for box in drawn.boxes}
    for left, right in pairwise([layer for layer in given[0] if layer]):
        assert max(places[key] for key in left) < min(places[key] for key in right)


@given(layers())
def test_every_link_is_drawn_from_its_source_to_its_target(given: Given):
    drawn = layered(*given)

    boxes = {box.key: box for box in drawn.boxes}
    assert {(wire.source, wire.target) for wire in drawn.wires} == {(a, b) for a, b in given[1] if a != b}
    for wire in drawn.wires:
        source, target = boxes[wire.source], boxes[wire.target]
        assert wire.points[0][0] == source.right
        assert source.y < wire.points[0][1] < source.bottom
        assert wire.points[-1][0] in (target.x, target.right)
        assert target.y < wire.points[-1][1] < target.bottom


@given(layers())
def test_no_link_runs_through_a_box(given: Given):
    drawn = layered(*given)

    for wire in drawn.wires:
        for start, end in pairwise(wire.points):
            assert start[0] == end[0] or start[1] == end[1]
            assert not any(runs_through(start, end, box) for box in drawn.boxes)


@given(layers())
def test_links_share_a_line_only_where_they_share_an_end(given: Given):
    for one, other in combinations(layered(*given).wires, 2):
        if not {one.source, one.target} & {other.source, other.target}:
            assert not any(along(a, b) for a in pairwise(one.points) for b in pairwise(other.points))


def along(one: tuple[tuple[int, int], tuple[int, int]], other: tuple[tuple[int, int], tuple[int, int]]) -> bool:
    """Whether two stretches lie on one another for more than a point."""
    if one[0] == one[1] or other[0] == other[1]:
        return False
    for axis in (0, 1):
        if one[0][axis] == one[1][axis] == other[0][axis] == other[1][axis]:
            a, b = sorted(end[1 - axis] for end in one)
            c, d = sorted(end[1 - axis] for end in other)
            return min(b, d) > max(a, c)
    return False


@given(layers())
def test_the_same_structure_is_the_same_picture(given: Given):
    assert layered(*given) == layered(*given)


@given(layers())
def test_no_order_is_worse_than_the_one_it_began_with(given: Given):
    filled = [layer for layer in given[0] if layer]
    links = [(a, b) for a, b in given[1] if a != b]

    ordered = in_order(filled, links)

    assert [sorted(layer) for layer in ordered] == [sorted(layer) for layer in filled]
    assert crossings(ordered, links) <= crossings(filled, links)


def test_two_chains_do_not_cross():
    links = [(1, 4), (2, 3)]

    assert crossings([[1, 2], [3, 4]], links) == 1
    assert crossings(in_order([[1, 2], [3, 4]], links), links) == 0


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(4, 7)), unique=True, max_size=12))
def test_crossings_are_counted_as_one_would_by_hand(links: list[tuple[int, int]]):
    by_hand = sum(1 for (a, b), (c, d) in permutations(links, 2) if a < c and b > d)

    assert crossings([[0, 1, 2, 3], [4, 5, 6, 7]], links) == by_hand


def test_an_empty_drawing_has_nothing_in_it():
    drawn: Layered = layered([], [])

    assert not drawn.boxes
    assert not drawn.wires
