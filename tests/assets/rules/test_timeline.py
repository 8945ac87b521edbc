"""The timeline of a device: bars in their rows, marks below, all within the sheet and in the order of time."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from assets.rules.timeline import HEAD, LABELS, ROW, WIDTH, Span, timeline

TODAY = date(2026, 11, 25)
DAYS = st.dates(date(2015, 1, 1), TODAY)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    since = draw(DAYS)
    return Span(draw(st.integers(0, 1)), since, draw(st.none() | st.dates(since, TODAY)), "im Lager")


@given(st.lists(spans(), max_size=20), st.lists(DAYS, max_size=40))
def test_everything_stands_on_the_sheet(given_spans: list[Span], days: list[date]):
    drawn = timeline(given_spans, days, until=TODAY)

    assert all(bar.x >= LABELS and bar.x + bar.width <= WIDTH for bar in drawn.bars)
    assert all(LABELS <= mark.x <= WIDTH for mark in drawn.marks)
    assert all(HEAD <= mark.y <= drawn.height for mark in drawn.marks)
    assert all(LABELS <= tick.x <= WIDTH for tick in drawn.ticks)


@given(st.lists(DAYS, max_size=40))
def test_marks_stand_in_the_order_of_time(days: list[date]):
    marks = timeline([], sorted(days), until=TODAY).marks

    assert [mark.number for mark in marks] == list(range(1, len(days) + 1))
    assert all(one.x <= other.x for one, other in pairwise(marks))


def test_one_stage_follows_the_other():
    bought, given = TODAY - timedelta(days=200), TODAY - timedelta(days=100)
    spans = [Span(0, bought, given, "im Lager"), Span(0, given, None, "ausgegeben"), Span(1, given, None, "Weber")]

    stock, issued, weber = timeline(spans, [bought, given], until=TODAY).bars

    assert stock.x + stock.width == issued.x == weber.x
    assert not stock.lasts
    assert issued.lasts
    assert weber.y - issued.y == ROW


def test_a_device_of_today_has_a_picture_too():
    drawn = timeline([Span(0, TODAY, None, "bestellt")], [TODAY], until=TODAY)

    assert len(drawn.bars) == len(drawn.marks) == 1
