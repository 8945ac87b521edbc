"""Target objects out of a table, such as the list of applications that most offices have."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from assets.commands.object_lists import WantedObject, take_over, with_tags
from assets.intake import foreign_lists
from assets.intake.holders import Holders
from assets.intake.object_undo import UNDO_OBJECTS
from assets.queries.registers import KnownObject, known_objects, known_people
from assets.rules.device_lines import HolderLine
from assets.rules.kinds import Kind
from assets.rules.object_lines import COLUMNS, LABELS, REQUIRED, ObjectField, ObjectLine, object_line
from assets.rules.permissions import May
from isms.area import ImportKind, Outcome, Plan, Target, Upload, Verdict
from isms.intake.tables import TableRow
from isms.intake.uploads import asking, opened
from isms.people import Actor, unit
from isms.rules.errors import Complaint, Incomplete
from isms.rules.texts import N_

TARGETS = tuple(Target(name, LABELS[name], aliases, name in REQUIRED) for name, aliases in COLUMNS.items())
TWICE = N_("Dieses Zielobjekt steht schon in Zeile {row}.")
ELSEWHERE = N_("Dieses Zielobjekt gehört zu einer Einheit, für die Sie nicht importieren dürfen.")
CHANGED = N_("Geändert wird: {fields}.")
NOTHING = N_("Alles ist schon so eingetragen.")
STRANGERS = N_("Hier nicht bekannt und darum nicht eingetragen: {people}.")
CHANGED_BUT = N_("Geändert wird: {fields}. Hier nicht bekannt und darum nicht eingetragen: {people}.")


@dataclass
class Register:
    """What and who is there already, which lines were read so far, and what is to be done."""

    known: Mapping[tuple[Kind, str], KnownObject]
    people: Holders
    by: Actor
    seen: dict[tuple[Kind, str], int] = field(default_factory=dict)
    wanted: list[WantedObject] = field(default_factory=list)

    def who(self, line: ObjectLine) -> tuple[dict[ObjectField, int], list[str]]:
        """Those whom the line names, by login, mail or name, and the names that nobody here has."""
        found, strangers = {}, []
        for one, text in line.people.items():
            if person := self.people.known(HolderLine(text, "", text)) or self.people.known(HolderLine("", text, "")):
                found[one] = person
            else:
                strangers.append(text)
        return found, strangers


@asking
async def plan(upload: Upload, *, by: Actor, on: date) -> Plan:
    """What each row would do. Raises Unreadable for a file that is no such table."""
    sheet = await opened(upload, TARGETS, assume=foreign_lists.objects)
    place = await unit(upload.unit, seen_by=by, asks=May.IMPORT_OBJECTS)
    people = Holders(await known_people(place.institution), {})
    register = Register(await known_objects(place.institution), people, by)
    verdicts = await to_thread(lambda: [_judge(row, register) for row in sheet.rows()])
    return Plan(verdicts, sheet.questions, sheet.warnings, register.wanted, sheet.columns)


async def carry_out(plan: Plan, upload: Upload, *, run: int, by: Actor, on: date) -> None:
    place = await unit(upload.unit, seen_by=by, asks=May.IMPORT_OBJECTS)
    wanted: list[WantedObject] = plan.load if isinstance(plan.load, list) else []
    await take_over(wanted, unit=place, run=run, by=by, on=on)


OBJECTS = ImportKind(
    name="objects",
    title=N_("Zielobjekte (CSV, Excel)"),
    hint=N_(
        "Spalten Name und Typ; möglich sind auch Kategorie, Beschreibung, Anzahl, Zuständige, Schlagwörter und "
        "Schutzbedarf. Auch Standorte und Zubehör aus Snipe-IT und Lager aus Ralph."
    ),
    accepts=".csv,.xlsx,.ods,text/csv",
    asks=May.IMPORT_OBJECTS,
    plan=plan,
    carry_out=carry_out,
    home="/objects",
    targets=TARGETS,
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
    people, strangers = register.who(line)
    said: dict[str, object] = {"people": ", ".join(strangers)}
    if known is None:
        register.wanted.append(WantedObject(line, people=people))
        return Verdict(number, Outcome.NEW, line.name, STRANGERS if strangers else "", said)
    fields = tuple(_differing(line, people, known))
    if not fields:
        return Verdict(number, Outcome.UNCHANGED, line.name, STRANGERS if strangers else NOTHING, said)
    if not register.by.may(May.IMPORT_OBJECTS, at=known.path):
        return _wrong(number, line.name, Complaint(ELSEWHERE))
    register.wanted.append(WantedObject(line, known, fields, people))
    return Verdict(number, Outcome.CHANGED, line.name, CHANGED_BUT if strangers else CHANGED, said | {"fields": fields})


def _differing(line: ObjectLine, people: Mapping[ObjectField, int], known: KnownObject) -> Sequence[ObjectField]:
    """What the line would change; an empty cell takes nothing away."""
    plain = [one for one, value in {**line.facts, **people}.items() if value != getattr(known, one.value)]
    apart = {
        ObjectField.CATEGORY: not set(line.categories) <= known.categories,
        ObjectField.TAGS: with_tags(known, line) != known.tags,
        ObjectField.NEEDS: any(known.own[goal] != need for goal, need in line.own.items()),
    }
    return [*plain, *(one for one, differs in apart.items() if differs)]


def _wrong(number: int, title: str, complaint: Complaint) -> Verdict:
    return Verdict(number, Outcome.WRONG, title, complaint.message, complaint.values)
