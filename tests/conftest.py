"""One database per engine, built by the migrations; every test runs in a transaction of its own that is rolled back."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import hypothesis
import pytest
from litestar import Litestar

from isms import app as roof
from isms import db
from isms.db.schema import migrate
from isms.house import House
from isms.login import hashed
from isms.settings import Settings
from tests.browser import Browser
from tests.office import PASSWORD, Office, move_in
from tests.postgres import cluster

pytest_plugins = ("tests.summary", "tests.visits")


hypothesis.settings.register_profile("house", deadline=None)  # a busy machine is not a wrong rule
hypothesis.settings.load_profile("house")


@dataclass(frozen=True)
class Inhabited:
    """A migrated database with the cast in it."""

    database: db.Database
    office: Office


@pytest.fixture(scope="session")
def postgres() -> Iterator[str | None]:
    with cluster() as running:
        yield running.create("office") if running else None


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
async def inhabited(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Inhabited]:
    if request.param == "sqlite":
        url: str | None = f"sqlite:///{tmp_path_factory.mktemp('office')}/office.sqlite"
    else:
        url = request.getfixturevalue("postgres")
    if url is None:
        pytest.skip("PostgreSQL is not installed here")
    db.use(db.connect(url))
    async with db.opened() as database:
        await migrate()
        yield Inhabited(database, await move_in(await hashed(PASSWORD)))


@pytest.fixture
async def office(inhabited: Inhabited) -> AsyncIterator[Office]:
    """The cast, in a database that forgets what the test did."""
    db.use(inhabited.database)
    async with rolled_back():
        yield inhabited.office


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(data_folder=tmp_path_factory.mktemp("data"), office_name="Gesundheitsamt Seestadt")


@pytest.fixture(scope="session")
def app(settings: Settings) -> Litestar:
    return roof.build_app(settings)


@pytest.fixture
async def house(office: Office, app: Litestar, settings: Settings) -> House:
    joined = await roof.join(settings)
    app.state.house = joined
    return joined


@pytest.fixture
def browser(house: House, app: Litestar) -> Browser:
    return Browser(app, house)


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder with real inputs, see ISMS_TEST_DATA."""
    folder = os.environ.get("ISMS_TEST_DATA")
    if not folder:
        pytest.skip("ISMS_TEST_DATA is not set: no real data")
    return Path(folder)


class Undo(Exception):
    """Ends a test's transaction without keeping anything."""


@asynccontextmanager
async def rolled_back() -> AsyncIterator[None]:
    with suppress(Undo):
        async with db.transaction():
            yield
            raise Undo
