from isms.db.schema import TablesFirst, index

ID = "2026-11-23T09:08:40:551203"
VERSION = "1.38.0"
DESCRIPTION = "Find the people of a unit"


async def find_by_unit() -> None:
    await index("person", "unit", "name", "left_on")


async def forwards() -> TablesFirst:
    manager = TablesFirst(migration_id=ID, app_name="isms", description=DESCRIPTION)
    manager.add_raw(find_by_unit)
    return manager
