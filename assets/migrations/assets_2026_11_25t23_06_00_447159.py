from enum import Enum

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import Varchar
from piccolo.columns.indexes import IndexMethod

ID = "2026-11-25T23:06:00:447159"
VERSION = "1.38.0"
DESCRIPTION = "Whose a device is; the whole life of it"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="assets", description=DESCRIPTION)

    manager.add_column(
        table_class_name="Device",
        tablename="device",
        column_name="ownership",
        db_column_name="ownership",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 16,
            "default": "office",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": Enum(
                "Ownership",
                {"OFFICE": "office", "LEASED": "leased", "PRIVATE": "private"},
            ),
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )

    manager.alter_column(
        table_class_name="Device",
        tablename="device",
        column_name="stage",
        db_column_name="stage",
        params={
            "choices": Enum(
                "Stage",
                {
                    "REQUESTED": "requested",
                    "REJECTED": "rejected",
                    "APPROVED": "approved",
                    "ORDERED": "ordered",
                    "CANCELLED": "cancelled",
                    "DELIVERED": "delivered",
                    "IN_STOCK": "in_stock",
                    "ISSUED": "issued",
                    "INSTALLED": "installed",
                    "REGISTERED": "registered",
                    "RETURNED": "returned",
                    "IN_REPAIR": "in_repair",
                    "LOST": "lost",
                    "STOLEN": "stolen",
                    "FOUND": "found",
                    "WRITTEN_OFF": "written_off",
                    "RETIRED": "retired",
                    "ERASED": "erased",
                    "DISPOSED": "disposed",
                    "WITHDRAWN": "withdrawn",
                    "SOLD": "sold",
                    "GIVEN_BACK": "given_back",
                    "DEREGISTERED": "deregistered",
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
                    "WITHDRAWN": "withdrawn",
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
        column_name="step",
        db_column_name="step",
        params={
            "choices": Enum(
                "Step",
                {
                    "APPROVE": "approve",
                    "REJECT": "reject",
                    "ORDER": "order",
                    "DELIVER": "deliver",
                    "RECEIVE": "receive",
                    "ISSUE": "issue",
                    "INSTALL": "install",
                    "MOVE": "move",
                    "TAKE_BACK": "take_back",
                    "RESET": "reset",
                    "REPAIR": "repair",
                    "REPORT_LOST": "report_lost",
                    "REPORT_STOLEN": "report_stolen",
                    "FIND": "find",
                    "WRITE_OFF": "write_off",
                    "CANCEL": "cancel",
                    "RETIRE": "retire",
                    "REUSE": "reuse",
                    "ERASE": "erase",
                    "DISPOSE": "dispose",
                    "SELL": "sell",
                    "GIVE_BACK": "give_back",
                    "DEREGISTER": "deregister",
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
                    "REQUESTED": "requested",
                    "REJECTED": "rejected",
                    "APPROVED": "approved",
                    "ORDERED": "ordered",
                    "CANCELLED": "cancelled",
                    "DELIVERED": "delivered",
                    "IN_STOCK": "in_stock",
                    "ISSUED": "issued",
                    "INSTALLED": "installed",
                    "REGISTERED": "registered",
                    "RETURNED": "returned",
                    "IN_REPAIR": "in_repair",
                    "LOST": "lost",
                    "STOLEN": "stolen",
                    "FOUND": "found",
                    "WRITTEN_OFF": "written_off",
                    "RETIRED": "retired",
                    "ERASED": "erased",
                    "DISPOSED": "disposed",
                    "WITHDRAWN": "withdrawn",
                    "SOLD": "sold",
                    "GIVEN_BACK": "given_back",
                    "DEREGISTERED": "deregistered",
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
                    "WITHDRAWN": "withdrawn",
                },
            )
        },
        column_class=Varchar,
        old_column_class=Varchar,
        schema=None,
    )

    return manager
