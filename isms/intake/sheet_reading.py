"""What the child process runs: a workbook on standard input becomes one of its sheets as CSV on standard output.

Only here is a workbook unpacked and parsed: whatever it unfolds to, this process has a limit and the server has not.
The first line out is JSON: the sheets, which one follows, where its header stands, and how many rows are hidden.
"""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import Any
from xml.etree import ElementTree
from zipfile import is_zipfile

import python_calamine as calamine

from isms.intake import Unreadable
from isms.intake.archives import Limits, unpack
from isms.rules.texts import N_

MEMORY = 1024 * 1024 * 1024
SECONDS = 120
UNFOLDED = Limits(members=2_000, ratio=2_000)
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
BOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
HIDDEN = re.compile(rb"<(?:\w+:)?row\b[^>]*\bhidden=[\"'](?:1|true)[\"']")
BROKEN = N_("Die Arbeitsmappe ist beschädigt oder kein Excel. Speichern Sie sie neu oder als CSV.")
LOCKED = N_("Die Arbeitsmappe ist mit einem Kennwort geschützt. Entfernen Sie das Kennwort.")
EMPTY = N_("Die Arbeitsmappe hat kein sichtbares Blatt mit Inhalt.")


def main() -> None:
    confine()
    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="")
    try:
        for line in told(sys.stdin.buffer.read(), wanted):
            out.write(line)
    except Unreadable as error:
        out.write(json.dumps({"error": error.message, "values": error.values}) + "\n")
    out.flush()


def confine() -> None:
    """No more memory and time than any honest workbook needs, where the system can say so."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def told(content: bytes, wanted: str) -> Iterator[str]:
    """Raises Unreadable with one German sentence."""
    hidden = _hidden(content)
    book = _opened(content)
    sheets = [one.name for one in book.sheets_metadata if one.visible is calamine.SheetVisibleEnum.Visible]
    full = [name for name in sheets if _rows(book, name) is not None]
    if not full:
        raise Unreadable(EMPTY)
    chosen = wanted if wanted in full else full[0] if len(full) == 1 else ""
    told: dict[str, Any] = {"sheets": full, "chosen": chosen, "header": 1, "hidden": 0}
    if not chosen:
        yield json.dumps(told) + "\n"
        return
    rows = _rows(book, chosen) or []
    first = next(number for number, row in enumerate(rows, start=1) if any(map(_text, row)))
    left = min(place for row in rows for place, cell in enumerate(row) if _text(cell))
    yield json.dumps(told | {"header": first, "hidden": hidden.get(chosen, 0)}) + "\n"
    yield from _csv(row[left:] for row in rows[first - 1 :])


def _hidden(content: bytes) -> dict[str, int]:
    """Unpacks everything once, counting, before anything is parsed. How many rows are hidden, by the sheet's name."""
    if not is_zipfile(io.BytesIO(content)):
        raise Unreadable(BROKEN)
    hidden: dict[str, int] = {}
    parts: dict[str, bytes] = {}
    for name, part in unpack(content, UNFOLDED):
        if b"<!DOCTYPE" in part[:1024]:
            raise Unreadable(BROKEN)
        if name.startswith("xl/worksheets/"):
            hidden[name] = len(HIDDEN.findall(part))
        elif name in (BOOK, RELATIONS):
            parts[name] = part
    return {sheet: hidden.get(part, 0) for sheet, part in _parts_of_sheets(parts)}


def _parts_of_sheets(parts: dict[str, bytes]) -> Iterator[tuple[str, str]]:
    """Each sheet's name with the part of the archive that holds it; nothing for what is no XLSX."""
    if not {BOOK, RELATIONS} <= parts.keys():
        return
    try:
        targets = {one.get("Id"): one.get("Target", "") for one in ElementTree.fromstring(parts[RELATIONS])}  # noqa: S314
        sheets = ElementTree.fromstring(parts[BOOK]).iter(f"{MAIN}sheet")  # noqa: S314  no DOCTYPE, a limit on memory
    except ElementTree.ParseError as error:
        raise Unreadable(BROKEN) from error
    for sheet in sheets:
        target = targets.get(sheet.get(RELATION), "")
        yield sheet.get("name", ""), target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _opened(content: bytes) -> calamine.CalamineWorkbook:
    try:
        return calamine.load_workbook(io.BytesIO(content))
    except calamine.PasswordError as error:
        raise Unreadable(LOCKED) from error
    except (calamine.CalamineError, ValueError, OSError) as error:
        raise Unreadable(BROKEN) from error


def _rows(book: calamine.CalamineWorkbook, name: str) -> list[list[Any]] | None:
    try:
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except (calamine.CalamineError, ValueError, OSError) as error:
        raise Unreadable(BROKEN) from error
    return rows if any(_text(cell) for row in rows for cell in row) else None


def _csv(rows: Iterable[list[Any]]) -> Iterator[str]:
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\n")
    for row in rows:
        writer.writerow(map(_text, row))
        if written.tell() > 64 * 1024:
            yield written.getvalue()
            written.seek(0)
            written.truncate()
    yield written.getvalue()


def _text(cell: Any) -> str:
    """A cell as a list would hold it: dates as 2026-12-31, numbers with a point and without a needless „.0“."""
    if isinstance(cell, str):
        return cell.replace("\0", "")
    if isinstance(cell, bool):
        return "ja" if cell else "nein"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ", timespec="seconds")
    return cell.isoformat() if isinstance(cell, date | time) else _other(cell)


def _other(cell: Any) -> str:
    return str(int(cell.total_seconds())) if isinstance(cell, timedelta) else str(cell)


if __name__ == "__main__":
    main()
