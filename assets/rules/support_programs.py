"""Which product a program is that a device reports: by its whole name only, never by a guess."""

from __future__ import annotations

import re
from collections.abc import Mapping

BUILD = re.compile(r"\s*[(\[].*$")
NUMBER = re.compile(r"\s+(?:-\s*)?v?\d[\w.]*$", re.IGNORECASE)
PLAIN = re.compile(r"\d+(?:\.\d+)*")


def product_of(name: str, version: str, publisher: str, titles: Mapping[str, str]) -> str | None:
    """The product whose title a program bears, without its build, its number and its maker's name in front:
    „Nordwind Surfer 115.3 (x64 de)“ of „Nordwind GmbH“ is „Surfer“.

    `titles` leads from a title in small letters to the product. None for what has another name, and for a version
    that is no plain number: distributions look after their packages themselves, longer than the maker does.
    """
    if not PLAIN.fullmatch(version):
        return None
    whole = NUMBER.sub("", BUILD.sub("", name)).strip().casefold()
    maker, _, own = whole.partition(" ")
    return titles.get(whole) or (titles.get(own) if publisher.casefold().startswith(maker) else None)
