"""Days and deadlines. All dates are whole days; an end date is the last day that still counts."""

from calendar import monthrange
from datetime import date, timedelta


def is_running(starts_on: date, ends_on: date | None, on: date) -> bool:
    """Whether `on` lies between both days, each included; no end means until further notice."""
    return starts_on <= on and (ends_on is None or on <= ends_on)


def is_overdue(due_on: date, on: date) -> bool:
    """Due today is not overdue yet."""
    return due_on < on


def months_later(start: date, months: int) -> date:
    """The same day some months on, or the month's last day where it has no such day."""
    years, month = divmod(start.month - 1 + months, 12)
    year, month = start.year + years, month + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def last_valid_day(start: date, months: int) -> date:
    """The inclusive last day of a validity: twelve months from 12.02.2023 end on 11.02.2024.

    Where the last month has no such day, it ends with that month (§ 188 Abs. 2 and 3 BGB).
    """
    anniversary = months_later(start, months)
    return anniversary - timedelta(days=1) if anniversary.day == start.day else anniversary
