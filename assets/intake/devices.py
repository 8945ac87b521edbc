"""Devices out of a CSV file, as Snipe-IT writes it, or a list in German."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from assets.commands.device_lists import WantedDevice, take_over
from assets.intake import foreign_lists
from assets.intake.device_undo import UNDO_DEVICES
from assets.intake.holders import Answered, Holders
from assets.queries.registers import KnownDevice, known_devices, known_people
from assets.rules.device_lines import COLUMNS, DAYS, LABELS, REQUIRED, DeviceLine, device_line
from assets.rules.facts import DeviceField
from assets.rules.permissions import May
from isms.area import ImportKind, Outcome, Plan, Target, Upload, Verdict
from isms.intake.tables import TableRow
from isms.intake.uploads import asking, opened
from isms.people import Actor, unit
from isms.rules.days import DayOrder
from isms.rules.errors import Complaint, Incomplete
from isms.rules.texts import N_

TARGETS = tuple(
    Target(name, LABELS[name], aliases, name in REQUIRED, name in DAYS) for name, aliases in COLUMNS.items()
)
TWICE = N_("Diese Inventarnummer steht schon in Zeile {row}.")
ELSEWHERE = N_("Dieses Gerät gehört zu einer Einheit, für die Sie nicht importieren dürfen.")
CHANGED = N_("Geändert wird: {fields}. Status und Inhaber bleiben, wie sie hier sind.")
IN_QUANTITY, ONE_WAY = "quantity_tracked", "one_way"
CONSUMED = N_("Verbrauchsmaterial ({quantity} Stück) führt dieses Register nicht.")
IN_GROUPS = N_(
    "{quantity} Stück ohne eigene Nummern sind keine einzelnen Geräte. Nehmen Sie sie als Zielobjekt mit Anzahl auf."
)
NOTHING = N_("Alles ist schon so eingetragen.")
FIRST_STAGE = N_("Status: {stage}.")
WHOSE = N_("Wer ist {name}? Bitte entscheiden Sie oben.")


@dataclass
class Register:
    """What is there already, which lines were read so far, and what is to be done."""

    known: Mapping[str, KnownDevice]
    holders: Holders
    by: Actor
    order: DayOrder
    seen: dict[str, int] = field(default_factory=dict)
    wanted: list[WantedDevice] = field(default_factory=list)


@asking
async def plan(upload: Upload, *, by: Actor, on: date) -> Plan:
    """What each row would do. Raises Unreadable for a file that is no such table."""
    sheet = await opened(upload, TARGETS, assume=foreign_lists.devices)
    place = await unit(upload.unit, seen_by=by, asks=May.IMPORT_DEVICES)
    holders = Holders(await known_people(place.institution), upload.answers)
    register = Register(await known_devices(place.institution), holders, by, sheet.order)
    verdicts = await to_thread(lambda: [_judge(row, register) for row in sheet.rows()])  # others go on meanwhile
    questions = (*sheet.questions, *holders.questions.values())
    return Plan(verdicts, questions, sheet.warnings, register.wanted, sheet.columns)


async def carry_out(plan: Plan, upload: Upload, *, run: int, by: Actor, on: date) -> None:
    place = await unit(upload.unit, seen_by=by, asks=May.IMPORT_DEVICES)
    wanted: list[WantedDevice] = plan.load if isinstance(plan.load, list) else []
    await take_over(wanted, unit=place, run=run, by=by, on=on)


DEVICES = ImportKind(
    name="devices",
    title=N_("Geräte (CSV, Excel, auch aus Snipe-IT, Shelf und Ralph)"),
    hint=N_("Spalte Inventarnummer oder Asset Tag; alles Weitere wird erkannt. Wer ein Gerät hat, wird zugeordnet."),
    accepts=".csv,.xlsx,.ods,text/csv",
    asks=May.IMPORT_DEVICES,
    plan=plan,
    carry_out=carry_out,
    home="/devices",
    targets=TARGETS,
    undo=UNDO_DEVICES,
    onwards=((N_("Etiketten drucken"), "/devices/labels?run={run}"),),
)


def _judge(row: TableRow, register: Register) -> Verdict:
    title = " ".join(filter(None, (row["inventory_number"], row["name"] or row["model"]))) or "–"
    if row.complaint:
        return _wrong(row.number, title, row.complaint)
    if row["tracking"].casefold() == IN_QUANTITY:
        return _left_out(row, title)
    try:
        line = device_line(row.cells, register.order)
    except Incomplete as error:
        return _wrong(row.number, title, next(iter(error.complaints.values())))
    return _read(row.number, title, line, register)


def _left_out(row: TableRow, title: str) -> Verdict:
    """What is counted and not numbered."""
    why = CONSUMED if row["consumption"].casefold() == ONE_WAY else IN_GROUPS
    return Verdict(row.number, Outcome.LEFT_OUT, title, why, {"quantity": row["quantity"] or "–"})


def _read(number: int, title: str, line: DeviceLine, register: Register) -> Verdict:
    first = register.seen.setdefault(line.inventory_number, number)
    if first != number:
        return _wrong(number, title, Complaint(TWICE, {"row": first}))
    known = register.known.get(line.inventory_number)
    if known and not register.by.may(May.IMPORT_DEVICES, at=known.path):
        return _wrong(number, title, Complaint(ELSEWHERE))
    if known is None or known.is_withdrawn:
        return _as_new(number, title, line, register)
    return _compare(number, line, known, register)


def _as_new(number: int, title: str, line: DeviceLine, register: Register) -> Verdict:
    answered = register.holders.who(line.holder) if line.holder else Answered()
    if answered is None and line.holder:
        return Verdict(number, Outcome.QUESTION, title, WHOSE, {"name": line.holder.name or line.holder.known_as})
    found = answered or Answered()
    known = register.known.get(line.inventory_number)
    wanted = WantedDevice(line, known, holder=found.person, new_holder=found.take_in)
    register.wanted.append(wanted)
    return Verdict(number, Outcome.NEW, title, FIRST_STAGE, {"stage": wanted.stage})


def _compare(number: int, line: DeviceLine, known: KnownDevice, register: Register) -> Verdict:
    title = f"{line.inventory_number} {known.name}"
    fields = tuple(one for one in DeviceField if _differs(getattr(line, one.value), getattr(known, one.value)))
    if not fields:
        return Verdict(number, Outcome.UNCHANGED, title, NOTHING)
    register.wanted.append(WantedDevice(line, known, fields))
    return Verdict(number, Outcome.CHANGED, title, CHANGED, {"fields": fields})


def _differs(told: object, known: object) -> bool:
    """An empty cell takes nothing away."""
    return told not in ("", None) and told != known


def _wrong(number: int, title: str, complaint: Complaint) -> Verdict:
    return Verdict(number, Outcome.WRONG, title, complaint.message, complaint.values)
