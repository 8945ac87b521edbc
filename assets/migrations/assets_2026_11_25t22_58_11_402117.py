from isms.db.schema import TablesFirst, index

ID = "2026-11-25T22:58:11:402117"
VERSION = "1.38.0"
DESCRIPTION = "Find what an import brought"


async def find_by_run() -> None:
    for table in ("device", "target_object", "object_link"):
        await index(table, "import_run", where="import_run IS NOT NULL")


async def forwards() -> TablesFirst:
    manager = TablesFirst(migration_id=ID, app_name="assets", description=DESCRIPTION)
    manager.add_raw(find_by_run)
    return manager
