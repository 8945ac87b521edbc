"""Restoring a backup into an empty database of either engine: all of it or nothing, with the same chain heads."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import IO, Any
from zipfile import ZipFile

import msgspec
from piccolo.columns import Serial
from piccolo.table import Table

from isms import db
from isms.backup.contents import ABOUT, FORMAT, names_of, readers, self_links, tables
from isms.backup.writing import Say, applied_migrations, chains
from isms.db import Postgres, engine, execute, executemany
from isms.db.reading import value
from isms.evidence.live import Checked, verify_database
from isms.evidence.verify import verify_bag
from isms.files import CHUNK, Store
from isms.rules.errors import Refused
from isms.rules.texts import N_

BATCH = 2_000
MAY_BE_THERE = frozenset({"instance"})

Values = list[Any]


class About(msgspec.Struct):
    """What a backup says about itself."""

    format: int
    release: str
    migrations: list[str]
    tables: dict[str, int]
    chains: dict[str, str]
    missing_files: list[str]


async def restore(path: Path, store: Store, *, say: Say) -> list[Checked]:
    """Fill the migrated, empty database. Raises Refused for anything that does not fit; then nothing has changed.

    Answers what the check of the restored trails found: flaws that the backup brought along.
    """
    await asyncio.to_thread(_verify, path)
    with ZipFile(path) as archive:
        top = archive.namelist()[0].partition("/")[0]
        about = _about(archive.read(f"{top}/data/{ABOUT}"))
        await _fits(about)
        await asyncio.to_thread(_files, archive, f"{top}/data/files/", store)
        async with db.transaction():
            await execute("DELETE FROM instance")
            for table in tables():
                count = await _table(archive, f"{top}/data/tables/", table)
                _expect(count == about.tables.get(table._meta.tablename, 0))
                say(table._meta.tablename, count)
            await _same_chains(about)
    return await verify_database()


def _verify(path: Path) -> None:
    verdict = verify_bag(path)
    if not verdict.passes:
        text = N_("Die Sicherung ist beschädigt und wird nicht eingespielt: {finding}")
        raise Refused(text, finding=str(verdict.findings[0]))


def _about(content: bytes) -> About:
    try:
        return msgspec.json.decode(content, type=About)
    except msgspec.DecodeError as error:
        raise Refused(N_("Das ist keine Sicherung des ISMS-Registers.")) from error


async def _fits(about: About) -> None:
    here = await applied_migrations()
    if about.format != FORMAT or about.migrations != here:
        text = N_(
            "Die Sicherung stammt aus Version {release} mit anderem Aufbau der Tabellen. "
            "Spielen Sie sie mit dieser Version ein und aktualisieren Sie danach."
        )
        raise Refused(text, release=about.release)
    for table in tables():
        name = table._meta.tablename
        if name not in MAY_BE_THERE and await value(f'SELECT 1 FROM "{name}" LIMIT 1'):
            text = N_("Die Datenbank ist nicht leer („{table}“). Eine Sicherung wird nur in eine leere eingespielt.")
            raise Refused(text, table=name)


async def _table(archive: ZipFile, folder: str, table: type[Table]) -> int:
    name = table._meta.tablename
    count = 0
    with archive.open(f"{folder}{name}.jsonl") as file:
        columns: list[str] = msgspec.json.decode(file.readline())
        _expect(columns == names_of(table))
        places = ", ".join("{}" for _ in columns)
        insert = f'INSERT INTO "{name}" ({", ".join(_quoted(columns))}) VALUES ({places})'
        for batch in _batches(parents_first(_values(file, readers(table)), self_links(table))):
            await executemany(insert, batch)
            count += len(batch)
    await _continue_counting(table)
    return count


def _values(file: IO[bytes], read: Sequence[Callable[[object], object]]) -> Iterator[Values]:
    for line in file:
        yield [reader(value) for reader, value in zip(read, msgspec.json.decode(line), strict=True)]


def parents_first(rows: Iterator[Values], links: Sequence[int]) -> Iterator[Values]:
    """Rows whose parent comes later wait for it. The first column is the id."""
    there: set[int] = set()
    waiting: dict[int, list[Values]] = {}
    for row in rows:
        ready = [row]
        while ready:
            next_one = ready.pop()
            missing = {next_one[at] for at in links} - {None, next_one[0]} - there
            if missing:
                waiting.setdefault(min(missing), []).append(next_one)
            else:
                yield next_one
                there.add(next_one[0])
                ready += waiting.pop(next_one[0], [])
    _expect(not waiting)


async def _continue_counting(table: type[Table]) -> None:
    """PostgreSQL counts ids in a sequence that knows nothing of rows that brought theirs along."""
    if not isinstance(engine(), Postgres) or not isinstance(table._meta.primary_key, Serial):
        return
    name = table._meta.tablename
    await execute(
        f"""SELECT setval(pg_get_serial_sequence('"{name}"', 'id'), coalesce(max(id), 0) + 1, false) FROM "{name}" """
    )


async def _same_chains(about: About) -> None:
    here = {institution: str(head) for institution, head in (await chains()).items()}
    if here != about.chains:
        raise Refused(N_("Die Prüfspur der Sicherung endet anders, als sie selbst sagt. Es ist nichts eingespielt."))


def _files(archive: ZipFile, folder: str, store: Store) -> None:
    for name in archive.namelist():
        if name.startswith(folder):
            kept = store.put(_chunks(archive, name))
            _expect(kept.sha256 == name.removeprefix(folder))


def _chunks(archive: ZipFile, name: str) -> Iterator[bytes]:
    with archive.open(name) as file:
        while chunk := file.read(CHUNK):
            yield chunk


def _batches(rows: Iterator[Values]) -> Iterator[list[Values]]:
    while batch := list(islice(rows, BATCH)):
        yield batch


def _quoted(columns: Sequence[str]) -> Iterator[str]:
    return (f'"{column}"' for column in columns)


def _expect(holds: bool) -> None:
    if not holds:
        raise Refused(N_("Die Sicherung widerspricht sich selbst. Es ist nichts eingespielt."))
