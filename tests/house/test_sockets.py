"""What an area offers through its socket it offers once: a name twice is a file, a figure or a page shown twice."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from assets.area import ASSETS
from isms.app import AREAS
from isms.area import Area
from tests.house.tree import expect_none


def twice(areas: Iterable[Area]) -> Iterator[str]:
    areas = list(areas)
    offered: dict[str, list[str]] = {
        "report": [one.name for area in areas for one in area.reports],
        "indicator": [one.key for area in areas for one in area.indicators],
        "import": [one.name for area in areas for one in area.imports],
        "line of the navigation": [one.href for area in areas for one in area.navigation],
        "controller": [str(route) for area in areas for route in area.routes],
    }
    for what, names in offered.items():
        yield from (f"{what} {name} is offered {n} times: leave one" for name, n in Counter(names).items() if n > 1)


def test_every_area_offers_a_thing_once():
    expect_none(twice(AREAS))


@pytest.mark.parametrize("socket", ["reports", "indicators", "imports", "navigation", "routes"])
def test_what_is_offered_twice_is_found(socket: str):
    once_more: Any = {socket: [*getattr(ASSETS, socket), getattr(ASSETS, socket)[0]]}
    doubled = replace(ASSETS, **once_more)

    assert len(list(twice([doubled]))) == 1
