from datetime import date

import pytest

from training.rules.deadlines import Pause, Standing, personal_due_on, renewed_due_on, standing, valid_until


@pytest.mark.parametrize(
    ("completed", "months", "until"),
    [
        (date(2023, 2, 12), 12, date(2024, 2, 11)),
        (date(2024, 1, 1), 12, date(2024, 12, 31)),
        (date(2025, 3, 1), 12, date(2026, 2, 28)),
        (date(2027, 3, 1), 12, date(2028, 2, 29)),
        (date(2025, 11, 15), 24, date(2027, 11, 14)),
        (date(2026, 12, 5), 1, date(2027, 1, 4)),
        (date(2026, 12, 5), None, None),
    ],
)
def test_a_completion_counts_to_its_inclusive_last_day(completed: date, months: int | None, until: date | None):
    assert valid_until(completed, months) == until


START, DUE = date(2026, 3, 1), date(2026, 3, 31)


@pytest.mark.parametrize(
    ("member_since", "pauses", "due"),
    [
        (date(2020, 1, 1), [], DUE),
        (START, [], DUE),
        (date(2026, 3, 11), [], date(2026, 4, 10)),
        (date(2026, 9, 1), [], date(2026, 10, 1)),
        (START, [Pause(date(2026, 3, 10), date(2026, 3, 19))], date(2026, 4, 10)),
        (START, [Pause(date(2026, 2, 1), date(2026, 3, 10))], date(2026, 4, 10)),
        (START, [Pause(date(2026, 3, 31), date(2026, 6, 30))], date(2026, 7, 1)),
        (START, [Pause(date(2026, 4, 1), date(2026, 6, 30))], DUE),
        (START, [Pause(date(2026, 1, 1), date(2026, 2, 28))], DUE),
        (
            START,
            [Pause(date(2026, 3, 20), date(2026, 3, 24)), Pause(date(2026, 4, 2), date(2026, 4, 3))],
            date(2026, 4, 7),
        ),
    ],
    ids=[
        "member for years",
        "on the first day",
        "joined later",
        "joined after the date",
        "ten days away",
        "away before and after the start",
        "away from the last day on",
        "away only afterwards",
        "away only before",
        "a second pause in the days that the first one won",
    ],
)
def test_everybody_gets_the_same_number_of_days(member_since: date, pauses: list[Pause], due: date):
    assert personal_due_on(START, DUE, member_since, pauses) == due


def test_an_old_completion_moves_the_deadline_to_its_own_last_day():
    assert renewed_due_on(DUE, date(2026, 8, 1)) == date(2026, 8, 1)
    assert renewed_due_on(DUE, date(2025, 8, 1)) == DUE
    assert renewed_due_on(DUE, None) == DUE


@pytest.mark.parametrize(
    ("completed", "until", "waived", "on", "expected"),
    [
        (False, None, False, DUE, Standing.OPEN),
        (False, None, False, date(2026, 4, 1), Standing.OVERDUE),
        (False, None, True, date(2026, 4, 1), Standing.WAIVED),
        (True, None, False, date(2030, 1, 1), Standing.DONE),
        (True, date(2026, 12, 31), False, date(2026, 12, 1), Standing.RENEWAL),
        (True, date(2026, 12, 31), False, date(2026, 11, 30), Standing.DONE),
        (True, date(2026, 12, 31), True, date(2026, 12, 31), Standing.DONE),
        (True, date(2026, 3, 30), False, DUE, Standing.OPEN),
    ],
)
def test_where_somebody_stands(*, completed: bool, until: date | None, waived: bool, on: date, expected: Standing):
    assert standing(DUE, completed, until, waived=waived, on=on) is expected
