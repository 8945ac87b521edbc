"""Turning keys („device:17“) into the names of records and the pages where they live."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from isms.area import Link
from isms.db.reading import Row, rows

LONGEST = 18


class _Named(Row):
    id: int
    title: str


def ids_of(table: str, keys: Iterable[str]) -> list[int]:
    """The ids of a table's rows among the keys; what is no key of ours is left out, wherever it came from."""
    parts = [key.partition(":") for key in keys]
    return [int(id) for name, _, id in parts if name == table and id.isascii() and id.isdecimal() and len(id) < LONGEST]


async def named(homes: Mapping[str, tuple[str, str]], keys: Sequence[str]) -> Mapping[str, Link]:
    """Links for the keys of some tables. `homes` says per table how a row is called (SQL) and where its page begins."""
    links: dict[str, Link] = {}
    for table, (title, home) in homes.items():
        if ids := ids_of(table, keys):
            marks = ", ".join("{}" for _ in ids)
            found = await rows(_Named, f"SELECT id, {title} AS title FROM {table} WHERE id IN ({marks})", *ids)
            links |= {f"{table}:{one.id}": Link(one.title, f"{home}{one.id}") for one in found}
    return links
