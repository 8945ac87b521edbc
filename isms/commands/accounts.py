"""Accounts: correcting what is known of a person, and letting them choose a password by a link that works once."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from isms.audit import change
from isms.commands.people import store_password, words_about
from isms.db import execute
from isms.db.reading import Row, row, value
from isms.login import digest, hashed, unacceptable
from isms.people import PERSON, Actor, PersonRow, UnitRow
from isms.permissions import May
from isms.queries.people import beyond_reach
from isms.rules.errors import Complaint, Incomplete, Refused, Stale
from isms.rules.texts import N_
from isms.texts import office_day

WELCOME = "welcome"
GOOD_FOR = timedelta(days=3)
FURTHER = N_("{name} hat auch eine Rolle in „{unit}“. Den Zugang richtet die dortige Administration ein.")
USED_UP = N_("Dieser Link gilt nicht mehr. Bitten Sie Ihre Administration um einen neuen.")


@dataclass(frozen=True)
class Facts:
    """What can be corrected of a person."""

    name: str
    login: str | None
    email: str


async def correct(person: PersonRow, facts: Facts, *, unit: UnitRow, by: Actor) -> None:
    """Raises Incomplete for a login in use, Stale where somebody else corrected it meanwhile."""
    by.needs(May.MANAGE_PEOPLE, person.path)
    by.needs(May.MANAGE_PEOPLE, unit.path)
    login = facts.login.strip().lower() if facts.login else None
    if login and await value("SELECT 1 FROM person WHERE login = {} AND id <> {}", login, person.id):
        raise Incomplete({"login": Complaint(N_("Diesen Anmeldenamen hat schon jemand. Bitte einen anderen wählen."))})
    before = {"name": person.name, "login": person.login, "email": person.email, "unit": person.unit}
    now = {"name": facts.name.strip(), "login": login, "email": facts.email.strip(), "unit": unit.id}
    async with change("person.changed", person, by=by, unit=unit.id, before=before, after=now):
        corrected = await execute(
            """UPDATE person SET name = {}, login = {}, email = {}, unit = {}, version = version + 1
               WHERE id = {} AND version = {} RETURNING id""",
            *now.values(),
            person.id,
            person.version,
        )
        if not corrected:
            raise Stale


async def invite(person: PersonRow, *, by: Actor, at: datetime) -> str:
    """The token of a link with which somebody chooses their password. Earlier links of theirs end."""
    by.needs(May.MANAGE_PEOPLE, person.path)
    if person.left_on and person.left_on < office_day(at):
        raise Refused(N_("{name} ist ausgeschieden und bekommt keinen Zugang mehr."), name=person.name)
    if not person.login:
        raise Refused(N_("{name} hat noch keinen Anmeldenamen. Tragen Sie ihn zuerst ein."), name=person.name)
    if place := await beyond_reach(person.id, seen_by=by, on=office_day(at)):
        raise Refused(FURTHER, name=person.name, unit=place)
    token = secrets.token_urlsafe(32)
    async with change("person.invited", person, by=by, unit=person.unit):
        await _use_up(person.id, at)
        await execute(
            "INSERT INTO one_time_token (token_hash, purpose, person, ends_at) VALUES ({}, {}, {}, {})",
            digest(token),
            WELCOME,
            person.id,
            at + GOOD_FOR,
        )
    return token


class _Invited(Row):
    person: int


INVITED = """SELECT t.person FROM one_time_token t JOIN person p ON p.id = t.person
    WHERE t.token_hash = {} AND t.purpose = {} AND t.used_at IS NULL AND t.ends_at > {}
    AND (p.left_on IS NULL OR p.left_on >= {})"""


async def invited(token: str, *, at: datetime) -> PersonRow:
    """Whose link this is. Raises Refused when it was used, is too old or never was."""
    found = await row(_Invited, INVITED, digest(token), WELCOME, at, office_day(at))
    person = await row(PersonRow, f"{PERSON} WHERE p.id = {{}}", found.person) if found else None
    if person is None:
        raise Refused(USED_UP)
    return person


async def redeem(token: str, password: str, *, by: Actor, at: datetime) -> None:
    """Choose one's password and use the link up. Raises Refused for a used link, Incomplete for a weak password."""
    person = await invited(token, at=at)
    if person.id != by.id:
        raise Refused(USED_UP)
    if complaint := unacceptable(password, about=words_about(person.name, person.login)):
        raise Incomplete({"password": complaint})
    stored = await hashed(password)
    async with change("password.set", person, by=by, unit=person.unit):
        if not await _use_up(person.id, at):
            raise Refused(USED_UP)
        await store_password(person.id, stored)


async def _use_up(person: int, at: datetime) -> int:
    used = await execute(
        "UPDATE one_time_token SET used_at = {} WHERE person = {} AND purpose = {} AND used_at IS NULL RETURNING id",
        at,
        person,
        WELCOME,
    )
    return len(used)
