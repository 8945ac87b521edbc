"""How urgent a duty is, in the words of the desk."""

from __future__ import annotations

from datetime import date, timedelta

from isms.rules.calendar import is_overdue
from isms.rules.terms import Term
from isms.rules.texts import N_

SOON = timedelta(days=14)


class Urgency(Term):
    OVERDUE = "overdue", N_("überfällig")
    SOON = "soon", N_("bald fällig")
    LATER = "later", N_("später")
    OPEN = "open", N_("ohne Frist")


def urgency(due_on: date | None, on: date) -> Urgency:
    """Overdue from the day after; soon within a fortnight."""
    if due_on is None:
        return Urgency.OPEN
    if is_overdue(due_on, on):
        return Urgency.OVERDUE
    return Urgency.SOON if due_on <= on + SOON else Urgency.LATER
