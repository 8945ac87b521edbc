"""Links between target objects out of a table: each end by its short id, or by a name that only one object has."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from assets.commands.link_lists import WantedLink, link_up
from assets.intake.object_undo import UNDO_OBJECTS
from assets.queries.registers import LinkEnd, known_links, link_ends
from assets.rules.cells import Unreadable
from assets.rules.kinds import LinkKind, check_link
from assets.rules.link_lines import COLUMNS, LABELS, link_kind
from assets.rules.permissions import May
from isms.area import ImportKind, Outcome, Plan, Target, Upload, Verdict
from isms.intake.tables import TableRow
from isms.intake.uploads import asking, opened
from isms.people import Actor, unit
from isms.rules.errors import Refused
from isms.rules.texts import N_

TARGETS = tuple(Target(name, LABELS[name], aliases, required=True) for name, aliases in COLUMNS.items())
EMPTY = N_("Hier fehlt ein Zielobjekt.")
UNKNOWN = N_("„{text}“ gibt es hier nicht. Schreiben Sie die Kurzbezeichnung (zum Beispiel AW-001) oder den Namen.")
NAMESAKES = N_("„{text}“ heißen mehrere: {ids}. Schreiben Sie die Kurzbezeichnung.")
ITSELF = N_("Ein Zielobjekt kann nicht mit sich selbst verknüpft werden.")
TWICE = N_("Diese Verknüpfung steht schon in Zeile {row}.")
THERE = N_("Diese Verknüpfung gibt es schon.")
ELSEWHERE = N_("„{text}“ gehört zu einer Einheit, für die Sie nicht importieren dürfen.")

Key = tuple[int, LinkKind, int]


@dataclass
class Register:
    """What can be linked and what is linked, and which lines were read so far."""

    ends: Sequence[LinkEnd]
    known: set[Key]
    by: Actor
    seen: dict[Key, int] = field(default_factory=dict)
    wanted: list[WantedLink] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.by_id = {one.short_id.casefold(): one for one in self.ends}
        self.by_name: dict[str, list[LinkEnd]] = {}
        for one in self.ends:
            self.by_name.setdefault(one.name.casefold(), []).append(one)

    def end(self, text: str) -> LinkEnd:
        """Raises Unreadable."""
        words = " ".join(text.split())
        if not words:
            raise Unreadable(EMPTY)
        named = self.by_name.get(words.casefold(), [])
        if found := self.by_id.get(words.casefold()):
            return found
        if not named:
            raise Unreadable(UNKNOWN, text=words[:60])
        if len(named) > 1:
            raise Unreadable(NAMESAKES, text=words[:60], ids=", ".join(one.short_id for one in named[:8]))
        return named[0]


@asking
async def plan(upload: Upload, *, by: Actor, on: date) -> Plan:
    """What each row would do. Raises Unreadable for a file that is no such table."""
    sheet = await opened(upload, TARGETS)
    place = await unit(upload.unit, seen_by=by, asks=May.IMPORT_OBJECTS)
    register = Register(await link_ends(place.institution), await known_links(place.institution), by)
    verdicts = await to_thread(lambda: [_judge(row, register) for row in sheet.rows()])
    return Plan(verdicts, sheet.questions, sheet.warnings, register.wanted, sheet.columns)


async def carry_out(plan: Plan, upload: Upload, *, run: int, by: Actor, on: date) -> None:
    place = await unit(upload.unit, seen_by=by, asks=May.IMPORT_OBJECTS)
    wanted: list[WantedLink] = plan.load if isinstance(plan.load, list) else []
    await link_up(wanted, unit=place, run=run, by=by, on=on)


LINKS = ImportKind(
    name="links",
    title=N_("Verknüpfungen zwischen Zielobjekten (CSV, Excel)"),
    hint=N_("Spalten Quelle, Art und Ziel, zum Beispiel „AW-001; läuft auf; IT-003“. Auch Namen sind möglich."),
    accepts=".csv,.xlsx,.ods,text/csv",
    asks=May.IMPORT_OBJECTS,
    plan=plan,
    carry_out=carry_out,
    home="/objects",
    targets=TARGETS,
    undo=UNDO_OBJECTS,
)


def _judge(row: TableRow, register: Register) -> Verdict:
    title = " ".join(filter(None, (row["source"], row["kind"], row["target"]))) or "–"
    if row.complaint:
        return _wrong(row.number, title, row.complaint.message, row.complaint.values)
    try:
        return _verdict(row, title, _wanted(row, register), register)
    except Unreadable as error:
        return _wrong(row.number, title, error.complaint.message, error.complaint.values)
    except Refused as error:
        return _wrong(row.number, title, error.message, error.values)


def _wanted(row: TableRow, register: Register) -> WantedLink:
    """Raises Unreadable, Refused."""
    kind, from_behind = link_kind(row["kind"])
    source, target = register.end(row["source"]), register.end(row["target"])
    if from_behind:
        source, target = target, source
    if source.id == target.id:
        raise Unreadable(ITSELF)
    check_link(source.kind, kind, target.kind)
    if not register.by.may(May.IMPORT_OBJECTS, at=source.path):
        raise Unreadable(ELSEWHERE, text=source.short_id)
    return WantedLink(source, kind, target)


def _verdict(row: TableRow, title: str, wanted: WantedLink, register: Register) -> Verdict:
    key = (wanted.source.id, wanted.kind, wanted.target.id)
    first = register.seen.setdefault(key, row.number)
    if first != row.number:
        return _wrong(row.number, title, TWICE, {"row": first})
    if key in register.known:
        return Verdict(row.number, Outcome.UNCHANGED, title, THERE)
    register.wanted.append(wanted)
    return Verdict(row.number, Outcome.NEW, title)


def _wrong(number: int, title: str, why: str, values: Mapping[str, object]) -> Verdict:
    return Verdict(number, Outcome.WRONG, title, why, values)
