"""The demo office learns: most are done, some still have days left, one site is late, one certificate runs out soon."""

from __future__ import annotations

from datetime import date, timedelta

from isms.area import DemoOffice
from isms.people import Actor, UnitRow, unit
from isms.rules.roles import Role
from training.commands.assignments import assign
from training.commands.courses import import_course, publish
from training.commands.learning import read_lesson, start_attempt, submit_attempt
from training.intake.courses import shipped
from training.queries import learning
from training.queries.courses import CourseRow, course
from training.rules.permissions import May

COURSE = "informationssicherheit-im-gesundheitsamt"
# Days ago on which one after the other was done; the first runs out within the month.
DONE = (345, 150, 141, 120, 96, 74, 61, 40, 33, 20, 12, 5)
BEGAN = timedelta(days=350)
ASSIGNED = timedelta(days=160)
LEFT = timedelta(days=10)
LATE = timedelta(days=12)
LATE_SITE = "hafen"


async def demo(office: DemoOffice) -> None:
    manager = next((one for one in office.people.values() if one.has(Role.TRAINING_MANAGER)), None)
    if manager is None:
        return
    place = await unit(_office_of(manager), seen_by=manager, asks=May.MANAGE)
    version = await import_course(shipped(COURSE), unit=place, by=manager)
    await publish(version, by=manager, on=office.on - BEGAN)
    found = await course(version.course, seen_by=manager)
    await _assign(found, place, by=manager, on=office.on - ASSIGNED, due_on=office.on + LEFT)
    if LATE_SITE in office.units:
        site = await unit(office.units[LATE_SITE], seen_by=manager, asks=May.ASSIGN)
        await _assign(found, site, by=manager, on=office.on - ASSIGNED, due_on=office.on - LATE)
    for who, days in zip(_learners(office), DONE, strict=False):
        await _pass(found, who, office.on - timedelta(days=days))


async def _assign(found: CourseRow, place: UnitRow, *, by: Actor, on: date, due_on: date) -> None:
    await assign(found, unit=place, role=None, starts_on=on, due_on=due_on, by=by, on=on)


def _office_of(manager: Actor) -> int:
    return next(held.unit for held in manager.held if held.role is Role.TRAINING_MANAGER)


def _learners(office: DemoOffice) -> list[Actor]:
    """Three of four; those with nothing but their work are left something to do when they sign in."""
    people = sorted(office.people.values(), key=lambda one: one.id)
    busy = [one for one in people if len(one.held) > 1 and not one.has(Role.AUDITOR)]
    others = [one for one in people if len(one.held) == 1 and one.has(Role.EMPLOYEE)]
    return [*busy, *others[1::2]]


async def _pass(found: CourseRow, who: Actor, on: date) -> None:
    for lesson in await learning.lessons(found.version, of=who):
        await read_lesson(lesson, by=who, on=on)
    attempt = await learning.attempt(await start_attempt(found, by=who), of=who)
    right: dict[int, set[int]] = {question: set() for question in attempt.order}
    for answer in await learning.solution(attempt):
        if answer.is_right:
            right[answer.question].add(answer.id)
    await submit_attempt(attempt, right, by=who, on=on)
