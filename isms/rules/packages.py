"""Evidence packages: how far one is, and what it calls people whose names it must not carry."""

import hmac
import re
from base64 import b32encode
from collections.abc import Iterable
from hashlib import sha256

from isms.rules.terms import Term
from isms.rules.texts import N_

_WORD = re.compile(r"[^\W\d_]{2,}")


class PackageStage(Term):
    MAKING = "making", N_("wird erstellt")
    READY = "ready", N_("bereit")
    FAILED = "failed", N_("abgebrochen")


def pseudonym(value: str, key: bytes) -> str:
    """The same person is the same within one package, another one in the next: `key` belongs to one package."""
    if not value:
        return ""
    digest = hmac.new(key, value.encode("utf-8", "backslashreplace"), sha256).digest()
    return f"P-{b32encode(digest[:5]).decode()}"


def words_of(texts: Iterable[str]) -> set[str]:
    """The words of names, small, two letters and more: what a text must not contain to go out without names."""
    return {word for text in texts for word in _WORD.findall(text.casefold())}


def names_somebody(text: str, words: set[str]) -> bool:
    """Whether a text holds a word of some name. Too careful on purpose: Koch is a name, even in the canteen."""
    return not words.isdisjoint(_WORD.findall(text.casefold()))
