from datetime import date, timedelta

import pytest

from isms.db import execute
from isms.indicators import as_seen
from isms.people import person
from isms.rules.errors import Missing
from isms.rules.roles import Role
from tests.office import TODAY, Office
from tests.training.conftest import make_assignment, pass_course
from training.area import TRAINING
from training.commands.assignments import end_assignment, pause, waive
from training.queries.assignments import assignment
from training.queries.courses import CourseRow
from training.queries.coverage import coverage, quota
from training.queries.obligations import missing, obligations
from training.queries.reports import REPORTS
from training.rules.deadlines import Standing
from training.rules.permissions import May

DAY = timedelta(days=1)
START = TODAY - 60 * DAY
DUE = START + 30 * DAY


@pytest.fixture
async def assigned(office: Office, course: CourseRow) -> CourseRow:
    """The course, assigned to everybody two months ago."""
    await make_assignment(office, course, due_on=DUE, on=START)
    return course


async def names(course: CourseRow, who: object, **more: object) -> list[str]:
    return [one.name for one in await missing(course.id, seen_by=who, on=TODAY, **more)]  # type: ignore[arg-type]


async def test_an_assignment_is_due_for_everybody_in_the_office(office: Office, assigned: CourseRow):
    (mine,) = await obligations(office.weber.id, on=DUE)

    assert (mine.title, mine.due_on, mine.standing) == ("Sicher im Amt", DUE, Standing.OPEN)
    assert await obligations(office.lindner.id, on=DUE) == []
    assert await obligations(office.petersen.id, on=DUE) == []
    assert await obligations(office.weber.id, on=START - DAY) == []


async def test_somebody_who_joins_later_gets_the_same_number_of_days(office: Office, assigned: CourseRow):
    joined = START + 10 * DAY
    await execute("UPDATE membership SET starts_on = {} WHERE person = {}", joined, office.weber.id)

    (mine,) = await obligations(office.weber.id, on=TODAY)

    assert mine.due_on == joined + 30 * DAY


async def test_a_pause_moves_the_deadline(office: Office, assigned: CourseRow):
    weber = await person(office.weber.id, seen_by=office.vogt, asks=May.ASSIGN)
    await pause(weber, starts_on=START, ends_on=START + 9 * DAY, by=office.vogt)

    (mine,) = await obligations(office.weber.id, on=TODAY)

    assert mine.due_on == DUE + 10 * DAY


async def test_passing_settles_it_until_it_runs_out(office: Office, assigned: CourseRow):
    await pass_course(assigned, office.weber, on=START)

    (mine,) = await obligations(office.weber.id, on=TODAY)
    assert mine.valid_until is not None
    (later,) = await obligations(office.weber.id, on=mine.valid_until + DAY)

    assert mine.standing is Standing.DONE
    assert later.standing is Standing.OVERDUE
    assert later.due_on == mine.valid_until


async def test_who_is_excused_has_nothing_to_do(office: Office, assigned: CourseRow):
    weber = await person(office.weber.id, seen_by=office.vogt, asks=May.ASSIGN)
    await waive(assigned, weber, starts_on=TODAY, ends_on=TODAY, reason="x", by=office.vogt, on=TODAY)

    assert await obligations(office.weber.id, on=TODAY) == []
    assert len(await obligations(office.weber.id, on=TODAY + DAY)) == 1


async def test_two_assignments_of_one_course_are_one_duty(office: Office, assigned: CourseRow):
    from training.commands.assignments import assign

    await assign(
        assigned, unit=office.hygiene, role=Role.EMPLOYEE, starts_on=START, due_on=DUE - DAY, by=office.vogt, on=START
    )

    (mine,) = await obligations(office.weber.id, on=TODAY)

    assert mine.due_on == DUE - DAY


async def test_the_missing_are_named_to_those_who_may_know(office: Office, assigned: CourseRow):
    await pass_course(assigned, office.weber)

    everyone = ["Ayşe Kaya", "Dr. Miriam Albrecht", "Jonas Brandt", "Karin Vogt", "Sabine Yıldız"]
    assert sorted(await names(assigned, office.vogt)) == everyone
    for nosy in (office.yildiz, office.albrecht, office.lindner, office.weber, office.petersen):
        assert await names(assigned, nosy) == []


async def test_the_list_goes_on_after_a_name(office: Office, assigned: CourseRow):
    first = await missing(assigned.id, seen_by=office.vogt, on=TODAY, limit=2)
    rest = await missing(assigned.id, seen_by=office.vogt, on=TODAY, after=(first[-1].name, first[-1].person))

    assert len(first) + len(rest) == 6
    assert not {one.person for one in first} & {one.person for one in rest}


