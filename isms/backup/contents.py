"""What belongs into a backup: all tables in an order that respects their links, and how their values are written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from graphlib import TopologicalSorter
from uuid import UUID

from piccolo.columns import UUID as UuidColumn
from piccolo.columns import Boolean, Column, Date, ForeignKey, Numeric, Timestamptz
from piccolo.table import Table

FORMAT = 1
ABOUT = "backup.json"

# Sign-ins and one-time links end with the house they belong to; nobody should find them alive in another one.
LEFT_BEHIND = frozenset({"session", "throttle", "one_time_token", "done_form"})


def tables() -> list[type[Table]]:
    """Every table that is kept, those that others point to first."""
    from isms.piccolo_conf import APP_REGISTRY

    found = {table._meta.tablename: table for app in APP_REGISTRY.app_configs.values() for table in app.table_classes}
    order = TopologicalSorter({name: _points_to(table) - {name} for name, table in found.items()})
    return [found[name] for name in order.static_order() if name not in LEFT_BEHIND]


def names_of(table: type[Table]) -> list[str]:
    return [column._meta.db_column_name for column in table._meta.columns]


def self_links(table: type[Table]) -> list[int]:
    """The places of the columns that point to the same table, such as a unit's parent."""
    mine = table._meta.tablename
    return [place for place, column in enumerate(table._meta.columns) if _target(column) == mine]


def written(value: object) -> object:
    """As JSON can hold it, the same from both engines: instants in UTC."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID | Decimal):
        return str(value)
    if value is None or isinstance(value, bool | int | float | str):
        return value
    raise TypeError(f"{type(value).__name__} has no place in a backup yet")


def readers(table: type[Table]) -> Sequence[Callable[[object], object]]:
    """What turns each column's value back."""
    return [_reader(column) for column in table._meta.columns]


def _reader(column: Column) -> Callable[[object], object]:
    for kind, read in READERS.items():
        if isinstance(column, kind):
            return read
    return _as_it_is


READERS: dict[type[Column], Callable[[object], object]] = {
    Timestamptz: lambda value: None if value is None else datetime.fromisoformat(str(value)),
    Date: lambda value: None if value is None else date.fromisoformat(str(value)),
    UuidColumn: lambda value: None if value is None else UUID(str(value)),
    Numeric: lambda value: None if value is None else Decimal(str(value)),
    Boolean: lambda value: None if value is None else bool(value),
}


def _as_it_is(value: object) -> object:
    return value


def _points_to(table: type[Table]) -> set[str]:
    return {target for column in table._meta.columns if (target := _target(column))}


def _target(column: Column) -> str:
    if not isinstance(column, ForeignKey):
        return ""
    references: type[Table] = column._foreign_key_meta.resolved_references
    return references._meta.tablename
