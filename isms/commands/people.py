"""Taking people in, giving them roles, and letting them go: the account ends, the history stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from isms.audit import change
from isms.commands.checklists import open_checklist
from isms.db import execute
from isms.db.reading import value
from isms.login import end_sessions, hashed, unacceptable
from isms.people import Actor, PersonRow, UnitRow
from isms.permissions import May
from isms.rules.checklists import ChecklistKind, Point
from isms.rules.errors import Complaint, Incomplete, Refused, Stale
from isms.rules.roles import Reach, Role, needs_an_end, usual_reach
from isms.rules.texts import N_


@dataclass(frozen=True)
class NewPerson:
    """Somebody to take in. Without a login they have no account; `password` is plain and never kept."""

    name: str
    login: str | None = None
    email: str = ""
    password: str | None = None
    must_change_password: bool = False
    language: str = "de"
    import_run: int | None = None
    left_on: date | None = None


async def add_person(new: NewPerson, *, unit: UnitRow, by: Actor, on: date) -> int:
    """Take somebody in as an employee of a unit. Raises Incomplete for a login in use or a weak password."""
    by.needs(May.MANAGE_PEOPLE, unit.path)
    await _check(new)
    stored = await hashed(new.password) if new.password else None
    async with change("person.added", by=by, unit=unit.id, name=new.name, login=new.login) as made:
        person = await insert_person(new, unit=unit.id, stored=stored)
        if new.left_on is None:
            await insert_membership(person, unit=unit.id, role=Role.EMPLOYEE, starts_on=on)
        made.about(f"person:{person}")
    return person


async def grant(
    person: PersonRow,
    role: Role,
    *,
    unit: UnitRow,
    by: Actor,
    starts_on: date,
    ends_on: date | None = None,
    reach: Reach | None = None,
) -> int:
    """Give a role in a unit. Raises Refused where a role that must end has no end. Answers with its id."""
    by.needs(May.MANAGE_PEOPLE, person.path)
    by.needs(May.MANAGE_PEOPLE, unit.path)
    if person.id == by.id:
        raise Refused(N_("Eine Rolle für Sie selbst vergibt jemand anderes aus der Administration."))
    if needs_an_end(role) and ends_on is None:
        raise Incomplete({"ends_on": Complaint(N_("Die Rolle {role} braucht ein Ende."), {"role": role})})
    if ends_on and ends_on < starts_on:
        raise Incomplete({"ends_on": Complaint(N_("Das Ende liegt vor dem Beginn."))})
    if person.left_on:
        raise Refused(N_("{name} ist ausgeschieden und kann keine Rolle mehr bekommen."), name=person.name)
    async with change(
        "role.granted", person, by=by, unit=unit.id, role=role, place=unit.key, starts_on=starts_on, ends_on=ends_on
    ):
        return await insert_membership(
            person.id, unit=unit.id, role=role, reach=reach, starts_on=starts_on, ends_on=ends_on
        )


async def end_role(membership: int, person: PersonRow, *, by: Actor, on: date) -> None:
    """The last day of a role, for whoever manages the unit it is held in. Raises Stale when it was ended before."""
    place = await value("SELECT u.path FROM membership m JOIN unit u ON u.id = m.unit WHERE m.id = {}", membership)
    by.needs(May.MANAGE_PEOPLE, place or person.path)
    async with change("role.ended", person, by=by, unit=person.unit, membership=membership, on=on):
        ended = await execute(
            "UPDATE membership SET ends_on = {} WHERE id = {} AND person = {} AND ends_on IS NULL RETURNING id",
            on,
            membership,
            person.id,
        )
        if not ended:
            raise Stale


async def leave(person: PersonRow, *, by: Actor, on: date, points: Sequence[Point] = ()) -> None:
    """Somebody's last day: roles and sessions end, the account is closed, everything they did stays.

    `points` is what has to be done around that day; they become a checklist.
    """
    by.needs(May.MANAGE_PEOPLE, person.path)
    if person.id == by.id:
        raise Refused(N_("Das eigene Ausscheiden trägt jemand anderes ein."))
    async with change("person.left", person, by=by, unit=person.unit, on=on):
        left = await execute(
            "UPDATE person SET left_on = {}, version = version + 1 WHERE id = {} AND left_on IS NULL RETURNING id",
            on,
            person.id,
        )
        if not left:
            raise Stale
        await execute(
            "UPDATE membership SET ends_on = {} WHERE person = {} AND (ends_on IS NULL OR ends_on > {})",
            on,
            person.id,
            on,
        )
        await end_sessions(person.id)
        if points:
            await open_checklist(person, ChecklistKind.LEAVING, points, day=on, by=by)


async def set_password(person: PersonRow, password: str, *, by: Actor, temporary: bool, but: int | None = None) -> None:
    """A new password; all other sessions end. For somebody else only with the right to keep accounts, and temporary."""
    if person.id != by.id:
        by.needs(May.MANAGE_PEOPLE, person.path)
    if complaint := unacceptable(password, about=words_about(person.name, person.login)):
        raise Incomplete({"password": complaint})
    stored = await hashed(password)
    async with change("password.set", person, by=by, unit=person.unit):
        await store_password(person.id, stored, temporary=temporary, but=but)


async def store_password(person: int, stored: str, *, temporary: bool = False, but: int | None = None) -> None:
    """Only inside a change."""
    await execute(
        "UPDATE person SET password_hash = {}, must_change_password = {} WHERE id = {}", stored, temporary, person
    )
    await end_sessions(person, but=but)


async def insert_person(new: NewPerson, *, unit: int, stored: str | None = None) -> int:
    """Only inside a change. `stored` is the password's hash: it is reckoned before, or the writer would wait for it."""
    made = await execute(
        """INSERT INTO person (name, login, email, password_hash, must_change_password, language, theme, unit,
                               import_run, left_on, version, recorded_at)
           VALUES ({}, {}, {}, {}, {}, {}, '', {}, {}, {}, 1, {}) RETURNING id""",
        new.name.strip(),
        new.login.strip().lower() if new.login else None,
        new.email.strip(),
        stored,
        new.must_change_password,
        new.language,
        unit,
        new.import_run,
        new.left_on,
        datetime.now(UTC),
    )
    return int(made[0]["id"])


async def insert_membership(
    person: int,
    *,
    unit: int,
    role: Role,
    starts_on: date,
    ends_on: date | None = None,
    reach: Reach | None = None,
) -> int:
    """Only inside a change."""
    made = await execute(
        """INSERT INTO membership (person, unit, role, reach, starts_on, ends_on, recorded_at)
           VALUES ({}, {}, {}, {}, {}, {}, {}) RETURNING id""",
        person,
        unit,
        role,
        reach or usual_reach(role),
        starts_on,
        ends_on,
        datetime.now(UTC),
    )
    return int(made[0]["id"])


async def _check(new: NewPerson) -> None:
    complaints: dict[str, Complaint] = {}
    if not new.name.strip():
        complaints["name"] = Complaint(N_("Bitte geben Sie einen Namen ein."))
    if new.login and await value("SELECT 1 FROM person WHERE login = {}", new.login.strip().lower()):
        complaints["login"] = Complaint(N_("Diesen Anmeldenamen hat schon jemand. Bitte wählen Sie einen anderen."))
    if new.password and (complaint := unacceptable(new.password, about=words_about(new.name, new.login))):
        complaints["password"] = complaint
    if complaints:
        raise Incomplete(complaints)


def words_about(name: str, login: str | None) -> list[str]:
    return [name, *name.split(), login or ""]
