"""The log says where something broke, in lines of JSON, and nothing that somebody typed."""

import json
import logging
import sys

from isms.web.frame import Lines


def logged(level: int) -> dict[str, str]:
    logger = logging.getLogger("isms.access")
    before = logger.level
    logger.setLevel(level)
    try:
        int("Lukas Weber")
    except ValueError:
        record = logging.LogRecord("isms", logging.ERROR, __file__, 1, "broken", None, sys.exc_info())
        line: dict[str, str] = json.loads(Lines().format(record))
    finally:
        logger.setLevel(before)
    return line


def test_a_trace_says_where_it_broke_and_not_what_was_typed():
    line = logged(logging.INFO)

    assert "builtins.ValueError" in line["trace"]
    assert "test_logs.py" in line["trace"]
    assert "invalid literal" not in line["trace"]


def test_for_debugging_an_error_keeps_its_words():
    assert "invalid literal" in logged(logging.DEBUG)["trace"]
