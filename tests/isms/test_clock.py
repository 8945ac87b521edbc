"""The office's day begins and ends at midnight where the office is, wherever its server stands."""

from datetime import UTC, date, datetime

import pytest

from assets.queries.past import day_ends
from isms.texts import office_day


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 1, 31, 22, 59, tzinfo=UTC), date(2026, 1, 31)),
        (datetime(2026, 1, 31, 23, 0, tzinfo=UTC), date(2026, 2, 1)),
        (datetime(2026, 7, 31, 21, 59, tzinfo=UTC), date(2026, 7, 31)),
        (datetime(2026, 7, 31, 22, 0, tzinfo=UTC), date(2026, 8, 1)),
    ],
)
def test_a_day_is_over_at_midnight_in_berlin(moment: datetime, day: date):
    assert office_day(moment) == day


def test_what_happens_now_lies_within_today():
    """Else a register shown „as of today“ would miss what was recorded after midnight, or take in tomorrow."""
    moment = datetime(2026, 11, 25, 23, 30, tzinfo=UTC)

    assert moment < day_ends(office_day(moment))
