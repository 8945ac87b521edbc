"""An office of its own, where transactions are real: nothing is rolled back, and many do things at once."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from isms import db
from isms.db.schema import migrate
from isms.login import hashed
from tests.office import PASSWORD, Office, move_in
from tests.postgres import cluster


@pytest.fixture(scope="session")
def racing_postgres() -> Iterator[str | None]:
    with cluster() as running:
        yield running.create("races") if running else None


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
async def racing(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[tuple[db.Database, Office]]:
    folder: Path = tmp_path_factory.mktemp("races")
    sqlite = f"sqlite:///{folder}/races.sqlite"
    url: str | None = sqlite if request.param == "sqlite" else request.getfixturevalue("racing_postgres")
    if url is None:
        pytest.skip("PostgreSQL is not installed here")
    before = db.engine()
    db.use(db.connect(url))
    async with db.opened() as database:
        await migrate()
        yield database, await move_in(await hashed(PASSWORD))
    db.use(before)


@pytest.fixture
async def office(racing: tuple[db.Database, Office]) -> AsyncIterator[Office]:
    """The cast, in a database that remembers."""
    before = db.engine()
    db.use(racing[0])
    yield racing[1]
    db.use(before)
