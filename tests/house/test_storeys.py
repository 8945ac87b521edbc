"""What import-linter cannot see: quiet rules, pages without queries, texts that a catalogue can translate."""

import ast
import sys
from collections.abc import Iterator

from tests.house.tree import PACKAGES, called, code, expect_none, imported, offences_in, storey, text_of

CLOCKS = {"now", "today", "utcnow"}
DOORS = {"open", "print", "input", "read_text", "write_text", "read_bytes", "write_bytes"}
QUERIES = {"raw", "select", "objects", "exists", "count", "rows", "row", "one", "value", "execute"}
DATABASE = ("piccolo", "isms.db", "asyncpg", "aiosqlite", "sqlite3")
MARKS = {"_", "N_", "ngettext"}
SPEAKING = MARKS | {"Refused", "Missing", "Incomplete", "Complaint"}


def loud(tree: ast.Module) -> Iterator[str]:
    for line, module in imported(tree):
        top = module.partition(".")[0]
        if top not in sys.stdlib_module_names and not (top in PACKAGES and ".rules" in module):
            yield f"line {line} imports {module}: rules know only the standard library and other rules"
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and called(node) in CLOCKS | DOORS:
            yield f"line {node.lineno} calls {called(node)}(): rules read no clock and no file, pass it in"
        if isinstance(node, ast.AsyncFunctionDef | ast.Await):
            yield f"line {node.lineno} waits: rules do not, pass in what it waits for"


def queries(tree: ast.Module) -> Iterator[str]:
    for line, module in imported(tree):
        if module.startswith(DATABASE) or module.endswith(".tables") or ".tables." in module:
            yield f"line {line} imports {module}: pages ask queries/ and never the database, move it there"
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and on_a_table(node.func):
            yield f"line {node.lineno} calls {called(node)}() on a table: pages ask queries/, move it there"


def on_a_table(function: ast.Attribute) -> bool:
    return isinstance(function.value, ast.Name) and function.value.id[:1].isupper() and function.attr in QUERIES


def composed(tree: ast.Module) -> Iterator[str]:
    """An f-string in a message can't be found in a catalogue."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and called(node) in SPEAKING
            and any(isinstance(arg, ast.JoinedStr) for arg in node.args)
        ):
            yield f'line {node.lineno} composes a message: write {called(node)}("… {{name}} …", name=…)'


def unmarked(tree: ast.Module) -> Iterator[str]:
    """A message that is not marked never reaches the catalogue."""
    for node in ast.walk(tree):
        spoken = node.args[:1] if isinstance(node, ast.Call) and called(node) in SPEAKING - MARKS else []
        if any(text_of(text) for text in spoken):
            yield f'line {spoken[0].lineno} says something unmarked: write {called(node)}(N_("…"))'


def test_rules_are_quiet():
    expect_none(offences_in(storey("rules"), loud))


def test_pages_do_not_query():
    expect_none(offences_in(storey("web"), queries))


def test_messages_are_not_composed():
    expect_none(offences_in(code(*PACKAGES), composed))


def test_messages_are_marked_for_the_catalogue():
    expect_none(offences_in(code(*PACKAGES), unmarked))


def test_a_loud_rule_is_found():
    for line in (
        "import msgspec",
        "from isms.people import Actor",
        "due = date.today()",
        "text = open('x')",
        "async def f(): ...",
    ):
        assert list(loud(ast.parse(line))), line


def test_a_rule_on_rules_is_fine():
    assert not list(
        loud(ast.parse("from datetime import date\nfrom isms.rules.terms import Term\nx = date(2026, 1, 1)"))
    )


def test_a_query_in_a_page_is_found():
    for line in ("from assets.tables import Device", "from isms.db import rows", "found = Device.select()"):
        assert list(queries(ast.parse(line))), line


def test_a_composed_message_is_found():
    assert list(composed(ast.parse("raise Refused(f'Das Gerät ist {stage}.')")))


def test_an_unmarked_message_is_found():
    assert list(unmarked(ast.parse("raise Refused('Das geht nicht.')")))
