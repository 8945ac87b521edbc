from isms.db.schema import TablesFirst, index

ID = "2026-11-26T17:40:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Find what lies out of use without walking through all devices"


async def find_what_lies() -> None:
    await index("device", "id", where="stage IN ('retired', 'erased')")


async def forwards() -> TablesFirst:
    manager = TablesFirst(migration_id=ID, app_name="assets", description=DESCRIPTION)
    manager.add_raw(find_what_lies)
    return manager
