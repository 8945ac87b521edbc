"""Words as the search compares them: small, without accents; the same in an index and looked at row by row."""

import re
import unicodedata
from functools import lru_cache

WORD = re.compile(r"[^\W_]+")


def plain(text: str) -> str:
    """Small letters without accents, as both engines compare them."""
    decomposed = unicodedata.normalize("NFD", text.lower())
    return unicodedata.normalize("NFC", "".join(sign for sign in decomposed if not unicodedata.combining(sign)))


def begin_words(wanted: str, *texts: str | None) -> bool:
    """Whether each of the quoted beginnings, as the index is asked for them, begins some word of the texts."""
    told = " ".join(text for text in texts if text)
    words = WORD.findall(told.lower() if told.isascii() else plain(told))
    return all(any(word.startswith(beginning) for word in words) for beginning in _beginnings(wanted))


@lru_cache(maxsize=64)
def _beginnings(wanted: str) -> tuple[str, ...]:
    return tuple(part.strip('"') for part in wanted.replace("*", "").split())
