"""End-of-life data as files write them: an end is a day, or only whether it is over."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from assets.rules.support import Release

PURL = re.compile(r"pkg:[A-Za-z.+-]+/[^?#@\s]+")


@dataclass(frozen=True)
class ProductLine:
    """A product of an edition with its releases, and the package URLs that parts lists know it by."""

    name: str
    title: str
    category: str
    purls: tuple[str, ...]
    releases: tuple[Release, ...]


class Wrong(ValueError):
    """What does not fit in a product's entry: the name of the member."""


def product_line(entry: Mapping[str, object]) -> ProductLine:
    """A product as endoflife.date publishes it. Raises Wrong with the member that does not fit."""
    name, title = _text(entry, "name", 80), _text(entry, "title", 160)
    releases = entry.get("releases")
    if not isinstance(releases, list):
        raise Wrong("releases")
    return ProductLine(
        name,
        title,
        _text(entry, "category", 40, ""),
        _purls(entry.get("identifiers")),
        tuple(_release(one, name, title) for one in releases),
    )


def _release(entry: object, product: str, title: str) -> Release:
    if not isinstance(entry, Mapping):
        raise Wrong("releases")
    cycle = _text(entry, "releaseCycle", 80)
    ends_on, ended = _end(entry, "eol")
    return Release(
        product=product,
        title=title,
        cycle=cycle,
        label=_label(_text(entry, "releaseLabel", 160, ""), entry, cycle),
        ends_on=ends_on,
        ended=ended,
        extended_until=_end(entry, "eoes")[0],
        latest=_text(entry, "latest", 80, ""),
        released_on=_end(entry, "releaseDate")[0],
    )


def _label(label: str, entry: Mapping[str, object], cycle: str) -> str:
    """Some labels are patterns that name the cycle and the codename."""
    codename = entry.get("codename")
    named = label.replace("__RELEASE_CYCLE__", cycle).replace("__LATEST__", str(entry.get("latest") or ""))
    return named.replace("__CODENAME__", codename if isinstance(codename, str) else "")[:160]


def _end(entry: Mapping[str, object], name: str) -> tuple[date | None, bool | None]:
    """A day, or whether it is over; nothing said is neither."""
    told = entry.get(name)
    if told is None or isinstance(told, bool):
        return None, told
    if isinstance(told, date):
        return told, None
    try:
        return date.fromisoformat(str(told)), None
    except ValueError as error:
        raise Wrong(name) from error


def _text(entry: Mapping[str, object], name: str, limit: int, instead: str | None = None) -> str:
    told = entry.get(name)
    if told in (None, "") and instead is not None:
        return instead
    if isinstance(told, int | float) and not isinstance(told, bool):
        told = str(told)
    if not isinstance(told, str) or not told.strip() or len(told) > limit:
        raise Wrong(name)
    return told.strip()


def _purls(identifiers: object) -> tuple[str, ...]:
    told = [one.get("purl") for one in identifiers if isinstance(one, Mapping)] if isinstance(identifiers, list) else []
    found = (purl_base(one) for one in told if isinstance(one, str))
    return tuple(dict.fromkeys(one for one in found if one))


def purl_base(purl: str) -> str:
    """A package URL without version, qualifiers and subpath, so that all versions of a package have the same."""
    head = purl.partition("#")[0].partition("?")[0].strip()
    at = head.rfind("@")
    base = head[:at] if at > head.rfind("/") + 1 else head
    base = base.replace("/@", "/%40")
    return base[:300] if PURL.fullmatch(base) else ""
