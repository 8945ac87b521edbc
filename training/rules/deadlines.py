"""When a person has to be done with a course, and for how long that counts. Every date is a last day included."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from isms.rules.calendar import is_overdue, last_valid_day
from isms.rules.terms import Term
from isms.rules.texts import N_

RENEWAL_NOTICE = timedelta(days=30)


class Standing(Term):
    """Where somebody stands with a course on a day."""

    DONE = "done", N_("abgeschlossen")
    RENEWAL = "renewal", N_("läuft bald ab")
    OPEN = "open", N_("offen")
    OVERDUE = "overdue", N_("überfällig")
    WAIVED = "waived", N_("befreit")


@dataclass(frozen=True)
class Pause:
    """Days on which somebody was away and no deadline runs; nobody asks why."""

    starts_on: date
    ends_on: date


def valid_until(completed_on: date, months: int | None) -> date | None:
    """The last day a completion counts; None means that it never runs out."""
    return None if months is None else last_valid_day(completed_on, months)


def is_valid(until: date | None, on: date) -> bool:
    return until is None or on <= until


def personal_due_on(starts_on: date, due_on: date, member_since: date, pauses: Sequence[Pause] = ()) -> date:
    """Who joins later gets as many days as everyone had, counted from joining; pauses are added."""
    begins = max(starts_on, member_since)
    due = begins + (due_on - starts_on)
    for pause in sorted(pauses, key=lambda pause: pause.starts_on):
        due += timedelta(days=_days_between(max(pause.starts_on, begins), min(pause.ends_on, due), pause))
    return due


def _days_between(first: date, last: date, pause: Pause) -> int:
    if last < first:
        return 0
    return (pause.ends_on - first).days + 1


def renewed_due_on(due: date, until: date | None) -> date:
    """An old completion moves the deadline to its own last day, never to before the assignment's."""
    return due if until is None else max(due, until)


def standing(due: date, completed: bool, until: date | None, *, waived: bool, on: date) -> Standing:
    """`due` as renewed_due_on gives it; `completed` says whether there is a completion at all."""
    if completed and is_valid(until, on):
        runs_out = until is not None and until - on <= RENEWAL_NOTICE
        return Standing.RENEWAL if runs_out and not waived else Standing.DONE
    if waived:
        return Standing.WAIVED
    return Standing.OVERDUE if is_overdue(due, on) else Standing.OPEN
