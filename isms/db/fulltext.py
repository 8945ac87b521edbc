"""Finding rows by the beginnings of words: FTS5 on SQLite, tsvector on PostgreSQL, the same hits on both."""

import re
import string
import unicodedata

from isms.db import engine, execute
from isms.db.sqlite import SQLite

MOST_WORDS = 10
BREAKS = string.punctuation + "„“”‚‘’«»–—…·§°"
WORD = re.compile(r"[^\W_]+")


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


def plain(text: str) -> str:
    """Small letters without accents, as both engines compare them."""
    decomposed = unicodedata.normalize("NFD", text.lower())
    return unicodedata.normalize("NFC", "".join(sign for sign in decomposed if not unicodedata.combining(sign)))


async def _install_fts5(table: str, columns: tuple[str, ...]) -> None:
    names, index = ", ".join(columns), f"{table}_words"
    await execute(
        f"CREATE VIRTUAL TABLE {index} USING fts5({names}, content='{table}', content_rowid='id', "
        "tokenize='unicode61 remove_diacritics 2', prefix='2 3')"
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
    signs, replacements = _replacements()
    await execute(
        "CREATE OR REPLACE FUNCTION plain_words(text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS "
        f"$body$ SELECT to_tsvector('simple', translate($1, {_quoted(signs)}, {_quoted(replacements)})) $body$"
    )
    together = " || ' ' || ".join(f"coalesce({column}, '')" for column in columns)
    await execute(
        f"ALTER TABLE {table} ADD COLUMN search_words tsvector GENERATED ALWAYS AS (plain_words({together})) STORED"
    )
    await execute(f"CREATE INDEX {table}_words ON {table} USING gin (search_words)")


def _of(which: str, columns: tuple[str, ...]) -> str:
    return ", ".join(f"{which}.{column}" for column in columns)


def _replacements() -> tuple[str, str]:
    """What PostgreSQL's parser must not see: accents, and signs that it would read as addresses or numbers."""
    accented = [sign for sign in map(chr, range(0xC0, 0x2000)) if plain(sign) != sign.lower() and len(plain(sign)) == 1]
    return "".join(accented) + BREAKS, "".join(map(plain, accented)) + " " * len(BREAKS)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
