"""Settings: from the environment and one optional file, read once, loud on nonsense."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any


class SettingsError(Exception):
    """A setting that can't be understood; the message names it and says what is possible."""


@dataclass(frozen=True)
class Settings:
    """How this installation runs. Every field can be set as ISMS_<NAME>; DATABASE_URL also without the prefix."""

    database_url: str = "sqlite:///data/isms.sqlite"
    data_folder: Path = Path("data")
    office_name: str = ""
    office_colour: str = ""
    office_logo: str = ""
    address: str = ""
    https: bool = False
    behind_proxy: bool = False
    upload_limit_mb: int = 32
    session_idle_minutes: int = 60
    session_hours: int = 12
    synchronous: str = "FULL"
    log_level: str = "info"


PATTERNS = {
    "database_url": (
        "(sqlite:///|postgresql://|postgres://).*",
        "DATABASE_URL muss mit sqlite:/// oder postgresql:// beginnen.",
    ),
    "address": (
        r"https?://[^/\s?#]+",
        "Einstellung „address“: Erwartet wird die Adresse ohne Pfad, zum Beispiel „https://isms.amt.example“.",
    ),
    "office_colour": ("#[0-9A-Fa-f]{6}", "Einstellung „office_colour“: Erwartet wird eine Farbe wie „#00695c“."),
    "office_logo": (r".+\.(svg|png)", "Einstellung „office_logo“: Erwartet wird der Pfad einer SVG- oder PNG-Datei."),
}
CHOICES = {"synchronous": ("FULL", "NORMAL"), "log_level": ("debug", "info", "warning", "error")}


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Environment over file over default. The file is TOML, named by ISMS_SETTINGS or `isms.toml` where it exists.

    Raises SettingsError for an unknown name in the file, or a value that does not fit.
    """
    environ = os.environ if environ is None else environ
    given = _from_file(environ) | _from_environment(environ)
    return Settings(**{name: _fit(name, value) for name, value in given.items()})


def _from_file(environ: Mapping[str, str]) -> dict[str, Any]:
    named = environ.get("ISMS_SETTINGS")
    path = Path(named or "isms.toml")
    if not path.exists():
        if named:
            raise SettingsError(f"ISMS_SETTINGS nennt „{path}“, aber diese Datei gibt es nicht.")
        return {}
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"„{path}“ ist kein lesbares TOML: {error}") from error
    known = {field.name for field in fields(Settings)}
    if unknown := sorted(set(given) - known):
        raise SettingsError(f"„{path}“ nennt unbekannte Einstellungen: {', '.join(unknown)}.")
    return given


def _from_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    given = {field.name: environ.get(f"ISMS_{field.name.upper()}") for field in fields(Settings)}
    given["database_url"] = given["database_url"] or environ.get("DATABASE_URL")
    return {name: value for name, value in given.items() if value not in (None, "")}


def _fit(name: str, value: Any) -> Any:
    default = getattr(Settings, name)
    try:
        fitted = READERS[type(default)](value)
    except (KeyError, ValueError, TypeError) as error:
        raise SettingsError(
            f"Einstellung „{name}“: „{value}“ passt nicht. Erwartet wird etwas wie „{default}“."
        ) from error
    if name in CHOICES and fitted not in CHOICES[name]:
        raise SettingsError(f"Einstellung „{name}“: „{value}“ passt nicht. Möglich ist: {', '.join(CHOICES[name])}.")
    pattern, sentence = PATTERNS.get(name, ("", ""))
    if pattern and not re.fullmatch(pattern, fitted):
        raise SettingsError(sentence)
    return fitted


def _truth(value: Any) -> bool:
    return {"1": True, "true": True, "ja": True, "0": False, "false": False, "nein": False}[str(value).lower()]


def _whole(value: Any) -> int:
    number = int(value)
    if number <= 0:
        raise ValueError(value)
    return number


READERS: Mapping[type, Any] = {bool: _truth, int: _whole, str: str, type(Path()): Path}
