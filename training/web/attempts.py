"""Quizzes: answer, hand in, see what was right. What is right leaves the server only after handing in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from litestar import Controller, get, post
from litestar.params import FromPath
from markupsafe import Markup

from isms.forms import Draft, Form, read
from isms.guards import requires
from isms.pages import Html, Visit, again, going, page
from isms.rules.errors import Incomplete
from isms.web.clock import today
from training.commands import learning as commands
from training.queries import courses as queries
from training.queries import learning
from training.queries.learning import AttemptRow
from training.rules.grading import is_right
from training.rules.permissions import May
from training.web.markdown import line_html


class AnswersForm(Form):
    """One list of answers per question, named `q` and the question's number; which questions, the attempt knows."""


@dataclass(frozen=True)
class Asked:
    """A question as the form shows it."""

    name: str
    text: Markup
    answers: list[tuple[int, Markup]]


@dataclass(frozen=True)
class ShownAnswer:
    text: Markup
    ticked: bool
    is_right: bool
    feedback: Markup


@dataclass(frozen=True)
class Judged:
    """A question as the result shows it; what would have been right only to those who passed."""

    text: Markup
    right: bool
    partly: bool
    answers: list[ShownAnswer]
    hint: Markup
    lesson_slug: str | None
    lesson_title: str | None


class NewAttempts(Controller):
    path = "/courses/{course_id:int}/attempts"
    guards = [requires(May.TAKE)]

    @post("/", status_code=200)
    async def create(self, request: Visit, course_id: FromPath[int]) -> Any:
        await read(AnswersForm, request)
        course = await queries.course(course_id, seen_by=request.user)
        attempt = await commands.start_attempt(course, by=request.user)
        return going(request, f"/attempts/{attempt}")


class Attempts(Controller):
    path = "/attempts/{attempt_id:int}"
    guards = [requires(May.TAKE)]

    @get("/")
    async def show(self, request: Visit, attempt_id: FromPath[int]) -> Html:
        attempt = await learning.attempt(attempt_id, of=request.user)
        if attempt.submitted_at:
            return page(request, "training/result.html", **await _result(request, attempt))
        return page(request, "training/attempt.html", draft=Draft.blank(AnswersForm), **await _asked(attempt))

    @post("/", status_code=200)
    async def submit(self, request: Visit, attempt_id: FromPath[int]) -> Any:
        draft = await read(AnswersForm, request)
        attempt = await learning.attempt(attempt_id, of=request.user)
        given = {question: _ids(draft.chosen(f"q{question}")) for question in attempt.order}
        try:
            await commands.submit_attempt(attempt, given, by=request.user, on=today())
        except Incomplete as error:
            return again(request, "training/attempt.html", draft, error, **await _asked(attempt))
        return going(request, f"/attempts/{attempt.id}")


def _ids(chosen: list[str]) -> set[int]:
    return {int(id) for id in chosen if id.isdecimal() and len(id) < 12}


async def _asked(attempt: AttemptRow) -> dict[str, Any]:
    return {
        "attempt": attempt,
        "asked": [
            Asked(
                f"q{question.id}",
                line_html(question.text),
                [(answer.id, line_html(answer.text)) for answer in answers],
            )
            for question, answers in await learning.asked(attempt)
        ],
    }


async def _result(request: Visit, attempt: AttemptRow) -> dict[str, Any]:
    ticked = attempt.ticked
    questions = [
        _judged(question, answers, ticked.get(question.id, set()))
        for question, answers in await learning.judged(attempt)
    ]
    earned = [one for one in await learning.completions(of=request.user) if one.attempt == attempt.id]
    return {
        "attempt": attempt,
        "questions": questions,
        "completion": earned[0] if earned else None,
        "again": sorted(
            {(one.lesson_slug, one.lesson_title) for one in questions if not one.right and one.lesson_slug}
        ),
    }


def _judged(question: learning.QuestionRow, answers: list[learning.JudgedAnswerRow], ticked: set[int]) -> Judged:
    right = {answer.id for answer in answers if answer.is_right}
    return Judged(
        line_html(question.text),
        is_right(right, ticked),
        ticked < right,
        [
            ShownAnswer(line_html(answer.text), answer.id in ticked, answer.is_right, line_html(answer.feedback))
            for answer in answers
        ],
        line_html(question.hint),
        question.lesson_slug,
        question.lesson_title,
    )
