"""Files stay under 300 lines and functions under 40, so that each can be read at one sitting."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house.tree import PACKAGES, code, expect_none, files, functions, here, offences_in

LINES_PER_FILE = 300
LINES_PER_FUNCTION = 40


def too_long(path: str, source: str) -> Iterator[str]:
    lines = source.count("\n")
    if lines > LINES_PER_FILE:
        yield f"{path} has {lines} lines: make it a folder of the same name with a file per thing"


def long_functions(tree: ast.Module) -> Iterator[str]:
    for function in functions(tree):
        lines = (function.end_lineno or function.lineno) - function.lineno + 1
        if lines > LINES_PER_FUNCTION:
            yield f"{function.name} (line {function.lineno}) has {lines} lines: give a part of it a name of its own"


def written_by_people() -> list[Path]:
    """Migrations are Piccolo's writing."""
    return [path for path in code(*PACKAGES, "tests") if path.parent.name != "migrations"]


def read_by_people() -> list[Path]:
    return [*written_by_people(), *files("*.html", "templates"), *files("*.css", "isms"), *files("*.js", "isms")]


def test_no_file_is_longer_than_300_lines():
    expect_none(offence for path in read_by_people() for offence in too_long(here(path), path.read_text()))


def test_no_function_is_longer_than_40_lines():
    expect_none(offences_in(written_by_people(), long_functions))


def test_a_file_of_301_lines_is_found():
    assert list(too_long("isms/long.py", "x = 1\n" * 301))


def test_a_function_of_41_lines_is_found():
    assert list(long_functions(ast.parse("def long():\n" + "    x = 1\n" * 40)))
