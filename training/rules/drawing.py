"""Which questions an attempt asks, and in which order its answers stand: the same for the same seed."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from itertools import chain, zip_longest
from typing import TypeVar

LessonKey = TypeVar("LessonKey")


def draw(by_lesson: Mapping[LessonKey, Sequence[int]], wanted: int | None, seed: str) -> list[int]:
    """Take questions in turn from every lesson, so that none is left out while another is asked twice.

    The chosen ones keep the order they were written in; without `wanted` all are asked.
    """
    written = list(chain.from_iterable(by_lesson.values()))
    turns = zip_longest(*(shuffled(questions, seed) for questions in by_lesson.values()))
    in_turn = [question for turn in turns for question in turn if question is not None]
    chosen = set(in_turn[:wanted])
    return [question for question in written if question in chosen]


def shuffled(ids: Sequence[int], seed: str) -> list[int]:
    """An order that nobody can guess without the seed and everybody gets again with it."""
    return sorted(ids, key=lambda one: sha256(f"{seed}:{one}".encode()).digest())
