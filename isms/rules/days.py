"""Days as people write them in lists: 2026-12-31, 31.12.2026, and with slashes in the order of their country."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from isms.rules.terms import Term
from isms.rules.texts import N_

ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")
GERMAN = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})")
SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})(?: .*)?")


class DayOrder(Term):
    """What comes first in a day with slashes. Days with points or dashes need no such word."""

    MONTH_FIRST = "month_first", N_("Monat zuerst, wie 12/31/26 (amerikanisch)")
    DAY_FIRST = "day_first", N_("Tag zuerst, wie 31/12/26")


@lru_cache(maxsize=4096)  # a list holds the same days again and again
def day_in(text: str, order: DayOrder = DayOrder.MONTH_FIRST) -> date:
    """Two-digit years are of this century. Raises ValueError for what is no day."""
    if found := ISO.fullmatch(text):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := GERMAN.fullmatch(text):
        return date(_year(found[3]), int(found[2]), int(found[1]))
    if found := SLASHED.fullmatch(text):
        first, second = int(found[1]), int(found[2])
        month, day = (first, second) if order is DayOrder.MONTH_FIRST else (second, first)
        return date(_year(found[3]), month, day)
    raise ValueError(text)


def orders_of(texts: Iterable[str]) -> frozenset[DayOrder]:
    """In which orders the days of a column can be read: both where nothing tells, none where they contradict.

    No day with slashes at all tells nothing either, but needs no order.
    """
    left = set(DayOrder)
    for text in texts:
        if found := SLASHED.fullmatch(text):
            left -= {DayOrder.MONTH_FIRST} if int(found[1]) > 12 else set()
            left -= {DayOrder.DAY_FIRST} if int(found[2]) > 12 else set()
    return frozenset(left)


def _year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)
