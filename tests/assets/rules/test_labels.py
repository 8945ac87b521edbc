"""Labels lie within their page, side by side, and a used sheet is used up."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.rules.labels import SHEETS, LabelFormat, Sheet, Spot, spot


@pytest.mark.parametrize("kind", LabelFormat)
def test_every_label_lies_within_the_page_and_none_upon_another(kind: LabelFormat):
    sheet = SHEETS[kind]
    spots = [spot(sheet, number) for number in range(sheet.labels)]

    for one in spots:
        assert one.page == 0
        assert 0 <= one.x <= sheet.width - sheet.label_width + 0.01
        assert 0 <= one.y <= sheet.height - sheet.label_height + 0.01
    assert not [pair for pair in combinations(spots, 2) if overlap(sheet, *pair)]


def overlap(sheet: Sheet, one: Spot, other: Spot) -> bool:
    apart_x = abs(one.x - other.x) >= sheet.label_width - 0.001
    apart_y = abs(one.y - other.y) >= sheet.label_height - 0.001
    return not (apart_x or apart_y)


@pytest.mark.parametrize("kind", LabelFormat)
def test_the_sheet_is_what_the_box_says(kind: LabelFormat):
    sheet = SHEETS[kind]

    assert f"{int(sheet.label_width)}x{int(sheet.label_height)}" == kind
    assert sheet.labels == 1 or f"{sheet.labels} Etiketten" in kind.label
    room = sheet.width - sheet.columns * sheet.label_width - (sheet.columns - 1) * sheet.gap_x
    assert room / 2 == pytest.approx(sheet.left, abs=0.3)
    assert (sheet.height - sheet.rows * sheet.label_height) / 2 == pytest.approx(sheet.top, abs=0.3)


@given(st.sampled_from(LabelFormat), st.integers(0, 2000), st.integers(1, 65))
def test_no_two_labels_share_a_spot_and_the_first_page_begins_where_it_is_free(kind, number, first):
    sheet = SHEETS[kind]

    assert spot(sheet, number, first) != spot(sheet, number + 1, first)
    assert spot(sheet, 0, first) == spot(sheet, (first - 1) % sheet.labels)
    assert spot(sheet, number, first).page == (number + (first - 1) % sheet.labels) // sheet.labels
