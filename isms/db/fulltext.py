"""Finding rows by the beginnings of words: FTS5 on SQLite, tsvector on PostgreSQL, the same hits on both."""

import json
import string
from functools import cache
from typing import NamedTuple

from isms.db import engine, execute
from isms.db.sql import native
from isms.db.sqlite import SQLite
from isms.db.words import WORD, plain

MOST_WORDS = 10
MOST_IDS = 2000
FEW = 300
DENSE = 12
"""From one hit in so many rows on, looking at rows finds a page faster than collecting the hits."""
BREAKS = string.punctuation + "„“”‚‘’«»–—…·§°"


Also = tuple[str, tuple[object, ...]]
NOTHING_ELSE: Also = ("", ())


class Narrowing(NamedTuple):
    """A condition with its arguments, and what is the same for a purpose.

    `in_order` is for a page that is found faster along the list's order than by sorting all hits: its plus signs keep
    SQLite from starting with the hits. `sample` holds for the first of many hits only. `counted` counts by going
    through the hits: it wants the index (`source`) before the list's own tables.
    """

    condition: str
    args: tuple[object, ...]
    in_order: "Narrowing | None" = None
    sample: "Narrowing | None" = None
    counted: "Narrowing | None" = None
    source: str = ""


EVERYTHING = Narrowing("", ())


async def install(table: str, *columns: str) -> None:
    """For migrations: keep a search index over these text columns, rows that are already there included."""
    if isinstance(engine(), SQLite):
        await _install_fts5(table, columns)
    else:
        await _install_tsvector(table, columns)


def matching(table: str, words: str, alias: str = "") -> tuple[str, tuple[str, ...]]:
    """A condition with its arguments: each word is the beginning of some word in the row; no words, no narrowing."""
    beginnings = [word[:64] for word in WORD.findall(plain(words))[:MOST_WORDS]]
    if not beginnings:
        return "1 = 1", ()
    if isinstance(engine(), SQLite):
        condition = f"{alias or table}.id IN (SELECT rowid FROM {table}_words WHERE {table}_words MATCH {{}})"
        return condition, (" ".join(f'"{word}"*' for word in beginnings),)
    return f"{alias or table}.search_words @@ to_tsquery('simple', {{}})", (" & ".join(f"{w}:*" for w in beginnings),)


async def narrowing(table: str, words: str, alias: str, also: Also = NOTHING_ELSE) -> Narrowing:
    """`matching` for long lists, which ask for a page and for a count: the index is asked once, here, if it can be.

    `also` selects the ids of further rows that count as found, e.g. those whose holder is called like that.
    """
    condition, args = matching(table, words, alias)
    if not args:
        return EVERYTHING
    id, further = f"{alias}.id", await _first(*also)
    found = await _first(*_hits(table, words))
    some = _among(id, found + further)
    if len(found) + len(further) <= most():
        return some
    ways = ((found, Narrowing(condition, args)), (further, Narrowing(f"{id} IN ({also[0]})", also[1])))
    either = _either([_among(id, ids) if len(ids) <= most() else way for ids, way in ways if ids])
    if not further and isinstance(engine(), SQLite):
        either = await _among_many(either, table, alias, dense=len(found) * DENSE > max(found))
    return either._replace(sample=some._replace(in_order=None))


async def _among_many(found: Narrowing, table: str, alias: str, *, dense: bool) -> Narrowing:
    """SQLite alone: its index over many hits is walked, not copied; where every few rows hit, rows are looked at."""
    index, (words,) = f"{table}_words", found.args
    through = Narrowing(f"{alias}.id = {index}.rowid AND {index} MATCH {{}}", found.args, source=index)
    if not dense:
        return found._replace(counted=through)
    columns = ", ".join(f"{alias}.{column}" for column in await _indexed(index))
    looked_at = Narrowing(f"begin_words({{}}, {columns})", (words,))
    return found._replace(counted=through, in_order=looked_at)


