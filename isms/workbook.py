"""A table as an Excel workbook (XLSX), written row by row in constant memory: text, numbers and dates, no formulas."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, AsyncIterable, Sequence
from datetime import date, datetime
from io import RawIOBase
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

if TYPE_CHECKING:
    from typing_extensions import Buffer

NAMESPACE = "http://schemas.openxmlformats.org"
MAIN, DOCUMENT = f"{NAMESPACE}/spreadsheetml/2006/main", f"{NAMESPACE}/officeDocument/2006/relationships"
RELATIONS, TYPES = f"{NAMESPACE}/package/2006/relationships", f"{NAMESPACE}/package/2006/content-types"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{TYPES}"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{KIND}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{KIND}.styles+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" '
    f'Type="{DOCUMENT}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELATIONS}">'
    f'<Relationship Id="r1" Type="{DOCUMENT}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="r2" Type="{DOCUMENT}/styles" Target="styles.xml"/></Relationships>',
    # Three looks of a cell: as it is, a date (Excel's own short date, 14), a bold title.
    "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><fonts count="2">'
    '<font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/>'
    '<xf numFmtId="14" applyNumberFormat="1"/><xf fontId="1" applyFont="1"/></cellXfs></styleSheet>',
}
BEGIN = f'<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" '
BEGIN += 'activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>'
END = "</sheetData></worksheet>"
FIRST_DAY = date(1899, 12, 30)
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
BATCH = 500
LONGEST = 32_767


class Sink(RawIOBase):
    """Where the zip is written to: hands out what has come together."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, given: Buffer) -> int:
        content = bytes(given)
        self.parts.append(content)
        return len(content)

    def taken(self) -> bytes:
        content = b"".join(self.parts)
        self.parts.clear()
        return content


async def workbook(
    name: str, titles: Sequence[str], records: AsyncIterable[Sequence[object]]
) -> AsyncGenerator[bytes, None]:
    """The bytes of a workbook with one sheet called `name`; its first row stays in view."""
    sink = Sink()
    with ZipFile(sink, "w", ZIP_DEFLATED, compresslevel=1) as packed:
        for path, content in (*PARTS.items(), ("xl/workbook.xml", _book(name))):
            packed.writestr(path, XML + content)
        with packed.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write((XML + BEGIN + _row([_text(title, style=2) for title in titles])).encode())
            async for batch in _batches(records):
                sheet.write(batch.encode())
                yield sink.taken()
            sheet.write(END.encode())
    yield sink.taken()


async def _batches(records: AsyncIterable[Sequence[object]]) -> AsyncGenerator[str, None]:
    waiting: list[str] = []
    async for record in records:
        waiting.append(_row([_cell(value) for value in record]))
        if len(waiting) == BATCH:
            yield "".join(waiting)
            waiting.clear()
    yield "".join(waiting)


def _book(name: str) -> str:
    """A sheet's name has at most 31 characters, and none that Excel uses in references."""
    plain = escape(re.sub(r"[\[\]:*?/\\']", " ", name)[:31], {'"': "&quot;"})
    sheet = f'<sheet name="{plain}" sheetId="1" r:id="r1"/>'
    return f'<workbook xmlns="{MAIN}" xmlns:r="{DOCUMENT}"><sheets>{sheet}</sheets></workbook>'


def _row(cells: Sequence[str]) -> str:
    return f"<row>{''.join(cells)}</row>"


def _cell(value: object) -> str:
    if value is None or value == "":
        return "<c/>"
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"<c><v>{value}</v></c>"
    if isinstance(value, date) and not isinstance(value, datetime):
        return f'<c s="1"><v>{(value - FIRST_DAY).days}</v></c>'
    return _text(str(value))


def _text(text: str, style: int = 0) -> str:
    """Text stays text: a cell of this kind is never read as a formula."""
    said = escape(UNPRINTABLE.sub("", text)[:LONGEST])
    look = f' s="{style}"' if style else ""
    return f'<c t="inlineStr"{look}><is><t xml:space="preserve">{said}</t></is></c>'
