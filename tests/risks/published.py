"""Reading a published catalogue without the code that is under test."""

from collections.abc import Iterator
from typing import Any


def controls_in(group: Any) -> Iterator[Any]:
    for control in group.get("controls", []):
        yield control
        yield from controls_in(control)
    for below in group.get("groups", []):
        yield from controls_in(below)


def stable_key(control: Any) -> str:
    return next(str(prop["value"]) for prop in control["props"] if prop["name"] == "alt-identifier")
