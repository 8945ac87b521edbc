"""The same words find the same rows on both engines, whatever a person types."""

import sqlite3

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from isms import db
from isms.db import fulltext
from isms.db.reading import Row, rows
from isms.db.words import WORD, begin_words, plain
from tests.isms.db.tables import Shelf

NAMES = (
    "Müller-Öztürk, Notebook GA-2026-0017",
    "Bürostuhl (geprüft)",
    "Server 10.0.0.12 im Rechenzentrum",
    "notebook außer Betrieb, it@amt.example",
    "O'Brien „Straße“ 50% _test_",
)


HOSTILE: tuple[str, ...] = (
    '"',
    '""',
    "a AND",
    "NOT",
    "NEAR(a b)",
    "name:x",
    "x*",
    "^a",
    "-a",
    "(",
    "a|b",
    "a&!b",
    "a:*b",
    "'",
    "\\",
)
HOSTILE += ("{}", "\0a", "a" * 999, "a " * 999, "٣ 東京 ½", "&" * 50, "a\u0301", "İı", "ß", "ǅ", "ﬁ", "x\u200dy")


class Hit(Row):
    id: int


@pytest.fixture
async def shelves(database: db.Database) -> None:
    await Shelf.insert(*(Shelf(name=name) for name in NAMES[:2]))
    async with db.transaction():
        await fulltext.install("shelf", "name")
    await Shelf.insert(*(Shelf(name=name) for name in NAMES[2:]))


async def hits(words: str) -> list[int]:
    condition, args = fulltext.matching("shelf", words, alias="s")
    return [hit.id for hit in await rows(Hit, f"SELECT s.id FROM shelf s WHERE {condition} ORDER BY s.id", *args)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("notebook", [1, 4]),
        ("NOTE", [1, 4]),
        ("muller", [1]),
        ("Müller", [1]),
        ("oztu", [1]),
        ("GA-2026-0017", [1]),
        ("2026", [1]),
        ("0017 mull", [1]),
        ("buro", [2]),
        ("gepr", [2]),
        ("10.0.0.12", [3]),
        ("auß", [4]),
        ("it@amt", [4]),
        ("example", [4]),
        ("straße", [5]),
        ("brien", [5]),
        ("test", [5]),
        ("ebook", []),
        ("notebook server", []),
        ("", [1, 2, 3, 4, 5]),
        ("  !?* ", [1, 2, 3, 4, 5]),
    ],
)
async def test_words_are_beginnings_without_accents(shelves: None, words: str, expected: list[int]) -> None:
    assert await hits(words) == expected


@pytest.mark.parametrize("words", HOSTILE)
async def test_nothing_that_is_typed_breaks_the_search(shelves: None, words: str) -> None:
    await hits(words)


async def test_changed_and_removed_rows_are_found_as_they_are_now(shelves: None) -> None:
    await Shelf.update({Shelf.name: "Drucker"}).where(Shelf.id == 1)
    await Shelf.delete().where(Shelf.id == 4)

    assert await hits("notebook") == []
    assert await hits("druck") == [1]


@pytest.mark.parametrize("most", [0, 1, 2000])
async def test_narrowing_finds_the_same_however_common_the_words_are(
    shelves: None, most: int, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(fulltext, "MOST_IDS", most)
    monkeypatch.setattr(fulltext, "FEW", 0)

    for words, expected in (("notebook", [1, 4]), ("brien", [5]), ("ebook", []), ("", [1, 2, 3, 4, 5])):
        found = await fulltext.narrowing("shelf", words, "s")
        for way in (found, found.in_order or found):
            sql = f"SELECT s.id FROM shelf s WHERE {way.condition or '1 = 1'} ORDER BY s.id"
            assert [hit.id for hit in await rows(Hit, sql, *way.args)] == expected


@pytest.mark.parametrize("most", [0, 1, 2000])
async def test_further_rows_can_count_as_found(shelves: None, most: int, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(fulltext, "MOST_IDS", most)
    monkeypatch.setattr(fulltext, "FEW", 0)

    found = await fulltext.narrowing("shelf", "notebook", "s", ("SELECT id FROM shelf WHERE name LIKE {}", ("Büro%",)))

    for way in (found, found.in_order or found):
        sql = f"SELECT s.id FROM shelf s WHERE {way.condition} ORDER BY s.id"
        assert [hit.id for hit in await rows(Hit, sql, *way.args)] == [1, 2, 4]


WORDS = st.text(alphabet="abnoteNOTEäöüÄßéşıİ0123456789-_.,/@ '", max_size=30)


@given(text=WORDS, wanted=WORDS)
def test_looking_at_a_row_finds_what_the_index_finds(text: str, wanted: str):
    """SQLite asks its index where hits are few and looks at rows where they are many: both must agree."""
    index = sqlite3.connect(":memory:")
    index.execute("CREATE VIRTUAL TABLE w USING fts5(t, tokenize='unicode61 remove_diacritics 2', prefix='2 3')")
    index.execute("INSERT INTO w(rowid, t) VALUES (1, ?)", (text,))
    beginnings = " ".join(f'"{word}"*' for word in WORD.findall(plain(wanted)))
    assume(beginnings)

    by_index = index.execute("SELECT 1 FROM w WHERE w MATCH ?", (beginnings,)).fetchall()
    index.close()

    assert begin_words(beginnings, text) == bool(by_index)
