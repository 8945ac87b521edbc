from isms.db.schema import TablesFirst, index

ID = "2026-11-25T23:55:00:471100"
VERSION = "1.38.0"
DESCRIPTION = "Find the parts of a list by name"


async def serve_the_parts() -> None:
    await index("component", "parts_list", "name", "id")


async def forwards() -> TablesFirst:
    manager = TablesFirst(migration_id=ID, app_name="assets", description=DESCRIPTION)
    manager.add_raw(serve_the_parts)
    return manager
