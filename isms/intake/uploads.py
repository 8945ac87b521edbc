"""An uploaded table as a plan needs it: the right sheet, columns that hold what, and how its days are written.

What cannot be told from the file is asked, before any row is judged.
"""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import wraps
from hashlib import sha256
from typing import TYPE_CHECKING

from isms.area import Choice, Plan, PlanUpload, Question, Target, Upload
from isms.intake.encoding import Note
from isms.intake.tables import MISSING, CsvTable, NotMapped, TableRow, WhichSheet, listed, match, plain, read_table
from isms.rules.days import DayOrder, orders_of
from isms.rules.texts import N_

if TYPE_CHECKING:
    from datetime import date

    from isms.people import Actor

__all__ = [
    "SHEET",
    "Asked",
    "Assumed",
    "CsvTable",
    "NotMapped",
    "Opened",
    "WhichSheet",
    "asking",
    "headed",
    "mapped",
    "opened",
]
__all__ += ["nothing_assumed", "plain", "recognised", "signature"]

SHEET, DAYS = "sheet", "days"
WHICH_SHEET = N_("Die Arbeitsmappe hat mehrere Blätter. Welches soll gelesen werden?")
WHICH_ORDER = N_("Daten wie „{example}“ sind nicht eindeutig. Was steht zuerst?")
BOTH_ORDERS = N_("Manche Daten nennen den Tag zuerst, andere den Monat, zum Beispiel „{example}“. Was gilt?")
NOT_READ = N_("Diese Spalten werden nicht gelesen: {columns}.")


class Asked(Exception):
    """Something has to be answered first."""

    def __init__(self, *questions: Question, warnings: Sequence[Note] = ()) -> None:
        super().__init__(questions)
        self.questions = questions
        self.warnings = warnings


Adapt = Callable[[Mapping[str, str]], Mapping[str, str]]


def unchanged(cells: Mapping[str, str]) -> Mapping[str, str]:
    return cells


@dataclass(frozen=True)
class Assumed:
    """What a caller knows of lists that some tool writes, beyond the names of their columns.

    `columns` say what stands where ("" for a field to leave out), `constants` what every row is, `adapt` changes the
    cells of each row by field; `explained` are columns of which `notes` say why they are not read.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    adapt: Adapt = unchanged
    notes: tuple[Note, ...] = ()
    explained: tuple[str, ...] = ()


Assume = Callable[[CsvTable], Assumed]


def nothing_assumed(_: CsvTable) -> Assumed:
    return Assumed()


@dataclass(frozen=True)
class Opened:
    """A table whose columns are known: {field: column}."""

    table: CsvTable
    columns: Mapping[str, str]
    order: DayOrder = DayOrder.MONTH_FIRST
    questions: Sequence[Question] = ()
    warnings: Sequence[Note] = ()
    assumed: Assumed = Assumed()

    def rows(self) -> Iterator[TableRow]:
        constants, adapt = self.assumed.constants, self.assumed.adapt
        for row in self.table.rows(self.columns):
            yield row if adapt is unchanged and not constants else replace(row, cells=adapt({**constants, **row.cells}))


def asking(plan: PlanUpload) -> PlanUpload:
    """Turns what has to be answered first into a plan that waits."""

    @wraps(plan)
    async def planned(upload: Upload, *, by: Actor, on: date) -> Plan:
        try:
            return await plan(upload, by=by, on=on)
        except Asked as asked:
            return Plan((), asked.questions, asked.warnings, waits=True)

    return planned


async def opened(upload: Upload, targets: Sequence[Target], *, assume: Assume = nothing_assumed) -> Opened:
    """Raises Unreadable, NotMapped where a required column is missing, Asked while a question is open.

    What somebody mapped by hand counts before what `assume` says.
    """
    return await to_thread(_opened, upload, targets, assume)


async def headed(content: bytes, answers: Mapping[str, str]) -> CsvTable:
    """The table with its header, whatever it holds. Raises Unreadable, WhichSheet."""
    return await to_thread(read_table, content, sheet=answers.get(SHEET, ""))


def recognised(table: CsvTable, targets: Sequence[Target]) -> dict[str, str]:
    """Which column holds what, by the names that such columns usually have."""
    return match(table, {target.name: target.aliases for target in targets})


def mapped(table: CsvTable, targets: Sequence[Target], mapping: Mapping[str, str]) -> dict[str, str]:
    """The same, where somebody said otherwise as they said it."""
    found = {name: column for name, column in recognised(table, targets).items() if name not in mapping}
    known = {target.name for target in targets}
    return found | {name: column for name, column in mapping.items() if column in table.columns and name in known}


def signature(table: CsvTable) -> str:
    """The same for all files with the same set of headers."""
    return sha256("\n".join(sorted({plain(column) for column in table.columns})).encode()).hexdigest()


def _opened(upload: Upload, targets: Sequence[Target], assume: Assume) -> Opened:
    questions: list[Question] = []
    try:
        table = read_table(upload.content, sheet=upload.answers.get(SHEET, ""))
    except WhichSheet as which:
        raise Asked(_sheets(which.sheets)) from which
    if table.sheets:
        questions.append(_sheets(table.sheets))
    assumed = assume(table)
    columns = mapped(table, targets, {**assumed.columns, **upload.mapping})
    columns |= {name: column for name, column in assumed.columns.items() if name not in columns}
    columns = {name: column for name, column in columns.items() if column in table.columns}
    _refuse_missing(table, targets, {**assumed.constants, **columns})
    order, asked = _order(table, [columns[one.name] for one in targets if one.is_day and one.name in columns], upload)
    if asked:
        questions.append(asked)
    if order is None:
        raise Asked(*questions, warnings=table.warnings)
    warnings = (*table.warnings, *assumed.notes, *_not_read(table, columns, assumed.explained))
    return Opened(table, columns, order, tuple(questions), warnings, assumed)


def _sheets(names: Sequence[str]) -> Question:
    return Question(SHEET, WHICH_SHEET, tuple(Choice(name, name) for name in names))


def _refuse_missing(table: CsvTable, targets: Sequence[Target], columns: Mapping[str, str]) -> None:
    if missing := [target.aliases[0] for target in targets if target.required and target.name not in columns]:
        raise NotMapped(MISSING, missing=listed(missing), found=listed(table.columns))


def _order(table: CsvTable, columns: Sequence[str], upload: Upload) -> tuple[DayOrder | None, Question | None]:
    """How days with slashes are written in this file, and what to ask where it does not say."""
    slashed = _slashed(table, columns)
    orders = orders_of(slashed)
    if len(orders) == 1:
        return next(iter(orders)), None
    if not slashed:
        return DayOrder.MONTH_FIRST, None
    choices = tuple(Choice(order.value, order.label) for order in DayOrder)
    question = Question(DAYS, WHICH_ORDER if orders else BOTH_ORDERS, choices, {"example": slashed[0][:20]})
    given = upload.answers.get(DAYS, "")
    return (DayOrder(given) if given in set(DayOrder) else None), question


def _slashed(table: CsvTable, columns: Sequence[str]) -> list[str]:
    if not columns or "/" not in table.text:
        return []
    rows = table.rows({column: column for column in columns})
    return [cell for row in rows for cell in row.cells.values() if "/" in cell]


def _not_read(table: CsvTable, columns: Mapping[str, str], explained: Sequence[str]) -> list[Note]:
    told = {*columns.values(), *explained}
    left = [column for column in table.columns if column not in told]
    return [(NOT_READ, {"columns": listed(left)})] if left else []
