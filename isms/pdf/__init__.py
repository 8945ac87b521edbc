"""Papers: what is signed, filed or stuck on a device, as PDF/A-2a that a screen reader can walk (PDF/UA-1).

`pdf()` fills a Typst template with data; `paper()` needs no template of its own: most papers are a `Paper` of blocks.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from isms import texts
from isms.pdf.fonts import fonts

HERE = Path(__file__).parent.parent
PATIENCE = 60
AT_ONCE = 2
_free = asyncio.Semaphore(AT_ONCE)


class PdfError(Exception):
    """A template that does not compile, or data that it does not fit: a bug of ours."""


@dataclass(frozen=True)
class Facts:
    """Pairs of a label and what is the case, with a heading above where there is one."""

    rows: Sequence[tuple[str, str]]
    heading: str = ""
    kind: str = field(default="facts", init=False)


@dataclass(frozen=True)
class Table:
    """`columns` are the titles, `rows` the cells as text; `widths` are fractions, by default equal."""

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    heading: str = ""
    widths: Sequence[float] = ()
    kind: str = field(default="table", init=False)


@dataclass(frozen=True)
class Prose:
    """Paragraphs as plain text; nothing in them is markup."""

    paragraphs: Sequence[str]
    heading: str = ""
    kind: str = field(default="prose", init=False)


@dataclass(frozen=True)
class Picture:
    """An SVG that we drew, with the words that stand for it; `width` in millimetres, 0 means as wide as the page."""

    svg: str
    alternative: str
    heading: str = ""
    width: int = 0
    kind: str = field(default="picture", init=False)


@dataclass(frozen=True)
class Signature:
    """A line to sign on; `name` below it. `svg` holds a signature that was drawn, `note` says how it was given."""

    name: str
    role: str = ""
    note: str = ""
    svg: str = ""


@dataclass(frozen=True)
class Signatures:
    """Lines to sign on, side by side."""

    lines: Sequence[Signature]
    heading: str = ""
    kind: str = field(default="signatures", init=False)


Block = Facts | Table | Prose | Picture | Signatures


@dataclass(frozen=True)
class Paper:
    """What a paper says. All texts are in the reader's language already; `footer` stands on every page."""

    title: str
    office: str
    blocks: Sequence[Block]
    subtitle: str = ""
    footer: str = ""
    landscape: bool = False


async def paper(content: Paper, *, made_at: datetime) -> bytes:
    """A paper of blocks. The same content and moment give the same bytes."""
    return await pdf("paper", asdict(content), made_at=made_at)


async def pdf(name: str, data: Mapping[str, object], *, made_at: datetime) -> bytes:
    """Fill `templates/pdf/NAME.typ` with data: JSON-able, texts in the reader's language. Raises PdfError.

    A child process compiles, because Typst keeps its memory; about half a second a paper.
    """
    given = {
        "template": f"/pdf/{name}.typ",
        "root": str(_templates()),
        "fonts": str(await asyncio.to_thread(fonts)),
        "at": int(made_at.astimezone(UTC).timestamp()),
        "inputs": {"data": json.dumps(data), "language": texts.language.get()},
    }
    async with _free:
        return await _compiled(json.dumps(given).encode())


async def _compiled(given: bytes) -> bytes:
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        str(Path(__file__).with_name("compiling.py")),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        made, complaint = await asyncio.wait_for(child.communicate(given), PATIENCE)
    except (TimeoutError, asyncio.CancelledError):
        child.kill()
        await child.wait()
        raise
    if child.returncode:
        raise PdfError(complaint.decode(errors="replace").strip()[-2000:])
    return made


def _templates() -> Path:
    """Beside the package in a checkout, inside it once installed."""
    return next(folder for folder in (HERE.parent / "templates", HERE / "templates") if (folder / "pdf").is_dir())
