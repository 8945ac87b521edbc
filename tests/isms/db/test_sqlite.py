"""What only SQLite needs: one writer, readers that cannot write, another process on the same file."""

import sqlite3
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from isms import db
from isms.db.reading import value
from isms.db.sqlite import SQLite, only_reads
from tests.isms.db.tables import TABLES, Shelf


def threads() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("sqlite-")]


@pytest.fixture
async def file(tmp_path: Path) -> AsyncIterator[Path]:
    path = tmp_path / "office" / "test.sqlite"
    before = db.engine()
    db.use(SQLite(str(path), busy_seconds=0.3))
    async with db.opened():
        for table in TABLES:
            await table.create_table()
        yield path
    db.use(before)


async def test_readers_and_the_writer_do_not_block_each_other(file: Path) -> None:
    assert await value("SELECT journal_mode FROM pragma_journal_mode") == "wal"
    assert await value("SELECT foreign_keys FROM pragma_foreign_keys") == 1
    assert await value("SELECT synchronous FROM pragma_synchronous") == 2


async def test_a_read_cannot_write(file: Path) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        await value("INSERT INTO shelf (name) VALUES ('A') RETURNING id")


async def test_a_busy_file_is_an_error_and_then_forgotten(file: Path) -> None:
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(sqlite3.OperationalError, match="locked"):
        async with db.transaction():
            pytest.fail("somebody else is writing")
    other.execute("COMMIT")
    other.close()

    await Shelf.insert(Shelf(name="A"))
    assert await Shelf.count() == 1


async def test_a_file_that_cannot_be_opened_is_an_error_and_leaves_no_thread(tmp_path: Path) -> None:
    database = SQLite(str(tmp_path))

    with pytest.raises(sqlite3.OperationalError, match="unable to open"):
        await database.start_connection_pool()

    assert threads() == []


async def test_closing_ends_every_thread(tmp_path: Path) -> None:
    database = SQLite(str(tmp_path / "test.sqlite"))
    await database.start_connection_pool()
    await database.fetch("SELECT 1")
    assert len(threads()) > 1

    await database.close_connection_pool()

    assert threads() == []


@pytest.mark.parametrize(
    ("sql", "reads"),
    [
        ("SELECT 1", True),
        ("  select 1", True),
        ("WITH RECURSIVE up AS (SELECT 1) SELECT * FROM up", True),
        ("WITH old AS (SELECT 1) UPDATE shelf SET name = ''", False),
        ("INSERT INTO shelf (name) VALUES ('') RETURNING id", False),
        ("PRAGMA foreign_keys=OFF", False),
        ("", False),
    ],
)
def test_the_first_word_tells_who_runs_it(sql: str, reads: bool) -> None:
    assert only_reads(sql) is reads


async def test_an_office_may_trade_the_last_changes_for_speed(tmp_path: Path) -> None:
    before = db.engine()
    db.use(db.connect(f"sqlite:///{tmp_path}/fast.sqlite", synchronous="NORMAL"))
    async with db.opened():
        assert await value("SELECT synchronous FROM pragma_synchronous") == 1
    db.use(before)
