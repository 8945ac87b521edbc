from datetime import timedelta

import pytest

from isms.db.reading import value
from isms.people import person
from isms.rules.errors import Forbidden, Incomplete, Missing, Refused, Stale
from isms.rules.roles import Role
from tests.office import TODAY, Office
from tests.training.conftest import TEXT, make_assignment
from training.commands.assignments import assign, end_assignment, end_waiver, pause, waive
from training.commands.courses import import_course
from training.queries.assignments import assignment, assignments, excused, reached, waiver
from training.queries.courses import CourseRow, course_named
from training.rules.permissions import May

SOON = TODAY + timedelta(days=14)
DAY = timedelta(days=1)


async def last_action() -> str:
    return str(await value("SELECT action FROM audit_entry ORDER BY id DESC LIMIT 1"))


async def test_assigning_leaves_a_trace(office: Office, course: CourseRow):
    id = await make_assignment(office, course, due_on=SOON)

    assert await last_action() == "assignment.made"
    assert [(one.id, one.role, one.due_on) for one in await assignments(course.id, seen_by=office.vogt)] == [
        (id, None, SOON)
    ]


async def test_the_preview_counts_everybody_but_the_auditor(office: Office):
    assert await reached(office.unit, None, on=TODAY) == 6
    assert await reached(office.hygiene, None, on=TODAY) == 2
    assert await reached(office.unit, Role.HEAD, on=TODAY) == 1


async def test_days_in_the_wrong_order_are_named(office: Office, course: CourseRow):
    with pytest.raises(Incomplete) as error:
        await assign(
            course, unit=office.unit, role=None, starts_on=TODAY - DAY, due_on=TODAY - 2 * DAY, by=office.vogt, on=TODAY
        )

    assert set(error.value.complaints) == {"starts_on", "due_on"}
    assert not await value("SELECT count(*) FROM assignment")


async def test_the_same_people_get_a_course_once(office: Office, course: CourseRow):
    await make_assignment(office, course, due_on=SOON)

    with pytest.raises(Refused, match="ist hier schon zugewiesen"):
        await make_assignment(office, course, due_on=SOON)


async def test_a_draft_is_not_assigned(office: Office):
    await import_course(TEXT, unit=office.unit, by=office.vogt)
    draft = await course_named("probe", seen_by=office.vogt)

    with pytest.raises(Refused, match="ist nicht veröffentlicht"):
        await make_assignment(office, draft, due_on=SOON)


async def test_nobody_assigns_outside_of_their_office(office: Office, course: CourseRow):
    for who, unit in ((office.vogt, office.elsewhere), (office.weber, office.hygiene), (office.petersen, office.unit)):
        with pytest.raises(Forbidden):
            await assign(course, unit=unit, role=None, starts_on=TODAY, due_on=SOON, by=who, on=TODAY)


async def test_only_the_faster_of_two_ends_an_assignment(office: Office, course: CourseRow):
    seen = await assignment(await make_assignment(office, course, due_on=SOON), seen_by=office.vogt)
    await end_assignment(seen, by=office.yildiz, on=TODAY)
    assert await last_action() == "assignment.ended"

    with pytest.raises(Stale):
        await end_assignment(seen, by=office.vogt, on=TODAY)


async def test_a_stranger_does_not_find_the_assignment(office: Office, course: CourseRow):
    id = await make_assignment(office, course, due_on=SOON)

    with pytest.raises(Missing):
        await assignment(id, seen_by=office.petersen)


async def test_excusing_somebody_needs_a_reason_and_leaves_a_trace(office: Office, course: CourseRow):
    weber = await person(office.weber.id, seen_by=office.vogt, asks=May.ASSIGN)
    with pytest.raises(Incomplete) as error:
        await waive(course, weber, starts_on=TODAY, ends_on=TODAY - DAY, reason=" ", by=office.vogt, on=TODAY)
    assert set(error.value.complaints) == {"reason", "ends_on"}

    await waive(course, weber, starts_on=TODAY, ends_on=SOON, reason="Schulung des Landes", by=office.vogt, on=TODAY)

    assert await last_action() == "waiver.granted"
    assert [one.name for one in await excused(course.id, seen_by=office.vogt, on=TODAY)] == ["Lukas Weber"]


async def test_nobody_excuses_themselves(office: Office, course: CourseRow):
    vogt = await person(office.vogt.id, seen_by=office.vogt, asks=May.ASSIGN)

    with pytest.raises(Refused, match="Sich selbst kann niemand befreien"):
        await waive(course, vogt, starts_on=TODAY, ends_on=SOON, reason="Keine Zeit", by=office.vogt, on=TODAY)


async def test_only_the_faster_of_two_ends_a_waiver(office: Office, course: CourseRow):
    weber = await person(office.weber.id, seen_by=office.vogt, asks=May.ASSIGN)
    id = await waive(course, weber, starts_on=TODAY, ends_on=SOON, reason="x", by=office.vogt, on=TODAY)
    seen = await waiver(id, seen_by=office.vogt)
    await end_waiver(seen, by=office.vogt, on=TODAY)

    with pytest.raises(Stale):
        await end_waiver(seen, by=office.vogt, on=TODAY)
    with pytest.raises(Refused, match="Die Befreiung endet schon am"):
        await end_waiver(await waiver(id, seen_by=office.vogt), by=office.vogt, on=TODAY)


async def test_a_pause_is_noted_without_a_reason(office: Office):
    weber = await person(office.weber.id, seen_by=office.vogt, asks=May.ASSIGN)

    await pause(weber, starts_on=TODAY - DAY, ends_on=TODAY, by=office.vogt)

    assert await last_action() == "pause.noted"
    with pytest.raises(Incomplete):
        await pause(weber, starts_on=TODAY, ends_on=TODAY - DAY, by=office.vogt)
    with pytest.raises(Forbidden):
        await pause(weber, starts_on=TODAY, ends_on=TODAY, by=office.kaya)
