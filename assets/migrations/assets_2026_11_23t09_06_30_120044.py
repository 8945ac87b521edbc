from isms.db.schema import TablesFirst, index

ID = "2026-11-23T09:06:30:120044"
VERSION = "1.38.0"
DESCRIPTION = "Find what relies on an object on any day"


async def serve_the_past() -> None:
    """The other index on links knows only those of today."""
    await index("object_link", "target", "kind")


async def forwards() -> TablesFirst:
    manager = TablesFirst(migration_id=ID, app_name="assets", description=DESCRIPTION)
    manager.add_raw(serve_the_past)
    return manager
