"""An end date is the last day that still counts."""

from datetime import date

import pytest

from isms.rules.calendar import is_overdue, is_running, last_valid_day, months_later
from isms.rules.urgency import Urgency, urgency


@pytest.mark.parametrize(
    ("start", "months", "last"),
    [
        (date(2023, 2, 12), 12, date(2024, 2, 11)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 1, 29), 1, date(2026, 2, 28)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
    ],
)
def test_a_validity_ends_the_day_before_its_anniversary(start: date, months: int, last: date):
    assert last_valid_day(start, months) == last


def test_months_end_where_the_month_does():
    assert months_later(date(2026, 8, 31), 6) == date(2027, 2, 28)


def test_both_ends_of_a_period_belong_to_it():
    first, last = date(2026, 3, 1), date(2026, 3, 31)

    assert [is_running(first, last, day) for day in (date(2026, 2, 28), first, last, date(2026, 4, 1))] == [
        False,
        True,
        True,
        False,
    ]
    assert is_running(first, None, date(2099, 1, 1))


def test_due_today_is_soon_and_not_overdue():
    today = date(2026, 11, 23)

    assert not is_overdue(today, today)
    assert urgency(today, today) is Urgency.SOON
    assert urgency(date(2026, 11, 22), today) is Urgency.OVERDUE
    assert urgency(date(2027, 1, 1), today) is Urgency.LATER
    assert urgency(None, today) is Urgency.OPEN
