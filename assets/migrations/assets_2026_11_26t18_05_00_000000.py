from isms.db.schema import TablesFirst, index

ID = "2026-11-26T18:05:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "List storage media in their order without sorting all of them"


async def list_in_order() -> None:
    await index("storage_medium", "serial", "id")
    await index("storage_medium", "kind", "id")


async def forwards() -> TablesFirst:
    manager = TablesFirst(migration_id=ID, app_name="assets", description=DESCRIPTION)
    manager.add_raw(list_in_order)
    return manager
