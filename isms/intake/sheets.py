"""Workbooks (XLSX, ODS): a child process turns one sheet into CSV, so that no file can take the server's memory."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from threading import BoundedSemaphore
from typing import Any

from isms.intake import Unreadable
from isms.rules.texts import N_

PATIENCE = 120
AT_ONCE = BoundedSemaphore(2)
TOO_MUCH = N_(
    "Die Arbeitsmappe ist beschädigt, oder sie braucht ausgepackt zu viel Speicher. "
    "Löschen Sie leere Bereiche am Rand, oder speichern Sie das Blatt als CSV."
)


@dataclass(frozen=True)
class Sheet:
    """One sheet as CSV with semicolons. `text` is empty where there are several and none was chosen."""

    sheets: tuple[str, ...]
    chosen: str
    header: int
    hidden: int
    text: str


def is_workbook(content: bytes) -> bool:
    """A ZIP archive: XLSX and ODS are such. Reading says if it is neither."""
    return content.startswith(b"PK\x03\x04")


def read_sheet(content: bytes, chosen: str = "") -> Sheet:
    """Raises Unreadable for what is no workbook, has nothing on it, or unfolds to too much."""
    told, _, text = _converted(content, chosen).partition(b"\n")
    try:
        about: Mapping[str, Any] = json.loads(told)
    except ValueError as error:
        raise Unreadable(TOO_MUCH) from error
    if "error" in about:
        raise Unreadable(about["error"], **about["values"])
    return Sheet(tuple(about["sheets"]), about["chosen"], about["header"], about["hidden"], text.decode())


def _converted(content: bytes, chosen: str) -> bytes:
    with AT_ONCE:
        try:
            made = subprocess.run(  # noqa: S603  our own program, no shell
                [sys.executable, "-m", "isms.intake.sheet_reading", chosen],
                input=content,
                capture_output=True,
                timeout=PATIENCE,
                check=False,
            )
        except (subprocess.TimeoutExpired, OSError) as error:
            raise Unreadable(TOO_MUCH) from error
    if made.returncode:
        raise Unreadable(TOO_MUCH)
    return made.stdout
