"""Lists: fixed sort columns, pages found by key instead of offset, a count with a cap, the same rows as a stream."""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar, get_type_hints
from urllib.parse import urlencode

import msgspec

from isms.db.fulltext import EVERYTHING, NOTHING_ELSE, Also, Narrowing, narrowing
from isms.db.reading import Row, each, rows, value

R = TypeVar("R", bound=Row)

PAGE_SIZE = 50
CAP = 1000
JOINED = re.compile(r"\bJOIN \w+ (\w+)")
USED = re.compile(r"\b(\w+)\.")


@dataclass(frozen=True)
class Sort:
    """A column to sort by: its SQL, never NULL, and the row's field that holds the same value."""

    column: str
    field: str


@dataclass
class Where:
    """Conditions joined by AND, each with its arguments."""

    parts: list[str] = field(default_factory=list)
    values: list[object] = field(default_factory=list)
    found: Narrowing = EVERYTHING

    def add(self, condition: str, *args: object) -> Where:
        self.parts.append(condition)
        self.values.extend(args)
        return self

    async def find(self, table: str, words: str, alias: str, also: Also = NOTHING_ELSE) -> Where:
        """Only rows in which every word begins some word, and those whose ids `also` selects."""
        self.found = await narrowing(table, words, alias, also)
        return self

    @property
    def sql(self) -> str:
        return " AND ".join([*self.parts, *([self.found.condition] if self.found.condition else [])]) or "1 = 1"

    @property
    def args(self) -> list[object]:
        return [*self.values, *self.found.args]

    @property
    def in_order(self) -> Where:
        """The same for one page: what many rows fulfil is checked row by row until the page is full."""
        return replace(self, found=self.found.in_order or self.found)

    @property
    def counting(self) -> Where:
        """The same for counting: through the hits where they are many."""
        return replace(self, found=self.found.counted or self.found)

    @property
    def sample(self) -> Where | None:
        """Some of the many rows, which may be enough to reach the cap of a count."""
        return replace(self, found=self.found.sample) if self.found.sample else None


@dataclass(frozen=True)
class Ask:
    """What the address asks of a list: which order, and which page. `-name` is descending."""

    sort: str = ""
    after: str = ""
    before: str = ""

    @property
    def descending(self) -> bool:
        return self.sort.startswith("-")


@dataclass(frozen=True)
class Page(Generic[R]):
    """One page of a list. `count` stops at CAP; `after` and `before` are marks for the address, empty where it ends."""

    rows: Sequence[R]
    count: int
    sort: str
    after: str = ""
    before: str = ""

    @property
    def capped(self) -> bool:
        return self.count > CAP


@dataclass(frozen=True)
class Listing(Generic[R]):
    """How a kind of row is listed. `id` is the SQL of the unique column that settles equal sort values.

    `counted` are shorter sources, the shortest first, without joins that bring columns but neither add nor take a row.
    """

    kind: type[R]
    columns: str
    source: str
    id: str
    sorts: Mapping[str, Sort]
    counted: Sequence[str] = ()

    async def page(self, where: Where, ask: Ask, *, size: int = PAGE_SIZE) -> Page[R]:
        """The rows after (or before) a mark, and how many there are in all, up to the cap."""
        ask = self.known(ask)
        mark = self._mark(ask.before or ask.after, ask)
        found = await self._rows(where, ask, mark, size + 1)
        more, found = len(found) > size, found[:size]
        if ask.before and mark:
            found.reverse()
        ahead, behind = (True, more) if ask.before and mark else (more, mark is not None)
        return Page(
            rows=found,
            count=len(found) if found and not (mark or more) else await self.count(where),
            sort=ask.sort,
            after=self._mark_of(found[-1], ask) if ahead and found else "",
            before=self._mark_of(found[0], ask) if behind and found else "",
        )

    async def count(self, where: Where) -> int:
        if where.sample and (counted := await self._count(where.sample)) > CAP:
            return counted
        return await self._count(where)

    async def _count(self, where: Where) -> int:
        where, before = where.counting, f"{where.found.counted.source} CROSS JOIN " if where.found.counted else ""
        used = set(USED.findall(where.sql))
        joined = set(JOINED.findall(self.source))
        enough = (each for each in self.counted if not used & (joined - set(JOINED.findall(each))))
        source = next(enough, self.source)
        sql = f"SELECT count(*) FROM (SELECT 1 FROM {before}{source} WHERE {where.sql} LIMIT {CAP + 1}) AS counted"
        return int(await value(sql, *where.args))

    def each(self, where: Where, ask: Ask) -> AsyncGenerator[R, None]:
        """All rows of the list in its order, in constant memory: for the export of exactly what is shown."""
        ask = self.known(ask)
        sql = f"SELECT {self.columns} FROM {self.source} WHERE {where.sql} {self._order(ask, forward=True)}"
        return each(self.kind, sql, *where.args)

    def known(self, ask: Ask) -> Ask:
        """An order that the list does not offer is its first one."""
        return ask if ask.sort.removeprefix("-") in self.sorts else replace(ask, sort=next(iter(self.sorts)))

    async def _rows(self, where: Where, ask: Ask, mark: Sequence[object] | None, limit: int) -> list[R]:
        forward = not (ask.before and mark)
        conditions, args = [where.in_order.sql], where.in_order.args
        if mark:
            sort = self.sorts[ask.sort.removeprefix("-")]
            sign = ">" if forward != ask.descending else "<"
            conditions.append(f"({sort.column}, {self.id}) {sign} ({{}}, {{}})")
            args.extend(mark)
        sql = f"SELECT {self.columns} FROM {self.source} WHERE {' AND '.join(conditions)} {self._order(ask, forward)}"
        return await rows(self.kind, f"{sql} LIMIT {limit}", *args)

    def _order(self, ask: Ask, forward: bool) -> str:
        direction = "ASC" if forward != ask.descending else "DESC"
        return f"ORDER BY {self.sorts[ask.sort.removeprefix('-')].column} {direction}, {self.id} {direction}"

    def _mark_of(self, row: R, ask: Ask) -> str:
        sort = self.sorts[ask.sort.removeprefix("-")]
        pair = msgspec.to_builtins([getattr(row, sort.field), row.id])  # type: ignore[attr-defined]
        return urlsafe_b64encode(json.dumps(pair, separators=(",", ":")).encode()).decode().rstrip("=")

    def _mark(self, text: str, ask: Ask) -> list[object] | None:
        """The mark of the address as values of the right type; one that nobody handed out is the first page."""
        if not text:
            return None
        sort = self.sorts[ask.sort.removeprefix("-")]
        hints = get_type_hints(self.kind)
        try:
            first, second = json.loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
            return [msgspec.convert(first, hints[sort.field], strict=False), msgspec.convert(second, hints["id"])]
        except (ValueError, TypeError, msgspec.ValidationError):
            return None


def address(path: str, **asked: object) -> str:
    """A link whose query holds what is not empty: the state of a list lies in its address."""
    query = [(name, item) for name, given in asked.items() for item in _items(given) if item not in ("", None)]
    return f"{path}?{urlencode(query)}" if query else path


def _items(given: object) -> Sequence[object]:
    return given if isinstance(given, list | tuple) else (given,)
