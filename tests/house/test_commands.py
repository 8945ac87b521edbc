"""Every command is one audited change, and only commands write."""

import ast
import re
from collections.abc import Iterator

from tests.house.tree import PACKAGES, called, code, expect_none, functions, here, offences_in, storey, text_of

WRITERS = (
    "isms/audit.py",  # the trail itself
    "isms/login.py",  # sessions and throttling: technical, not a record of the office
    "isms/housekeeping.py",  # forgets what has served its purpose
    "isms/instance.py",  # made once, before there is anyone who could act
    "isms/db/",  # the engines
    "isms/backup/restoring.py",  # brings back what commands wrote, trail included
)
WRITING_SQL = re.compile(
    r"\s*(WITH\b.*\)\s*)?(INSERT\s+INTO|UPDATE\s+\S+\s+SET|DELETE\s+FROM|REPLACE\s+INTO)\b", re.I | re.S
)
ON_TABLES = {"insert", "update", "delete", "alter", "create_table"}
ON_ROWS = {"save", "get_or_create"}


def unaudited(tree: ast.Module) -> Iterator[str]:
    """A command is a public coroutine that says who acts (`by=`)."""
    commands = [f for f in tree.body if isinstance(f, ast.AsyncFunctionDef) and is_command(f)]
    names = {command.name for command in commands} | set(other_commands(tree))
    for command in commands:
        changes = changes_in(command)
        handed_on = names & {called(node) for node in ast.walk(command)} - {command.name}
        if changes > 1:
            yield f"{command.name} opens {changes} changes: make it one and note the rest by also()"
        elif not changes and not handed_on:
            yield f"{command.name} writes without a trace: open `async with change(…)` around what it does"


def other_commands(tree: ast.Module) -> Iterator[str]:
    """What a file takes from other files of commands: those are looked at where they are."""
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and ".commands." in f"{node.module}.":
            yield from (name.name for name in node.names)


def is_command(function: ast.AsyncFunctionDef) -> bool:
    return not function.name.startswith("_") and any(argument.arg == "by" for argument in function.args.kwonlyargs)


def changes_in(function: ast.AST) -> int:
    opened = (
        item.context_expr for node in ast.walk(function) if isinstance(node, ast.AsyncWith) for item in node.items
    )
    return sum(called(expression) == "change" for expression in opened)


def writes(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and is_write(node):
            yield f"line {node.lineno} calls {called(node)}(): only commands write; move it to commands/"
        elif WRITING_SQL.match(text_of(node)):
            yield f"line {getattr(node, 'lineno', '?')} writes by SQL: only commands write; move it to commands/"


def is_write(call: ast.Call) -> bool:
    if not isinstance(call.func, ast.Attribute):
        return False
    on_a_table = isinstance(call.func.value, ast.Name) and call.func.value.id[:1].isupper()
    on_objects = called(call.func.value) == "objects"
    name = call.func.attr
    return name in ON_ROWS or (on_a_table and name in ON_TABLES) or (on_objects and name == "create")


def may_write(path: str) -> bool:
    return path.startswith(WRITERS) or "/commands" in path or "/migrations/" in path


def test_every_command_is_one_audited_change():
    expect_none(offences_in(storey("commands"), unaudited))


def test_only_commands_write():
    expect_none(offences_in([path for path in code(*PACKAGES) if not may_write(here(path))], writes))


def test_a_command_without_a_trace_is_found():
    quiet = "async def retire(device, *, by):\n    await Device.update({}).where(True)"
    once = "    async with audit.change('a'):\n        pass\n"
    twice = f"async def retire(*, by):\n{once}{once}"

    assert list(unaudited(ast.parse(quiet)))
    assert list(unaudited(ast.parse(twice)))


def test_a_command_that_hands_on_to_another_is_fine():
    both = "async def a(*, by):\n    async with change('a'):\n        pass\nasync def b(*, by):\n    await a(by=by)"

    assert not list(unaudited(ast.parse(both)))


def test_a_command_that_hands_on_to_one_of_another_file_is_fine():
    there = "from assets.commands.handovers import hand_over\nasync def take(*, by):\n    await hand_over(by=by)"
    nowhere = there.replace("assets.commands.handovers", "assets.queries.handovers")

    assert not list(unaudited(ast.parse(there)))
    assert list(unaudited(ast.parse(nowhere)))


def test_a_write_outside_of_commands_is_found():
    for line in (
        "await Device.update({Device.stage: 'x'})",
        "await Handover.objects().create(device=1)",
        "await device.save()",
        "SQL = 'UPDATE device SET stage = {}'",
        "SQL = f'DELETE FROM {table}'",
    ):
        planted = f"async def page():\n    {line}\n"
        assert list(writes(ast.parse(planted))), line


def test_what_only_looks_like_a_write_is_fine():
    fine = (
        "def page():\n    digest.update(b'')\n    {}.update(a=1)\n    [].insert(0, 1)\n    why = 'Update des Katalogs'"
    )

    assert not list(writes(ast.parse(fine)))


def test_every_public_function_of_the_commands_that_writes_says_who_acts():
    expect_none(offences_in(storey("commands"), nameless))


def nameless(tree: ast.Module) -> Iterator[str]:
    for function in functions(tree):
        public = isinstance(function, ast.AsyncFunctionDef) and not function.name.startswith("_")
        if public and changes_in(function) and not any(arg.arg == "by" for arg in function.args.kwonlyargs):
            yield f"{function.name} changes something and does not say who acts: add the keyword argument by="


def test_a_change_by_nobody_is_found():
    assert list(nameless(ast.parse("async def a():\n    async with change('a'):\n        pass")))
