"""Assigning a course and ending that; publishing and ending courses; excusing people and noting pauses."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Any

import msgspec
from litestar import Controller, get, post
from litestar.params import FromPath, FromQuery

from isms.forms import Draft, Form, read
from isms.guards import requires
from isms.pages import Html, Visit, after, again, page
from isms.people import UnitRow, person, unit, units
from isms.rules.errors import Incomplete, Missing, Refused
from isms.rules.roles import Role
from isms.rules.texts import N_
from isms.web.clock import today
from training.commands import assignments as commands
from training.commands import courses as course_commands
from training.queries import assignments as queries
from training.queries.courses import CourseRow, course, version
from training.rules.permissions import OBLIGED, May

USUAL_DAYS = timedelta(days=28)
Text = Annotated[str, msgspec.Meta(max_length=1000)]


class AssignmentForm(Form):
    unit: int
    starts_on: date
    due_on: date
    role: Role | None = None


class WaiverForm(Form):
    person: int
    starts_on: date
    ends_on: date
    reason: Text = ""


class PauseForm(Form):
    person: int
    starts_on: date
    ends_on: date


class Nothing(Form):
    """A form of one button."""


class Assignments(Controller):
    path = "/courses/{course_id:int}/assignments"
    guards = [requires(May.ASSIGN)]

    @get("/new")
    async def blank(self, request: Visit, course_id: FromPath[int]) -> Html:
        found = await course(course_id, seen_by=request.user)
        draft = Draft.blank(AssignmentForm, unit=request.user.unit, starts_on=today(), due_on=today() + USUAL_DAYS)
        return page(request, "training/assignment_new.html", draft=draft, **await _choices(request, found, draft))

    @get("/reach")
    async def reach(
        self, request: Visit, course_id: FromPath[int], unit: FromQuery[str] = "", role: FromQuery[str] = ""
    ) -> Html:
        """How many people the chosen unit and role mean, while somebody chooses."""
        found = await course(course_id, seen_by=request.user)
        draft = Draft(AssignmentForm, {"unit": [unit], "role": [role]}, {})
        return page(request, "training/_reach.html", **await _choices(request, found, draft))

    @post("/", status_code=200)
    async def create(self, request: Visit, course_id: FromPath[int]) -> Any:
        draft = await read(AssignmentForm, request)
        found = await course(course_id, seen_by=request.user)
        choices = await _choices(request, found, draft)
        if draft.value("_step") == "preview":
            return page(request, "training/assignment_new.html", draft=draft, **choices)
        try:
            form = draft.form
            place = await unit(form.unit, seen_by=request.user, asks=May.ASSIGN)
            await commands.assign(
                found,
                unit=place,
                role=form.role,
                starts_on=form.starts_on,
                due_on=form.due_on,
                by=request.user,
                on=today(),
            )
        except (Incomplete, Refused) as error:
            return again(request, "training/assignment_new.html", draft, error, **choices)
        notice = N_("„{title}“ ist zugewiesen: {unit}, bis {day}.")
        values = {"title": found.title, "unit": place.name, "day": form.due_on}
        return after(request, f"/courses/{found.id}/figures", notice=notice, values=values)

    @post("/{assignment_id:int}/ending", status_code=200)
    async def end(self, request: Visit, course_id: FromPath[int], assignment_id: FromPath[int]) -> Any:
        await read(Nothing, request)
        found = await queries.assignment(assignment_id, seen_by=request.user)
        await commands.end_assignment(found, by=request.user, on=today())
        return after(request, f"/courses/{course_id}/figures", notice=N_("Die Zuweisung ist beendet."))


class Waivers(Controller):
    path = "/courses/{course_id:int}/waivers"
    guards = [requires(May.ASSIGN)]

    @get("/new")
    async def blank(self, request: Visit, course_id: FromPath[int], person_id: FromQuery[int]) -> Html:
        found = await course(course_id, seen_by=request.user)
        whom = await person(person_id, seen_by=request.user, asks=May.ASSIGN)
        return page(
            request,
            "training/waiver_new.html",
            course=found,
            person=whom,
            draft=Draft.blank(WaiverForm, person=whom.id, starts_on=today()),
            pause=Draft.blank(PauseForm, person=whom.id),
        )

    @post("/", status_code=200)
    async def create(self, request: Visit, course_id: FromPath[int]) -> Any:
        draft = await read(WaiverForm, request)
        found = await course(course_id, seen_by=request.user)
        whom = await person(_id(draft.value("person")), seen_by=request.user, asks=May.ASSIGN)
        try:
            form = draft.form
            await commands.waive(
                found,
                whom,
                starts_on=form.starts_on,
                ends_on=form.ends_on,
                reason=form.reason,
                by=request.user,
                on=today(),
            )
        except (Incomplete, Refused) as error:
            pause = Draft.blank(PauseForm, person=whom.id)
            return again(request, "training/waiver_new.html", draft, error, course=found, person=whom, pause=pause)
        notice = N_("{name} ist bis {day} befreit.")
        values = {"name": whom.name, "day": form.ends_on}
        return after(request, f"/courses/{found.id}/missing", notice=notice, values=values)

    @post("/{waiver_id:int}/ending", status_code=200)
    async def end(self, request: Visit, course_id: FromPath[int], waiver_id: FromPath[int]) -> Any:
        await read(Nothing, request)
        found = await queries.waiver(waiver_id, seen_by=request.user)
        await commands.end_waiver(found, by=request.user, on=today())
        return after(request, f"/courses/{course_id}/figures", notice=N_("Die Befreiung endet heute."))

    @post("/pauses", status_code=200)
    async def pause(self, request: Visit, course_id: FromPath[int]) -> Any:
        """Days on which no deadline runs, for every course of this person."""
        draft = await read(PauseForm, request)
        found = await course(course_id, seen_by=request.user)
        whom = await person(_id(draft.value("person")), seen_by=request.user, asks=May.ASSIGN)
        try:
            form = draft.form
            await commands.pause(whom, starts_on=form.starts_on, ends_on=form.ends_on, by=request.user)
        except (Incomplete, Refused) as error:
            return page(
                request,
                "training/waiver_new.html",
                status=422,
                course=found,
                person=whom,
                draft=Draft.blank(WaiverForm, person=whom.id, starts_on=today()),
                pause=_blamed(draft, error),
            )
        notice = N_("Für {name} ruhen die Fristen an diesen Tagen.")
        return after(request, f"/courses/{found.id}/missing", notice=notice, values={"name": whom.name})


class Versions(Controller):
    path = "/courses/{course_id:int}"
    guards = [requires(May.MANAGE)]

    @post("/versions/{version_id:int}/publication", status_code=200)
    async def publish(self, request: Visit, course_id: FromPath[int], version_id: FromPath[int]) -> Any:
        await read(Nothing, request)
        found = await version(version_id, seen_by=request.user)
        await course_commands.publish(found, by=request.user, on=today())
        notice = N_("Fassung {version} ist veröffentlicht.")
        return after(request, f"/courses/{course_id}/figures", notice=notice, values={"version": found.version})

    @post("/ending", status_code=200)
    async def end(self, request: Visit, course_id: FromPath[int]) -> Any:
        await read(Nothing, request)
        found = await course(course_id, seen_by=request.user)
        await course_commands.end_course(found, by=request.user, on=today())
        notice = N_("„{title}“ wird nicht mehr angeboten. Erworbene Nachweise bleiben gültig.")
        return after(request, "/courses", notice=notice, values={"title": found.title})


async def _choices(request: Visit, found: CourseRow, draft: Draft[AssignmentForm]) -> dict[str, Any]:
    places = await units(seen_by=request.user, asks=May.ASSIGN)
    chosen = next((place for place in places if str(place.id) == draft.value("unit")), None)
    return {
        "course": found,
        "units": places,
        "roles": [role for role in OBLIGED if role is not Role.ADMINISTRATOR],
        "chosen": chosen,
        "reached": await _reached(chosen, draft.value("role")),
    }


async def _reached(chosen: UnitRow | None, role: str) -> int | None:
    if chosen is None or role not in ("", *Role):
        return None
    return await queries.reached(chosen, Role(role) if role else None, on=today())


def _id(typed: str) -> int:
    if not typed.isdecimal():
        raise Missing
    return int(typed[:12])


def _blamed(draft: Draft[Any], error: Incomplete | Refused) -> Draft[Any]:
    if isinstance(error, Incomplete):
        draft.blame(error)
    return draft
