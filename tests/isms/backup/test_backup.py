"""A backup of one engine restores on the other, with the same chain heads, and life goes on."""

import zipfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest

from isms import db
from isms.audit import change
from isms.backup.contents import tables
from isms.backup.restoring import parents_first, restore
from isms.backup.writing import back_up, chains
from isms.commands.units import add_unit
from isms.db.reading import value
from isms.db.schema import migrate
from isms.files import Folder, Store, keep
from isms.house import House
from isms.instance import instance
from isms.people import actor
from isms.rules.errors import Refused
from isms.rules.roles import UnitKind
from isms.tables import StoredFile
from tests.office import TODAY, Office
from tests.postgres import Cluster, cluster


@pytest.fixture(scope="module")
def servers() -> Iterator[Cluster | None]:
    with cluster() as running:
        yield running


@pytest.fixture
async def furnished(office: Office, house: House) -> Office:
    """With something of every sort in it: changes, a unit whose parent came later, a file, odd letters."""
    async with change("device.issued", "device:17", by=office.brandt, to="Ayşe 😀 \u2028 „Kaya“"):
        pass
    await add_unit("Außenstelle", kind=UnitKind.SITE, parent=office.hygiene, by=office.reuter)
    kept = keep(house.store, "Übergabe.pdf", BytesIO(b"%PDF-1.7 Protokoll"), limit=1000)
    await StoredFile.insert(
        StoredFile(
            sha256=kept.sha256,
            name=kept.name,
            media_type=kept.media_type,
            size=kept.size,
            unit=office.hygiene.id,
            subject="device:17",
            uploaded_by=office.weber.id,
            uploaded_at=datetime.now(UTC),
        )
    )
    return office


async def backed_up(path: Path, store: Store) -> Path:
    assert await back_up(path, store, say=lambda *_: None) == 0
    return path


def tables_in(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name.split("/")[-1]: archive.read(name) for name in archive.namelist() if name.endswith(".jsonl")}


@asynccontextmanager
async def empty(url: str) -> AsyncIterator[None]:
    before = db.engine()
    db.use(db.connect(url))
    try:
        async with db.opened():
            await migrate()
            yield
    finally:
        db.use(before)


async def test_a_backup_goes_from_one_engine_to_the_other_and_back(
    furnished: Office, house: House, servers: Cluster | None, tmp_path: Path
):
    first = await backed_up(tmp_path / "first.zip", house.store)
    heads, uuid = await chains(), (await instance()).uuid
    urls = [f"sqlite:///{tmp_path}/second.sqlite"]
    if servers:
        name = f"restored_{db.engine().engine_type}"
        urls = [servers.create(name), *urls]

    path = first
    for number, url in enumerate(urls):
        store = Folder(tmp_path / f"files-{number}")
        async with empty(url):
            checked = await restore(path, store, say=lambda *_: None)
            path = await backed_up(tmp_path / f"copy-{number}.zip", store)

            assert sum(each.count for each in checked) == 0
            assert await chains() == heads
            assert (await instance()).uuid == uuid
            assert await life_goes_on(furnished)
        assert tables_in(path) == tables_in(first)
        assert len([file for file in store.root.rglob("*") if file.is_file()]) == 1


async def life_goes_on(office: Office) -> bool:
    """New rows get ids of their own, and the chain grows from its head."""
    before = (await chains())[str(office.unit.id)].count
    by = await actor(office.reuter.id, on=TODAY)
    unit = await add_unit("Neu", kind=UnitKind.SITE, parent=office.hygiene, by=by)
    after = (await chains())[str(office.unit.id)].count
    return after == before + 1 and unit == await value("SELECT max(id) FROM unit")


@pytest.mark.usefixtures("furnished")
async def test_a_backup_of_a_full_house_is_only_restored_into_an_empty_one(
    office: Office, house: House, tmp_path: Path
):
    path = await backed_up(tmp_path / "backup.zip", house.store)

    with pytest.raises(Refused, match="Die Datenbank ist nicht leer"):
        await restore(path, house.store, say=lambda *_: None)


async def test_a_damaged_backup_changes_nothing(furnished: Office, house: House, tmp_path: Path):
    path = await backed_up(tmp_path / "backup.zip", house.store)
    content = path.read_bytes()
    middle = len(content) // 2
    path.write_bytes(content[:middle] + bytes(200) + content[middle + 200 :])

    async with empty(f"sqlite:///{tmp_path}/target.sqlite"):
        with pytest.raises(Refused, match="Die Sicherung ist beschädigt"):
            await restore(path, Folder(tmp_path / "files"), say=lambda *_: None)

        assert await value("SELECT count(*) FROM unit") == 0


async def test_sign_ins_and_one_time_links_stay_behind(office: Office, house: House, tmp_path: Path):
    kept = {table._meta.tablename for table in tables()}

    assert {"person", "unit", "audit_entry", "audit_payload", "stored_file"} <= kept
    assert not kept & {"session", "throttle", "one_time_token", "done_form"}


def test_rows_wait_for_their_parents():
    rows: list[list[int | None]] = [[1, 3], [2, 1], [3, None], [4, 4], [5, 9], [9, 4]]

    assert [row[0] for row in parents_first(iter(rows), [1])] == [3, 1, 2, 4, 9, 5]


def test_rows_whose_parent_never_comes_are_a_contradiction():
    with pytest.raises(Refused, match="widerspricht sich"):
        list(parents_first(iter([[1, 7]]), [1]))
