"""Courses as people may see them: what their unit and those above offer, and what they look after."""

from __future__ import annotations

import json
from datetime import date, datetime

from isms.db import fulltext
from isms.db.reading import Row, one, row, rows
from isms.people import Actor, ancestors
from isms.rules.texts import N_
from training.rules.content import Topic
from training.rules.permissions import May


class CourseRow(Row):
    """A course with its current version: the highest published one, or a draft where none is published yet."""

    id: int
    slug: str
    unit: int
    path: str
    unit_name: str
    ended_on: date | None
    version: int
    version_name: str
    published_on: date | None
    title: str
    summary: str
    language: str
    licence: str
    attribution: str
    source: str
    minutes: int | None
    pass_mark: int
    validity_months: int | None
    questions_per_attempt: int | None
    topic_list: str
    lessons: int
    questions: int

    @property
    def key(self) -> str:
        return f"course:{self.id}"

    @property
    def is_open(self) -> bool:
        """Whether people can take it."""
        return self.published_on is not None and self.ended_on is None

    @property
    def asked(self) -> int:
        """How many questions an attempt asks."""
        return min(self.questions_per_attempt or self.questions, self.questions)

    @property
    def topics(self) -> list[Topic]:
        return [Topic(**topic) for topic in json.loads(self.topic_list)]


class VersionRow(Row):
    """A version of a course in its history."""

    id: int
    course: int
    unit: int
    path: str
    number: int
    version: str
    title: str
    fingerprint: str
    published_on: date | None
    recorded_at: datetime

    @property
    def key(self) -> str:
        return f"course_version:{self.id}"


CURRENT = """(SELECT n.id FROM course_version n WHERE n.course = c.id
              ORDER BY (n.published_on IS NULL), n.number DESC LIMIT 1)"""
COURSE = f"""SELECT c.id, c.slug, c.unit, u.path, u.name AS unit_name, c.ended_on, v.id AS version,
       v.version AS version_name, v.published_on, v.title, v.summary, v.language, v.licence, v.attribution, v.source,
       v.minutes, v.pass_mark, v.validity_months, v.questions_per_attempt, v.topics AS topic_list,
       (SELECT count(*) FROM lesson l WHERE l.version = v.id) AS lessons,
       (SELECT count(*) FROM question q WHERE q.version = v.id) AS questions
    FROM course c JOIN unit u ON u.id = c.unit JOIN course_version v ON v.id = {CURRENT}"""
OPEN = "c.ended_on IS NULL AND v.published_on IS NOT NULL"
VERSION = """SELECT v.id, v.course, c.unit, u.path, v.number, v.version, v.title, v.fingerprint, v.published_on,
       v.recorded_at
    FROM course_version v JOIN course c ON c.id = v.course JOIN unit u ON u.id = c.unit"""
NO_COURSE = N_("Diese Schulung gibt es nicht, oder sie wird in Ihrem Bereich nicht angeboten.")


def visible(seen_by: Actor) -> tuple[str, list[object]]:
    """What is on offer for somebody, and everything of the units that they manage."""
    above = sorted({one for path in (seen_by.path, *(held.path for held in seen_by.held)) for one in ancestors(path)})
    managed, args = seen_by.reach(May.MANAGE).where("u.path")
    offered = f"({OPEN} AND u.path IN ({', '.join('{}' for _ in above)}))"
    return f"({offered} OR {managed})", [*above, *args]


async def courses(*, seen_by: Actor) -> list[CourseRow]:
    where, args = visible(seen_by)
    return await rows(CourseRow, f"{COURSE} WHERE {where} ORDER BY v.title, c.id", *args)


async def course(id: int, *, seen_by: Actor) -> CourseRow:
    where, args = visible(seen_by)
    return await one(CourseRow, f"{COURSE} WHERE c.id = {{}} AND {where}", id, *args, missing=NO_COURSE)


async def course_named(slug: str, *, seen_by: Actor) -> CourseRow:
    """The nearest course of that name: an office's own before that of the Land."""
    where, args = visible(seen_by)
    sql = f"{COURSE} WHERE c.slug = {{}} AND {where} ORDER BY length(u.path) DESC LIMIT 1"
    return await one(CourseRow, sql, slug, *args, missing=NO_COURSE)


async def course_of(slug: str, unit: int) -> CourseRow | None:
    """The course that a unit offers under this name, for imports."""
    return await row(CourseRow, f"{COURSE} WHERE c.slug = {{}} AND c.unit = {{}}", slug, unit)


async def versions(course: int, *, seen_by: Actor) -> list[VersionRow]:
    where, args = seen_by.reach(May.MANAGE).where("u.path")
    return await rows(VersionRow, f"{VERSION} WHERE v.course = {{}} AND {where} ORDER BY v.number DESC", course, *args)


async def version(id: int, *, seen_by: Actor) -> VersionRow:
    where, args = seen_by.reach(May.MANAGE).where("u.path")
    return await one(VersionRow, f"{VERSION} WHERE v.id = {{}} AND {where}", id, *args)


async def latest_version(course: int) -> VersionRow | None:
    return await row(VersionRow, f"{VERSION} WHERE v.course = {{}} ORDER BY v.number DESC LIMIT 1", course)


async def courses_matching(words: str, *, seen_by: Actor, limit: int) -> list[CourseRow]:
    """Courses whose title, summary or some lesson has all the words."""
    where, args = visible(seen_by)
    itself, itself_args = fulltext.matching("course_version", words, "v")
    inside, inside_args = fulltext.matching("lesson", words, "s")
    return await rows(
        CourseRow,
        f"""{COURSE} WHERE {where} AND ({itself} OR EXISTS (
                SELECT 1 FROM lesson s WHERE s.version = v.id AND {inside})) ORDER BY v.title, c.id LIMIT {{}}""",
        *args,
        *itself_args,
        *inside_args,
        limit,
    )
