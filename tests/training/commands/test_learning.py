from datetime import timedelta

import pytest

from isms.db.reading import value
from isms.rules.errors import Incomplete, Missing, Refused
from tests.office import TODAY, Office
from tests.training.conftest import READING, begin, make_course, pass_course, read_all, right_answers, wrong_answers
from training.commands.learning import complete_by_reading, read_lesson, start_attempt, submit_attempt
from training.queries import learning
from training.queries.courses import CourseRow
from training.rules.deadlines import valid_until


async def actions(like: str) -> int:
    return int(await value("SELECT count(*) FROM audit_entry WHERE action LIKE {}", like))


async def test_reading_leaves_one_trace_however_often(office: Office, course: CourseRow):
    for _ in range(2):
        await read_lesson((await learning.lessons(course.version, of=office.weber))[0], by=office.weber, on=TODAY)

    assert await actions("lesson.read") == 1


async def test_two_windows_that_read_at_once_note_it_once(office: Office, course: CourseRow):
    unread = (await learning.lessons(course.version, of=office.weber))[0]
    await read_lesson(unread, by=office.weber, on=TODAY)
    await read_lesson(unread, by=office.weber, on=TODAY)

    assert await value("SELECT count(*) FROM lesson_read") == 1


async def test_questions_come_after_reading(office: Office, course: CourseRow):
    with pytest.raises(Refused, match="Bitte lesen Sie vorher noch: „Warum“, „E-Mail“, „Melden“"):
        await start_attempt(course, by=office.weber)

    assert not await value("SELECT count(*) FROM attempt")


async def test_an_open_attempt_goes_on_with_the_same_questions(office: Office, course: CourseRow):
    attempt = await begin(course, office.weber)

    again = await learning.attempt(await start_attempt(course, by=office.weber), of=office.weber)

    assert again == attempt
    assert await actions("attempt.started") == 1


async def test_passing_earns_a_completion_that_counts_for_a_year(office: Office, course: CourseRow):
    await pass_course(course, office.weber)

    (earned,) = await learning.completions(of=office.weber)
    assert (earned.version_name, earned.completed_on, earned.percent) == ("1", TODAY, 100)
    assert earned.valid_until == valid_until(TODAY, 12)
    assert await actions("completion.earned") == 1


async def test_failing_earns_nothing_and_tells_nobody(office: Office, course: CourseRow):
    attempt = await begin(course, office.weber)

    judged = await submit_attempt(attempt, wrong_answers(attempt), by=office.weber, on=TODAY)

    assert not judged.passed
    assert await learning.completions(of=office.weber) == []
    told = await value("SELECT content FROM audit_payload ORDER BY id DESC LIMIT 1")
    assert "percent" not in told
    assert "passed" not in told


async def test_unanswered_questions_are_named_and_nothing_is_judged(office: Office, course: CourseRow):
    attempt = await begin(course, office.weber)
    given = await right_answers(attempt)
    first, *_ = given
    given[first] = set()

    with pytest.raises(Incomplete) as error:
        await submit_attempt(attempt, given, by=office.weber, on=TODAY)

    assert list(error.value.complaints) == [f"q{first}"]
    assert (await learning.attempt(attempt.id, of=office.weber)).submitted_at is None


async def test_handing_in_twice_gives_one_completion(office: Office, course: CourseRow):
    attempt = await begin(course, office.weber)
    given = await right_answers(attempt)
    await submit_attempt(attempt, given, by=office.weber, on=TODAY)

    with pytest.raises(Refused, match="Diesen Versuch haben Sie schon abgegeben"):
        await submit_attempt(attempt, given, by=office.weber, on=TODAY)

    assert await value("SELECT count(*) FROM completion") == 1
    assert await actions("attempt.submitted") == 1


async def test_a_failed_attempt_cannot_be_corrected(office: Office, course: CourseRow):
    attempt = await begin(course, office.weber)
    await submit_attempt(attempt, wrong_answers(attempt), by=office.weber, on=TODAY)

    with pytest.raises(Refused):
        await submit_attempt(attempt, await right_answers(attempt), by=office.weber, on=TODAY)

    assert not await value("SELECT count(*) FROM completion")


async def test_passing_again_on_the_same_day_proves_it_once(office: Office, course: CourseRow):
    await pass_course(course, office.weber)
    await pass_course(course, office.weber)

    assert await value("SELECT count(*) FROM completion") == 1


async def test_answers_of_another_question_are_simply_wrong(office: Office, course: CourseRow):
    attempt = await begin(course, office.weber)
    right = await right_answers(attempt)
    shifted = dict(zip(right, [*list(right.values())[1:], {999_999}], strict=True))

    assert (await submit_attempt(attempt, shifted, by=office.weber, on=TODAY)).right == 0


async def test_nobody_opens_somebody_elses_attempt(office: Office, course: CourseRow):
    attempt = await begin(course, office.weber)

    for other in (office.kaya, office.vogt, office.yildiz):
        with pytest.raises(Missing):
            await learning.attempt(attempt.id, of=other)


async def test_a_course_without_questions_is_done_by_reading(office: Office):
    reading = await make_course(office, READING)
    with pytest.raises(Refused, match="Bitte lesen Sie vorher noch: „Warum“"):
        await complete_by_reading(reading, by=office.weber, on=TODAY)
    await read_all(reading, office.weber)

    await complete_by_reading(reading, by=office.weber, on=TODAY)

    (earned,) = await learning.completions(of=office.weber)
    assert earned.percent is None
    with pytest.raises(Refused, match="heute schon abgeschlossen"):
        await complete_by_reading(reading, by=office.weber, on=TODAY)


async def test_what_was_done_by_reading_is_renewed_by_reading_again(office: Office):
    reading = await make_course(office, READING)
    last_year = TODAY - timedelta(days=370)
    await read_all(reading, office.weber, on=last_year)
    await complete_by_reading(reading, by=office.weber, on=last_year)

    with pytest.raises(Refused, match="Bitte lesen Sie vorher noch"):
        await complete_by_reading(reading, by=office.weber, on=TODAY)
    await read_all(reading, office.weber)
    await complete_by_reading(reading, by=office.weber, on=TODAY)

    assert len(await learning.completions(of=office.weber)) == 2
    assert await value("SELECT count(*) FROM lesson_read") == 1


async def test_a_course_with_questions_is_not_done_by_reading(office: Office, course: CourseRow):
    await read_all(course, office.weber)

    with pytest.raises(Refused, match="schließen Sie mit den Fragen ab"):
        await complete_by_reading(course, by=office.weber, on=TODAY)


async def test_questions_without_answers_are_handed_out_without_the_solution(office: Office, course: CourseRow):
    attempt = await begin(course, office.weber)

    for _, answers in await learning.asked(attempt):
        assert all(set(answer.__struct_fields__) == {"id", "question", "text"} for answer in answers)
