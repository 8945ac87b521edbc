"""Lists as CSV for a spreadsheet: exactly what is shown, row by row, with cells that never run as a formula."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterable, Sequence
from contextlib import aclosing
from typing import Any

from litestar import Response

from isms import texts
from isms.pages import download
from isms.rules.cells import BOM, line

BATCH = 500


def csv_download(name: str, titles: Sequence[str], records: AsyncGenerator[Sequence[object], None]) -> Response[Any]:
    """Hand out a list in constant memory. Titles are marked texts; terms are written as people read them."""
    language = texts.language.get()
    return download(name, _encoded(titles, records, language), "text/csv; charset=utf-8")


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
    return texts.say(label) if isinstance(label, str) else value
