from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import Timestamptz
from piccolo.columns.indexes import IndexMethod

from isms.db import execute
from isms.db.schema import TablesFirst, index

ID = "2026-11-26T19:10:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Know which report of a device is its newest without looking for it"

HOLDS = "replaced_at IS NULL AND device IS NOT NULL"


async def know_the_newest() -> None:
    await execute(
        """UPDATE inventory_report SET replaced_at = last_at WHERE device IS NOT NULL
           AND id NOT IN (SELECT max(x.id) FROM inventory_report x WHERE x.device IS NOT NULL GROUP BY x.device)"""
    )
    await index("inventory_report", "device", unique=True, where=HOLDS)
    await index("inventory_report", "last_at", where=HOLDS)


async def forwards() -> MigrationManager:
    manager = TablesFirst(migration_id=ID, app_name="assets", description=DESCRIPTION)

    manager.add_column(
        table_class_name="InventoryReport",
        tablename="inventory_report",
        column_name="replaced_at",
        db_column_name="replaced_at",
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
    manager.add_raw(know_the_newest)
    return manager
