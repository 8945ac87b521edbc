from enum import Enum

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import Varchar

ID = "2026-11-26T18:40:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Know a device without a medium as a decision before its repair"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="assets", description=DESCRIPTION)

    manager.alter_column(
        table_class_name="RepairClearance",
        tablename="repair_clearance",
        column_name="clearance",
        db_column_name="clearance",
        params={
            "choices": Enum(
                "Clearance",
                {
                    "ERASED": "erased",
                    "REMOVED": "removed",
                    "ENCRYPTED": "encrypted",
                    "CONTRACT": "contract",
                    "NONE": "none",
                },
            )
        },
        old_params={
            "choices": Enum(
                "Clearance",
                {
                    "ERASED": "erased",
                    "REMOVED": "removed",
                    "ENCRYPTED": "encrypted",
                    "CONTRACT": "contract",
                },
            )
        },
        column_class=Varchar,
        old_column_class=Varchar,
        schema=None,
    )

    return manager
