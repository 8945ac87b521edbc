"""Judging answers. A question counts only if exactly its right answers are ticked; nothing is rounded up.

All or nothing per question: with part marks, ticking every answer would earn points without knowing anything.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass


@dataclass(frozen=True)
class Grade:
    """`right` of `asked` questions, against a pass mark in percent."""

    right: int
    asked: int
    pass_mark: int

    @property
    def percent(self) -> int:
        """Whole percent, rounded down, so that nobody reads the pass mark and has failed."""
        return self.right * 100 // self.asked

    @property
    def passed(self) -> bool:
        return self.right * 100 >= self.pass_mark * self.asked


def grade(solution: Mapping[int, Set[int]], given: Mapping[int, Set[int]], pass_mark: int) -> Grade:
    """Compare what was ticked with what is right, question by question."""
    right = sum(is_right(answers, given.get(question, frozenset())) for question, answers in solution.items())
    return Grade(right, len(solution), pass_mark)


def is_right(solution: Set[int], given: Set[int]) -> bool:
    return given == solution


def unanswered(asked: Set[int], given: Mapping[int, Set[int]]) -> set[int]:
    """Questions without a single tick: not wrong yet, but forgotten."""
    return {question for question in asked if not given.get(question)}
