from hypothesis import given
from hypothesis import strategies as st

from assets.rules.pictures import BOX_HEIGHT, BOX_WIDTH, picture
from assets.rules.protection import Goal

SECRECY, TRUTH, ACCESS = Goal


def test_one_object_above_another():
    drawn = picture({SECRECY: [1, 2], TRUTH: [1, 2], ACCESS: [2]})

    above, below = sorted(drawn.boxes, key=lambda box: box.y)
    assert (above.key, above.decides) == (1, (SECRECY, TRUTH))
    assert (below.key, below.decides) == (2, (ACCESS,))
    (arrow,) = drawn.arrows
    assert arrow.goals == (SECRECY, TRUTH)
    assert (arrow.y1, arrow.y2) == (BOX_HEIGHT, below.y)
    assert drawn.width == BOX_WIDTH


def test_ways_that_meet_stand_beside_each_other():
    drawn = picture({SECRECY: [1, 3, 4], TRUTH: [2, 3, 4], ACCESS: [4]})

    rows = {box.key: box.y for box in drawn.boxes}
    assert rows[1] == rows[2] < rows[3] < rows[4]
    assert len(drawn.arrows) == 3


@given(st.dictionaries(st.sampled_from(Goal), st.lists(st.integers(1, 30), unique=True, max_size=6), min_size=1))
def test_no_two_boxes_overlap_and_arrows_point_down(ways):
    drawn = picture({goal: [*sorted(way), 99] for goal, way in ways.items()})

    places = [(box.x, box.y) for box in drawn.boxes]
    assert len(set(places)) == len(places)
    assert all(0 <= x <= drawn.width - BOX_WIDTH and 0 <= y <= drawn.height - BOX_HEIGHT for x, y in places)
    assert all(arrow.y1 < arrow.y2 for arrow in drawn.arrows)
