"""Founding an office: the first unit, the person „System“, and the first administrator."""

from __future__ import annotations

from datetime import date

from isms.audit import change
from isms.commands.people import NewPerson, insert_membership, insert_person
from isms.commands.units import insert_unit
from isms.db import transaction
from isms.db.reading import value
from isms.login import hashed
from isms.people import SYSTEM, Actor, actor
from isms.rules.errors import Refused
from isms.rules.roles import Role, UnitKind
from isms.rules.texts import N_


async def found_office(
    name: str, *, kind: UnitKind = UnitKind.OFFICE, administrator: NewPerson | None = None, on: date
) -> Actor:
    """Set up an empty installation and answer with „System“, who acts for the house itself.

    The administrator, if given, may keep accounts, and nothing else. Raises Refused where an office exists.
    """
    if await value("SELECT 1 FROM unit LIMIT 1"):
        raise Refused(N_("Diese Installation ist schon eingerichtet."))
    stored = await hashed(administrator.password) if administrator and administrator.password else None
    async with transaction():
        unit = await insert_unit(name, kind=kind, parent=None)
        founder = await actor(await insert_person(NewPerson(name=SYSTEM), unit=unit), on=on)
        await _found(unit, name, administrator, stored, by=founder, on=on)
    return founder


async def _found(
    unit: int, name: str, administrator: NewPerson | None, stored: str | None, *, by: Actor, on: date
) -> None:
    async with change("office.founded", f"unit:{unit}", by=by, unit=unit, name=name) as made:
        if administrator:
            person = await insert_person(administrator, unit=unit, stored=stored)
            await insert_membership(person, unit=unit, role=Role.ADMINISTRATOR, starts_on=on)
            made.also("person.added", f"person:{person}", name=administrator.name)


async def system(*, on: date) -> Actor:
    """The person „System“, who makes automatic changes. Raises Missing before the office is founded."""
    return await actor(await value("SELECT min(id) FROM person WHERE name = {}", SYSTEM) or 0, on=on)
