"""The tree that the house tests read: which files there are, and what their code says."""

import ast
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
AREAS = ("assets", "risks", "training")
PACKAGES = ("isms", *AREAS)
NOT_OURS = {"vendor", "__pycache__", "node_modules"}

Checker = Callable[[ast.Module], Iterable[str]]


def files(pattern: str, *tops: str) -> list[Path]:
    found = (path for top in tops for path in (ROOT / top).rglob(pattern))
    return sorted(path for path in found if not NOT_OURS & set(path.parts))


def code(*tops: str) -> list[Path]:
    return files("*.py", *tops)


def storey(name: str) -> list[Path]:
    """All files of a storey in every package: `storey("commands")` is `*/commands/**.py` and `*/commands.py`."""
    return [path for path in code(*PACKAGES) if name in path.relative_to(ROOT).with_suffix("").parts[1:]]


def here(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def offences_in(paths: Iterable[Path], checker: Checker) -> list[str]:
    """What a checker says about each file, with the file's name before it."""
    return [f"{here(path)}: {offence}" for path in paths for offence in checker(parsed(path))]


def expect_none(offences: Iterable[str]) -> None:
    """Fail with the offences alone, one per line, each saying what to do."""
    if found := list(offences):
        pytest.fail("\n".join(["", *found]), pytrace=False)


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def called(node: ast.AST) -> str:
    """The name that a call calls: `change` for both `change(…)` and `audit.change(…)`."""
    function = node.func if isinstance(node, ast.Call) else None
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def imported(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every imported module with its line; `from a import b` counts as `a` and as `a.b`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.lineno, node.module
            yield from ((node.lineno, f"{node.module}.{name.name}") for name in node.names)


def text_of(node: ast.AST) -> str:
    """The text of a string or of the fixed beginning of an f-string."""
    if isinstance(node, ast.JoinedStr) and node.values:
        node = node.values[0]
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
