from enum import Enum

from piccolo.columns.column_types import Boolean, Varchar
from piccolo.columns.indexes import IndexMethod

from isms.db.schema import TablesFirst, index

ID = "2026-11-25T23:25:56:611798"
VERSION = "1.38.0"
DESCRIPTION = "Mark reported facts that differ from what is written down"


async def find_what_differs() -> None:
    await index("reported_fact", "institution", "device", where="differs AND kept_at IS NULL AND replaced_at IS NULL")
    await index("inventory_report", "token", "last_at")


async def forwards() -> TablesFirst:
    manager = TablesFirst(migration_id=ID, app_name="assets", description=DESCRIPTION)
    manager.add_raw(find_what_differs)

    manager.add_column(
        table_class_name="ReportedFact",
        tablename="reported_fact",
        column_name="differs",
        db_column_name="differs",
        column_class_name="Boolean",
        column_class=Boolean,
        params={
            "default": False,
            "null": False,
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

    manager.alter_column(
        table_class_name="ReportedFact",
        tablename="reported_fact",
        column_name="name",
        db_column_name="name",
        params={
            "choices": Enum(
                "FactName",
                {
                    "HOSTNAME": "hostname",
                    "ASSET_TAG": "asset_tag",
                    "SERIAL": "serial",
                    "UUID": "uuid",
                    "AGENT_ID": "agent_id",
                    "MAKER": "maker",
                    "MODEL": "model",
                    "CHASSIS": "chassis",
                    "SYSTEM": "system",
                    "SYSTEM_FULL": "system_full",
                    "SYSTEM_VERSION": "system_version",
                    "KERNEL": "kernel",
                    "ARCHITECTURE": "architecture",
                    "MEMORY": "memory",
                    "FIRMWARE": "firmware",
                    "ENCRYPTION": "encryption",
                    "ENCRYPTION_KIND": "encryption_kind",
                    "ANTIVIRUS": "antivirus",
                    "ANTIVIRUS_NAME": "antivirus_name",
                    "ANTIVIRUS_FRESH": "antivirus_fresh",
                    "FIREWALL": "firewall",
                    "SECURE_BOOT": "secure_boot",
                    "DISKS": "disks",
                },
            )
        },
        old_params={
            "choices": Enum(
                "FactName",
                {
                    "HOSTNAME": "hostname",
                    "ASSET_TAG": "asset_tag",
                    "SERIAL": "serial",
                    "UUID": "uuid",
                    "AGENT_ID": "agent_id",
                    "MAKER": "maker",
                    "MODEL": "model",
                    "CHASSIS": "chassis",
                    "SYSTEM": "system",
                    "SYSTEM_FULL": "system_full",
                    "SYSTEM_VERSION": "system_version",
                    "KERNEL": "kernel",
                    "ARCHITECTURE": "architecture",
                    "MEMORY": "memory",
                    "FIRMWARE": "firmware",
                    "ENCRYPTION": "encryption",
                    "ENCRYPTION_KIND": "encryption_kind",
                    "ANTIVIRUS": "antivirus",
                    "ANTIVIRUS_NAME": "antivirus_name",
                    "ANTIVIRUS_FRESH": "antivirus_fresh",
                    "FIREWALL": "firewall",
                    "SECURE_BOOT": "secure_boot",
                },
            )
        },
        column_class=Varchar,
        old_column_class=Varchar,
        schema=None,
    )

    return manager
