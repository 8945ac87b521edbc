"""The doctor: what is there, what fits together, what needs attention."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from isms.db import engine
from isms.db.reading import value
from isms.settings import Settings
from isms.templates import STATIC


@dataclass(frozen=True)
class Finding:
    good: bool
    text: str


async def findings(settings: Settings) -> list[Finding]:
    """Looks and changes nothing."""
    return [*_folder(settings), _front_end(), *await _database(), _https(settings)]


def _folder(settings: Settings) -> Iterator[Finding]:
    folder = settings.data_folder
    here = folder if folder.exists() else Path(".")
    free = shutil.disk_usage(here).free // 1024**3
    yield Finding(os.access(here, os.W_OK), f"Datenordner „{folder}“ ist beschreibbar.")
    yield Finding(free >= 1, f"Freier Platz: {free} GB.")
    if folder.exists() and os.name == "posix":
        private = folder.stat().st_mode & 0o007 == 0
        yield Finding(private, f"Datenordner „{folder}“ ist für andere Konten verschlossen (sonst: chmod o-rwx).")


def _front_end() -> Finding:
    return Finding(
        (STATIC / "vendor" / "manifest.json").exists(), "Die Dateien der Oberfläche sind da (sonst: make setup)."
    )


async def _database() -> list[Finding]:
    kind = engine().engine_type
    try:
        version = await value("SELECT sqlite_version()" if kind == "sqlite" else "SHOW server_version")
        people = await value("SELECT count(*) FROM person WHERE left_on IS NULL")
        entries = await value("SELECT count(*) FROM audit_entry")
    except Exception as error:  # whatever a driver raises, the doctor tells it
        return [Finding(False, f"Datenbank ({kind}) antwortet nicht wie erwartet: {error}")]
    return [
        Finding(True, f"Datenbank: {kind} {version}, {people} Personen, {entries} Einträge in der Prüfspur."),
    ]


def _https(settings: Settings) -> Finding:
    return Finding(True, "Cookies nur über HTTPS." if settings.https else "HTTPS ist aus: nur für diesen Rechner.")
