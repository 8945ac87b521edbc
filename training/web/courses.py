"""Courses: what is on offer, what a course says about itself, and its lessons one by one."""

from __future__ import annotations

from typing import Any

from litestar import Controller, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from isms.forms import Form, read
from isms.guards import requires
from isms.house import house_of
from isms.pages import Html, Visit, after, page
from isms.rules.texts import N_
from isms.trail import history
from isms.web.clock import today
from training.commands import learning as commands
from training.queries import courses as queries
from training.queries import learning
from training.queries.assignments import assignments, excused
from training.queries.courses import CourseRow
from training.queries.coverage import quota
from training.queries.obligations import obligations
from training.rules.permissions import May
from training.web.markdown import lesson_html


class Nothing(Form):
    """A form of one button."""


class Courses(Controller):
    path = "/courses"
    guards = [requires(May.TAKE)]

    @get("/")
    async def index(self, request: Visit) -> Html:
        offered = await queries.courses(seen_by=request.user)
        mine = await obligations(request.user.id, on=today())
        obliged = {one.course for one in mine}
        return page(
            request,
            "training/courses.html",
            May=May,
            obligations=mine,
            others=[course for course in offered if course.id not in obliged and course.is_open],
            managed=[course for course in offered if request.user.may(May.MANAGE, course.path)],
        )

    @get("/{course_id:int}")
    async def show(self, request: Visit, course_id: FromPath[int]) -> Html:
        course = await queries.course(course_id, seen_by=request.user)
        return page(request, "training/course.html", May=May, course=course, **await _mine(request, course))

    @get("/{course_id:int}/figures")
    async def figures(self, request: Visit, course_id: FromPath[int]) -> Html:
        """Who has to take it and how far they are: for those who look after others."""
        request.user.needs(May.SEE_COUNTS)
        course = await queries.course(course_id, seen_by=request.user)
        return page(request, "training/figures.html", May=May, course=course, **await _others(request, course))

    @get("/named/{slug:str}")
    async def named(self, request: Visit, slug: FromPath[str]) -> Redirect:
        course = await queries.course_named(slug, seen_by=request.user)
        return Redirect(f"/courses/{course.id}")

    @get("/named/{slug:str}/{lesson:str}")
    async def named_lesson(self, request: Visit, slug: FromPath[str], lesson: FromPath[str]) -> Redirect:
        course = await queries.course_named(slug, seen_by=request.user)
        found = await learning.lesson(course.version, lesson, of=request.user)
        return Redirect(f"/courses/{course.id}/lessons/{found.slug}")

    @post("/{course_id:int}/completions", status_code=200)
    async def complete(self, request: Visit, course_id: FromPath[int]) -> Any:
        await read(Nothing, request)
        course = await queries.course(course_id, seen_by=request.user)
        await commands.complete_by_reading(course, by=request.user, on=today())
        return after(request, f"/courses/{course.id}", notice=N_("Geschafft. Ihr Nachweis ist ausgestellt."))


class Lessons(Controller):
    path = "/courses/{course_id:int}/lessons"
    guards = [requires(May.TAKE)]

    @get("/{slug:str}")
    async def show(self, request: Visit, course_id: FromPath[int], slug: FromPath[str]) -> Html:
        course = await queries.course(course_id, seen_by=request.user)
        lesson = await learning.lesson(course.version, slug, of=request.user)
        lessons = await learning.lessons(course.version, of=request.user)
        return page(
            request,
            "training/lesson.html",
            course=course,
            lesson=lesson,
            lessons=lessons,
            text=lesson_html(lesson.text, course.language),
            previous=_beside(lessons, lesson.position - 1),
            next=_beside(lessons, lesson.position + 1),
        )

    @post("/{slug:str}", status_code=200)
    async def done(self, request: Visit, course_id: FromPath[int], slug: FromPath[str]) -> Any:
        """Read; on to the next one."""
        await read(Nothing, request)
        course = await queries.course(course_id, seen_by=request.user)
        lesson = await learning.lesson(course.version, slug, of=request.user)
        await commands.read_lesson(lesson, by=request.user, on=today())
        lessons = await learning.lessons(course.version, of=request.user)
        further = next((one for one in lessons if one.position > lesson.position and one.read_on is None), None)
        back_to = f"/courses/{course.id}/lessons/{further.slug}" if further else f"/courses/{course.id}"
        return after(request, back_to, notice=N_("„{title}“ ist gelesen."), values={"title": lesson.title})


def _beside(lessons: list[learning.LessonRow], position: int) -> learning.LessonRow | None:
    return next((lesson for lesson in lessons if lesson.position == position), None)


async def _mine(request: Visit, course: CourseRow) -> dict[str, Any]:
    """How far I am with a course."""
    lessons = await learning.lessons(course.version, of=request.user)
    mine = await obligations(request.user.id, on=today())
    return {
        "lessons": lessons,
        "unread": next((lesson for lesson in lessons if lesson.read_on is None), None),
        "obligation": next((one for one in mine if one.course == course.id), None),
        "attempt": await learning.open_attempt(course.version, of=request.user),
        "completions": [one for one in await learning.completions(of=request.user) if one.course == course.id],
        "on": today(),
    }


async def _others(request: Visit, course: CourseRow) -> dict[str, Any]:
    """What is known about others: figures for those who count, assignments, versions for those who manage."""
    user, house = request.user, house_of(request)
    return {
        "quota": await quota(course.id, seen_by=user, on=today()),
        "assignments": await assignments(course.id, seen_by=user),
        "excused": await excused(course.id, seen_by=user, on=today()) if user.may(May.SEE_NAMES) else [],
        "versions": await queries.versions(course.id, seen_by=user) if user.may(May.MANAGE, course.path) else [],
        "history": await history(course.key, seen_by=user, house=house) if user.may(May.MANAGE, course.path) else [],
        "on": today(),
    }
