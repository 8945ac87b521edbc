"""CSV cells that a spreadsheet shows as text and never runs as a formula."""

import csv
import re
from collections.abc import Iterable
from datetime import date
from io import StringIO

BOM = "\ufeff"
DELIMITER = ";"  # what a German spreadsheet expects of a file that is opened with a double click

# What starts a formula, also full-width; spreadsheets drop white space and invisible characters before it.
_RISKY = re.compile("[\\s\u200b-\u200f\u2060\ufeff\x00-\x1f]*[=+\\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*\s*%?")


def cell(value: object) -> str:
    """One value as text: None is empty, dates are ISO, and what could run as a formula gets an apostrophe in front."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    text = str(value)
    return f"'{text}" if _RISKY.match(text) and not _NUMBER.fullmatch(text) else text


def line(values: Iterable[object]) -> str:
    """One record with its line end, quoted where it has to be."""
    written = StringIO()
    csv.writer(written, delimiter=DELIMITER, lineterminator="\r\n").writerow([cell(value) for value in values])
    return written.getvalue()
