"""Single cells of other people's spreadsheets: dates as Germans and Americans write them, amounts, words for needs."""

from __future__ import annotations

import re
from datetime import date

from assets.rules.protection import ProtectionNeed
from isms.rules.days import DayOrder, day_in
from isms.rules.errors import Complaint
from isms.rules.texts import N_

NO_DATE = N_("„{text}“ ist kein Datum. Möglich sind 31.12.2026, 2026-12-31 und 12/31/26 (Monat zuerst).")
NO_DAY = N_("„{text}“ ist kein Datum. Möglich sind 31.12.2026, 2026-12-31 und 31/12/26 (Tag zuerst).")
NO_AMOUNT = N_("„{text}“ ist kein Betrag. Möglich sind 1.234,50 und 1234.50.")
NO_NEED = N_("„{text}“ ist kein Schutzbedarf. Möglich sind normal, hoch, sehr hoch und leer.")
NO_NUMBER = N_("„{text}“ ist keine ganze Zahl. Möglich ist zum Beispiel 36.")
TOO_LONG = N_("Der Text hat {length} Zeichen; möglich sind höchstens {limit}.")

AMOUNT = re.compile(r"(-?)(\d{1,3}(?:[.,' ]\d{3})+|\d+)(?:[.,](\d{1,2}))?")
LARGEST_AMOUNT = 10**15

NEEDS = {
    "": None,
    "normal": ProtectionNeed.NORMAL,
    "n": ProtectionNeed.NORMAL,
    "hoch": ProtectionNeed.HIGH,
    "h": ProtectionNeed.HIGH,
    "high": ProtectionNeed.HIGH,
    "sehr hoch": ProtectionNeed.VERY_HIGH,
    "sh": ProtectionNeed.VERY_HIGH,
    "very high": ProtectionNeed.VERY_HIGH,
}


class Unreadable(ValueError):
    """A cell that says nothing we understand, with the sentence that says so."""

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message)
        self.complaint = Complaint(message, values)


def text_of(cell: str, limit: int) -> str:
    """A short text on one line. Raises Unreadable beyond `limit`: nothing is cut off silently."""
    text = " ".join(cell.replace("\x00", "").split())
    if len(text) > limit:
        raise Unreadable(TOO_LONG, length=len(text), limit=limit)
    return text


def prose_of(cell: str, limit: int = 10_000) -> str:
    """A text that may have several lines."""
    text = cell.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n").strip()
    if len(text) > limit:
        raise Unreadable(TOO_LONG, length=len(text), limit=limit)
    return text


def day_of(cell: str, order: DayOrder = DayOrder.MONTH_FIRST) -> date | None:
    """A day, or None for an empty cell. `order` is that of days with slashes."""
    text = cell.strip()
    if not text:
        return None
    try:
        return day_in(text, order)
    except ValueError:
        raise Unreadable(NO_DATE if order is DayOrder.MONTH_FIRST else NO_DAY, text=_short(text)) from None


def cents_of(cell: str) -> int | None:
    """An amount in cents, or None for an empty cell."""
    text = cell.replace("€", "").replace("EUR", "").replace("$", "").replace("\xa0", " ").strip()
    if not text:
        return None
    found = AMOUNT.fullmatch(text)
    cents = int(re.sub(r"\D", "", found[2])) * 100 + int((found[3] or "0").ljust(2, "0")) if found else LARGEST_AMOUNT
    if found is None or cents >= LARGEST_AMOUNT:
        raise Unreadable(NO_AMOUNT, text=_short(text))
    return -cents if found[1] else cents


def number_of(cell: str) -> int | None:
    text = cell.strip()
    if not text:
        return None
    if not re.fullmatch(r"\d{1,4}", text):
        raise Unreadable(NO_NUMBER, text=_short(text))
    return int(text)


def need_of(cell: str) -> ProtectionNeed | None:
    """A protection need, or None where it was not determined."""
    words = " ".join(cell.split()).casefold()
    if words not in NEEDS:
        raise Unreadable(NO_NEED, text=_short(cell))
    return NEEDS[words]


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
