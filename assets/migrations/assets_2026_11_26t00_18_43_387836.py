from enum import Enum

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import Varchar

ID = "2026-11-26T00:18:43:387836"
VERSION = "1.38.0"
DESCRIPTION = "Know dependency as a reason to need less"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="assets", description=DESCRIPTION)

    manager.alter_column(
        table_class_name="SettledNeed",
        tablename="settled_need",
        column_name="reason_kind",
        db_column_name="reason_kind",
        params={
            "choices": Enum(
                "ReasonKind",
                {
                    "ACCUMULATION": "accumulation",
                    "DISTRIBUTION": "distribution",
                    "DEPENDENCY": "dependency",
                    "MANUAL": "manual",
                },
            )
        },
        old_params={
            "choices": Enum(
                "ReasonKind",
                {
                    "ACCUMULATION": "accumulation",
                    "DISTRIBUTION": "distribution",
                    "MANUAL": "manual",
                },
            )
        },
        column_class=Varchar,
        old_column_class=Varchar,
        schema=None,
    )

    return manager
