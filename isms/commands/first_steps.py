"""First steps: the one-time link for an empty house, and what the command line does in the name of „System“."""

from __future__ import annotations

import secrets
from datetime import UTC, date, datetime, timedelta

import msgspec

from isms.commands.founding import found_office, system
from isms.commands.people import NewPerson, add_person, grant
from isms.db import execute, transaction
from isms.db.reading import Row, row, rows, value
from isms.login import digest, unacceptable
from isms.people import UNIT, Actor, Held, UnitRow, person
from isms.people import unit as find_unit
from isms.permissions import May
from isms.rules.errors import Incomplete, Missing, Refused
from isms.rules.roles import Reach, Role, UnitKind
from isms.rules.texts import N_

VALID = timedelta(hours=24)
FIRST = "set_up"


async def setup_link(base: str = "http://127.0.0.1:8000") -> str:
    """A link that sets up an empty house once, valid for a day; empty where an office exists. Older ones end."""
    if await value("SELECT 1 FROM unit LIMIT 1"):
        return ""
    token, now = secrets.token_urlsafe(24), datetime.now(UTC)
    async with transaction():
        await execute("UPDATE one_time_token SET used_at = {} WHERE purpose = {} AND used_at IS NULL", now, FIRST)
        await execute(
            "INSERT INTO one_time_token (token_hash, purpose, ends_at) VALUES ({}, {}, {})",
            digest(token),
            FIRST,
            now + VALID,
        )
    return f"{base}/set-up?token={token}"


class _Token(Row):
    id: int


async def check_token(token: str) -> int:
    """The id of a link that still works. Raises Missing with what to do."""
    found = await row(
        _Token,
        "SELECT id FROM one_time_token WHERE token_hash = {} AND purpose = {} AND used_at IS NULL AND ends_at > {}",
        digest(token),
        FIRST,
        datetime.now(UTC),
    )
    if found is None:
        raise Missing(N_("Dieser Link gilt nicht mehr. Starten Sie „isms setup“; dort steht ein neuer."))
    return found.id


async def set_up(token: str, *, office: str, administrator: NewPerson, on: date) -> None:
    """Found the office behind a one-time link. Raises Missing for a used link, Incomplete for what is typed wrong."""
    link = await check_token(token)
    if complaint := unacceptable(administrator.password or "", about=[administrator.name, office]):
        raise Incomplete({"password": complaint})
    async with transaction():
        used = await execute(
            "UPDATE one_time_token SET used_at = {} WHERE id = {} AND used_at IS NULL RETURNING id",
            datetime.now(UTC),
            link,
        )
        if not used:
            raise Refused(N_("Jemand anderes hat diesen Link gerade benutzt."))
        await found_office(office, kind=UnitKind.OFFICE, administrator=administrator, on=on)


async def everything(*, on: date) -> Actor:
    """„System“ with every role everywhere: whoever has the server's command line has the house."""
    someone = await system(on=on)
    roots = await _roots()
    held = tuple(Held(role=role, reach=Reach.SUBTREE, unit=root.id, path=root.path) for root in roots for role in Role)
    return msgspec.structs.replace(someone, held=held)


async def add_with_role(
    name: str, login: str, password: str, *, unit: int, role: Role, ends_on: date | None, on: date
) -> None:
    """Take somebody in with an account and a role; the password is temporary."""
    by = await everything(on=on)
    place = await find_unit(unit, seen_by=by, asks=May.MANAGE_PEOPLE)
    async with transaction():
        new = NewPerson(name=name, login=login, password=password, must_change_password=True)
        id = await add_person(new, unit=place, by=by, on=on)
        if role is not Role.EMPLOYEE:
            taken_in = await person(id, seen_by=by, asks=May.MANAGE_PEOPLE)
            await grant(taken_in, role, unit=place, by=by, starts_on=on, ends_on=ends_on)


async def _roots() -> list[UnitRow]:
    return await rows(UnitRow, f"{UNIT} WHERE parent IS NULL")
