from isms.db import execute
from isms.db.schema import TablesFirst

ID = "2026-11-23T08:20:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Sort risks by gravity"


async def serve_the_gravest_first() -> None:
    """The register opens with the gravest risks; those that nobody valued come last."""
    await execute("CREATE INDEX risk_gravity_index ON risk ((coalesce(level, 0)), id)")


async def forwards() -> TablesFirst:
    manager = TablesFirst(migration_id=ID, app_name="risks", description=DESCRIPTION)
    manager.add_raw(serve_the_gravest_first)
    return manager
