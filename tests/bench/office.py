"""A big office, the same every time: a Land with ten offices, their people, devices, objects, risks and completions."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from assets.rules.kinds import Kind, LinkKind
from assets.rules.lifecycle import Stage
from assets.tables import Device, Handover, ObjectLink, StageChange, TargetObject
from isms.commands.founding import found_office
from isms.commands.people import NewPerson, insert_membership, insert_person
from isms.commands.units import insert_unit
from isms.db import transaction
from isms.db.reading import Row, rows
from isms.rules.roles import Role, UnitKind
from isms.tables import Membership, Person
from risks.tables import Risk, RiskStep
from tests.bench.builder import AT, DAY, FIRST, LAST, Builder, Place, Size
from tests.bench.decisions import completions, courses, risk_steps, risks, versions
from tests.bench.filling import fill
from training.tables import Completion, Course, CourseVersion

THINGS = (
    ("Notebook", "Latitude"),
    ("Monitor", "P24"),
    ("Drucker", "LaserJet"),
    ("Telefon", "T46"),
    ("Tablet", "Tab S"),
)
MAKERS = ("Nordwerk", "Elbtech", "Seestadt IT", "Möwe", "Heidekreis Systeme")
STAGES = (Stage.IN_STOCK, Stage.ISSUED, Stage.INSTALLED, Stage.ISSUED, Stage.IN_REPAIR, Stage.ISSUED, Stage.RETIRED)


async def build(size: Size) -> int:
    """Fill a migrated, empty database. Answers with the id of Jonas Brandt, who looks after all of it."""
    land = (await found_office("Land Nordmark", kind=UnitKind.LAND, on=DAY)).unit
    async with transaction():
        await _units(land)
        brandt = await _brandt(land)
    places = await rows(Place, "SELECT id, institution FROM unit WHERE kind = {} ORDER BY id", UnitKind.DEPARTMENT)
    builder = Builder(size, places, [])
    await _people(builder)
    for table, made in (
        (TargetObject, objects(builder)),
        (ObjectLink, links(builder)),
        (Device, devices(builder)),
        (StageChange, stage_changes(builder)),
        (Handover, handovers(builder)),
        (Risk, risks(builder)),
        (RiskStep, risk_steps(builder)),
        (Course, courses(builder)),
        (CourseVersion, versions()),
        (Completion, completions(builder)),
    ):
        await fill(table, made)
    return brandt


async def _units(land: int) -> None:
    for number in range(10):
        office = await insert_unit(f"Gesundheitsamt {number + 1}", kind=UnitKind.OFFICE, parent=land)
        for department in ("Hygiene", "Kinder und Jugend", "Sozialpsychiatrie", "Amtsärztlicher Dienst", "Verwaltung"):
            await insert_unit(department, kind=UnitKind.DEPARTMENT, parent=office)


async def _brandt(land: int) -> int:
    person = await insert_person(NewPerson(name="Jonas Brandt", login="brandt"), unit=land)
    for role in (Role.EMPLOYEE, Role.IT, Role.SECURITY_OFFICER, Role.TRAINING_MANAGER):
        await insert_membership(person, unit=land, role=role, starts_on=DAY)
    return person


async def _people(builder: Builder) -> None:
    before = await rows(Someone, "SELECT max(id) AS id FROM person")
    first = before[0].id + 1
    builder.people.extend(range(first, first + builder.size.people))
    await fill(Person, persons(builder))
    await fill(Membership, memberships(builder))


class Someone(Row):
    id: int


def persons(builder: Builder) -> Iterator[dict[str, Any]]:
    for number in range(builder.size.people):
        name = f"{FIRST[number % len(FIRST)]} {LAST[number % len(LAST)]} {number}"
        yield {"name": name, "login": f"person{number}", "unit": builder.place(number).id, "recorded_at": AT}


def memberships(builder: Builder) -> Iterator[dict[str, Any]]:
    for number, person in enumerate(builder.people):
        yield {
            "person": person,
            "unit": builder.place(number).id,
            "role": Role.EMPLOYEE,
            "reach": "own",
            "starts_on": DAY,
            "recorded_at": AT,
        }


def objects(builder: Builder) -> Iterator[dict[str, Any]]:
    kinds = list(Kind)
    for number in range(builder.size.objects):
        kind, place = kinds[number % len(kinds)], builder.place(number)
        yield {
            "short_id": f"X-{number:05}",
            "unit": place.id,
            "institution": place.institution,
            "kind": kind,
            "name": f"{kind.label} {number}",
            "responsible": builder.person(number),
            "recorded_at": AT,
        }


def links(builder: Builder) -> Iterator[dict[str, Any]]:
    """Each object relies on the next of its office: chains of a hundred."""
    kinds, offices = list(LinkKind), len(builder.places)
    for number in range(builder.size.objects - offices):
        if number // offices % 100 != 99:
            yield {
                "source": number + 1,
                "kind": kinds[0],
                "target": number + 1 + offices,
                "starts_on": DAY,
                "recorded_at": AT,
            }


def devices(builder: Builder) -> Iterator[dict[str, Any]]:
    for number in range(builder.size.devices):
        (thing, model), place = THINGS[number % len(THINGS)], builder.place(number)
        yield {
            "inventory_number": f"GA-{number:06}",
            "name": f"{thing} {builder.random.choice(FIRST)}",
            "serial": f"SN{builder.random.randrange(10**9):09}",
            "maker": builder.random.choice(MAKERS),
            "model": f"{model} {number % 97}",
            "category": thing,
            "stage": STAGES[number % len(STAGES)],
            "place": f"Haus {number % 7}, Raum {number % 331}",
            "unit": place.id,
            "institution": place.institution,
            "purchased_on": DAY - timedelta(days=number % 2000),
            "price_cents": 10_000 + number % 150_000,
            "recorded_at": AT,
        }


def stage_changes(builder: Builder) -> Iterator[dict[str, Any]]:
    for number in range(builder.size.devices):
        yield {
            "device": number + 1,
            "stage": STAGES[number % len(STAGES)],
            "taken_on": DAY,
            "taken_by": builder.person(number),
            "recorded_at": AT,
        }


def handovers(builder: Builder) -> Iterator[dict[str, Any]]:
    for number in range(builder.size.devices):
        if STAGES[number % len(STAGES)] is Stage.ISSUED:
            person = builder.person(number)
            yield {"device": number + 1, "person": person, "issued_on": DAY, "issued_by": person, "recorded_at": AT}
