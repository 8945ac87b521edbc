"""Lists for a spreadsheet, as CSV or XLSX: exactly what is shown, in cells that never run as a formula."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterable, Sequence
from contextlib import aclosing
from typing import Any

from litestar import Response

from isms import texts
from isms.pages import Visit, download
from isms.rules.cells import BOM, line
from isms.workbook import workbook

BATCH = 500
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def sheet_download(
    request: Visit, name: str, titles: Sequence[str], records: AsyncGenerator[Sequence[object], None]
) -> Response[Any]:
    """What the address asks for: `…/export.xlsx` or `…/export.csv`."""
    if request.url.path.endswith(".xlsx"):
        return xlsx_download(f"{name}.xlsx", titles, records)
    return csv_download(f"{name}.csv", titles, records)


def csv_download(name: str, titles: Sequence[str], records: AsyncGenerator[Sequence[object], None]) -> Response[Any]:
    """Hand out a list in constant memory. Titles are marked texts; terms are written as people read them."""
    language = texts.language.get()
    return download(name, _encoded(titles, records, language), "text/csv")


def xlsx_download(name: str, titles: Sequence[str], records: AsyncGenerator[Sequence[object], None]) -> Response[Any]:
    """The same as an Excel workbook: numbers and dates can be reckoned with, and umlauts need no choice of encoding."""
    language = texts.language.get()
    return download(name, _packed(name.removesuffix(".xlsx"), titles, records, language), XLSX)


async def _packed(
    name: str, titles: Sequence[str], records: AsyncGenerator[Sequence[object], None], language: str
) -> AsyncGenerator[bytes, None]:
    texts.language.set(language)
    async with aclosing(records):
        written = ([_written(value) for value in record] async for record in records)
        async for part in workbook(name, [texts.say(title) for title in titles], written):
            yield part


async def _encoded(
    titles: Sequence[str], records: AsyncGenerator[Sequence[object], None], language: str
) -> AsyncGenerator[bytes, None]:
    texts.language.set(language)
    yield (BOM + line([texts.say(title) for title in titles])).encode()
    async with aclosing(records):
        async for batch in _batches(records):
            yield batch.encode()


async def _batches(records: AsyncIterable[Sequence[object]]) -> AsyncGenerator[str, None]:
    waiting: list[str] = []
    async for record in records:
        waiting.append(line([_written(value) for value in record]))
        if len(waiting) == BATCH:
            yield "".join(waiting)
            waiting.clear()
    yield "".join(waiting)


def _written(value: object) -> object:
    label = getattr(value, "label", None)
    if isinstance(value, bool):
        return texts.say(texts.YES if value else texts.NO)
    return texts.say(label) if isinstance(label, str) else value
