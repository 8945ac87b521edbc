"""The evidence files of an institution, checked against their hash on the way into a package."""

from __future__ import annotations

import asyncio
from datetime import datetime
from pathlib import PurePosixPath

from isms.area import Column
from isms.db.reading import Row, each
from isms.evidence.bag import Bag
from isms.evidence.order import Order, Veil
from isms.evidence.tabular import table
from isms.files import Store, read
from isms.rules.errors import Missing
from isms.rules.media import safe_name
from isms.rules.terms import Term
from isms.rules.texts import N_


class Found(Term):
    WHOLE = "whole", N_("unverändert")
    CHANGED = "changed", N_("verändert: Die Prüfsumme stimmt nicht")
    LOST = "lost", N_("fehlt in der Ablage")


class FileRow(Row):
    sha256: str
    name: str
    media_type: str
    size: int
    subject: str
    uploaded_at: datetime
    uploader: str


FILES = """SELECT f.sha256, f.name, f.media_type, f.size, f.subject, f.uploaded_at, p.name AS uploader
    FROM stored_file f JOIN unit u ON u.id = f.unit JOIN person p ON p.id = f.uploaded_by
    WHERE u.institution = {} AND f.uploaded_at < {} ORDER BY f.sha256, f.id"""
INDEX = (
    Column("path", N_("Datei im Paket")),
    Column("sha256", "SHA-256"),
    Column("size", N_("Bytes")),
    Column("media_type", N_("Art")),
    Column("subject", N_("Gehört zu")),
    Column("name", N_("Name"), personal=True),
    Column("uploaded_at", N_("Hochgeladen am")),
    Column("uploaded_by", N_("Hochgeladen von"), personal=True),
    Column("state", N_("Zustand")),
)


async def attachments(bag: Bag, store: Store, order: Order, veil: Veil) -> tuple[int, int]:
    """Every file once, and an index of all. Answers how many there are, and how many of them are lost or changed."""
    written: dict[str, tuple[str, Found]] = {}
    with table(bag, "belege/index", INDEX, veil, as_of=order.as_of) as index:
        async for row in each(FileRow, FILES, order.institution, order.end):
            if row.sha256 not in written:
                written[row.sha256] = await asyncio.to_thread(_copy, bag, store, row, order)
            path, state = written[row.sha256]
            index.add(
                (
                    path,
                    row.sha256,
                    row.size,
                    row.media_type,
                    row.subject,
                    row.name,
                    row.uploaded_at,
                    row.uploader,
                    state,
                )
            )
    return len(written), sum(state is not Found.WHOLE for _, state in written.values())


def _copy(bag: Bag, store: Store, row: FileRow, order: Order) -> tuple[str, Found]:
    path = f"belege/{_file_name(row, order)}"
    try:
        with bag.file(path) as part:
            for chunk in read(store, row.sha256):
                part.write(chunk)
    except Missing:
        return "", Found.LOST
    return path, Found.WHOLE if part.digest.hexdigest() == row.sha256 else Found.CHANGED


def _file_name(row: FileRow, order: Order) -> str:
    """A name may name somebody: without the right only its ending goes out."""
    plain = safe_name(row.name)
    return f"{row.sha256[:16]}-{plain}" if order.named else f"{row.sha256[:16]}{PurePosixPath(plain).suffix}"
