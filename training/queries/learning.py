"""What somebody reads, answers and has done. Everything here is their own: nobody else's is ever handed out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime

from isms.db.reading import Row, one, row, rows
from isms.people import Actor
from isms.rules.texts import N_
from training.rules.terms import Source


class LessonRow(Row):
    """A lesson in the list of its course; `read_on` is when this reader was done with it."""

    id: int
    version: int
    position: int
    slug: str
    title: str
    read_on: date | None

    @property
    def key(self) -> str:
        return f"lesson:{self.id}"


class LessonPage(LessonRow, frozen=True):
    text: str


class AnswerRow(Row):
    """An answer. Whether it is right is known only where it is judged."""

    id: int
    question: int
    text: str


class JudgedAnswerRow(AnswerRow, frozen=True):
    is_right: bool
    feedback: str


class QuestionRow(Row):
    id: int
    lesson: int | None
    lesson_slug: str | None
    lesson_title: str | None
    text: str
    hint: str


class AttemptRow(Row):
    """One's own attempt at a quiz. `drawn` and `given` are JSON as they are stored."""

    id: int
    course: int
    version: int
    title: str
    language: str
    attribution: str
    pass_mark: int
    validity_months: int | None
    drawn: str
    submitted_at: datetime | None
    given: str | None
    right_answers: int | None
    passed: bool | None

    @property
    def key(self) -> str:
        return f"attempt:{self.id}"

    @property
    def order(self) -> dict[int, list[int]]:
        """Question → its answers, both in the order in which they are asked."""
        return {question: answers for question, answers in json.loads(self.drawn)}

    @property
    def ticked(self) -> dict[int, set[int]]:
        return {int(question): set(answers) for question, answers in json.loads(self.given or "{}").items()}


class CompletionRow(Row):
    """One's own completion, as the certificate shows it."""

    id: int
    course: int
    version: int
    title: str
    version_name: str
    language: str
    completed_on: date
    valid_until: date | None
    percent: int | None
    source: Source
    attempt: int | None

    @property
    def key(self) -> str:
        return f"completion:{self.id}"


# What was completed by reading alone is renewed by reading again: a reading counts for one completion.
LESSON = """l.id, l.version, l.position, l.slug, l.title, r.read_on
    FROM lesson l LEFT JOIN lesson_read r ON r.lesson = l.id AND r.person = {}
         AND NOT EXISTS (SELECT 1 FROM completion d WHERE d.person = r.person AND d.version = l.version
                         AND d.attempt IS NULL AND d.completed_on >= r.read_on)"""
ATTEMPT = """SELECT a.id, v.course, a.version, v.title, v.language, v.attribution, v.pass_mark, v.validity_months,
        a.drawn, a.submitted_at, a.given, a.right_answers, a.passed
    FROM attempt a JOIN course_version v ON v.id = a.version"""
COMPLETION = """SELECT d.id, d.course, d.version, v.title, v.version AS version_name, v.language, d.completed_on,
        d.valid_until, d.percent, d.source, d.attempt
    FROM completion d JOIN course_version v ON v.id = d.version"""


async def lessons(version: int, *, of: Actor) -> list[LessonRow]:
    return await rows(LessonRow, f"SELECT {LESSON} WHERE l.version = {{}} ORDER BY l.position", of.id, version)


async def lesson(version: int, slug: str, *, of: Actor) -> LessonPage:
    return await one(
        LessonPage,
        f"SELECT l.text, {LESSON} WHERE l.version = {{}} AND l.slug = {{}}",
        of.id,
        version,
        slug,
        missing=N_("Diese Lektion gibt es in der Schulung nicht."),
    )


async def attempt(id: int, *, of: Actor) -> AttemptRow:
    return await one(
        AttemptRow,
        f"{ATTEMPT} WHERE a.id = {{}} AND a.person = {{}}",
        id,
        of.id,
        missing=N_("Diesen Versuch gibt es nicht, oder er gehört jemand anderem."),
    )


async def open_attempt(version: int, *, of: Actor) -> AttemptRow | None:
    sql = f"{ATTEMPT} WHERE a.version = {{}} AND a.person = {{}} AND a.submitted_at IS NULL ORDER BY a.id DESC"
    return await row(AttemptRow, sql, version, of.id)


async def asked(attempt: AttemptRow) -> list[tuple[QuestionRow, list[AnswerRow]]]:
    """The questions of an attempt with their answers, in its order, without a word on what is right."""
    questions = await _questions(attempt)
    answers = await rows(
        AnswerRow,
        f"SELECT id, question, text FROM answer WHERE question IN ({_places(attempt)})",
        *attempt.order,
    )
    by_id = {answer.id: answer for answer in answers}
    return [(questions[question], [by_id[id] for id in ids]) for question, ids in attempt.order.items()]


async def judged(attempt: AttemptRow) -> list[tuple[QuestionRow, list[JudgedAnswerRow]]]:
    """The same with feedback, for an attempt that was handed in."""
    questions = await _questions(attempt)
    by_id = {answer.id: answer for answer in await solution(attempt)}
    return [(questions[question], [by_id[id] for id in ids]) for question, ids in attempt.order.items()]


async def solution(attempt: AttemptRow) -> list[JudgedAnswerRow]:
    return await rows(
        JudgedAnswerRow,
        f"SELECT id, question, text, is_right, feedback FROM answer WHERE question IN ({_places(attempt)})",
        *attempt.order,
    )


class PoolRow(Row):
    """A question to draw from, with one of its answers."""

    question: int
    lesson: int | None
    answer: int


async def pool(version: int) -> Mapping[int | None, Mapping[int, list[int]]]:
    """Everything that can be asked: lesson → question → answers."""
    found = await rows(
        PoolRow,
        """SELECT q.id AS question, q.lesson, x.id AS answer FROM question q JOIN answer x ON x.question = q.id
           WHERE q.version = {} ORDER BY q.position, x.position""",
        version,
    )
    lessons: dict[int | None, dict[int, list[int]]] = {}
    for one_row in found:
        lessons.setdefault(one_row.lesson, {}).setdefault(one_row.question, []).append(one_row.answer)
    return lessons


async def completions(*, of: Actor) -> list[CompletionRow]:
    """All of one's own, the newest first."""
    return await rows(
        CompletionRow, f"{COMPLETION} WHERE d.person = {{}} ORDER BY d.completed_on DESC, d.id DESC", of.id
    )


async def completion(id: int, *, of: Actor) -> CompletionRow:
    return await one(
        CompletionRow,
        f"{COMPLETION} WHERE d.id = {{}} AND d.person = {{}}",
        id,
        of.id,
        missing=N_("Diesen Nachweis gibt es nicht, oder er gehört jemand anderem."),
    )


async def _questions(attempt: AttemptRow) -> dict[int, QuestionRow]:
    found = await rows(
        QuestionRow,
        f"""SELECT q.id, q.lesson, l.slug AS lesson_slug, l.title AS lesson_title, q.text, q.hint
            FROM question q LEFT JOIN lesson l ON l.id = q.lesson WHERE q.id IN ({_places(attempt)})""",
        *attempt.order,
    )
    return {question.id: question for question in found}


def _places(attempt: AttemptRow) -> str:
    return ", ".join("{}" for _ in attempt.order)
