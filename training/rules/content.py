"""What a course says: lessons and questions as they were written, before anyone takes them."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from hashlib import sha256


@dataclass(frozen=True)
class Topic:
    """What a course is about, by a key that a rule pack can point to."""

    key: str
    title: str


@dataclass(frozen=True)
class LessonText:
    """One page to read. `text` is Markdown without raw HTML."""

    key: str
    title: str
    text: str
    topics: tuple[str, ...] = ()


@dataclass(frozen=True)
class AnswerText:
    text: str
    right: bool
    feedback: str = ""


@dataclass(frozen=True)
class QuestionText:
    key: str
    text: str
    answers: tuple[AnswerText, ...]
    lesson: str | None = None
    topic: str | None = None
    hint: str = ""


@dataclass(frozen=True)
class CourseText:
    """A course in one version. Without questions it is completed by reading every lesson."""

    key: str
    title: str
    version: str
    language: str
    licence: str
    summary: str = ""
    attribution: str = ""
    source: str = ""
    minutes: int | None = None
    pass_mark: int = 80
    validity_months: int | None = None
    questions_per_attempt: int | None = None
    topics: tuple[Topic, ...] = ()
    lessons: tuple[LessonText, ...] = ()
    questions: tuple[QuestionText, ...] = ()


@dataclass(frozen=True)
class Mistake:
    """What is wrong in a file, and where; `line` counts from 1."""

    file: str
    line: int | None
    message: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.message.format(**self.values)}"


def fingerprint(course: CourseText) -> str:
    """The same for the same words in the same order, so that importing twice changes nothing."""
    written = json.dumps(asdict(course), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(written.encode()).hexdigest()
