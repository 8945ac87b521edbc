"""Constraints, rebuilt tables, refused changes and migrations, the same on both engines."""

import asyncio
import sqlite3
import sys
from datetime import date
from pathlib import Path

import asyncpg  # type: ignore[import-untyped]
import pytest

from isms import db, piccolo_conf
from isms.db import fulltext, schema
from isms.db.reading import value
from tests.isms.db.tables import Folder, Shelf

REFUSED = (sqlite3.IntegrityError, asyncpg.exceptions.IntegrityConstraintViolationError)


@pytest.fixture
async def shelf(database: db.Database) -> Shelf:
    return await Shelf.objects().create(name="A")


async def test_constraints_of_a_table_hold(shelf: Shelf) -> None:
    await Folder.insert(Folder(shelf=shelf.id, number=1, title="x"))

    with pytest.raises(REFUSED):
        await Folder.insert(Folder(shelf=shelf.id, number=1, title="the number is taken"))
    with pytest.raises(REFUSED):
        await Folder.insert(
            Folder(shelf=shelf.id, number=2, title="x", opened_on=date(2026, 2, 1), closed_on=date(2026, 1, 1))
        )


async def test_a_table_that_only_grows_refuses_everything_else(shelf: Shelf) -> None:
    async with db.transaction():
        await schema.refuse_changes("shelf")

    await Shelf.insert(Shelf(name="B"))
    with pytest.raises(REFUSED, match="shelf only grows"):
        await Shelf.update({Shelf.name: "C"}, force=True)
    with pytest.raises(REFUSED, match="shelf only grows"):
        await Shelf.delete(force=True)
    assert await Shelf.count() == 2


async def test_replacing_is_no_way_around(shelf: Shelf) -> None:
    await schema.refuse_changes("shelf")

    with pytest.raises((*REFUSED, asyncpg.PostgresSyntaxError)):
        await db.execute("INSERT OR REPLACE INTO shelf (id, name) VALUES ({}, 'C')", shelf.id)
    if isinstance(db.engine(), db.Postgres):
        with pytest.raises(REFUSED, match="shelf only grows"):
            await db.execute("TRUNCATE shelf CASCADE")


async def test_single_columns_can_be_kept_from_change(shelf: Shelf) -> None:
    await Folder.insert(Folder(shelf=shelf.id, number=1, title="x"))
    await schema.refuse_changes("folder", "number")

    await Folder.update({Folder.title: "y"}, force=True)
    with pytest.raises(REFUSED, match="folder only grows"):
        await Folder.update({Folder.number: 2}, force=True)


async def test_a_partial_index_allows_one_open_row(shelf: Shelf) -> None:
    await schema.index("folder", "shelf", unique=True, where="closed_on IS NULL")
    await schema.index("folder", "opened_on DESC", "id")
    await Folder.insert(Folder(shelf=shelf.id, number=1, title="x", closed_on=date(2026, 1, 1)))
    await Folder.insert(Folder(shelf=shelf.id, number=2, title="open"))

    with pytest.raises(REFUSED):
        await Folder.insert(Folder(shelf=shelf.id, number=3, title="a second open one"))


async def test_paths_compare_byte_by_byte(shelf: Shelf) -> None:
    await schema.bytewise("shelf", "name")
    await db.executemany("INSERT INTO shelf (name) VALUES ({})", [("/1/4/",), ("/1/4/7/",), ("/1/41/",), ("/1/5/",)])

    assert await value("SELECT count(*) FROM shelf WHERE name >= {} AND name < {}", "/1/4/", "/1/40") == 2


FIRST = """
from isms.db import fulltext, schema
from piccolo.columns import Varchar
from piccolo.columns.indexes import IndexMethod

ID = "2026-01-01T00:00:00:000000"


async def forwards():
    manager = schema.TablesFirst(migration_id=ID, app_name="tried", description="")
    manager.add_table("Note", tablename="note", schema=None, columns=None)
    manager.add_column(table_class_name="Note", tablename="note", column_name="text", db_column_name="text",
        column_class_name="Varchar", column_class=Varchar, params={"length": 20, "default": "", "null": True,
        "primary_key": False, "unique": False, "index": False, "index_method": IndexMethod.btree, "choices": None,
        "db_column_name": None, "secret": False}, schema=None)

    async def more():
        await fulltext.install("note", "text")
        await schema.index("note", "text")

    manager.add_raw(more)
    return manager
"""
SECOND = """
from isms import db
from isms.db import fulltext, schema
from piccolo.columns import Varchar
from piccolo.table import create_table_class

ID = "2026-01-02T00:00:00:000000"


async def forwards():
    manager = schema.TablesFirst(migration_id=ID, app_name="tried", description="")

    async def forbid_null():
        if isinstance(db.engine(), db.SQLite):
            note = create_table_class("Note", class_members={"text": Varchar(length=20, null=False)})
            await schema.rebuild(note, {"id": "id", "text": "coalesce(text, '-')"})
        else:
            await db.execute("UPDATE note SET text = '-' WHERE text IS NULL")
            await db.execute("ALTER TABLE note ALTER COLUMN text SET NOT NULL")
        %s

    manager.add_raw(forbid_null)
    return manager
"""
APP = """
from piccolo.conf.apps import AppConfig

APP_CONFIG = AppConfig(app_name="tried", migrations_folder_path={folder!r}, table_classes=[])
"""


