"""Rows, single values and streams, the same on both engines."""

import tracemalloc
from contextlib import aclosing
from datetime import UTC, date, datetime
from enum import Enum

import pytest

from isms import db
from isms.db.reading import Row, each, one, row, rows, stream, value
from isms.rules.errors import Missing
from tests.isms.db.tables import Folder, Shelf


class Size(Enum):
    SMALL = 0
    LARGE = 7


class FolderRow(Row):
    id: int
    title: str
    opened_on: date | None
    changed_at: datetime | None
    secret: bool
    number: Size
    shelf: str


FOLDERS = """
    SELECT f.id, f.title, f.opened_on, f.changed_at, f.secret, f.number, s.name AS shelf
    FROM folder f JOIN shelf s ON s.id = f.shelf
    WHERE f.secret = {} AND f.opened_on >= {} ORDER BY f.id
"""
AT = datetime(2026, 3, 1, 8, 30, tzinfo=UTC)


@pytest.fixture
async def folders(database: db.Database) -> None:
    shelf = await Shelf.objects().create(name="Regal {1}")
    await Folder.insert(
        Folder(shelf=shelf.id, title="Verträge", opened_on=date(2026, 3, 1), changed_at=AT, secret=True, number=7),
        Folder(shelf=shelf.id, title="Aushang", opened_on=date(2026, 3, 2), number=0),
    )


async def test_rows_hold_values_of_their_types(folders: None) -> None:
    found = await rows(FolderRow, FOLDERS, True, date(2026, 1, 1))

    assert [(row.title, row.opened_on, row.changed_at, row.secret, row.number, row.shelf) for row in found] == [
        ("Verträge", date(2026, 3, 1), AT, True, Size.LARGE, "Regal {1}")
    ]


async def test_rows_are_the_same_inside_a_transaction(folders: None) -> None:
    outside = await rows(FolderRow, FOLDERS, True, date(2026, 1, 1))

    async with db.transaction():
        assert await rows(FolderRow, FOLDERS, True, date(2026, 1, 1)) == outside


async def test_a_row_that_is_not_there_is_none_or_missing(folders: None) -> None:
    assert await row(FolderRow, FOLDERS, True, date(2027, 1, 1)) is None

    with pytest.raises(Missing, match="Diese Mappe gibt es nicht"):
        await one(FolderRow, FOLDERS, True, date(2027, 1, 1), missing="Diese Mappe gibt es nicht.")


async def test_a_value_is_the_first_of_the_first_row(folders: None) -> None:
    assert await value("SELECT count(*) FROM folder") == 2
    assert await value("SELECT title FROM folder WHERE id = {}", 99) is None


async def test_braces_in_a_statement_stay_what_they_are(folders: None) -> None:
    assert await value("SELECT count(*) FROM shelf WHERE name = 'Regal {1}' AND id > {}", 0) == 1


async def test_a_recursive_read_runs_like_any_other(folders: None) -> None:
    counted = "WITH RECURSIVE up(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM up WHERE n < {}) SELECT max(n) FROM up"

    assert await value(counted, 5) == 5


@pytest.mark.parametrize("inside", [False, True])
async def test_a_stream_yields_every_row_once_in_constant_memory(database: db.Database, inside: bool) -> None:
    await db.executemany("INSERT INTO shelf (name) VALUES ({})", [(f"Regal {number}",) for number in range(30_000)])

    async with db.transaction() if inside else db.opened():
        tracemalloc.start()
        seen = [number async for number, _ in stream("SELECT id, name FROM shelf ORDER BY id")]
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()

    assert seen == sorted(set(seen))
    assert len(seen) == 30_000
    assert peak < 4_000_000


async def test_a_stream_that_nobody_reads_to_its_end_blocks_nobody(database: db.Database) -> None:
    await db.executemany("INSERT INTO shelf (name) VALUES ({})", [(f"Regal {number}",) for number in range(5_000)])

    for _ in range(12):
        async with aclosing(stream("SELECT id FROM shelf")) as numbers:
            assert await anext(numbers)

    await Shelf.insert(Shelf(name="noch eins"))
    assert await Shelf.count() == 5_001


async def test_a_stream_can_yield_rows_of_a_kind(folders: None) -> None:
    found = [folder async for folder in each(FolderRow, FOLDERS, False, date(2026, 1, 1))]

    assert [(folder.title, folder.number) for folder in found] == [("Aushang", Size.SMALL)]
