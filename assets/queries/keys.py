"""What the keys of this area lead to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from isms.area import Link
from isms.db.reading import Row, rows

HOMES = {
    "target_object": ("short_id || ' ' || name", "/objects"),
    "device": ("inventory_number || ' ' || name", "/devices"),
    "scope": ("name", "/scopes"),
}


class _Named(Row):
    id: int
    title: str


async def resolve(keys: Sequence[str]) -> Mapping[str, Link]:
    """Names of the objects, devices and scopes among the keys."""
    links: dict[str, Link] = {}
    for table, (title, home) in HOMES.items():
        ids = [int(key.partition(":")[2]) for key in keys if key.startswith(f"{table}:")]
        if ids:
            listed = ", ".join(str(id) for id in ids)
            found = await rows(_Named, f"SELECT id, {title} AS title FROM {table} WHERE id IN ({listed})")
            links |= {f"{table}:{one.id}": Link(one.title, f"{home}/{one.id}") for one in found}
    return links