@pytest.fixture
def tried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package with one migration; a test adds the second."""
    name = f"tried_{abs(hash(str(tmp_path)))}"
    folder = tmp_path / name / "migrations"
    folder.mkdir(parents=True)
    (folder.parent / "piccolo_app.py").write_text(APP.format(folder=str(folder)))
    (folder / f"{name}_one.py").write_text(FIRST)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(piccolo_conf.APP_REGISTRY, "apps", [f"{name}.piccolo_app"])
    monkeypatch.setattr(sys, "path", list(sys.path))
    return folder / f"{name}_two.py"


async def test_migrating_twice_changes_nothing(empty: db.Database, tried: Path) -> None:
    await schema.migrate()
    await db.execute("INSERT INTO note (text) VALUES ('bleibt')")

    await schema.migrate()

    assert await value("SELECT count(*) FROM migration") == 1
    assert await value("SELECT text FROM note") == "bleibt"


async def test_a_table_is_rebuilt_with_its_rows_indexes_and_search(empty: db.Database, tried: Path) -> None:
    await schema.migrate()
    await db.executemany("INSERT INTO note (text) VALUES ({})", [("Aktenschrank",), (None,)])
    tried.write_text(SECOND % "pass")

    await schema.migrate()

    with pytest.raises(REFUSED):
        await db.execute("INSERT INTO note (text) VALUES (NULL)")
    await db.execute("INSERT INTO note (text) VALUES ('Aktenordner')")
    condition, args = fulltext.matching("note", "akten")
    assert await value(f"SELECT count(*) FROM note WHERE {condition}", *args) == 2
    assert await value("SELECT text FROM note WHERE id = 2") == "-"


async def test_a_migration_that_fails_is_loud_and_leaves_no_trace(empty: db.Database, tried: Path) -> None:
    await schema.migrate()
    tried.write_text(SECOND % "raise ValueError('a mistake')")

    with pytest.raises(ValueError, match="a mistake"):
        await schema.migrate()

    assert await value("SELECT count(*) FROM migration") == 1
    await db.execute("INSERT INTO note (text) VALUES (NULL)")


async def test_rows_that_point_to_nothing_stop_a_migration(database: db.Database, tried: Path) -> None:
    tried.write_text(SECOND % "await db.execute('INSERT INTO folder (shelf, number, title) VALUES (99, 1, 0)')")

    with pytest.raises((schema.MigrationError, *REFUSED, asyncpg.DataError)):
        await schema.migrate()

    assert not await value("SELECT count(*) FROM folder")
    with pytest.raises(REFUSED):
        await Folder.insert(Folder(shelf=99, title="Fremdschlüssel gelten wieder"))


async def test_two_processes_that_start_at_once_migrate_once(database_url: str, tried: Path) -> None:
    program = (
        "import asyncio, sys; sys.path.insert(0, sys.argv[1])\n"
        "from isms import db, piccolo_conf\n"
        "from isms.db import schema\n"
        "piccolo_conf.APP_REGISTRY.apps[:] = [sys.argv[2]]\n"
        "async def main():\n"
        "    async with db.opened(): await schema.migrate()\n"
        "asyncio.run(main())\n"
    )
    house = Path(__file__).parents[3]

    async def start() -> tuple[int | None, bytes]:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", program, str(tried.parents[2]), piccolo_conf.APP_REGISTRY.apps[0],
            env={"DATABASE_URL": database_url, "PYTHONPATH": str(house)}, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        _, said = await process.communicate()
        return process.returncode, said

    answers = await asyncio.gather(start(), start(), start())

    assert [code for code, _ in answers] == [0, 0, 0], answers
