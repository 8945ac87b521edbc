"""The Netzplan's drawing: nothing overlaps, nothing leaves the sheet, every connection ends where it says."""

from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from assets.rules.boxes import HEIGHT, WIDTH, Box, Point, fitted, side_by_side
from assets.rules.network_plan import Cluster, NetworkPlan, Segment, network_plan

OUTSIDE = 900


def a_network(key: int | None, *clusters: Cluster) -> Segment:
    return Segment(key, f"NW-{key}", clusters)


SMALL = [a_network(1, Cluster(50, (10, 11)), Cluster(51, (12,))), a_network(2, Cluster(50, (13,)))]


@st.composite
def plans(draw: st.DrawFn) -> tuple[list[Segment], list[tuple[int, int]]]:
    sizes = draw(st.lists(st.lists(st.integers(1, 14), max_size=5), min_size=1, max_size=5))
    key = iter(range(100, 10_000))
    segments = [
        Segment(number, str(number), tuple(Cluster(None, tuple(next(key) for _ in range(size))) for size in clusters))
        for number, clusters in enumerate(sizes)
    ]
    known = [one for segment in segments for cluster in segment.clusters for one in cluster.systems]
    ends = st.sampled_from([*known, *range(len(segments)), OUTSIDE])
    return segments, draw(st.lists(st.tuples(ends, ends), max_size=40))


def runs_through(start: Point, end: Point, box: Box) -> bool:
    """Whether a stretch crosses the inside of a box."""
    left, right = sorted((start[0], end[0]))
    upper, lower = sorted((start[1], end[1]))
    return left < box.right and right > box.x and upper < box.bottom and lower > box.y


@given(plans())
def test_no_box_overlaps_another_or_leaves_the_sheet(given: tuple[list[Segment], list[tuple[int, int]]]):
    drawn = network_plan(*given)

    for one, other in combinations(drawn.boxes, 2):
        assert abs(one.x - other.x) >= WIDTH or abs(one.y - other.y) >= HEIGHT
    for box in drawn.boxes:
        assert 0 <= box.x <= drawn.width - WIDTH
        assert 0 <= box.y <= drawn.height - HEIGHT
    assert all(0 <= x <= drawn.width and 0 <= y <= drawn.height for wire in drawn.wires for x, y in wire.points)
    assert all(frame.y + frame.height <= drawn.height for frame in drawn.frames)


@given(plans())
def test_every_system_is_drawn_once_in_a_frame_that_hangs_on_its_rail(
    given: tuple[list[Segment], list[tuple[int, int]]],
):
    segments, links = given
    drawn = network_plan(segments, links)

    asked = [key for segment in segments for cluster in segment.clusters for key in cluster.systems]
    assert sorted(box.key for box in drawn.boxes) == sorted(asked)
    for box in drawn.boxes:
        around = [frame for frame in drawn.frames if inside(box, frame.x, frame.y, frame.width, frame.height)]
        assert len(around) == 1
        assert any(around[0].drop in rail.stretches for rail in drawn.rails)
        assert around[0].drop is not None
        assert around[0].drop < around[0].y


def inside(box: Box, x: int, y: int, width: int, height: int) -> bool:
    return x <= box.x and box.right <= x + width and y <= box.y and box.bottom <= y + height


@given(plans())
def test_every_link_ends_at_its_two_ends_and_crosses_no_box(given: tuple[list[Segment], list[tuple[int, int]]]):
    segments, links = given
    drawn = network_plan(segments, links)

    assert {(wire.source, wire.target) for wire in drawn.wires} == {
        (a, b) for a, b in links if a != b and OUTSIDE not in (a, b)
    }
    for wire in drawn.wires:
        touches(drawn, wire.source, wire.points[0])
        touches(drawn, wire.target, wire.points[-1])
        for start, end in pairwise(wire.points):
            assert start[0] == end[0] or start[1] == end[1]
            assert not any(runs_through(start, end, box) for box in drawn.boxes)


def touches(drawn: NetworkPlan, key: int, point: Point) -> None:
    boxes = {box.key: box for box in drawn.boxes}
    rails = {rail.key: rail for rail in drawn.rails}
    if key in boxes:
        assert point[1] == boxes[key].bottom
        assert boxes[key].x < point[0] < boxes[key].right
    else:
        assert point == (rails[key].right, rails[key].y)


@given(plans())
def test_the_same_structure_is_the_same_picture(given: tuple[list[Segment], list[tuple[int, int]]]):
    assert network_plan(*given) == network_plan(*given)


def test_a_network_stands_above_what_hangs_on_it():
    drawn = network_plan(SMALL, [(10, 2)])

    places = {box.key: box for box in drawn.boxes}
    upper, lower = drawn.rails
    assert upper.y < places[10].y < lower.y < places[13].y
    assert places[10].y == places[12].y
    assert [wire.arrives for wire in drawn.wires] == ["left"]


def test_an_empty_plan_is_a_sheet_without_anything():
    drawn = network_plan([], [])

    assert not drawn.boxes
    assert not drawn.wires
    assert not drawn.rails
    assert drawn.width > 0


def test_a_name_is_cut_where_the_box_ends():
    assert fitted("Fachanwendung", 11, 2) == ("Fachanwendung",)
    first, second = fitted("Meldungen nach dem Infektionsschutzgesetz bearbeiten", 11, 2)
    assert first == "Meldungen nach dem"
    assert second.startswith("Infektionsschutzgesetz")
    assert second.endswith("…")
    assert len(fitted("Donaudampfschifffahrtsgesellschaftskapitänsmütze", 11, 3)) > 1
    assert fitted("", 11, 2) == ()


@given(st.text(max_size=200))
def test_no_name_needs_more_lines_than_there_are(name: str):
    assert len(fitted(name, 11, 2)) <= 2


@given(st.dictionaries(st.integers(), st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=1)))
def test_lines_on_one_track_do_not_touch(users: dict[int, list[tuple[int, int]]]):
    tracks = side_by_side(users)

    spans = {user: (min(map(min, users[user])), max(map(max, users[user]))) for user in users}
    for one, other in combinations(users, 2):
        if tracks[one] == tracks[other]:
            assert spans[one][1] < spans[other][0] or spans[other][1] < spans[one][0]
