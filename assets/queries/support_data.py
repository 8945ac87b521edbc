"""End-of-life data in force: for every product what its newest edition says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from assets.rules.support import Release
from isms.db.reading import Row, rows

SOME = 400
"""So many values go into one statement; both engines take far more, but not without end."""

IN_FORCE = """(e.unit IS NULL OR substr({}, 1, length(x.path)) = x.path)"""
NEWEST = f"""SELECT max(p.id) FROM support_product p JOIN support_edition e ON e.id = p.edition
    LEFT JOIN unit x ON x.id = e.unit WHERE {IN_FORCE}"""


class EditionRow(Row):
    """Where data come from, and of which day they are."""

    id: int
    title: str
    source: str
    published_on: date
    products: int
    releases: int
    recorded_at: datetime
    unit_name: str | None


class ReleaseRow(Row):
    """A release in force, with the edition that says so."""

    product: str
    title: str
    edition: int
    cycle: str
    label: str
    ends_on: date | None
    ended: bool | None
    extended_until: date | None
    latest: str
    released_on: date | None

    @property
    def release(self) -> Release:
        return Release(
            self.product,
            self.title,
            self.cycle,
            self.label,
            ends_on=self.ends_on,
            ended=self.ended,
            extended_until=self.extended_until,
            latest=self.latest,
            released_on=self.released_on,
        )


class ProductRow(Row):
    name: str
    title: str
    category: str
    edition: int


@dataclass(frozen=True)
class Known:
    """Releases by product, and which edition each product's are from."""

    releases: Mapping[str, tuple[Release, ...]]
    editions: Mapping[str, int]

    def find(self, product: str, cycle: str) -> Release | None:
        return next((one for one in self.releases.get(product, ()) if one.cycle == cycle), None)


RELEASE = """SELECT q.name AS product, q.title, q.edition, r.cycle, r.label, r.ends_on, r.ended, r.extended_until,
    r.latest, r.released_on FROM support_product q JOIN support_release r ON r.product = q.id"""


async def known(products: Iterable[str] | None, path: str) -> Known:
    """What the data in force for a unit say about these products, or about all."""
    wanted = None if products is None else sorted(set(products))
    found: list[ReleaseRow] = []
    for some in [None] if wanted is None else _parts(wanted):
        named, names = ("", ()) if some is None else (f" AND p.name IN ({_marks(some)})", tuple(some))
        sql = f"{RELEASE} WHERE q.id IN ({NEWEST}{named} GROUP BY p.name) ORDER BY r.id"
        found += await rows(ReleaseRow, sql, path, *names)
    releases: dict[str, list[Release]] = {}
    for one in found:
        releases.setdefault(one.product, []).append(one.release)
    return Known({name: tuple(some) for name, some in releases.items()}, {one.product: one.edition for one in found})


async def products(words: str, path: str, *, limit: int = 30) -> list[ProductRow]:
    """Products whose name contains the words, for a person to choose from."""
    return await rows(
        ProductRow,
        f"""SELECT q.name, q.title, q.category, q.edition FROM support_product q
            WHERE q.id IN ({NEWEST} GROUP BY p.name) AND (lower(q.title) LIKE {{}} OR q.name LIKE {{}})
            ORDER BY lower(q.title) LIMIT {limit}""",
        path,
        *[f"%{words.strip().lower()}%"] * 2,
    )


class _Titled(Row):
    title: str
    name: str


async def titles(path: str) -> dict[str, str]:
    """Products in force by their titles, in small letters."""
    sql = f"SELECT q.title, q.name FROM support_product q WHERE q.id IN ({NEWEST} GROUP BY p.name) ORDER BY q.name DESC"
    return {one.title.casefold(): one.name for one in await rows(_Titled, sql, path)}


class _Package(Row):
    purl: str
    product: str


async def packages(path: str) -> dict[str, str]:
    """Products in force by the package URLs that parts lists know them by."""
    sql = f"""SELECT i.purl, q.name AS product FROM support_identifier i JOIN support_product q ON q.id = i.product
        WHERE q.id IN ({NEWEST} GROUP BY p.name) ORDER BY q.name DESC"""
    return {one.purl: one.product for one in await rows(_Package, sql, path)}


EDITION = """SELECT e.id, e.title, e.source, e.published_on, e.products, e.releases, e.recorded_at,
    x.name AS unit_name FROM support_edition e LEFT JOIN unit x ON x.id = e.unit"""


async def editions(path: str) -> list[EditionRow]:
    """All editions that hold for a unit, the newest first."""
    return await rows(EditionRow, f"{EDITION} WHERE {IN_FORCE} ORDER BY e.id DESC", path)


async def edition_with(sha256: str, path: str) -> EditionRow | None:
    """The edition made of the same bytes, where one holds already."""
    found = await rows(EditionRow, f"{EDITION} WHERE e.sha256 = {{}} AND {IN_FORCE} LIMIT 1", sha256, path)
    return found[0] if found else None


def _parts(values: list[str]) -> list[list[str]]:
    return [values[start : start + SOME] for start in range(0, len(values), SOME)]


def _marks(values: list[str]) -> str:
    return ", ".join("{}" for _ in values)