@cache
def _known() -> dict[str, list[str]]:
    return {}


async def _indexed(index: str) -> list[str]:
    """The columns of a search index, which only migrations change."""
    known = _known()
    if index not in known:
        known[index] = [one[0] for one in (await engine().fetch(f"SELECT name FROM pragma_table_info('{index}')"))[1]]
    return known[index]


def most() -> int:
    """How many ids are handed over instead of asking again; PostgreSQL takes more without complaint."""
    return MOST_IDS if isinstance(engine(), SQLite) else MOST_IDS * 5


def _hits(table: str, words: str) -> Also:
    condition, args = matching(table, words)
    if isinstance(engine(), SQLite):  # its index alone knows the ids
        return f"SELECT rowid FROM {table}_words WHERE {table}_words MATCH {{}}", args
    return f"SELECT id FROM {table} WHERE {condition}", args


async def _first(sql: str, args: tuple[object, ...]) -> list[int]:
    if not sql:
        return []
    limited = native(f"{sql} LIMIT {most() + 1}", engine().engine_type)
    return [found[0] for found in (await engine().fetch(limited, args))[1]]


def _among(id: str, ids: list[int]) -> Narrowing:
    if not isinstance(engine(), SQLite):
        return Narrowing(f"{id} IN (SELECT unnest({{}}::int[]))", (ids,))  # = ANY would compare with each, row by row
    condition, args = f"{id} IN (SELECT value FROM json_each({{}}))", (json.dumps(ids),)
    return Narrowing(condition, args, Narrowing(f"+{condition}", args) if len(ids) > FEW else None)


def _either(ways: list[Narrowing]) -> Narrowing:
    conditions, args = [way.condition for way in ways], tuple(arg for way in ways for arg in way.args)
    walked = Narrowing(f"({' OR '.join(f'+{condition}' for condition in conditions)})", args)
    return Narrowing(f"({' OR '.join(conditions)})", args, walked if isinstance(engine(), SQLite) else None)


async def _install_fts5(table: str, columns: tuple[str, ...]) -> None:
    names, index = ", ".join(columns), f"{table}_words"
    await execute(
        f"CREATE VIRTUAL TABLE {index} USING fts5({names}, content='{table}', content_rowid='id', "
        "tokenize='unicode61 remove_diacritics 2', prefix='2 3', columnsize=0)"
    )
    add = f"INSERT INTO {index}(rowid, {names}) VALUES (new.id, {_of('new', columns)});"
    remove = f"INSERT INTO {index}({index}, rowid, {names}) VALUES ('delete', old.id, {_of('old', columns)});"
    for name, event, what in (
        ("added", "INSERT", add),
        ("removed", "DELETE", remove),
        ("changed", f"UPDATE OF {names}", remove + add),
    ):
        await execute(f"CREATE TRIGGER {index}_{name} AFTER {event} ON {table} BEGIN {what} END")
    await execute(f"INSERT INTO {index}({index}) VALUES ('rebuild')")


async def _install_tsvector(table: str, columns: tuple[str, ...]) -> None:
    """PostgreSQL's parser must see neither accents nor signs that it would read as addresses or numbers."""
    bare = "regexp_replace(normalize($1, NFD), U&'[\\0300-\\036F]', '', 'g')"
    await execute(
        "CREATE OR REPLACE FUNCTION plain_words(text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS "
        f"$body$ SELECT to_tsvector('simple', translate({bare}, {_quoted(BREAKS)}, '{' ' * len(BREAKS)}')) $body$"
    )
    together = " || ' ' || ".join(f"coalesce({column}, '')" for column in columns)
    await execute(
        f"ALTER TABLE {table} ADD COLUMN search_words tsvector GENERATED ALWAYS AS (plain_words({together})) STORED"
    )
    await execute(f"CREATE INDEX {table}_words ON {table} USING gin (search_words)")


def _of(which: str, columns: tuple[str, ...]) -> str:
    return ", ".join(f"{which}.{column}" for column in columns)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
