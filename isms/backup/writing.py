"""Writing a backup: one moment of the database and the files it names, as BagIt with JSON lines."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import msgspec
from piccolo.table import Table

from isms import db
from isms.backup.contents import ABOUT, FORMAT, names_of, tables, written
from isms.db.reading import Row, rows, stream
from isms.evidence.bag import Bag
from isms.evidence.layout import VERIFY
from isms.files import Store, read
from isms.instance import instance
from isms.rules.chain import EMPTY, Head
from isms.rules.errors import Missing
from isms.templates import version

Say = Callable[[str, int], None]

FILES = """SELECT sha256 FROM stored_file UNION SELECT sha256 FROM import_run WHERE dropped_at IS NULL
    UNION SELECT sha256 FROM evidence_package WHERE sha256 IS NOT NULL ORDER BY 1"""
CHAINS = """SELECT e.institution, e.seq, e.link FROM audit_entry e JOIN
    (SELECT institution, max(seq) AS seq FROM audit_entry GROUP BY institution) last
    ON last.institution = e.institution AND last.seq = e.seq ORDER BY e.institution"""
NOTE = """Eine Sicherung des ISMS-Registers. Wiederherstellen: isms restore DATEI
Sie enthält personenbezogene Daten und Passwort-Prüfwerte: Bewahren Sie sie verschlossen auf.

A backup of ISMS-Register. Restore it with: isms restore FILE
It holds personal data and password hashes: keep it locked away.
"""


class ChainRow(Row):
    institution: int
    seq: int
    link: str


class Applied(Row):
    app_name: str
    name: str


async def back_up(path: Path, store: Store, *, say: Say) -> int:
    """Write everything; others go on working meanwhile. Answers how many files of the store are missing.

    Beside the target first, so that an interrupted backup never looks like one; for the owner's eyes only.
    """
    at = datetime.now(UTC)
    with Bag(path.parent) as bag:
        async with db.snapshot():
            counts = {}
            for table in tables():
                counts[table._meta.tablename] = await _table(bag, table)
                say(table._meta.tablename, counts[table._meta.tablename])
            about = await _about(counts, at)
            digests = [str(digest) async for (digest,) in stream(FILES)]
        missing = await asyncio.to_thread(_files, bag, store, digests)
        bag.add(ABOUT, msgspec.json.format(msgspec.json.encode({**about, "missing_files": missing})))
        bag.tag(VERIFY, NOTE.encode())
        info = {"Bagging-Date": at.date().isoformat(), "External-Description": "ISMS-Register backup"}
        name = f"isms-backup-{at:%Y-%m-%d-%H%M%S}"
        await asyncio.to_thread(_write, path, lambda out: bag.write(out, name=name, info=info))
    return len(missing)


def _write(path: Path, fill: Callable[[IO[bytes]], None]) -> None:
    unfinished = path.with_name(f"{path.name}.unfinished")
    number = os.open(unfinished, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
    with os.fdopen(number, "wb") as out:
        fill(out)
        out.flush()
        os.fsync(out.fileno())
    unfinished.replace(path)


async def chains() -> dict[str, Head]:
    """The head of every institution's audit trail."""
    return {str(row.institution): Head(row.seq, row.link) for row in await rows(ChainRow, CHAINS)}


async def applied_migrations() -> list[str]:
    found = await rows(Applied, "SELECT app_name, name FROM migration ORDER BY app_name, name")
    return [f"{row.app_name} {row.name}" for row in found]


async def _about(counts: dict[str, int], at: datetime) -> dict[str, object]:
    return {
        "format": FORMAT,
        "release": version(),
        "made_at": at,
        "instance": (await instance()).uuid,
        "migrations": await applied_migrations(),
        "tables": counts,
        "chains": {institution: str(head) for institution, head in (await chains()).items() if head != EMPTY},
    }


async def _table(bag: Bag, table: type[Table]) -> int:
    """A line with the names of the columns, then a line per row in the order of their ids."""
    names = names_of(table)
    columns = ", ".join(f'"{name}"' for name in names)
    count = 0
    with bag.file(f"tables/{table._meta.tablename}.jsonl") as part:
        part.write(msgspec.json.encode(names) + b"\n")
        async for row in stream(f'SELECT {columns} FROM "{table._meta.tablename}" ORDER BY id'):
            part.write(msgspec.json.encode([written(value) for value in row]) + b"\n")
            count += 1
    return count


def _files(bag: Bag, store: Store, digests: list[str]) -> list[str]:
    missing: list[str] = []
    for digest in digests:
        try:
            with bag.file(f"files/{digest}") as part:
                for chunk in read(store, digest):
                    part.write(chunk)
        except Missing:
            missing.append(digest)
    return missing
