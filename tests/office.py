"""The cast: a small health office with named people, and a second one whose people are strangers here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from isms.commands.founding import found_office
from isms.commands.people import NewPerson, insert_membership, insert_person
from isms.commands.units import insert_unit
from isms.db import transaction
from isms.db.reading import one
from isms.people import UNIT, Actor, UnitRow, actor
from isms.rules.roles import Role, UnitKind
from isms.web.clock import today

TODAY = today()  # pages ask the clock, so the cast lives today
LONG_AGO = date(2020, 1, 1)
AUDIT_ENDS = TODAY + timedelta(days=30)
PASSWORD = "Kranich Birke Fahrrad"


@dataclass(frozen=True)
class Office:
    """Gesundheitsamt Seestadt with a Fachdienst, and the office Heidekreis next door."""

    land: UnitRow
    unit: UnitRow
    hygiene: UnitRow
    elsewhere: UnitRow
    system: Actor
    albrecht: Actor
    yildiz: Actor
    brandt: Actor
    weber: Actor
    kaya: Actor
    lindner: Actor
    vogt: Actor
    reuter: Actor
    hansen: Actor
    petersen: Actor


@dataclass(frozen=True)
class Part:
    """Who plays whom: `place` names the unit, `role` what they do there beside being employed."""

    name: str
    place: str
    role: Role | None = None
    ends_on: date | None = None


CAST: dict[str, Part] = {
    "albrecht": Part("Dr. Miriam Albrecht", "unit", Role.HEAD),
    "yildiz": Part("Sabine Yıldız", "unit", Role.SECURITY_OFFICER),
    "brandt": Part("Jonas Brandt", "unit", Role.IT),
    "weber": Part("Lukas Weber", "hygiene"),
    "kaya": Part("Ayşe Kaya", "hygiene"),
    "lindner": Part("Petra Lindner", "unit", Role.AUDITOR, AUDIT_ENDS),
    "vogt": Part("Karin Vogt", "unit", Role.TRAINING_MANAGER),
    "reuter": Part("Tom Reuter", "land", Role.ADMINISTRATOR),
    "hansen": Part("Nils Hansen", "elsewhere", Role.IT),
    "petersen": Part("Ole Petersen", "elsewhere", Role.SECURITY_OFFICER),
}


async def move_in(password_hash: str) -> Office:
    """Fill an empty database with the cast. Everybody's password is PASSWORD, everybody's login their last name."""
    system = await found_office("Land Nordmark", kind=UnitKind.LAND, on=LONG_AGO)
    async with transaction():
        units = await _units(system.unit)
        people = {
            login: await _engage(login, part, units[part.place].id, password_hash) for login, part in CAST.items()
        }
    cast: dict[str, Any] = {login: await actor(id, on=TODAY) for login, id in people.items()}
    return Office(system=system, **(cast | units))


async def _units(land: int) -> dict[str, UnitRow]:
    unit = await insert_unit("Gesundheitsamt Seestadt", kind=UnitKind.OFFICE, parent=land)
    hygiene = await insert_unit("Infektionsschutz und Hygiene", kind=UnitKind.DEPARTMENT, parent=unit)
    elsewhere = await insert_unit("Gesundheitsamt Heidekreis", kind=UnitKind.OFFICE, parent=land)
    ids = {"land": land, "unit": unit, "hygiene": hygiene, "elsewhere": elsewhere}
    return {name: await one(UnitRow, f"{UNIT} WHERE id = {{}}", id) for name, id in ids.items()}


async def _engage(login: str, part: Part, unit: int, password_hash: str) -> int:
    person = await insert_person(NewPerson(name=part.name, login=login), unit=unit, stored=password_hash)
    if part.role is not Role.AUDITOR:
        await insert_membership(person, unit=unit, role=Role.EMPLOYEE, starts_on=LONG_AGO)
    if part.role:
        await insert_membership(person, unit=unit, role=part.role, starts_on=LONG_AGO, ends_on=part.ends_on)
    return person
