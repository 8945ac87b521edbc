"""Bringing courses in and publishing them. A version is written once; whoever wants another text imports the next."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, date, datetime

from isms.audit import change
from isms.db import execute, executemany
from isms.people import Actor, UnitRow
from isms.rules.errors import Refused, Stale
from isms.rules.texts import N_
from training.queries.courses import CourseRow, VersionRow, course_of, latest_version
from training.rules.content import CourseText, QuestionText, fingerprint
from training.rules.permissions import May


async def import_course(text: CourseText, *, unit: UnitRow, by: Actor, run: int | None = None) -> VersionRow:
    """Add the text as the next version of the unit's course, as a draft; the same words again change nothing."""
    by.needs(May.MANAGE, unit.path)
    there = await course_of(text.key, unit.id)
    latest = await latest_version(there.id) if there else None
    if latest and latest.fingerprint == fingerprint(text):
        return latest
    async with change("course.imported", by=by, unit=unit.id, version=text.version, title=text.title) as made:
        course = there.id if there else await _insert_course(text.key, unit.id)
        version = await _insert_version(text, course, latest.number + 1 if latest else 1, run)
        await _insert_content(text, version)
        made.about(f"course:{course}")
        made.with_(number=latest.number + 1 if latest else 1)
    imported = await latest_version(course)
    assert imported is not None
    return imported


async def publish(version: VersionRow, *, by: Actor, on: date) -> None:
    """From now on people take this version. Raises Refused after a newer one, Stale when it was published before."""
    by.needs(May.MANAGE, version.path)
    async with change(
        "course.published", f"course:{version.course}", by=by, unit=version.unit, version=version.version
    ):
        newer = await execute(
            "SELECT id FROM course_version WHERE course = {} AND number > {} AND published_on IS NOT NULL",
            version.course,
            version.number,
        )
        if newer:
            raise Refused(
                N_("Eine neuere Fassung ist schon veröffentlicht. Spielen Sie den Text als neue Fassung ein.")
            )
        published = await execute(
            "UPDATE course_version SET published_on = {} WHERE id = {} AND published_on IS NULL RETURNING id",
            on,
            version.id,
        )
        if not published:
            raise Stale


async def end_course(course: CourseRow, *, by: Actor, on: date) -> None:
    """Nobody starts it any more and its assignments end today; what was earned stays. Raises Stale the second time."""
    by.needs(May.MANAGE, course.path)
    async with change("course.ended", course, by=by, unit=course.unit, on=on) as made:
        ended = await execute(
            "UPDATE course SET ended_on = {} WHERE id = {} AND ended_on IS NULL RETURNING id", on, course.id
        )
        if not ended:
            raise Stale
        open_ones = await execute(
            "UPDATE assignment SET ended_on = {} WHERE course = {} AND ended_on IS NULL RETURNING id", on, course.id
        )
        for assignment in open_ones:
            made.also("assignment.ended", f"assignment:{assignment['id']}", on=on)


async def _insert_course(slug: str, unit: int) -> int:
    (made,) = await execute(
        "INSERT INTO course (slug, unit, recorded_at) VALUES ({}, {}, {}) RETURNING id", slug, unit, datetime.now(UTC)
    )
    return int(made["id"])


async def _insert_version(text: CourseText, course: int, number: int, run: int | None) -> int:
    values = {
        "course": course,
        "number": number,
        "version": text.version,
        "title": text.title,
        "summary": text.summary,
        "language": text.language,
        "licence": text.licence,
        "attribution": text.attribution,
        "source": text.source,
        "minutes": text.minutes,
        "pass_mark": text.pass_mark,
        "validity_months": text.validity_months,
        "questions_per_attempt": text.questions_per_attempt,
        "topics": json.dumps([asdict(topic) for topic in text.topics], ensure_ascii=False),
        "fingerprint": fingerprint(text),
        "import_run": run,
        "recorded_at": datetime.now(UTC),
    }
    places = ", ".join("{}" for _ in values)
    (made,) = await execute(
        f"INSERT INTO course_version ({', '.join(values)}) VALUES ({places}) RETURNING id", *values.values()
    )
    return int(made["id"])


async def _insert_content(text: CourseText, version: int) -> None:
    lessons: dict[str | None, int] = {}
    for position, lesson in enumerate(text.lessons, start=1):
        (made,) = await execute(
            """INSERT INTO lesson (version, position, slug, title, text, topics) VALUES ({}, {}, {}, {}, {}, {})
               RETURNING id""",
            version,
            position,
            lesson.key,
            lesson.title,
            lesson.text,
            json.dumps(lesson.topics),
        )
        lessons[lesson.key] = int(made["id"])
    for position, question in enumerate(text.questions, start=1):
        await _insert_question(question, version, position, lessons.get(question.lesson))


async def _insert_question(question: QuestionText, version: int, position: int, lesson: int | None) -> None:
    (made,) = await execute(
        """INSERT INTO question (version, lesson, position, slug, topic, text, hint)
           VALUES ({}, {}, {}, {}, {}, {}, {}) RETURNING id""",
        version,
        lesson,
        position,
        question.key,
        question.topic or "",
        question.text,
        question.hint,
    )
    await executemany(
        "INSERT INTO answer (question, position, text, is_right, feedback) VALUES ({}, {}, {}, {}, {})",
        [
            (made["id"], place, answer.text, answer.right, answer.feedback)
            for place, answer in enumerate(question.answers, start=1)
        ],
    )
