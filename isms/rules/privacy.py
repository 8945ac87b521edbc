"""Figures about people: a group so small that its figure points at somebody is not shown."""

SMALLEST_GROUP = 5


def may_show(size: int) -> bool:
    """An empty group gives nobody away."""
    return size == 0 or size >= SMALLEST_GROUP
