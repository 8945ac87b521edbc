"""Tables as offices really have them: CSV with any spreadsheet's encoding, delimiter and line ends, or a workbook."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count, islice

from isms.intake import Unreadable
from isms.intake.encoding import Note, decode, refuse_nul
from isms.intake.sheets import Sheet, is_workbook, read_sheet
from isms.intake.sniff import refuse_foreign, refuse_oversized
from isms.rules.errors import Complaint
from isms.rules.texts import N_

MIB = 1024 * 1024
_HEADER = 100_000
MISSING = N_("Diese Spalten fehlen: {missing}. Gefunden wurden: {found}.")
SEVERAL = N_("Die Arbeitsmappe hat mehrere Blätter: {sheets}. Sagen Sie, welches gemeint ist.")
HIDDEN = N_("In der Tabelle sind {count} Zeilen ausgeblendet. Sie werden mitgelesen.")
DELIMITERS = (";", ",", "\t")
_LINE = r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$"
_CELL = r'(?:"[^"]*+(?:""[^"]*+)*+"?+)?[^{0}\r\n]*(?:{0}|\r|\n|$)'


@dataclass(frozen=True)
class Limits:
    """How much is read. A cell of a spreadsheet holds 32,767 characters at most."""

    size: int = 32 * MIB
    rows: int = 200_000
    columns: int = 400
    cell: int = 32_767


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row by column name, trimmed. `number` counts as a spreadsheet does: the header is row 1.

    A row with too many or too few cells carries a `complaint`; its cells are what could be matched.
    """

    number: int
    cells: Mapping[str, str]
    complaint: Complaint | None = None

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True)
class CsvTable:
    """A decoded file. Nothing but its text is held in memory; rows are read again each time they are asked for.

    `header` is the row in which the columns are named; `sheets` are those of a workbook that has several.
    """

    text: str
    delimiter: str
    skipped: int
    columns: tuple[str, ...]
    warnings: tuple[Note, ...]
    limits: Limits
    header: int = 1
    sheets: tuple[str, ...] = ()

    def rows(self, named: Mapping[str, str] | None = None) -> Iterator[TableRow]:
        """Every row that is not blank. `named` gives cells names of your own: {own name: column}, see `match`.

        Raises Unreadable with the row's number where the file breaks off or a cell is too large.
        """
        places = [(own, self.columns.index(column)) for own, column in _names(self.columns, named)]
        for number, cells in self._data():
            if number - self.header > self.limits.rows:
                raise Unreadable(
                    N_("Die Datei hat mehr als {limit} Zeilen. Teilen Sie sie auf."), limit=self.limits.rows
                )
            complaint = _uneven(cells, self.columns)
            yield TableRow(number, {own: cells[at] if at < len(cells) else "" for own, at in places}, complaint)

    def _data(self) -> Iterator[tuple[int, list[str]]]:
        for row, cells in self.records():
            if row > self.header and any(cells):
                yield row, cells

    def records(self) -> Iterator[tuple[int, list[str]]]:
        """Trimmed cells of every record with its row; blank ones too, for they count as rows."""
        lines = _Lines(self.text)
        reader = csv.reader(lines, delimiter=self.delimiter, strict=True)
        for row in count(self.header - self.skipped):
            lines.pending.clear()
            try:
                record = next(reader, None)
            except csv.Error as error:
                raise self._flaw(row, "".join(lines.pending)) from error
            if record is None:
                return
            self._refuse_large(row, record)
            yield row, [value.strip() for value in record]

    def _refuse_large(self, row: int, record: Sequence[str]) -> None:
        for place, value in enumerate(record):
            if len(value) > self.limits.cell:
                raise self._too_large(row, place)

    def _flaw(self, row: int, record: str) -> Unreadable:
        """Python's reader does not say which cell it choked on, so look again."""
        for place, found in enumerate(re.finditer(_CELL.format(self.delimiter), record)):
            if found.end() - found.start() > self.limits.cell:
                return self._too_large(row, place)
        text = N_("In Zeile {row} fehlt ein Anführungszeichen, oder es steht eines mitten in einer Zelle.")
        return Unreadable(text, row=row)

    def _too_large(self, row: int, place: int) -> Unreadable:
        return Unreadable(
            N_("In Zeile {row} hat die Zelle „{column}“ mehr als {limit} Zeichen. Fehlt ein Anführungszeichen?"),
            row=row,
            column=self.columns[place] if place < len(self.columns) else f"Spalte {place + 1}",
            limit=self.limits.cell,
        )


class _Lines:
    """The lines of a text, whatever ends them, remembering those of the record being read."""

    def __init__(self, text: str) -> None:
        self.lines = re.finditer(_LINE, text)
        self.pending: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self.lines)[0]
        self.pending.append(line)
        return line


class WhichSheet(Unreadable):
    """The workbook has several sheets with something on them, and none was chosen."""

    def __init__(self, sheets: tuple[str, ...]) -> None:
        super().__init__(SEVERAL, sheets=", ".join(f"„{name}“" for name in sheets))
        self.sheets = sheets


class NotMapped(Unreadable):
    """Columns are missing that somebody may still find under another name."""


