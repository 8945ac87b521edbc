"""Small workbooks, part by part, so that tests can put anything into them."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HIDDEN_ROW, HIDDEN_SHEET = ' hidden="1"', ' state="hidden"'
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>'
)


def cell(place: str, value: object) -> str:
    """Text, a number, or („date“, serial number of the day)."""
    if isinstance(value, tuple):
        return f'<c r="{place}" s="1"><v>{value[1]}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{place}"><v>{value}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(str(value))}</t></is></c>'


def sheet(rows: Sequence[Sequence[object]], *, first: int = 1, hidden: Sequence[int] = ()) -> str:
    written = []
    for number, row in enumerate(rows, start=first):
        cells = "".join(cell(f"{chr(65 + at)}{number}", value) for at, value in enumerate(row) if value is not None)
        written.append(f'<row r="{number}"{HIDDEN_ROW if number in hidden else ""}>{cells}</row>')
    return f'<worksheet xmlns="{MAIN}"><sheetData>{"".join(written)}</sheetData></worksheet>'


def workbook(sheets: Mapping[str, str], *, hidden: Sequence[str] = ()) -> bytes:
    """`sheets` are the XML of each by its name; those in `hidden` are not shown."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in _parts(sheets, hidden).items():
            archive.writestr(name, part)
    return packed.getvalue()


def _parts(sheets: Mapping[str, str], hidden: Sequence[str]) -> dict[str, str]:
    numbered = list(enumerate(sheets.items(), start=1))
    told = "".join(
        f'<sheet name="{name}" sheetId="{at}" r:id="r{at}"{HIDDEN_SHEET if name in hidden else ""}/>'
        for at, (name, _) in numbered
    )
    links = "".join(
        f'<Relationship Id="r{at}" Type="{DOCUMENT}/worksheet" Target="worksheets/sheet{at}.xml"/>'
        for at, _ in numbered
    )
    kinds = "".join(
        f'<Override PartName="/xl/worksheets/sheet{at}.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
        for at, _ in numbered
    )
    return {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        f"{kinds}</Types>",
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{DOCUMENT}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{DOCUMENT}"><sheets>{told}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{links}'
        f'<Relationship Id="s" Type="{DOCUMENT}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": STYLES,
        **{f"xl/worksheets/sheet{at}.xml": part for at, (_, part) in numbered},
    }
