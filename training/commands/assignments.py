"""Assigning courses and ending that; excusing people, and noting days on which no deadline runs."""

from __future__ import annotations

from datetime import UTC, date, datetime

from isms.audit import change
from isms.db import execute
from isms.people import Actor, PersonRow, UnitRow
from isms.rules.errors import Complaint, Incomplete, Refused, Stale
from isms.rules.roles import Role
from isms.rules.texts import N_
from training.queries.assignments import AssignmentRow, ExcusedRow
from training.queries.courses import CourseRow
from training.rules.permissions import May

IN_THE_PAST = Complaint(N_("Bitte wählen Sie heute oder einen späteren Tag: Vergangene Tage ändern sich nicht mehr."))
TOO_EARLY = Complaint(N_("Die Frist liegt vor dem Beginn. Bitte wählen Sie einen späteren Tag."))
ENDS_EARLY = Complaint(N_("Das Ende liegt vor dem Beginn. Bitte wählen Sie einen späteren Tag."))
NO_REASON = Complaint(N_("Bitte nennen Sie den Grund, zum Beispiel „hat im Mai die Schulung des Landes besucht“."))


async def assign(
    course: CourseRow, *, unit: UnitRow, role: Role | None, starts_on: date, due_on: date, by: Actor, on: date
) -> int:
    """Everybody with the role in the unit and below has to take the course by a day. Answers with its id.

    Raises Incomplete for days in the wrong order, Refused for a course that nobody there can take or has already.
    """
    by.needs(May.ASSIGN, unit.path)
    _check_days(starts_on, due_on, on)
    if not course.is_open:
        raise Refused(
            N_("„{title}“ ist nicht veröffentlicht. Veröffentlichen Sie erst eine Fassung."), title=course.title
        )
    if not unit.path.startswith(course.path):
        raise Refused(
            N_("„{title}“ wird nur unterhalb von {unit} angeboten."), title=course.title, unit=course.unit_name
        )
    async with change(
        "assignment.made", by=by, unit=unit.id, course=course.key, place=unit.key, role=role, due_on=due_on
    ) as made:
        await _refuse_double(course, unit, role)
        (row,) = await execute(
            """INSERT INTO assignment (course, unit, role, starts_on, due_on, recorded_at)
               VALUES ({}, {}, {}, {}, {}, {}) RETURNING id""",
            course.id,
            unit.id,
            role,
            starts_on,
            due_on,
            datetime.now(UTC),
        )
        made.about(f"assignment:{row['id']}")
    return int(row["id"])


async def end_assignment(assignment: AssignmentRow, *, by: Actor, on: date) -> None:
    """Today is its last day: figures of the days before stay what they were. Raises Stale the second time."""
    by.needs(May.ASSIGN, assignment.path)
    async with change("assignment.ended", assignment, by=by, unit=assignment.unit, on=on):
        ended = await execute(
            "UPDATE assignment SET ended_on = {} WHERE id = {} AND ended_on IS NULL RETURNING id", on, assignment.id
        )
        if not ended:
            raise Stale


async def waive(
    course: CourseRow, person: PersonRow, *, starts_on: date, ends_on: date, reason: str, by: Actor, on: date
) -> int:
    """Excuse somebody from a course until a day, with a reason. Nobody excuses themselves."""
    by.needs(May.ASSIGN, person.path)
    if person.id == by.id:
        raise Refused(
            N_("Sich selbst kann niemand befreien. Bitten Sie eine Kollegin oder einen Kollegen mit dem Recht.")
        )
    complaints = {} if reason.strip() else {"reason": NO_REASON}
    if starts_on < on:
        complaints["starts_on"] = IN_THE_PAST
    if ends_on < starts_on:
        complaints["ends_on"] = ENDS_EARLY
    if complaints:
        raise Incomplete(complaints)
    async with change(
        "waiver.granted", by=by, unit=person.unit, course=course.key, person=person.key, reason=reason, ends_on=ends_on
    ) as made:
        (row,) = await execute(
            """INSERT INTO waiver (person, course, starts_on, ends_on, reason, recorded_at)
               VALUES ({}, {}, {}, {}, {}, {}) RETURNING id""",
            person.id,
            course.id,
            starts_on,
            ends_on,
            reason.strip(),
            datetime.now(UTC),
        )
        made.about(f"waiver:{row['id']}")
    return int(row["id"])


async def end_waiver(waiver: ExcusedRow, *, by: Actor, on: date) -> None:
    """Today is its last day. Raises Stale when somebody changed its end meanwhile."""
    by.needs(May.ASSIGN, waiver.path)
    if waiver.ends_on <= on:
        raise Refused(N_("Die Befreiung endet schon am {day}."), day=waiver.ends_on)
    async with change("waiver.ended", waiver, by=by, unit=waiver.unit, before=waiver.ends_on, after=on):
        ended = await execute(
            "UPDATE waiver SET ends_on = {} WHERE id = {} AND ends_on = {} RETURNING id", on, waiver.id, waiver.ends_on
        )
        if not ended:
            raise Stale


async def pause(person: PersonRow, *, starts_on: date, ends_on: date, by: Actor) -> int:
    """Note days on which somebody was away, so that no deadline ran. Nobody is asked why."""
    by.needs(May.ASSIGN, person.path)
    if ends_on < starts_on:
        raise Incomplete({"ends_on": ENDS_EARLY})
    async with change("pause.noted", by=by, unit=person.unit, person=person.key) as made:
        (row,) = await execute(
            "INSERT INTO pause (person, starts_on, ends_on, recorded_at) VALUES ({}, {}, {}, {}) RETURNING id",
            person.id,
            starts_on,
            ends_on,
            datetime.now(UTC),
        )
        made.about(f"pause:{row['id']}")
    return int(row["id"])


def _check_days(starts_on: date, due_on: date, on: date) -> None:
    complaints = {"starts_on": IN_THE_PAST} if starts_on < on else {}
    if due_on < starts_on:
        complaints["due_on"] = TOO_EARLY
    if complaints:
        raise Incomplete(complaints)


async def _refuse_double(course: CourseRow, unit: UnitRow, role: Role | None) -> None:
    there = await execute(
        "SELECT id FROM assignment WHERE course = {} AND unit = {} AND coalesce(role, '') = {} AND ended_on IS NULL",
        course.id,
        unit.id,
        role or "",
    )
    if there:
        raise Refused(
            N_("„{title}“ ist hier schon zugewiesen. Beenden Sie erst die laufende Zuweisung."), title=course.title
        )
