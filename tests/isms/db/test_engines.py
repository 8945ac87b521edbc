"""What both engines promise about statements, transactions and cancellation."""

import asyncio
import contextvars
import sqlite3
from datetime import UTC, date, datetime

import pytest
from asyncpg.exceptions import ForeignKeyViolationError, ReadOnlySQLTransactionError  # type: ignore[import-untyped]
from piccolo.engine.exceptions import TransactionError

from isms import db
from isms.db.reading import value
from tests.isms.db.tables import Folder, Shelf

BROKEN_LINK = (ForeignKeyViolationError, sqlite3.IntegrityError)


async def insert_and_fail(name: str) -> None:
    async with db.transaction():
        await Shelf.insert(Shelf(name=name))
        raise ValueError("no")


async def names() -> list[str]:
    return [shelf["name"] for shelf in await Shelf.select(Shelf.name).order_by(Shelf.id)]


async def test_a_row_that_points_to_nothing_is_refused(database: db.Database) -> None:
    with pytest.raises(BROKEN_LINK):
        await Folder.insert(Folder(shelf=99, title="Lose Blätter"))


async def test_an_error_undoes_the_whole_transaction(database: db.Database) -> None:
    with pytest.raises(ValueError, match="no"):
        await insert_and_fail("A")

    assert await names() == []


async def test_an_error_inside_undoes_only_the_inside(database: db.Database) -> None:
    async with db.transaction():
        await Shelf.insert(Shelf(name="outside"))
        with pytest.raises(ValueError, match="no"):
            await insert_and_fail("inside")
        async with db.transaction():
            await Shelf.insert(Shelf(name="second try"))

    assert await names() == ["outside", "second try"]


async def test_a_refused_statement_inside_leaves_the_outside_usable(database: db.Database) -> None:
    async with db.transaction():
        with pytest.raises(BROKEN_LINK):
            async with db.transaction():
                await Folder.insert(Folder(shelf=99, title="Lose Blätter"))
        await Shelf.insert(Shelf(name="still here"))

    assert await names() == ["still here"]


async def test_a_transaction_sees_its_own_writes_and_others_do_not(database: db.Database) -> None:
    seen_by_others: list[object] = []

    async def somebody_else() -> None:
        database.current_transaction.set(None)
        seen_by_others.append(await value("SELECT count(*) FROM shelf"))

    async with db.transaction():
        await Shelf.insert(Shelf(name="A"))
        await asyncio.create_task(somebody_else())
        assert await value("SELECT count(*) FROM shelf") == 1

    assert seen_by_others == [0]


async def test_a_cancelled_transaction_leaves_nothing_behind(database: db.Database) -> None:
    started = asyncio.Event()

    async def slow() -> None:
        async with db.transaction():
            await Shelf.insert(Shelf(name="half done"))
            started.set()
            await asyncio.sleep(60)

    task = asyncio.create_task(slow())
    await started.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    assert await names() == []
    assert not database.transaction_exists()


async def test_a_storm_of_cancelled_writers_loses_nothing_that_was_confirmed(database: db.Database) -> None:
    await Folder.insert(Folder(shelf=(await Shelf.objects().create(name="A")).id, title="Zähler"))

    async def count_up() -> None:
        async with db.transaction():
            await Folder.update({Folder.number: Folder.number + 1}, force=True)
            await asyncio.sleep(0)
            await Folder.select()

    writers = [asyncio.create_task(count_up()) for _ in range(150)]
    for number, writer in enumerate(writers):
        if number % 3 == 0:
            await asyncio.sleep(0.0005)
            writer.cancel()
    answers = await asyncio.gather(*writers, return_exceptions=True)

    confirmed = sum(answer is None for answer in answers)
    assert confirmed >= 100
    assert confirmed <= await value("SELECT number FROM folder") <= 150
    assert {type(answer) for answer in answers} <= {type(None), asyncio.CancelledError}
    await count_up()


