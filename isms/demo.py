"""The demonstration: the fictional Gesundheitsamt Seestadt, filled by every area."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from isms.area import Area, DemoOffice
from isms.audit import change
from isms.commands.founding import found_office
from isms.commands.people import NewPerson, insert_membership, insert_person, leave
from isms.commands.units import insert_unit
from isms.db import transaction
from isms.instance import show_only
from isms.login import hashed
from isms.people import Actor, actor, person
from isms.permissions import May
from isms.rules.checklists import STARTERS, ChecklistKind
from isms.rules.roles import Role, UnitKind

PASSWORD = "Leuchtturm am Deich"  # noqa: S105  printed on the terminal, works on this machine only
NAME = "Gesundheitsamt Seestadt"
AUDIT_DAYS = 90
BEFORE = timedelta(days=900)


@dataclass(frozen=True)
class Part:
    """Somebody of the cast: where, and in which role beside being employed. With a login they can sign in."""

    name: str
    unit: str
    login: str = ""
    role: Role | None = None


UNITS: Sequence[tuple[str, str, UnitKind]] = (
    ("verwaltung", "Verwaltung und IT", UnitKind.DEPARTMENT),
    ("hygiene", "Infektionsschutz und Hygiene", UnitKind.DEPARTMENT),
    ("kinder", "Kinder- und Jugendgesundheit", UnitKind.DEPARTMENT),
    ("spd", "Sozialpsychiatrischer Dienst", UnitKind.DEPARTMENT),
    ("hafen", "Standort Hafenstraße", UnitKind.SITE),
)

CAST: Sequence[Part] = (
    Part("Dr. Henrike Osterloh", "amt", "leitung", Role.HEAD),
    Part("Merle Janßen", "amt", "isb", Role.SECURITY_OFFICER),
    Part("Tjark Wiemers", "amt", "it", Role.IT),
    Part("Imke Brodersen", "hygiene", "mitarbeit"),
    Part("Rolf Achterberg", "amt", "revision", Role.AUDITOR),
    Part("Dilek Aydın", "amt", "schulung", Role.TRAINING_MANAGER),
    Part("Enno Habben", "amt", "datenschutz", Role.DATA_PROTECTION),
    Part("Swantje Focken", "hygiene", "fachdienst", Role.SUPERVISOR),
    Part("Volker Tammen", "amt", "admin", Role.ADMINISTRATOR),
    Part("Dr. Beeke Lürssen", "hygiene"),
    Part("Mahmoud Nasser", "hygiene"),
    Part("Antje Reents", "hygiene"),
    Part("Dr. Piotr Zielinski", "kinder"),
    Part("Wiebke Ahlers", "kinder"),
    Part("Svenja Coordes", "kinder"),
    Part("Nguyen Thi Lan", "kinder"),
    Part("Hauke Dirksen", "spd"),
    Part("Fenna Ubben", "spd"),
    Part("Olaf Gerdes", "spd"),
    Part("Kerstin Poppinga", "hafen"),
    Part("Jelto Müller", "hafen"),
    Part("Birte Onken", "verwaltung"),
)

LOGINS: Sequence[tuple[str, str]] = tuple((part.login, part.name) for part in CAST if part.login)


async def load_demo(areas: Sequence[Area], *, on: date) -> DemoOffice:
    """Fill an empty database. Everybody with a login has the same PASSWORD. Raises Refused where an office exists."""
    stored = await hashed(PASSWORD)
    began = on - BEFORE
    founder = await found_office(NAME, on=began)
    await show_only()
    async with transaction():
        units = await _units(founder.unit)
        people = {part.login or part.name: await _engage(part, units, stored, by=founder, on=on) for part in CAST}
    office = DemoOffice(units=units, people={login: await actor(id, on=on) for login, id in people.items()}, on=on)
    for area in areas:
        if area.brings:
            await area.brings(founder)
        if area.demo:
            await area.demo(office)
    await _let_go("Hauke Dirksen", office)
    return office


async def _let_go(name: str, office: DemoOffice) -> None:
    """Somebody leaves soon, so that there is a checklist to look at."""
    admin = office.people["admin"]
    goes = await person(office.people[name].id, seen_by=admin, asks=May.MANAGE_PEOPLE)
    points = STARTERS[ChecklistKind.LEAVING]
    await leave(goes, by=admin, on=office.on + timedelta(days=9), points=points)


async def _units(office: int) -> dict[str, int]:
    made = {"amt": office}
    for key, name, kind in UNITS:
        made[key] = await insert_unit(name, kind=kind, parent=office)
    return made


async def _engage(part: Part, units: dict[str, int], stored: str, *, by: Actor, on: date) -> int:
    """Everybody came long ago; the auditor's access ends some time after today."""
    unit, began = units[part.unit], on - BEFORE
    async with change("person.added", by=by, unit=unit, name=part.name, login=part.login) as made:
        new = NewPerson(name=part.name, login=part.login or None)
        person = await insert_person(new, unit=unit, stored=stored if part.login else None)
        ends_on = on + timedelta(days=AUDIT_DAYS) if part.role is Role.AUDITOR else None
        if part.role is not Role.AUDITOR:
            await insert_membership(person, unit=unit, role=Role.EMPLOYEE, starts_on=began)
        if part.role:
            await insert_membership(person, unit=unit, role=part.role, starts_on=began, ends_on=ends_on)
        made.about(f"person:{person}")
    return person
