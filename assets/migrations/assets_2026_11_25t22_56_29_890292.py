from enum import Enum

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import Varchar

ID = "2026-11-25T22:56:29:890292"
VERSION = "1.38.0"
DESCRIPTION = "A step that moves a device"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="assets", description=DESCRIPTION)

    manager.alter_column(
        table_class_name="StageChange",
        tablename="stage_change",
        column_name="step",
        db_column_name="step",
        params={
            "choices": Enum(
                "Step",
                {
                    "RECEIVE": "receive",
                    "ISSUE": "issue",
                    "INSTALL": "install",
                    "MOVE": "move",
                    "TAKE_BACK": "take_back",
                    "REPAIR": "repair",
                    "REPORT_LOST": "report_lost",
                    "REPORT_STOLEN": "report_stolen",
                    "FIND": "find",
                    "RETIRE": "retire",
                    "DISPOSE": "dispose",
                },
            )
        },
        old_params={
            "choices": Enum(
                "Step",
                {
                    "RECEIVE": "receive",
                    "ISSUE": "issue",
                    "INSTALL": "install",
                    "TAKE_BACK": "take_back",
                    "REPAIR": "repair",
                    "REPORT_LOST": "report_lost",
                    "REPORT_STOLEN": "report_stolen",
                    "FIND": "find",
                    "RETIRE": "retire",
                    "DISPOSE": "dispose",
                },
            )
        },
        column_class=Varchar,
        old_column_class=Varchar,
        schema=None,
    )

    return manager
