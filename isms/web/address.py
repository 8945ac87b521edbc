"""Where this house is reached from outside: what labels carry, and what scanned labels may lead to."""

from __future__ import annotations

from urllib.parse import urlsplit

from isms.house import house_of
from isms.pages import Visit

MARK_LENGTH = 8


def address_of_house(request: Visit) -> str:
    """Scheme and host: the setting where there is one, otherwise as this visitor reached us."""
    return house_of(request).settings.address or str(request.base_url).rstrip("/")


def own_hosts(request: Visit) -> frozenset[str]:
    """The hosts under which an address is ours."""
    return frozenset({urlsplit(address_of_house(request)).netloc, urlsplit(str(request.base_url)).netloc})


def house_mark(request: Visit) -> str:
    """What tells this register's labels from those of another, whatever host they were printed with."""
    return house_of(request).uuid.hex[:MARK_LENGTH]
