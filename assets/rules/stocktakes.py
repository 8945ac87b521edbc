"""Stocktakes: what a scanned code means, what is found where, and when the next one is due."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import parse_qs, urlsplit

from isms.rules.errors import Refused
from isms.rules.terms import Term
from isms.rules.texts import N_


class Finding(Term):
    """What a stocktake says about one device or code."""

    FOUND = "found", N_("gefunden")
    WRONG_PLACE = "wrong_place", N_("falscher Ort")
    MISSING = "missing", N_("fehlt")
    UNEXPECTED = "unexpected", N_("unerwartet")


class Decision(Term):
    """What happens about something missing or unexpected. None of them changes the device by itself."""

    SEARCHED = "searched", N_("wird gesucht")
    REPORT_LOSS = "report_loss", N_("Verlust wird gemeldet")
    ELSEWHERE = "elsewhere", N_("belegt an anderem Ort")
    RECORD = "record", N_("wird aufgenommen oder umgebucht")
    GIVE_BACK = "give_back", N_("geht an eine andere Stelle zurück")
    CLEARED = "cleared", N_("geklärt")


DECISIONS = {
    Finding.MISSING: (Decision.SEARCHED, Decision.REPORT_LOSS, Decision.ELSEWHERE, Decision.CLEARED),
    Finding.UNEXPECTED: (Decision.RECORD, Decision.GIVE_BACK, Decision.CLEARED),
}
"""Which decisions fit what was found; found devices need none."""

REMIND_DAYS = 30
"""How many days before a stocktake is due it is on the desk of those who open it."""

LONGEST_CODE = 200
_OURS = re.compile(r"/devices/([0-9]{1,9})/?")


@dataclass(frozen=True)
class Code:
    """What a scanner read: a device of ours by its label's address, or a number to look up."""

    text: str
    device: int | None = None

    @property
    def spellings(self) -> tuple[str, str]:
        """Numbers are typed small and printed large."""
        return self.text, self.text.upper()


class AlreadyCounted(Refused):
    """Somebody counted it before, in this stocktake (409). `scan` is the id of what counts."""

    def __init__(self, scan: int, who: str, at: datetime) -> None:
        super().__init__(N_("Schon gezählt: {who}, {at}."), who=who, at=at)
        self.scan = scan


def read_code(typed: str, *, hosts: Collection[str], mark: str) -> Code:
    """What was scanned or typed.

    An address counts as ours where it carries this register's `mark`, as our labels do, or leads to one of our
    `hosts`: the label of another register with the same number is a code that we do not know.
    """
    text = " ".join(typed.split())[:LONGEST_CODE]
    try:
        address = urlsplit(text)
        ours = parse_qs(address.query).get("r") == [mark] or (address.netloc or next(iter(hosts), "")) in hosts
    except ValueError:
        return Code(text)
    found = _OURS.fullmatch(address.path)
    return Code(text, int(found[1])) if found and ours else Code(text)


def label_path(device: int, mark: str) -> str:
    """The address that a device's label carries, from the host on."""
    return f"/devices/{device}?r={mark}"


def finding_at(place: str, expected: str, *, is_room: bool = True) -> Finding:
    """Whether a device that was expected at a place is right where it was found.

    Nothing is wrong where no room was chosen or none is known for the device, nor where its place `is_room` not, but
    the department of whoever has it.
    """
    if not place.strip() or not expected.strip() or not is_room:
        return Finding.FOUND
    return Finding.FOUND if _plain(place) == _plain(expected) else Finding.WRONG_PLACE


def due_after(opened_on: date, months: int) -> date:
    """The last day for the next stocktake, so many months after the one before (Grundschutz++ ASST.2.2)."""
    count = opened_on.year * 12 + opened_on.month - 1 + months
    year, month = divmod(count, 12)
    return date(year, month + 1, min(opened_on.day, monthrange(year, month + 1)[1]))


def _plain(place: str) -> str:
    return "".join(place.casefold().split())
