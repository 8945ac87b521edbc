"""Figures about people: a group so small that its figure points at somebody is not shown."""

from collections.abc import Sequence

from isms.rules.privacy import may_show


def shown(sizes: Sequence[int]) -> list[bool]:
    """Which groups of one table may show their figure.

    If just one is hidden, the total would give it away by subtraction: the next smallest is hidden, too.
    """
    visible = [may_show(size) for size in sizes]
    if visible.count(False) == 1:
        candidates = [place for place, size in enumerate(sizes) if visible[place] and size]
        if candidates:
            visible[min(candidates, key=lambda place: sizes[place])] = False
    return visible
