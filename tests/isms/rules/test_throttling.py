"""Waiting doubles, ends, and never locks anyone out for good."""

from datetime import UTC, datetime, timedelta

from isms.rules.throttling import LONGEST_WAIT, still_to_wait, wait_after


def test_the_first_tries_are_free_and_then_it_doubles():
    assert [wait_after(failures, free=5).total_seconds() for failures in (0, 4, 5, 6, 9)] == [0, 0, 1, 2, 16]


def test_nobody_waits_longer_than_a_quarter_of_an_hour():
    assert wait_after(10_000, free=5) == LONGEST_WAIT == timedelta(minutes=15)


def test_the_rest_of_the_wait_is_told_in_whole_seconds():
    now = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)

    assert still_to_wait(9, 5, now - timedelta(seconds=10), now) == 6
    assert still_to_wait(9, 5, now - timedelta(seconds=20), now) == 0
