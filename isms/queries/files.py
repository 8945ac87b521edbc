"""Evidence files of a record, and which unit answers for the record."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from piccolo.table import TABLE_REGISTRY

from isms.db.reading import Row, one, rows, value
from isms.people import Actor, UnitRow, unit
from isms.permissions import May
from isms.rules.errors import Missing
from isms.rules.texts import N_

# A register of evidence is no personnel file.
WITHOUT_FILES = frozenset({"person", "membership"})


class FileRow(Row):
    id: int
    sha256: str
    name: str
    media_type: str
    size: int
    subject: str
    uploader: str
    uploaded_at: datetime


FILES = """SELECT f.id, f.sha256, f.name, f.media_type, f.size, f.subject, p.name AS uploader, f.uploaded_at
    FROM stored_file f JOIN unit u ON u.id = f.unit JOIN person p ON p.id = f.uploaded_by"""


async def files_of(subject: str, *, seen_by: Actor) -> list[FileRow]:
    where, args = seen_by.reach(May.SEE_FILES).where("u.path")
    return await rows(FileRow, f"{FILES} WHERE f.subject = {{}} AND {where} ORDER BY f.id", subject, *args)


async def file(id: int, *, seen_by: Actor) -> FileRow:
    """Raises Missing for a file that is not there or out of reach."""
    where, args = seen_by.reach(May.SEE_FILES).where("u.path")
    missing = N_("Diesen Beleg gibt es nicht, oder Sie dürfen ihn nicht sehen.")
    return await one(FileRow, f"{FILES} WHERE f.id = {{}} AND {where}", id, *args, missing=missing)


def may_have_files(subject: str) -> bool:
    """Records that belong to a unit, people excepted."""
    table, _, _ = subject.partition(":")
    return table not in WITHOUT_FILES and (table == "unit" or table in _tables_of_units())


async def home_of(subject: str, *, seen_by: Actor) -> UnitRow:
    """The unit that answers for a record. Raises Missing where there is no such record, or none in reach."""
    table, _, number = subject.partition(":")
    if not may_have_files(subject) or not number.isdecimal() or len(number) > 9:
        raise Missing
    # The name is one of our own tables, not what somebody typed.
    column = "id" if table == "unit" else "unit"
    home = await value(f'SELECT {column} FROM "{table}" WHERE id = {{}}', int(number))
    return await unit(home or 0, seen_by=seen_by, asks=May.ATTACH)


@cache
def _tables_of_units() -> set[str]:
    return {
        table._meta.tablename
        for table in TABLE_REGISTRY
        if any(column._meta.db_column_name == "unit" for column in table._meta.columns)
    }
