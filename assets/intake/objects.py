"""Target objects out of a CSV file, such as the list of applications that most offices have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from assets.commands.object_lists import WantedObject, take_over
from assets.intake.object_undo import UNDO_OBJECTS
from assets.queries.registers import KnownObject, known_objects
from assets.rules.kinds import Kind
from assets.rules.object_lines import COLUMNS, REQUIRED, ObjectField, ObjectLine, object_line
from assets.rules.permissions import May
from isms.area import ImportKind, Outcome, Plan, Upload, Verdict
from isms.intake.tables import TableRow, match, read_table
from isms.people import Actor, unit
from isms.rules.errors import Complaint, Incomplete
from isms.rules.texts import N_

TWICE = N_("Dieses Zielobjekt steht schon in Zeile {row}.")
ELSEWHERE = N_("Dieses Zielobjekt gehört zu einer Einheit, für die Sie nicht importieren dürfen.")
CHANGED = N_("Geändert wird: {fields}.")
NOTHING = N_("Alles ist schon so eingetragen.")


@dataclass
class Register:
    """What is there already, which lines were read so far, and what is to be done."""

    known: Mapping[tuple[Kind, str], KnownObject]
    by: Actor
    seen: dict[tuple[Kind, str], int] = field(default_factory=dict)
    wanted: list[WantedObject] = field(default_factory=list)


async def plan(upload: Upload, *, by: Actor, on: date) -> Plan:
    """What each row would do. Raises Unreadable for a file that is no such table."""
    table = read_table(upload.content)
    named = match(table, COLUMNS, REQUIRED)
    place = await unit(upload.unit, seen_by=by, asks=May.IMPORT_OBJECTS)
    register = Register(await known_objects(place.institution), by)
    verdicts = [_judge(row, register) for row in table.rows(named)]
    return Plan(verdicts, warnings=table.warnings, load=register.wanted)


async def carry_out(plan: Plan, upload: Upload, *, run: int, by: Actor, on: date) -> None:
    place = await unit(upload.unit, seen_by=by, asks=May.IMPORT_OBJECTS)
    wanted: list[WantedObject] = plan.load if isinstance(plan.load, list) else []
    await take_over(wanted, unit=place, run=run, by=by, on=on)


OBJECTS = ImportKind(
    name="objects",
    title=N_("Zielobjekte (CSV)"),
    hint=N_("Spalten name und typ; möglich sind auch Zielobjektkategorie, Beschreibung, Hersteller und Schutzbedarf."),
    accepts=".csv,text/csv",
    asks=May.IMPORT_OBJECTS,
    plan=plan,
    carry_out=carry_out,
    home="/objects",
    undo=UNDO_OBJECTS,
)


def _judge(row: TableRow, register: Register) -> Verdict:
    title = row["name"] or "–"
    if row.complaint:
        return _wrong(row.number, title, row.complaint)
    try:
        line = object_line(row.cells)
    except Incomplete as error:
        return _wrong(row.number, title, next(iter(error.complaints.values())))
    key = (line.kind, line.name.casefold())
    first = register.seen.setdefault(key, row.number)
    if first != row.number:
        return _wrong(row.number, title, Complaint(TWICE, {"row": first}))
    return _compare(row.number, line, register.known.get(key), register)


def _compare(number: int, line: ObjectLine, known: KnownObject | None, register: Register) -> Verdict:
    if known is None:
        register.wanted.append(WantedObject(line))
        return Verdict(number, Outcome.NEW, line.name)
    fields = tuple(_differing(line, known))
    if not fields:
        return Verdict(number, Outcome.UNCHANGED, line.name, NOTHING)
    if not register.by.may(May.IMPORT_OBJECTS, at=known.path):
        return _wrong(number, line.name, Complaint(ELSEWHERE))
    register.wanted.append(WantedObject(line, known, fields))
    return Verdict(number, Outcome.CHANGED, line.name, CHANGED, {"fields": fields})


def _differing(line: ObjectLine, known: KnownObject) -> list[ObjectField]:
    """What the line would change; an empty cell takes nothing away."""
    differs = {
        ObjectField.DESCRIPTION: bool(line.description) and line.description != known.description,
        ObjectField.VENDOR: bool(line.vendor) and line.vendor != known.vendor,
        ObjectField.CATEGORY: line.category is not None and line.category not in known.categories,
        ObjectField.NEEDS: any(known.own[goal] != need for goal, need in line.own.items()),
    }
    return [name for name, differing in differs.items() if differing]


def _wrong(number: int, title: str, complaint: Complaint) -> Verdict:
    return Verdict(number, Outcome.WRONG, title, complaint.message, complaint.values)
