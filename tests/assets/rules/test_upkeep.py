"""When maintenance is due, what a device is still worth, when it is replaced."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.rules.licences import LicenceKind, check_seat
from assets.rules.upkeep import (
    Condition,
    MaintenanceFacts,
    MaintenanceKind,
    Timeliness,
    book_value,
    check_maintenance,
    next_due,
    replace_on,
    service_life,
    timeliness,
)
from isms.rules.errors import Incomplete, Refused

DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))
NOW = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("starts_on", "months", "last_done", "due_on"),
    [
        (date(2026, 1, 31), 1, None, date(2026, 2, 28)),
        (date(2026, 1, 15), 12, date(2026, 3, 1), date(2027, 3, 1)),
        (date(2026, 1, 15), 12, date(2025, 3, 1), date(2027, 1, 15)),
    ],
)
def test_the_next_maintenance_counts_from_the_last(starts_on, months, last_done, due_on):
    """What was done before the plan began does not count."""
    assert next_due(starts_on, months, last_done) == due_on


@pytest.mark.parametrize(
    ("due_on", "state"),
    [
        (date(2026, 11, 24), Timeliness.OVERDUE),
        (date(2026, 11, 25), Timeliness.SOON),
        (date(2026, 12, 25), Timeliness.SOON),
        (date(2026, 12, 26), Timeliness.IN_TIME),
    ],
)
def test_due_today_is_not_overdue(due_on, state):
    assert timeliness(due_on, NOW) is state


@pytest.mark.parametrize(
    ("on", "left"),
    [
        (date(2026, 1, 9), 120_000),
        (date(2026, 1, 10), 110_000),
        (date(2026, 1, 31), 110_000),
        (date(2026, 2, 1), 100_000),
        (date(2026, 12, 1), 0),
        (date(2031, 1, 1), 0),
    ],
)
def test_a_price_is_written_off_month_by_month(on, left):
    assert book_value(120_000, date(2026, 1, 10), 12, on) == left


@given(st.integers(0, 10**9), DAYS, st.integers(1, 360), DAYS, DAYS)
def test_a_device_never_gains_value_and_never_falls_below_nothing(price, bought, months, one, other):
    earlier, later = sorted((one, other))

    assert price >= book_value(price, bought, months, earlier) >= book_value(price, bought, months, later) >= 0


def test_a_day_that_somebody_set_goes_before_the_service_life():
    assert replace_on(date(2024, 2, 29), None, 48) == date(2028, 2, 29)
    assert replace_on(date(2024, 2, 29), date(2030, 1, 1), 48) == date(2030, 1, 1)
    assert replace_on(None, None, 48) is None


def test_what_an_office_set_goes_before_what_we_start_with():
    assert service_life("notebook ", {}) == 48
    assert service_life("Notebook", {"Notebook": 36}) == 36
    assert service_life("Zentrifuge", {}) == 60
    assert service_life("Zentrifuge", {"": 120}) == 120


def told(**different) -> MaintenanceFacts:
    facts: dict[str, Any] = {
        "kind": MaintenanceKind.PREVENTIVE,
        "occasion": "Jährliche Prüfung",
        "started_on": NOW,
        "done_on": NOW,
        "involved": "Jonas Brandt",
        "actions": "Akkus gemessen",
        "condition": Condition.READY,
        "findings": "alle über 80 %",
    }
    return MaintenanceFacts(**(facts | different))


@pytest.mark.parametrize("fact", ["occasion", "involved", "actions", "findings"])
def test_none_of_the_six_facts_may_be_missing(fact: str):
    with pytest.raises(Incomplete) as refused:
        check_maintenance(told(**{fact: "  "}), NOW)

    assert list(refused.value.complaints) == [fact]


@pytest.mark.parametrize(
    ("different", "field"),
    [
        ({"started_on": date(2026, 11, 26)}, "done_on"),
        ({"done_on": date(2026, 11, 26)}, "done_on"),
        ({"cost_cents": -1}, "cost"),
    ],
)
def test_maintenance_is_about_what_has_happened(different, field: str):
    with pytest.raises(Incomplete) as refused:
        check_maintenance(told(**different), NOW)

    assert list(refused.value.complaints) == [field]


def test_the_last_seat_is_the_last():
    check_seat("Tabellenwerk", LicenceKind.PERSON, seats=2, taken=1)
    with pytest.raises(Refused, match="kein Platz mehr frei; gekauft: 2"):
        check_seat("Tabellenwerk", LicenceKind.PERSON, seats=2, taken=2)
    with pytest.raises(Refused, match="ganze Amt"):
        check_seat("Tabellenwerk", LicenceKind.SITE, seats=9, taken=0)
