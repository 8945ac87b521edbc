from piccolo.columns.column_types import Timestamptz
from piccolo.columns.indexes import IndexMethod

from isms.db.schema import TablesFirst, accept_changes, refuse_changes

ID = "2026-11-26T17:50:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Let uploaded lists and what imports remember of a person be forgotten"


async def let_values_go() -> None:
    await accept_changes("import_change")
    await refuse_changes("import_change", "run", "record", "field")


async def forwards() -> TablesFirst:
    manager = TablesFirst(migration_id=ID, app_name="isms", description=DESCRIPTION)

    manager.add_column(
        table_class_name="ImportRun",
        tablename="import_run",
        column_name="dropped_at",
        db_column_name="dropped_at",
        column_class_name="Timestamptz",
        column_class=Timestamptz,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )
    manager.add_raw(let_values_go)
    return manager