def read_table(content: bytes, limits: Limits = Limits(), sheet: str = "") -> CsvTable:
    """Decode a CSV file, or a sheet of a workbook, and read its header.

    Raises Unreadable, naming row and column where there are any; WhichSheet where there are several sheets.
    """
    refuse_oversized(content, limits.size)
    if is_workbook(content):
        return _of_workbook(read_sheet(content, sheet), limits)
    refuse_foreign(content, wanted="CSV")
    text, warnings = decode(content)
    refuse_nul(text)
    skipped, delimiter = _delimiter(text)
    table = CsvTable(text, delimiter, skipped, (), warnings, limits)
    columns, doubled = _columns(_header(table))
    return replace(table, columns=columns, warnings=(*warnings, *doubled))


def _of_workbook(found: Sheet, limits: Limits) -> CsvTable:
    if not found.chosen:
        raise WhichSheet(found.sheets)
    sheets = found.sheets if len(found.sheets) > 1 else ()
    table = CsvTable(found.text, ";", 0, (), (), limits, found.header, sheets)
    columns, doubled = _columns(_header(table))
    hidden = [(HIDDEN, {"count": found.hidden})] if found.hidden else []
    return replace(table, columns=columns, warnings=(*doubled, *hidden))


def match(table: CsvTable, aliases: Mapping[str, Sequence[str]], required: Sequence[str] = ()) -> dict[str, str]:
    """Which column holds what: {own name: column}, by the first alias found, whatever its case, spaces or dashes.

    Raises NotMapped if a required one is not there, with what was found instead.
    """
    by_name: dict[str, str] = {}
    for column in table.columns:
        by_name.setdefault(plain(column), column)
    found = {
        own: by_name[plain(alias)]
        for own, names in aliases.items()
        for alias in reversed(names)
        if plain(alias) in by_name
    }
    if missing := [aliases[own][0] for own in required if own not in found]:
        raise NotMapped(
            MISSING,
            missing=listed(missing),
            found=listed(table.columns),
        )
    return found


def _delimiter(text: str) -> tuple[int, str]:
    """How many rows stand before the header (0, or 1 for Excel's `sep=;`), and what separates its cells."""
    if told := re.match(r'"?sep=([;,\t])"?[ \t]*[\r\n]', text, re.IGNORECASE):
        return 1, told[1]
    head = _first_record(text)
    return 0, max(DELIMITERS, key=lambda each: len(next(csv.reader(_Lines(head), delimiter=each), [])))


def _first_record(text: str) -> str:
    """As many lines as it takes to close every quote, within reason."""
    head = ""
    for line in islice(_Lines(text), 50):
        head += line[:_HEADER]
        if head.strip() and head.count('"') % 2 == 0:
            break
    return head[:_HEADER]


def _header(table: CsvTable) -> list[str]:
    header = next((record for row, record in table.records() if row == table.header), [])
    while header and not header[-1]:
        header.pop()
    if not header:
        raise Unreadable(N_("Die erste Zeile ist leer. Dort müssen die Namen der Spalten stehen."))
    if len(header) > table.limits.columns:
        raise Unreadable(
            N_("Die Datei hat {count} Spalten. Gelesen werden höchstens {limit}."),
            count=len(header),
            limit=table.limits.columns,
        )
    return header


def _columns(header: Sequence[str]) -> tuple[tuple[str, ...], list[Note]]:
    """Every column gets a name of its own: nameless ones by their place, repeated ones with a number."""
    columns: list[str] = []
    warnings: list[Note] = []
    first: dict[str, int] = {}
    for place, title in enumerate(header, start=1):
        name = title or f"Spalte {place}"
        if name.casefold() in first:
            renamed = _numbered(name, columns)
            text = N_(
                "Die Spalte „{name}“ steht mehrfach da (Spalten {first} und {second}). "
                "Die zweite heißt hier „{renamed}“."
            )
            warnings.append(
                (text, {"name": name, "first": first[name.casefold()], "second": place, "renamed": renamed})
            )
            name = renamed
        first.setdefault(name.casefold(), place)
        columns.append(name)
    return tuple(columns), warnings


def _numbered(name: str, taken: Sequence[str]) -> str:
    number = 2
    while f"{name} ({number})".casefold() in (each.casefold() for each in taken):
        number += 1
    return f"{name} ({number})"


def _uneven(cells: Sequence[str], columns: Sequence[str]) -> Complaint | None:
    if len(cells) < len(columns):
        text = N_("Die Zeile hat {count} Zellen statt {wanted}: Es fehlt „{column}“.")
        return Complaint(text, {"count": len(cells), "wanted": len(columns), "column": columns[len(cells)]})
    if any(cells[len(columns) :]):
        text = N_("Die Zeile hat {count} Zellen statt {wanted}. Steht ein Trennzeichen ohne Anführungszeichen im Text?")
        return Complaint(text, {"count": len(cells), "wanted": len(columns)})
    return None


def _names(columns: Sequence[str], named: Mapping[str, str] | None) -> Iterable[tuple[str, str]]:
    return zip(columns, columns, strict=True) if named is None else named.items()


def plain(name: str) -> str:
    """A column's name as aliases are compared with it; Shelf writes the type of own fields into it."""
    if own := re.fullmatch(r"\s*cf:\s*(.*?)\s*,\s*type:\s*\w+\s*", name, re.IGNORECASE):
        name = own[1]
    return re.sub(r"[\s_\-:*.]+", " ", name.casefold()).strip()


def listed(names: Sequence[str]) -> str:
    shown = ", ".join(f"„{name[:40]}“" for name in names[:30])
    return f"{shown}, …" if len(names) > 30 else shown
