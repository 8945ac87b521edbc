"""What the keys of this area lead to."""

from collections.abc import Mapping, Sequence

from isms.area import Link
from isms.db.reading import Row, rows

HOMES = {
    "risk": ("'R-' || number || ' ' || title", "/risks/"),
    "requirement": ("code || ' ' || title", "/requirements/"),
    "catalogue": ("title || ' ' || version", "/requirements?catalogue="),
    "measure": ("title", "/measures/"),
}


class _Named(Row):
    id: int
    title: str


async def resolve(keys: Sequence[str]) -> Mapping[str, Link]:
    """Names of the risks, requirements, catalogues and measures among the keys."""
    links: dict[str, Link] = {}
    for table, (title, home) in HOMES.items():
        ids = [int(key.partition(":")[2]) for key in keys if key.startswith(f"{table}:")]
        if ids:
            marks = ", ".join("{}" for _ in ids)
            found = await rows(_Named, f"SELECT id, {title} AS title FROM {table} WHERE id IN ({marks})", *ids)
            links |= {f"{table}:{one.id}": Link(one.title, f"{home}{one.id}") for one in found}
    return links
