from enum import Enum

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import Varchar

ID = "2026-11-25T23:05:58:612934"
VERSION = "1.38.0"
DESCRIPTION = "Know devices that an import brought by mistake"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="assets", description=DESCRIPTION)

    manager.alter_column(
        table_class_name="Device",
        tablename="device",
        column_name="stage",
        db_column_name="stage",
        params={
            "choices": Enum(
                "Stage",
                {
                    "ORDERED": "ordered",
                    "IN_STOCK": "in_stock",
                    "ISSUED": "issued",
                    "INSTALLED": "installed",
                    "IN_REPAIR": "in_repair",
                    "LOST": "lost",
                    "STOLEN": "stolen",
                    "RETIRED": "retired",
                    "DISPOSED": "disposed",
                    "WITHDRAWN": "withdrawn",
                },
            )
        },
        old_params={
            "choices": Enum(
                "Stage",
                {
                    "ORDERED": "ordered",
                    "IN_STOCK": "in_stock",
                    "ISSUED": "issued",
                    "INSTALLED": "installed",
                    "IN_REPAIR": "in_repair",
                    "LOST": "lost",
                    "STOLEN": "stolen",
                    "RETIRED": "retired",
                    "DISPOSED": "disposed",
                },
            )
        },
        column_class=Varchar,
        old_column_class=Varchar,
        schema=None,
    )

    manager.alter_column(
        table_class_name="StageChange",
        tablename="stage_change",
        column_name="stage",
        db_column_name="stage",
        params={
            "choices": Enum(
                "Stage",
                {
                    "ORDERED": "ordered",
                    "IN_STOCK": "in_stock",
                    "ISSUED": "issued",
                    "INSTALLED": "installed",
                    "IN_REPAIR": "in_repair",
                    "LOST": "lost",
                    "STOLEN": "stolen",
                    "RETIRED": "retired",
                    "DISPOSED": "disposed",
                    "WITHDRAWN": "withdrawn",
                },
            )
        },
        old_params={
            "choices": Enum(
                "Stage",
                {
                    "ORDERED": "ordered",
                    "IN_STOCK": "in_stock",
                    "ISSUED": "issued",
                    "INSTALLED": "installed",
                    "IN_REPAIR": "in_repair",
                    "LOST": "lost",
                    "STOLEN": "stolen",
                    "RETIRED": "retired",
                    "DISPOSED": "disposed",
                },
            )
        },
        column_class=Varchar,
        old_column_class=Varchar,
        schema=None,
    )

    return manager
