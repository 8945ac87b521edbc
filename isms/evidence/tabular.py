"""A register as CSV for people and as JSON for programs, written in one pass."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from isms import texts
from isms.area import Column, Report
from isms.evidence.bag import Bag, Part
from isms.evidence.order import Order, Register, Veil
from isms.rules import cells
from isms.rules.terms import Level, Term


@dataclass
class Table:
    """Two files that grow row by row."""

    columns: Sequence[Column]
    sheet: Part
    objects: Part
    veil: Veil
    rows: int = 0

    def add(self, row: Sequence[object]) -> None:
        values = [
            self.veil.name(value) if column.personal else value for column, value in zip(self.columns, row, strict=True)
        ]
        self.sheet.write(cells.line(map(_read_by_people, values)).encode())
        named = {column.name: _read_by_programs(value) for column, value in zip(self.columns, values, strict=True)}
        self.objects.write((b",\n" if self.rows else b"\n") + _json(named))
        self.rows += 1


@contextmanager
def table(bag: Bag, path: str, columns: Sequence[Column], veil: Veil, **about: object) -> Iterator[Table]:
    """`path` without ending; `about` stands on top of the JSON."""
    with bag.file(f"{path}.csv") as sheet, bag.file(f"{path}.json") as objects:
        sheet.write(cells.BOM.encode())
        sheet.write(cells.line(texts.say(column.title) for column in columns).encode())
        titles = [{"name": column.name, "title": texts.say(column.title)} for column in columns]
        objects.write(_json({**about, "columns": titles}).removesuffix(b"}") + b',"rows":[')
        yield Table(columns, sheet, objects, veil)
        objects.write(b"\n]}\n")


async def register(bag: Bag, report: Report, order: Order, veil: Veil) -> Register:
    """One area's report, whatever its length."""
    rows: AsyncIterator[Sequence[object]] = report.rows(order.path, on=order.as_of)
    title = texts.say(report.title)
    with table(bag, f"register/{report.name}", report.columns, veil, title=title, as_of=order.as_of) as written:
        async for row in rows:
            written.add(row)
    return Register(title, f"register/{report.name}", written.rows)


def _read_by_people(value: object) -> object:
    return texts.label(value) if isinstance(value, Term | Level) else value


def _read_by_programs(value: object) -> object:
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return value.isoformat() if isinstance(value, date) else str(value)


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, default=_read_by_programs).encode("utf-8", "backslashreplace")
