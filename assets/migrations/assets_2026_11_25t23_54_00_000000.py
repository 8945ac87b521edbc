from isms.db.schema import TablesFirst, index

ID = "2026-11-25T23:54:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Find the rooms of a stocktake without walking through its devices"


async def serve_the_rooms() -> None:
    await index("expected_device", "stocktake", "place")


async def forwards() -> TablesFirst:
    manager = TablesFirst(migration_id=ID, app_name="assets", description=DESCRIPTION)
    manager.add_raw(serve_the_rooms)
    return manager