async def test_reading_and_writing_in_one_transaction_loses_no_update(database: db.Database) -> None:
    await Folder.insert(Folder(shelf=(await Shelf.objects().create(name="A")).id, title="Zähler"))

    async def count_up() -> None:
        async with db.transaction():
            await db.hold("counter")
            folder = await Folder.objects().first()
            assert folder is not None
            folder.number += 1
            await folder.save()

    await asyncio.gather(*(count_up() for _ in range(60)))

    assert await value("SELECT number FROM folder") == 60


async def test_siblings_inside_one_transaction_take_turns(database: db.Database) -> None:
    async def insert_and_maybe_fail(number: int) -> None:
        async with db.transaction():
            await Shelf.insert(Shelf(name=str(number)))
            await asyncio.sleep(0)
            if number % 2:
                raise ValueError(number)

    async with db.transaction():
        await asyncio.gather(*(insert_and_maybe_fail(number) for number in range(10)), return_exceptions=True)
        counted = await asyncio.gather(*(value("SELECT count(*) FROM shelf") for _ in range(5)))

    assert counted == [5] * 5
    assert sorted(await names()) == ["0", "2", "4", "6", "8"]


async def test_a_task_that_outlives_its_transaction_fails_loudly(database: db.Database) -> None:
    over = asyncio.Event()

    async def background() -> object:
        await over.wait()
        return await Shelf.select()

    async with db.transaction():
        task = asyncio.create_task(background())
    over.set()

    with pytest.raises(TransactionError, match="over by now"):
        await task


async def test_many_rows_are_written_by_one_statement(database: db.Database) -> None:
    await db.executemany("INSERT INTO shelf (name) VALUES ({})", [(f"Regal {number}",) for number in range(5000)])

    assert await value("SELECT count(*) FROM shelf") == 5000


async def test_many_rows_are_written_completely_or_not_at_all(database: db.Database) -> None:
    await Shelf.insert(Shelf(name="A"))

    with pytest.raises(BROKEN_LINK):
        await db.executemany("INSERT INTO folder (shelf, number, title) VALUES ({}, {}, 'x')", [(1, 1), (99, 2)])

    assert await value("SELECT count(*) FROM folder") == 0


async def test_dates_times_and_flags_come_back_as_they_went_in(database: db.Database) -> None:
    at = datetime(2026, 3, 1, 8, 30, 0, 123456, tzinfo=UTC)
    shelf = await Shelf.objects().create(name="A")
    await Folder.insert(Folder(shelf=shelf.id, title="x", opened_on=date(2026, 3, 1), changed_at=at, secret=True))

    folder = await Folder.objects().first()

    assert folder is not None
    assert (folder.opened_on, folder.changed_at, folder.secret) == (date(2026, 3, 1), at, True)


@pytest.mark.parametrize("address", ["", "sqlite://", "mysql://localhost/isms", "data/isms.sqlite"])
def test_an_address_that_leads_nowhere_says_what_is_expected(address: str) -> None:
    with pytest.raises(ValueError, match=r"Expected: sqlite:///data/isms\.sqlite or postgresql://"):
        db.connect(address)


async def test_a_snapshot_sees_one_moment_while_others_write(database: db.Database) -> None:
    await Shelf.insert(Shelf(name="before"))

    async with db.snapshot():
        await asyncio.create_task(elsewhere("meanwhile"), context=contextvars.Context())
        seen = await names()
        counted = await value("SELECT count(*) FROM shelf")

    assert (seen, counted) == (["before"], 1)
    assert await names() == ["before", "meanwhile"]


async def elsewhere(name: str) -> None:
    await Shelf.insert(Shelf(name=name))


async def test_a_snapshot_cannot_write(database: db.Database) -> None:
    with pytest.raises((sqlite3.OperationalError, ReadOnlySQLTransactionError)):
        async with db.snapshot():
            await Shelf.insert(Shelf(name="A"))

    await Shelf.insert(Shelf(name="B"))
    assert await names() == ["B"]


async def test_a_snapshot_inside_a_transaction_sees_what_the_transaction_did(database: db.Database) -> None:
    async with db.transaction():
        await Shelf.insert(Shelf(name="A"))
        async with db.snapshot():
            assert await names() == ["A"]
