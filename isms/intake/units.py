"""Units out of a CSV file: name, kind, and the unit they belong to; a row may hang under a row above it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from isms.area import ImportKind, Outcome, Plan, Target, Upload, Verdict
from isms.commands.units import add_unit
from isms.intake.people_undo import UNDO_PEOPLE
from isms.intake.tables import TableRow
from isms.intake.uploads import asking, opened
from isms.people import Actor, UnitRow, unit, units
from isms.permissions import May
from isms.rules.roles import UnitKind
from isms.rules.texts import N_

TARGETS = (
    Target("name", N_("Name der Einheit"), ("Einheit", "Name"), required=True),
    Target("kind", N_("Art"), ("Art", "Kind")),
    Target("parent", N_("Gehört zu"), ("Gehört zu", "Übergeordnet", "Parent")),
)
NAMELESS = N_("Der Name der Einheit fehlt.")
NO_KIND = N_("„{typed}“ ist keine Art. Möglich sind: Land, Amt, Fachdienst, Standort.")
NO_PARENT = N_("„{parent}“ gibt es hier nicht, auch nicht in einer Zeile darüber.")
TOO_LONG = N_("Der Name ist zu lang. Möglich sind 120 Zeichen.")
KINDS: Mapping[str, UnitKind] = {kind.label.casefold(): kind for kind in UnitKind}


@dataclass(frozen=True)
class Wanted:
    """A unit to hang under another one, which is named as the tree or a row above names it."""

    name: str
    kind: UnitKind
    parent: str


@asking
async def plan(upload: Upload, *, by: Actor, on: date) -> Plan:
    """Units that are there already stay as they are. Raises Unreadable for a file that is no such table."""
    sheet = await opened(upload, TARGETS)
    home, known = await _known(upload.unit, by=by)
    names, verdicts, load = set(known), [], []
    for row in sheet.rows():
        verdict, wanted = _judged(row, home, names)
        verdicts.append(verdict)
        if wanted:
            names.add(wanted.name.casefold())
            load.append(wanted)
    return Plan(verdicts, sheet.questions, sheet.warnings, load, sheet.columns)


async def carry_out(plan: Plan, upload: Upload, *, run: int, by: Actor, on: date) -> None:
    _, places = await _known(upload.unit, by=by)
    todo: list[Wanted] = plan.load if isinstance(plan.load, list) else []
    for wanted in todo:
        made = await add_unit(wanted.name, kind=wanted.kind, parent=places[wanted.parent.casefold()], by=by, run=run)
        places[wanted.name.casefold()] = await unit(made, seen_by=by, asks=May.MANAGE_PEOPLE)


UNITS = ImportKind(
    name="units",
    title=N_("Einheiten (CSV, Excel)"),
    hint=N_("Spalten: Einheit, Art (Land, Amt, Fachdienst, Standort) und Gehört zu."),
    accepts=".csv,.xlsx,.ods,text/csv",
    asks=May.MANAGE_PEOPLE,
    plan=plan,
    carry_out=carry_out,
    home="/units",
    targets=TARGETS,
    undo=UNDO_PEOPLE,
)


async def _known(place: int, *, by: Actor) -> tuple[UnitRow, dict[str, UnitRow]]:
    home = await unit(place, seen_by=by, asks=May.MANAGE_PEOPLE)
    below = [one for one in await units(seen_by=by, asks=May.MANAGE_PEOPLE) if one.path.startswith(home.path)]
    return home, {one.name.casefold(): one for one in below}


def _judged(row: TableRow, home: UnitRow, names: set[str]) -> tuple[Verdict, Wanted | None]:
    name, parent = row["name"], row["parent"] or home.name
    kind = KINDS.get(row["kind"].casefold()) if row["kind"] else UnitKind.DEPARTMENT
    if name.casefold() in names and not row.complaint:
        return Verdict(row.number, Outcome.UNCHANGED, name), None
    wrongs = [
        (row.complaint is not None, row.complaint.message if row.complaint else "", {}),
        (not name, NAMELESS, {}),
        (len(name) > 120, TOO_LONG, {}),
        (kind is None, NO_KIND, {"typed": row["kind"]}),
        (parent.casefold() not in names, NO_PARENT, {"parent": parent}),
    ]
    for is_wrong, why, values in wrongs:
        if is_wrong:
            given = row.complaint.values if row.complaint and why == row.complaint.message else values
            return Verdict(row.number, Outcome.WRONG, name or "–", why, given), None
    return Verdict(row.number, Outcome.NEW, name), Wanted(name, kind or UnitKind.DEPARTMENT, parent)
