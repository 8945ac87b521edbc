"""People as lists and pages show them, for those who may see them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from isms.db.reading import Row, one, rows
from isms.listing import Ask, Listing, Page, Sort, Where
from isms.people import SYSTEM, Actor
from isms.permissions import May
from isms.rules.roles import Reach, Role
from isms.rules.terms import Term
from isms.rules.texts import N_


class Standing(Term):
    """Whether somebody is here and can sign in."""

    ACCOUNT = "account", N_("mit Konto")
    NO_ACCOUNT = "no_account", N_("ohne Konto")
    LEFT = "left", N_("ausgeschieden")


def standing(left_on: date | None, has_password: bool, on: date) -> Standing:
    """The last day still counts as being here."""
    if left_on and left_on < on:
        return Standing.LEFT
    return Standing.ACCOUNT if has_password else Standing.NO_ACCOUNT


class PersonLine(Row):
    """A line of the list of people."""

    id: int
    name: str
    login: str
    unit_name: str
    left_on: date | None
    has_password: bool


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
    person_name: str
    role: Role
    reach: Reach
    unit: int
    unit_name: str
    path: str
    starts_on: date
    ends_on: date | None


PEOPLE = Listing(
    kind=PersonLine,
    columns="""p.id, p.name, coalesce(p.login, '') AS login, u.name AS unit_name, p.left_on,
        p.password_hash IS NOT NULL AS has_password""",
    source="person p JOIN unit u ON u.id = p.unit",
    id="p.id",
    sorts={
        "name": Sort("p.name", "name"),
        "login": Sort("coalesce(p.login, '')", "login"),
        "unit": Sort("u.name", "unit_name"),
    },
)
NARROWING: Mapping[str, str] = {
    "account": "(p.left_on IS NULL OR p.left_on >= {}) AND p.password_hash IS NOT NULL",
    "no_account": "(p.left_on IS NULL OR p.left_on >= {}) AND p.password_hash IS NULL",
    "left": "p.left_on < {}",
}
HERE = "(p.left_on IS NULL OR p.left_on >= {})"
PERSON = """SELECT p.id, p.name, p.login, p.email, p.unit, u.name AS unit_name, u.path, p.left_on, p.version,
    p.password_hash IS NOT NULL AS has_password FROM person p JOIN unit u ON u.id = p.unit"""
ROLE = """SELECT m.id, m.person, p.name AS person_name, m.role, m.reach, m.unit, u.name AS unit_name, u.path,
    m.starts_on, m.ends_on FROM membership m JOIN unit u ON u.id = m.unit JOIN person p ON p.id = m.person"""


@dataclass(frozen=True)
class AskedPeople:
    """Whom a list of people is to show: words of the name, a standing, and below which unit (its path)."""

    matching: str = ""
    standing: str = ""
    within: str = ""


async def people(asked: AskedPeople, ask: Ask, *, seen_by: Actor, on: date) -> Page[PersonLine]:
    """Those present (or in the asked standing) whom this person may see."""
    return await PEOPLE.page(await _narrowed(asked, seen_by=seen_by, on=on), ask)


async def all_people(asked: AskedPeople, ask: Ask, *, seen_by: Actor, on: date) -> AsyncIterator[PersonLine]:
    """The same as a stream, for the export of exactly what is shown."""
    async for line in PEOPLE.each(await _narrowed(asked, seen_by=seen_by, on=on), ask):
        yield line


async def _narrowed(asked: AskedPeople, *, seen_by: Actor, on: date) -> Where:
    where, args = seen_by.reach(May.SEE_PEOPLE).where("u.path")
    narrowed = Where().add(where, *args).add("p.name <> {}", SYSTEM).add(NARROWING.get(asked.standing, HERE), on)
    if asked.within:
        narrowed.add(f"substr(u.path, 1, {len(asked.within)}) = {{}}", asked.within)
    return await narrowed.find("person", asked.matching, "p")


async def person(id: int, *, seen_by: Actor) -> PersonPage:
    """Raises Missing for somebody who is not there or out of reach. One always sees oneself."""
    where, args = seen_by.reach(May.SEE_PEOPLE).where("u.path", own="p.id")
    missing = N_("Diese Person gibt es nicht, oder sie liegt außerhalb Ihres Bereichs.")
    return await one(PersonPage, f"{PERSON} WHERE p.id = {{}} AND {where}", id, *args, missing=missing)


async def me(actor: Actor) -> PersonPage:
    return await one(PersonPage, f"{PERSON} WHERE p.id = {{}}", actor.id)


async def roles_of(people: Sequence[int], *, on: date) -> list[RoleRow]:
    """The roles that these people have on a day."""
    marks = ", ".join("{}" for _ in people) or "NULL"
    return await rows(
        RoleRow,
        f"""{ROLE} WHERE m.person IN ({marks}) AND m.starts_on <= {{}}
            AND (m.ends_on IS NULL OR m.ends_on >= {{}}) ORDER BY m.id""",
        *people,
        on,
        on,
    )


async def all_roles_of(person: int) -> list[RoleRow]:
    """The roles that somebody has, had and will have; the latest first."""
    return await rows(RoleRow, f"{ROLE} WHERE m.person = {{}} ORDER BY m.starts_on DESC, m.id DESC", person)


async def beyond_reach(person: int, *, seen_by: Actor, on: date) -> str:
    """A unit in which this person has a role and the actor keeps no accounts; empty where there is none.

    Whoever could take an account over must reach everything that it opens.
    """
    held = await roles_of([person], on=on)
    return next((role.unit_name for role in held if not seen_by.may(May.MANAGE_PEOPLE, role.path)), "")


async def roles_in(unit: int, *, on: date) -> list[RoleRow]:
    """Who has which role for a unit on a day, employees left out: those are its people."""
    return await rows(
        RoleRow,
        f"""{ROLE} WHERE m.unit = {{}} AND m.role <> {{}} AND m.starts_on <= {{}}
            AND (m.ends_on IS NULL OR m.ends_on >= {{}}) ORDER BY m.role, p.name""",
        unit,
        Role.EMPLOYEE,
        on,
        on,
    )
