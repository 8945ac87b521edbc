"""Joining and leaving: what has to be done around somebody's first or last day, and for how long a name is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from isms.rules.calendar import months_later
from isms.rules.errors import Complaint, Incomplete
from isms.rules.terms import Term
from isms.rules.texts import N_

RETENTION_MONTHS = 36
"""How long a name is kept after the last day, until an office sets its own: as long as most claims live (BGB § 195)."""
FARTHEST = 365
LONGEST = 200
MOST = 40


class ChecklistKind(Term):
    JOINING = "joining", N_("Eintritt")
    LEAVING = "leaving", N_("Austritt")


@dataclass(frozen=True)
class Point:
    """Something to do, so many days after the first or last day; before it where `days` is negative."""

    days: int
    text: str

    def due_on(self, day: date) -> date:
        return day + timedelta(days=self.days)


STARTERS: Mapping[ChecklistKind, Sequence[Point]] = {
    ChecklistKind.JOINING: (
        Point(-14, "Arbeitsplatz und Geräte vorbereiten"),
        Point(-7, "Konto und Berechtigungen nach Rolle einrichten"),
        Point(0, "Schlüssel und Dienstausweis ausgeben"),
        Point(0, "Geräte ausgeben und Übergabe unterschreiben lassen"),
        Point(1, "In Verschwiegenheit und Datenschutz einweisen"),
        Point(14, "Pflichtschulungen abgeschlossen"),
    ),
    ChecklistKind.LEAVING: (
        Point(-14, "Aufgaben und Zuständigkeiten übergeben"),
        Point(-7, "Dienstliche Daten aus persönlichen Ablagen übergeben"),
        Point(0, "Geräte zurücknehmen und Quittung ausstellen"),
        Point(0, "Schlüssel und Dienstausweis zurücknehmen"),
        Point(0, "Konten sperren, Fernzugänge und Zertifikate entziehen"),
        Point(1, "Gemeinsam genutzte Passwörter ändern"),
        Point(30, "Postfach und Ablage löschen oder archivieren"),
    ),
}


def written(points: Sequence[Point]) -> str:
    """The points as people edit them, one a line: „-7; Konto einrichten“."""
    return "\n".join(f"{point.days}; {point.text}" for point in points)


def read(text: str) -> list[Point]:
    """The points of such lines, by their day. Raises Incomplete with the number of the first line that is none."""
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if not lines:
        raise Incomplete({"points": N_("Bitte schreiben Sie mindestens einen Punkt.")})
    if len(lines) > MOST:
        raise Incomplete({"points": Complaint(N_("Möglich sind höchstens {most} Punkte."), {"most": MOST})})
    return sorted((_point(number, line) for number, line in lines), key=lambda point: point.days)


def forgotten_on(left_on: date, months: int) -> date:
    """The day from which on somebody's name is no longer kept."""
    return months_later(left_on, months)


def _point(number: int, line: str) -> Point:
    days, mark, text = line.partition(";")
    try:
        point = Point(int(days), text.strip())
    except ValueError:
        point = Point(0, "")
    if not mark or not point.text or abs(point.days) > FARTHEST or len(point.text) > LONGEST:
        raise Incomplete({"points": Complaint(UNREADABLE, {"row": number, "line": line[:60]})})
    return point


UNREADABLE = N_(
    "Zeile {row} („{line}“) ist kein Punkt. Möglich ist zum Beispiel „-7; Konto einrichten“: erst die Tage "
    "(höchstens 365), dann ein Semikolon, dann höchstens 200 Zeichen Text."
)