async def test_passing_moves_todays_figure_and_not_yesterdays(office: Office, assigned: CourseRow):
    yesterday = TODAY - DAY
    before = await coverage(office.unit.path, on=yesterday, course="probe")
    await pass_course(assigned, office.weber)

    today = await coverage(office.unit.path, on=TODAY, course="probe")

    assert (before.numerator, before.denominator) == (0, 6)
    assert (today.numerator, today.denominator) == (1, 6)
    assert await coverage(office.unit.path, on=yesterday, course="probe") == before
    (weber,) = [fact for fact in today.facts if fact.counts]
    assert (weber.key, weber.label, weber.since, weber.person) == (office.weber.key, "Lukas Weber", TODAY, True)


async def test_what_is_entered_later_does_not_change_an_earlier_day(office: Office, assigned: CourseRow):
    await execute(
        """INSERT INTO completion (person, course, version, completed_on, recorded_on, source)
           VALUES ({}, {}, {}, {}, {}, 'manual')""",
        office.weber.id,
        assigned.id,
        assigned.version,
        START,
        TODAY,
    )

    assert (await coverage(office.unit.path, on=TODAY - DAY, course="probe")).numerator == 0
    assert (await coverage(office.unit.path, on=TODAY, course="probe")).numerator == 1


async def test_a_completion_counts_on_its_last_day_and_not_after(office: Office, assigned: CourseRow):
    await pass_course(assigned, office.weber, on=START)
    (mine,) = await obligations(office.weber.id, on=TODAY)

    assert mine.valid_until is not None
    assert (await coverage(office.unit.path, on=mine.valid_until, course="probe")).numerator == 1
    assert (await coverage(office.unit.path, on=mine.valid_until + DAY, course="probe")).numerator == 0


async def test_ending_an_assignment_leaves_the_days_before_alone(office: Office, assigned: CourseRow):
    from training.queries.assignments import assignments

    (there,) = await assignments(assigned.id, seen_by=office.vogt)
    await end_assignment(await assignment(there.id, seen_by=office.vogt), by=office.vogt, on=TODAY)

    assert (await coverage(office.unit.path, on=TODAY, course="probe")).denominator == 6
    assert (await coverage(office.unit.path, on=TODAY + DAY, course="probe")).denominator == 0


async def test_a_figure_is_taken_for_a_unit_and_what_lies_below(office: Office, assigned: CourseRow):
    figures = [await coverage(unit.path, on=TODAY, course="probe") for unit in (office.land, office.hygiene)]

    assert [figure.denominator for figure in figures] == [6, 2]
    assert (await coverage(office.elsewhere.path, on=TODAY, course="probe")).percent is None


async def test_small_groups_stay_hidden_from_those_who_only_count(office: Office, assigned: CourseRow):
    counting = await quota(assigned.id, seen_by=office.albrecht, on=TODAY)
    naming = await quota(assigned.id, seen_by=office.vogt, on=TODAY)

    assert (counting.total.obliged, [unit.obliged for unit in counting.units]) == (6, [None, None])
    assert (naming.total.obliged, [unit.obliged for unit in naming.units]) == (6, [4, 2])


async def test_who_lacks_a_course_shows_behind_its_figure_to_those_who_may_see_names(
    office: Office, assigned: CourseRow
):
    (indicator,) = TRAINING.indicators
    scope = office.unit.path
    measured = await coverage(scope, on=TODAY, course="probe")

    assert len(as_seen(measured, indicator, by=office.vogt, scope=scope).facts) == 6
    for reader in (office.albrecht, office.yildiz, office.lindner):
        assert not as_seen(measured, indicator, by=reader, scope=scope).facts


async def test_reports_hold_what_was_known_on_the_day_and_no_scores(office: Office, assigned: CourseRow):
    await pass_course(assigned, office.weber)
    lines = {report.name: [line async for line in report.rows(office.unit.path, on=TODAY)] for report in REPORTS}
    before = {report.name: [line async for line in report.rows(office.unit.path, on=START - DAY)] for report in REPORTS}

    assert {name: len(found) for name, found in lines.items()} == {"completions": 1, "assignments": 1, "courses": 1}
    assert all(len(found[0]) == len(report.columns) for report, found in zip(REPORTS, lines.values(), strict=True))
    assert before == {"completions": [], "assignments": [], "courses": []}
    completions = REPORTS[0]
    assert [column.name for column in completions.columns if column.personal] == ["completion", "person"]
    assert not any("score" in column.name or "percent" in column.name for column in completions.columns)
    assert isinstance(lines["completions"][0][6], date)


async def test_a_person_of_another_office_is_not_excused_from_here(office: Office):
    with pytest.raises(Missing):
        await person(office.petersen.id, seen_by=office.vogt, asks=May.ASSIGN)


async def test_it_learns_at_the_counter_what_is_missing_but_not_from_the_persons_page(
    office: Office, assigned: CourseRow
):
    (told,) = await TRAINING.due(office.weber, seen_by=office.brandt, on=TODAY)

    assert (told.is_course, told.values["title"]) == (True, "Sicher im Amt")
    assert await TRAINING.panels(office.weber.key, seen_by=office.brandt, on=TODAY) == ()
    for who in (office.kaya, office.yildiz, office.hansen, office.lindner):
        assert await TRAINING.due(office.weber, seen_by=who, on=TODAY) == ()
