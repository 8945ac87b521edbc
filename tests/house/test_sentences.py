"""Every change that the trail can hold is told as a sentence, and every right is asked for somewhere."""

import ast
from collections.abc import Iterator, Mapping

from isms.app import AREAS
from tests.house.tree import PACKAGES, ROOT, called, code, expect_none, here, parsed, text_of

NOTED = {"change", "also"}


def actions(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """The names of changes, `device.issued`, with their lines."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and called(node) in NOTED and node.args:
            for text in strings(node.args[0]):
                yield node.lineno, text


def strings(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.IfExp):
        yield from strings(node.body)
        yield from strings(node.orelse)
    elif text := text_of(node):
        yield text


def untold(tree: ast.Module, sentences: Mapping[str, str]) -> Iterator[str]:
    for line, action in actions(tree):
        if action not in sentences:
            yield f"line {line} notes „{action}“, which nobody tells: add a sentence to the area's `sentences`"


def joined() -> list[str]:
    """The packages that are part of the house already: the ground floor, and areas with an area.py."""
    return [name for name in PACKAGES if name == "isms" or (ROOT / name / "area.py").exists()]


def test_every_change_is_told_as_a_sentence():
    sentences = {action: text for area in AREAS for action, text in area.sentences.items()}

    expect_none(f"{here(path)}: {one}" for path in code(*joined()) for one in untold(parsed(path), sentences))


def test_an_untold_change_is_found():
    planted = ast.parse(
        "async def f():\n    async with change('device.lost' if x else 'device.found', device):\n        pass"
    )

    assert len(list(untold(planted, {"device.found": "…"}))) == 1
