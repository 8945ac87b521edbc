"""An empty database of its own for each test of this folder, on each engine."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg  # type: ignore[import-untyped]
import pytest

from isms import db
from tests.isms.db.tables import TABLES
from tests.postgres import cluster


@pytest.fixture(scope="session")
def own_postgres() -> Iterator[str | None]:
    with cluster() as running:
        yield running.create("engines") if running else None


@pytest.fixture(params=["sqlite", "postgresql"])
async def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/test.sqlite"
    url: str | None = request.getfixturevalue("own_postgres")
    if url is None:
        pytest.skip("PostgreSQL is not installed here")
    connection = await asyncpg.connect(url)
    await connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    await connection.close()
    return url


@pytest.fixture
async def empty(database_url: str) -> AsyncIterator[db.Database]:
    """Nothing in it; it lies under all tables while the test lasts."""
    before = db.engine()
    db.use(db.connect(database_url))
    async with db.opened() as database:
        yield database
    db.use(before)


@pytest.fixture
async def database(empty: db.Database) -> db.Database:
    for table in TABLES:
        await table.create_table()
    return empty
