"""The closing lines say what a run used and what it could not."""

import pytest

from tests.summary import closing_lines, needs, note_skip, used_by


def test_what_was_used_and_what_was_missing_is_named():
    seen = needs()
    seen["sqlite"].passed = 3
    note_skip(seen.values(), "('x.py', 7, 'Skipped: PostgreSQL is not installed here')")

    lines = closing_lines(seen)

    assert lines[0] == "Used: SQLite (3 tests)."
    assert lines[1] == (
        "Not used: PostgreSQL; PostgreSQL is not installed here. To use it, install Debian's package postgresql."
    )


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_a_test_uses_the_engine_that_it_runs_on(engine: str, request: pytest.FixtureRequest):
    assert used_by(request.node) == {engine}
