"""People as lists and pages show them, for those who may see them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from isms.db.reading import Row, one, rows
from isms.people import Actor
from isms.permissions import May
from isms.rules.roles import Reach, Role
from isms.rules.texts import N_


class PersonPage(Row):
    """Everything that a person's page shows of the person themselves."""

    id: int
    name: str
    login: str | None
    email: str
    unit: int
    unit_name: str
    path: str
    left_on: date | None
    version: int
    has_password: bool

    @property
    def key(self) -> str:
        return f"person:{self.id}"


class RoleRow(Row):
    """A role somebody has or had."""

    id: int
    person: int
    role: Role
    reach: Reach
    unit: int
    unit_name: str
    path: str
    starts_on: date
    ends_on: date | None


PERSON = """SELECT p.id, p.name, p.login, p.email, p.unit, u.name AS unit_name, u.path, p.left_on, p.version,
    p.password_hash IS NOT NULL AS has_password FROM person p JOIN unit u ON u.id = p.unit"""
ROLE = """SELECT m.id, m.person, m.role, m.reach, m.unit, u.name AS unit_name, u.path, m.starts_on, m.ends_on
    FROM membership m JOIN unit u ON u.id = m.unit"""


async def person(id: int, *, seen_by: Actor) -> PersonPage:
    """Raises Missing for somebody who is not there or out of reach."""
    where, args = seen_by.reach(May.SEE_PEOPLE).where("u.path")
    missing = N_("Diese Person gibt es nicht, oder sie liegt außerhalb Ihres Bereichs.")
    return await one(PersonPage, f"{PERSON} WHERE p.id = {{}} AND {where}", id, *args, missing=missing)


async def me(actor: Actor) -> PersonPage:
    return await one(PersonPage, f"{PERSON} WHERE p.id = {{}}", actor.id)


async def roles_of(people: Sequence[int], *, on: date) -> list[RoleRow]:
    """The roles that these people have on a day."""
    marks = ", ".join("{}" for _ in people)
    return await rows(
        RoleRow,
        f"""{ROLE} WHERE m.person IN ({marks or "NULL"}) AND m.starts_on <= {{}}
            AND (m.ends_on IS NULL OR m.ends_on >= {{}}) ORDER BY m.id""",
        *people,
        on,
        on,
    )


async def all_roles_of(person: int) -> list[RoleRow]:
    """The roles that somebody has, had and will have; the latest first."""
    return await rows(RoleRow, f"{ROLE} WHERE m.person = {{}} ORDER BY m.starts_on DESC, m.id DESC", person)
