"""Questions as quizdown writes them: a heading, a hint, ticked answers with feedback."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from isms.rules.texts import N_
from training.intake.entries import Mistakes
from training.rules.content import AnswerText, QuestionText

# A quiz ends before the next one begins: without that, quizzes that nobody closed are each searched to the end.
BLOCK = re.compile(
    r"\{\{<\s*+quizdown\s*+>\}\}(?P<quiz>(?:(?!\{\{<\s*+quizdown).)*?)\{\{<\s*+/\s*+quizdown\s*+>\}\}", re.DOTALL
)
OPTIONS = re.compile(r"\A\s*---\n.*?\n---[ \t]*\n", re.DOTALL)
HEADING = re.compile(r"^##[ \t]+(?P<text>.+)$", re.MULTILINE)
ANSWER = re.compile(r"^[ \t]*(?:\d+\.|[-*])[ \t]+\[(?P<tick>[ xX]?)\](?P<text>.*)$", re.MULTILINE)
NO_QUESTIONS = N_("Das Quiz enthält keine Frage. Jede Frage beginnt mit „## “.")
FEW_ANSWERS = N_("Die Frage „{text}“ braucht mindestens zwei Antworten; jede beginnt mit „1. [ ]“ oder „1. [x]“.")
NO_RIGHT = N_("Bei der Frage „{text}“ ist keine Antwort als richtig markiert. Schreiben Sie „[x]“ vor mindestens eine.")


def questions(page: str, mistakes: Mistakes, topic: str) -> list[QuestionText]:
    """The questions of every quiz on a page. Lines of mistakes count from the page's first."""
    return [question for block in BLOCK.finditer(page) for question in _of_block(page, block, mistakes, topic)]


def _of_block(page: str, block: re.Match[str], mistakes: Mistakes, topic: str) -> Iterator[QuestionText]:
    options = OPTIONS.match(block["quiz"])
    start = block.start("quiz") + (options.end() if options else 0)
    headings = list(HEADING.finditer(page, start, block.end("quiz")))
    if not headings:
        mistakes.note(_line(page, start), NO_QUESTIONS)
        return
    ends = [*(heading.start() for heading in headings[1:]), block.end("quiz")]
    for number, (heading, end) in enumerate(zip(headings, ends, strict=True), start=1):
        question = _question(heading, page[heading.end() : end], mistakes)
        yield replace(question, key=f"f{number}", topic=topic)


def _question(heading: re.Match[str], body: str, mistakes: Mistakes) -> QuestionText:
    text = heading["text"].strip()
    ticks = list(ANSWER.finditer(body))
    answers = tuple(_answers(body, ticks))
    line = _line(heading.string, heading.start())
    if len(answers) < 2:
        mistakes.note(line, FEW_ANSWERS, text=text)
    elif not any(answer.right for answer in answers):
        mistakes.note(line, NO_RIGHT, text=text)
    hint = _quoted(body[: ticks[0].start()] if ticks else body)
    return QuestionText("", text, answers, hint=hint)


def _answers(body: str, ticks: list[re.Match[str]]) -> Iterator[AnswerText]:
    ends = [later.start() for _, later in pairwise(ticks)] + [len(body)]
    for tick, end in zip(ticks, ends, strict=True):
        lines = body[tick.end() : end].splitlines()
        more = " ".join(line.strip() for line in lines if not line.lstrip().startswith(">"))
        text = " ".join(f"{tick['text']} {more}".split())
        yield AnswerText(text, tick["tick"] in ("x", "X"), _quoted("\n".join(lines)))


def _quoted(text: str) -> str:
    """The quoted lines as one paragraph, however deep they are quoted."""
    lines = (line.strip() for line in text.splitlines())
    return " ".join(line.lstrip("> ").strip() for line in lines if line.startswith(">")).strip()


def _line(page: str, at: int) -> int:
    return page.count("\n", 0, at) + 1
