"""Reading, answering, and being done. Answers are judged here and nowhere else."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Set
from datetime import UTC, date, datetime

from isms.audit import change
from isms.db import execute
from isms.people import Actor
from isms.rules.errors import Complaint, Incomplete, Refused
from isms.rules.texts import N_
from training.queries import learning
from training.queries.courses import CourseRow
from training.queries.learning import AttemptRow, LessonRow
from training.rules.deadlines import valid_until
from training.rules.drawing import draw, shuffled
from training.rules.grading import Grade, grade, unanswered
from training.rules.terms import Source

ANSWER_THIS = Complaint(N_("Bitte kreuzen Sie mindestens eine Antwort an."))
READ_FIRST = N_("Bitte lesen Sie vorher noch: {titles}.")
DONE_TODAY = N_("Sie haben „{title}“ heute schon abgeschlossen.")
HANDED_IN = N_("Diesen Versuch haben Sie schon abgegeben. Das Ergebnis steht auf seiner Seite.")


async def read_lesson(lesson: LessonRow, *, by: Actor, on: date) -> None:
    """Note that somebody is done with a lesson; a second time changes nothing until the reading is used up."""
    if lesson.read_on is not None:
        return
    async with change("lesson.read", lesson, by=by):
        await execute(
            """INSERT INTO lesson_read (person, lesson, read_on) VALUES ({}, {}, {})
               ON CONFLICT (person, lesson) DO UPDATE SET read_on = excluded.read_on""",
            by.id,
            lesson.id,
            on,
        )


async def start_attempt(course: CourseRow, *, by: Actor) -> int:
    """Draw questions and freeze them; an attempt that is still open goes on. Answers with its id.

    Raises Refused for a course without questions and before every lesson was read.
    """
    if not course.is_open or not course.questions:
        raise Refused(N_("Zu „{title}“ gibt es keine Fragen zu beantworten."), title=course.title)
    await _refuse_unread(course, by)
    if there := await learning.open_attempt(course.version, of=by):
        return there.id
    async with change("attempt.started", by=by, version=course.version) as made:
        (row,) = await execute(
            "INSERT INTO attempt (person, version, drawn, started_at) VALUES ({}, {}, {}, {}) RETURNING id",
            by.id,
            course.version,
            json.dumps(await _drawn(course)),
            datetime.now(UTC),
        )
        made.about(f"attempt:{row['id']}")
    return int(row["id"])


async def submit_attempt(attempt: AttemptRow, given: Mapping[int, Set[int]], *, by: Actor, on: date) -> Grade:
    """Judge an attempt; who passes gets a completion. Raises Incomplete naming what is unanswered, Refused twice.

    What the trail says is seen by others: it tells of a completion, never of a score or a failure.
    """
    order = attempt.order
    if forgotten := unanswered(order.keys(), given):
        raise Incomplete({f"q{question}": ANSWER_THIS for question in order if question in forgotten})
    judged = grade(await _solution(attempt), given, attempt.pass_mark)
    async with change("attempt.submitted", attempt, by=by) as made:
        handed_in = await execute(
            """UPDATE attempt SET submitted_at = {}, given = {}, right_answers = {}, passed = {}
               WHERE id = {} AND person = {} AND submitted_at IS NULL RETURNING id""",
            datetime.now(UTC),
            json.dumps({question: sorted(given[question]) for question in order}),
            judged.right,
            judged.passed,
            attempt.id,
            by.id,
        )
        if not handed_in:
            raise Refused(HANDED_IN)
        if judged.passed and (earned := await _complete(attempt, judged.percent, by, on)):
            made.also("completion.earned", f"completion:{earned}", version=attempt.version)
    return judged


async def complete_by_reading(course: CourseRow, *, by: Actor, on: date) -> None:
    """Finish a course that asks no questions. Raises Refused before every lesson was read, or when done today."""
    if not course.is_open or course.questions:
        raise Refused(N_("„{title}“ schließen Sie mit den Fragen ab."), title=course.title)
    if any(one.version == course.version and one.completed_on == on for one in await learning.completions(of=by)):
        raise Refused(DONE_TODAY, title=course.title)
    await _refuse_unread(course, by)
    async with change("completion.earned", by=by, version=course.version) as made:
        earned = await _insert_completion(
            by.id, course.id, course.version, on=on, until=valid_until(on, course.validity_months)
        )
        if earned is None:
            raise Refused(DONE_TODAY, title=course.title)
        made.about(f"completion:{earned}")


async def _refuse_unread(course: CourseRow, by: Actor) -> None:
    unread = [lesson.title for lesson in await learning.lessons(course.version, of=by) if lesson.read_on is None]
    if unread:
        raise Refused(READ_FIRST, titles=", ".join(f"„{title}“" for title in unread))


async def _drawn(course: CourseRow) -> list[tuple[int, list[int]]]:
    seed = secrets.token_hex(16)
    pool = await learning.pool(course.version)
    answers = {question: ids for questions in pool.values() for question, ids in questions.items()}
    chosen = draw({lesson: list(questions) for lesson, questions in pool.items()}, course.questions_per_attempt, seed)
    return [(question, shuffled(answers[question], seed)) for question in chosen]


async def _solution(attempt: AttemptRow) -> dict[int, set[int]]:
    right: dict[int, set[int]] = {question: set() for question in attempt.order}
    for answer in await learning.solution(attempt):
        if answer.is_right:
            right[answer.question].add(answer.id)
    return right


async def _complete(attempt: AttemptRow, percent: int, by: Actor, on: date) -> int | None:
    return await _insert_completion(
        by.id,
        attempt.course,
        attempt.version,
        on=on,
        until=valid_until(on, attempt.validity_months),
        percent=percent,
        attempt=attempt.id,
    )


async def _insert_completion(
    person: int,
    course: int,
    version: int,
    *,
    on: date,
    until: date | None,
    percent: int | None = None,
    attempt: int | None = None,
) -> int | None:
    """None where this version was already completed on this day: one day proves it once."""
    made = await execute(
        """INSERT INTO completion (person, course, version, attempt, completed_on, recorded_on, valid_until, percent,
                                   source)
           VALUES ({}, {}, {}, {}, {}, {}, {}, {}, {}) ON CONFLICT DO NOTHING RETURNING id""",
        person,
        course,
        version,
        attempt,
        on,
        on,
        until,
        percent,
        Source.OWN,
    )
    return int(made[0]["id"]) if made else None
