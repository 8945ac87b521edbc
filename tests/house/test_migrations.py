"""What the migrations build is what the tables say, on each engine; and nothing waits for a migration."""

from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from piccolo.apps.migrations.commands.new import AutoMigrationManager
from piccolo.columns import ForeignKey, Integer, Varchar
from piccolo.conf.apps import AppConfig
from piccolo.constraints import Unique
from piccolo.table import Table

from isms import db
from isms.piccolo_conf import APP_REGISTRY
from tests.conftest import Inhabited
from tests.house.tree import expect_none

APPS = list(APP_REGISTRY.app_configs.values())

SQLITE = (
    """SELECT m.name || '.' || c.name || CASE WHEN c."notnull" = 1 OR c.pk = 1 THEN ' required' ELSE '' END AS fact
       FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'""",
    """SELECT m.name || '.' || f."from" || ' -> ' || f."table" || ' ' || f.on_delete AS fact
       FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table'""",
    """SELECT m.name || ' unique ' || (SELECT group_concat(name, ', ') FROM (SELECT name FROM pragma_index_info(i.name)
       ORDER BY seqno)) AS fact FROM sqlite_master m JOIN pragma_index_list(m.name) i
       WHERE m.type = 'table' AND i."unique" = 1 AND i.partial = 0""",
)
POSTGRESQL = (
    """SELECT table_name || '.' || column_name || CASE WHEN is_nullable = 'NO' THEN ' required' ELSE '' END AS fact
       FROM information_schema.columns WHERE table_schema = 'public'""",
    """SELECT c.conrelid::regclass || '.' || a.attname || ' -> ' || c.confrelid::regclass || ' ' ||
       CASE c.confdeltype WHEN 'r' THEN 'RESTRICT' WHEN 'c' THEN 'CASCADE' WHEN 'n' THEN 'SET NULL'
       WHEN 'a' THEN 'NO ACTION' ELSE 'SET DEFAULT' END AS fact
       FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
       WHERE c.contype = 'f'""",
    """SELECT i.indrelid::regclass || ' unique ' || (SELECT string_agg(a.attname, ', ' ORDER BY k.place)
       FROM unnest(i.indkey::int[]) WITH ORDINALITY AS k(number, place)
       JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number) AS fact
       FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid JOIN pg_namespace n ON n.oid = t.relnamespace
       WHERE i.indisunique AND NOT i.indisprimary AND i.indpred IS NULL AND n.nspname = 'public'""",
)


def promised(tables: Iterable[type[Table]]) -> set[str]:
    """What the table classes say: columns, foreign keys and what is unique, one fact per line."""
    facts: set[str] = set()
    for table in tables:
        name = table._meta.tablename
        for column in table._meta.columns:
            own = column._meta
            facts.add(f"{name}.{own.db_column_name}{'' if own.null else ' required'}")
            if own.unique and not own.primary_key:
                facts.add(f"{name} unique {own.db_column_name}")
            if isinstance(column, ForeignKey):
                points = column._foreign_key_meta
                target = points.resolved_references._meta.tablename
                facts.add(f"{name}.{own.db_column_name} -> {target} {points.on_delete.value}")
        facts |= {f"{name} unique {columns}" for columns in uniques(table)}
    return facts


def uniques(table: type[Table]) -> Iterator[str]:
    for one in table._meta.constraints:
        if isinstance(one, Unique):
            yield ", ".join(
                column if isinstance(column, str) else column._meta.db_column_name for column in one.columns
            )


async def built() -> set[str]:
    queries = SQLITE if db.engine().engine_type == "sqlite" else POSTGRESQL
    return {str(found["fact"]) for query in queries for found in await db.execute(query)}


def broken_promises(promises: set[str], facts: set[str]) -> Iterator[str]:
    for promise in sorted(promises - facts):
        yield f"the tables say „{promise}“, the migrations do not: write a migration for it"


async def waiting(app: AppConfig) -> list[str]:
    """Changes of the tables that no migration carries yet."""
    steps = await AutoMigrationManager(auto_input="n").get_alter_statements(app_config=app)
    return [f"{app.app_name}: no migration yet for {line.strip()[:200]}" for step in steps for line in step.statements]


async def test_the_migrations_build_what_the_tables_say(inhabited: Inhabited):
    db.use(inhabited.database)

    tables = [table for app in APPS for table in app.table_classes]

    expect_none(broken_promises(promised(tables), await built()))


@pytest.mark.parametrize("app", APPS, ids=lambda app: app.app_name)
async def test_no_table_waits_for_a_migration(app: AppConfig):
    expect_none(await waiting(app))


class Planted(Table, tablename="planted"):
    name = Varchar(unique=True)
    number = Integer(null=True)
    other: ForeignKey[Any] = ForeignKey("self", null=False)


async def test_a_table_without_a_migration_is_found(inhabited: Inhabited):
    db.use(inhabited.database)
    unheard = AppConfig(app_name="isms", migrations_folder_path=APPS[0].migrations_folder_path, table_classes=[Planted])

    assert "planted unique name" in promised([Planted])
    assert "planted.other -> planted CASCADE" in promised([Planted])
    assert len(list(broken_promises(promised([Planted]), await built()))) == 6
    assert await waiting(unheard)
