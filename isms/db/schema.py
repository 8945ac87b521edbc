"""What migrations need beyond Piccolo: constraints inside CREATE TABLE, rebuilt tables, indexes, refused changes."""

import contextlib
import io
from collections.abc import AsyncIterator, Mapping

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.apps.migrations.commands.forwards import run_forwards
from piccolo.query.methods.create import Create
from piccolo.query.methods.create_index import CreateIndex
from piccolo.table import Table

from isms.db import engine, execute, hold, transaction
from isms.db.sqlite import SQLite


class MigrationError(Exception):
    """The tables are not what this version needs; nothing was changed."""


class TablesFirst(MigrationManager):
    """Runs what `add_raw` added after the tables are there; Piccolo runs it before."""

    async def run(self, backwards: bool = False) -> None:
        steps, self.raw = self.raw, []
        await super().run(backwards=backwards)
        for step in steps:
            await step()


async def migrate() -> str:
    """Bring the tables of all packages up to date, all or nothing; answer with Piccolo's account of it.

    A second process that starts at the same time waits and then finds nothing to do.
    """
    said = io.StringIO()
    async with _changing_tables():
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            result = await run_forwards(app_name="all")
        if not result.success:
            raise MigrationError(result.message or said.getvalue())
    return said.getvalue()


async def rebuild(table: type[Table], copy: Mapping[str, str]) -> None:
    """Change on SQLite what it cannot ALTER: make the table anew and copy each column from an expression over the old.

    Only inside a migration, which switches foreign keys off and checks them at its end; otherwise dropping the old
    table would take the rows that point to it along. Indexes and triggers survive.
    """
    name, new = table._meta.tablename, f"{table._meta.tablename}_new"
    kept = await execute("SELECT sql FROM sqlite_master WHERE tbl_name = {} AND type <> 'table' AND sql > ''", name)
    await execute(_create_table(table, named=new))
    columns = ", ".join(f'"{column}"' for column in copy)
    await execute(f'INSERT INTO "{new}" ({columns}) SELECT {", ".join(copy.values())} FROM "{name}"')
    await execute(f'DROP TABLE "{name}"')
    await execute(f'ALTER TABLE "{new}" RENAME TO "{name}"')
    for found in kept:
        await execute(found["sql"])


async def index(table: str, *columns: str, unique: bool = False, where: str = "") -> None:
    """On one or more columns ("due_on", "id DESC"); with `where`, over these rows only. Its name says all that."""
    plain = "_".join(column.split()[0].strip('"') for column in columns)
    name = f"{table}_{plain}{'_some' if where else ''}{'_key' if unique else '_index'}"
    kind = "UNIQUE INDEX" if unique else "INDEX"
    only = f" WHERE {where}" if where else ""
    await execute(f'CREATE {kind} "{name}" ON "{table}" ({", ".join(columns)}){only}')


async def bytewise(table: str, column: str) -> None:
    """Sort and compare a column by its bytes, as SQLite does: for paths, whose prefixes must be ranges."""
    if not isinstance(engine(), SQLite):
        await execute(f'ALTER TABLE "{table}" ALTER COLUMN "{column}" TYPE varchar COLLATE "C"')


async def refuse_changes(table: str, *columns: str) -> None:
    """Let rows be added but never changed or removed; with `columns`, only these never change."""
    over = f" OF {', '.join(columns)}" if columns else ""
    if isinstance(engine(), SQLite):
        for event, name in ((f"UPDATE{over}", "update"), ("DELETE", "delete")):
            await execute(
                f"CREATE TRIGGER {table}_refuses_{name} BEFORE {event} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} only grows'); END"
            )
        return
    await execute(
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% only grows', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$"
    )
    refuse = "EXECUTE FUNCTION refuse_change()"
    await execute(
        f"CREATE TRIGGER {table}_refuses_change BEFORE UPDATE{over} OR DELETE ON {table} FOR EACH ROW {refuse}"
    )
    await execute(f"CREATE TRIGGER {table}_refuses_emptying BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {refuse}")


async def accept_changes(table: str) -> None:
    """Take back what `refuse_changes` set up, to set it up for fewer columns."""
    if isinstance(engine(), SQLite):
        for name in ("update", "delete"):
            await execute(f"DROP TRIGGER {table}_refuses_{name}")
        return
    for name in ("change", "emptying"):
        await execute(f"DROP TRIGGER {table}_refuses_{name} ON {table}")


@contextlib.asynccontextmanager
async def _changing_tables() -> AsyncIterator[None]:
    if not isinstance(engine(), SQLite):
        async with transaction():
            await hold("migrations")
            yield
        return
    if engine().current() is not None:
        raise MigrationError("SQLite switches foreign keys off only outside a transaction.")
    async with _without_foreign_keys(), transaction():
        yield
        if broken := await execute("PRAGMA foreign_key_check"):
            raise MigrationError(f"These rows point to nothing: {broken[:5]}")


@contextlib.asynccontextmanager
async def _without_foreign_keys() -> AsyncIterator[None]:
    await execute("PRAGMA foreign_keys=OFF")
    await execute("PRAGMA legacy_alter_table=ON")  # or a rename would rewrite what points to the table
    try:
        yield
    finally:
        await execute("PRAGMA legacy_alter_table=OFF")
        await execute("PRAGMA foreign_keys=ON")


def _create_table(table: type[Table], *, named: str, maybe: bool = False) -> str:
    meta = table._meta
    parts = [column.ddl for column in meta.columns]
    parts += [f'CONSTRAINT "{constraint._meta.name}" {constraint.ddl}' for constraint in meta.constraints]
    return f'CREATE TABLE {"IF NOT EXISTS " if maybe else ""}"{named}" ({", ".join(parts)})'


def _with_constraints_inside(create: Create) -> list[str]:
    """Piccolo adds constraints by ALTER TABLE, which SQLite does not understand."""
    table = create.table
    statements = [_create_table(table, named=table._meta.tablename, maybe=create.if_not_exists)]
    for column in table._meta.columns:
        if column._meta.index:
            statements += CreateIndex(table=table, columns=[column], if_not_exists=create.if_not_exists).ddl
    return statements


setattr(Create, "sqlite_ddl", property(_with_constraints_inside))  # noqa: B010  (a property cannot be assigned for mypy)
