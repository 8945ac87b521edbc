from isms.db import fulltext
from isms.db.schema import TablesFirst

ID = "2026-11-23T07:50:12:104512"
VERSION = "1.38.0"
DESCRIPTION = "Find people by their names"


async def find_by_name() -> None:
    await fulltext.install("person", "name", "login")


async def forwards() -> TablesFirst:
    manager = TablesFirst(migration_id=ID, app_name="isms", description=DESCRIPTION)
    manager.add_raw(find_by_name)
    return manager
