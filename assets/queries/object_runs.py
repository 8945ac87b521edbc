"""What an import of target objects or links brought and changed, as it stands now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from assets.queries.registers import ObjectValues
from assets.rules.kinds import LinkKind
from isms.db.reading import Row, rows
from isms.queries.keys import ids_of


class BroughtObject(ObjectValues):
    institution: int
    short_id: str

    @property
    def title(self) -> str:
        return f"{self.short_id} {self.name}"


class BroughtLink(Row):
    id: int
    kind: LinkKind
    source: int
    unit: int
    institution: int
    path: str
    source_id: str
    target_id: str

    @property
    def key(self) -> str:
        return f"object_link:{self.id}"

    @property
    def title(self) -> str:
        return f"{self.source_id} → {self.target_id}"

    @property
    def source_key(self) -> str:
        return f"target_object:{self.source}"


class _Mark(Row):
    target_object: int
    mark: str


OBJECT = """SELECT o.id, o.unit, o.institution, u.path, o.short_id, o.name, o.description, o.vendor,
    o.variety, o.platform, o.release, o.number, o.operating_stage, o.personal_data, o.provider_operated,
    o.responsible, o.administrator, o.own_confidentiality, o.own_integrity, o.own_availability, o.version
    FROM target_object o JOIN unit u ON u.id = o.unit WHERE o.ended_on IS NULL AND"""
LINK = """SELECT l.id, l.kind, l.source, s.unit, s.institution, u.path, s.short_id AS source_id, t.short_id AS target_id
    FROM object_link l JOIN target_object s ON s.id = l.source JOIN target_object t ON t.id = l.target
    JOIN unit u ON u.id = s.unit WHERE l.ended_on IS NULL AND l.import_run = {} ORDER BY l.id"""
AT_ONCE = 500
Some = TypeVar("Some", bound=Row)


async def brought_objects(run: int) -> list[BroughtObject]:
    """Those that are still part of the structure."""
    return await rows(BroughtObject, f"{OBJECT} o.import_run = {{}} ORDER BY o.id", run)


async def brought_links(run: int) -> list[BroughtLink]:
    """Those that still hold."""
    return await rows(BroughtLink, LINK, run)


async def objects_named(keys: Sequence[str]) -> list[BroughtObject]:
    """Objects by their keys, as far as they are still part of the structure."""
    return await _some(BroughtObject, f"{OBJECT} o.id IN ({{}}) ORDER BY o.id", keys)


async def categories_named(keys: Sequence[str]) -> Mapping[int, set[str]]:
    """Which categories the objects have now."""
    sql = "SELECT target_object, category AS mark FROM object_category WHERE ended_on IS NULL AND target_object IN ({})"
    return await _marks(sql, keys)


async def tags_named(keys: Sequence[str]) -> Mapping[int, set[str]]:
    """Which tags the objects have now."""
    sql = """SELECT c.target_object, t.word AS mark FROM object_tag c JOIN tag t ON t.id = c.tag
        WHERE c.ended_on IS NULL AND c.target_object IN ({})"""
    return await _marks(sql, keys)


async def _marks(sql: str, keys: Sequence[str]) -> Mapping[int, set[str]]:
    found: dict[int, set[str]] = {}
    for one in await _some(_Mark, sql, keys):
        found.setdefault(one.target_object, set()).add(one.mark)
    return found


async def _some(kind: type[Some], sql: str, keys: Sequence[str]) -> list[Some]:
    ids = ids_of("target_object", keys)
    found: list[Some] = []
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        found += await rows(kind, sql.format(", ".join("{}" for _ in some)), *some)
    return found
