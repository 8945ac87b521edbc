"""Names that probably mean the same: written with other capitals, other words in between, or a slip of the pen."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

ENOUGH = 0.6
COMMON = 200
WORD = re.compile(r"[a-z]+|\d+")
FILLERS = frozenset(
    ("am", "auf", "aus", "bei", "das", "dem", "den", "der", "des", "die", "ein", "fuer", "im", "in", "mit", "und", "zu")
)


class Pair(NamedTuple):
    """Two things by their keys, the smaller first, and how alike their names are, up to 1."""

    first: int
    second: int
    alike: float


def likeness(one: str, other: str) -> float:
    """How alike two names are: 1 for the same words in any order, 0 for nothing in common or other numbers in them."""
    return _likeness(_Name.of(one), _Name.of(other))


def similar(name: str, others: Mapping[int, str]) -> list[int]:
    """The keys of names that probably mean the same, the most alike first."""
    asked = _Name.of(name)
    found = {key: _likeness(asked, _Name.of(other)) for key, other in others.items()}
    return sorted((key for key, alike in found.items() if alike >= ENOUGH), key=lambda key: (-found[key], key))


def similar_pairs(names: Mapping[int, str]) -> list[Pair]:
    """All pairs of names that probably mean the same, the most alike first.

    Only names are compared that share two trigrams which fewer than COMMON names have, so that the time grows with
    the number of names and not with its square.
    """
    read = {key: _Name.of(name) for key, name in names.items()}
    found = [Pair(first, second, _likeness(read[first], read[second])) for first, second in _candidates(read)]
    return sorted((pair for pair in found if pair.alike >= ENOUGH), key=lambda pair: (-pair.alike, pair))


class _Name(NamedTuple):
    trigrams: frozenset[str]
    numbers: frozenset[str]

    @classmethod
    def of(cls, name: str) -> _Name:
        words = [word for word in WORD.findall(_plain(name)) if word not in FILLERS]
        padded = [f"  {word} " for word in words if not word.isdigit()]
        trigrams = (word[at : at + 3] for word in padded for at in range(len(word) - 2))
        return cls(frozenset(trigrams), frozenset(word for word in words if word.isdigit()))


def _likeness(one: _Name, other: _Name) -> float:
    if one.numbers != other.numbers:
        return 0.0
    together = len(one.trigrams) + len(other.trigrams)
    return 2 * len(one.trigrams & other.trigrams) / together if together else float(bool(one.numbers))


def _candidates(read: Mapping[int, _Name]) -> Iterator[tuple[int, int]]:
    with_trigram: dict[str, list[int]] = defaultdict(list)
    for key, name in sorted(read.items()):
        for trigram in name.trigrams:
            with_trigram[trigram].append(key)
    for key, name in read.items():
        shared: Counter[int] = Counter()
        for trigram in name.trigrams:
            if len(with_trigram[trigram]) < COMMON:
                shared.update(other for other in with_trigram[trigram] if other > key)
        yield from ((key, other) for other, times in shared.items() if times > 1)


def _plain(name: str) -> str:
    """Without capitals, umlauts and accents, so that „Größe“ and „Groesse“ are one."""
    folded = name.casefold().translate({ord("ä"): "ae", ord("ö"): "oe", ord("ü"): "ue"})
    return "".join(char for char in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(char))
