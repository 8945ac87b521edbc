"""A course of three lessons and three questions, published by Karin Vogt for the Gesundheitsamt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from isms.people import Actor
from tests.office import TODAY, Office
from training.commands.assignments import assign
from training.commands.courses import import_course, publish
from training.commands.learning import read_lesson, start_attempt, submit_attempt
from training.queries import learning
from training.queries.courses import CourseRow, course_named
from training.queries.learning import AttemptRow
from training.rules.content import AnswerText, CourseText, LessonText, QuestionText, Topic

TEXT = CourseText(
    key="probe",
    title="Sicher im Amt",
    version="1",
    language="de",
    licence="EUPL-1.2",
    summary="Eine kurze Schulung.",
    pass_mark=60,
    validity_months=12,
    topics=(Topic("mail", "E-Mail"),),
    lessons=(
        LessonText("eins", "Warum", "## Darum\nWeil es **wichtig** ist.", ("mail",)),
        LessonText("zwei", "E-Mail", "Nicht klicken. [Warum](eins)"),
        LessonText("drei", "Melden", "~~~takeaway\n- Melden\n~~~"),
    ),
    questions=tuple(
        QuestionText(
            f"f{number}",
            f"Frage {number}?",
            (
                AnswerText(f"Richtig {number}", True, f"Genau, Nummer {number}."),
                AnswerText(f"Auch richtig {number}", number == 2, f"Auch das, Nummer {number}."),
                AnswerText(f"Falsch {number}", False, f"Leider nein, Nummer {number}."),
            ),
            lesson=lesson,
            topic="mail",
        )
        for number, lesson in enumerate(("eins", "zwei", "drei"), start=1)
    ),
)
READING = replace(TEXT, key="lesen", title="Nur lesen", questions=(), lessons=TEXT.lessons[:1])


async def make_course(office: Office, text: CourseText = TEXT, *, on: date = TODAY) -> CourseRow:
    """Bring a course in and publish it."""
    version = await import_course(text, unit=office.unit, by=office.vogt)
    await publish(version, by=office.vogt, on=on)
    return await course_named(text.key, seen_by=office.vogt)


async def make_assignment(office: Office, course: CourseRow, *, due_on: date, on: date = TODAY) -> int:
    return await assign(course, unit=office.unit, role=None, starts_on=on, due_on=due_on, by=office.vogt, on=on)


async def read_all(course: CourseRow, who: Actor, *, on: date = TODAY) -> None:
    for lesson in await learning.lessons(course.version, of=who):
        await read_lesson(lesson, by=who, on=on)


async def begin(course: CourseRow, who: Actor, *, on: date = TODAY) -> AttemptRow:
    """Everything read, the questions on the table."""
    await read_all(course, who, on=on)
    return await learning.attempt(await start_attempt(course, by=who), of=who)


async def right_answers(attempt: AttemptRow) -> dict[int, set[int]]:
    answers = await learning.solution(attempt)
    return {
        question: {one.id for one in answers if one.question == question and one.is_right} for question in attempt.order
    }


def wrong_answers(attempt: AttemptRow) -> Mapping[int, set[int]]:
    """Everything ticked is never right."""
    return {question: set(answers) for question, answers in attempt.order.items()}


async def pass_course(course: CourseRow, who: Actor, *, on: date = TODAY) -> AttemptRow:
    attempt = await begin(course, who, on=on)
    await submit_attempt(attempt, await right_answers(attempt), by=who, on=on)
    return await learning.attempt(attempt.id, of=who)


@pytest.fixture
async def course(office: Office) -> CourseRow:
    return await make_course(office)
