"""A list pages by key: no row twice, none left out, forwards and backwards."""

from dataclasses import replace
from typing import Any

import pytest

from isms import listing
from isms.db import executemany, fulltext
from isms.db.reading import Row
from isms.listing import Ask, Listing, Sort, Where, address
from tests.counting import counted
from tests.office import Office


class Called(Row):
    id: int
    name: str


HOME = "person p JOIN unit u ON u.id = p.unit"
PEOPLE = Listing(
    kind=Called,
    columns="p.id, p.name",
    source="person p",
    id="p.id",
    sorts={"name": Sort("p.name", "name"), "id": Sort("p.id", "id")},
)


@pytest.fixture
async def crowd(office: Office) -> Where:
    people = [(f"Gast {number // 2:02}", office.unit.id) for number in range(25)]
    await executemany("INSERT INTO person (name, unit, language, theme, version) VALUES ({}, {}, 'de', '', 1)", people)
    return Where().add("p.name LIKE {}", "Gast%")


@pytest.mark.parametrize("sort", ["name", "-name", "id", "-id"])
async def test_paging_forwards_meets_everybody_once_and_back_again(crowd: Where, sort: str):
    seen, ask, marks = [], Ask(sort=sort), []
    while True:
        page = await PEOPLE.page(crowd, ask, size=10)
        seen.append([row.id for row in page.rows])
        marks.append(page.before)
        if not page.after:
            break
        ask = Ask(sort=sort, after=page.after)
    back = await PEOPLE.page(crowd, Ask(sort=sort, before=marks[-1]), size=10)

    assert [len(part) for part in seen] == [10, 10, 5]
    assert len({id for part in seen for id in part}) == 25
    assert [row.id for row in back.rows] == seen[1]
    assert back.after
    assert back.before
    assert not (await PEOPLE.page(crowd, Ask(sort=sort, before=back.before), size=10)).before


async def test_a_mark_that_nobody_handed_out_is_the_first_page(crowd: Where):
    first = await PEOPLE.page(crowd, Ask(), size=10)

    for wrong in ("x", "W10", "WyJhIiwiYiJd"):
        assert (await PEOPLE.page(crowd, Ask(after=wrong), size=10)).rows == first.rows


async def test_an_order_that_is_not_offered_is_the_usual_one(crowd: Where):
    assert (await PEOPLE.page(crowd, Ask(sort="password_hash"), size=5)).sort == "name"


async def test_the_export_holds_exactly_the_lists_rows(crowd: Where):
    streamed = [row.id async for row in PEOPLE.each(crowd, Ask(sort="-name"))]

    assert streamed == [row.id for row in (await PEOPLE.page(crowd, Ask(sort="-name"), size=50)).rows]


def test_an_address_holds_what_is_asked_and_nothing_else():
    assert address("/devices", q="Pl & Co", stage=["in_stock", ""], sort="") == "/devices?q=Pl+%26+Co&stage=in_stock"


@pytest.mark.parametrize(("most", "cap"), [(3, 1000), (3, 2), (1000, 1000)])
async def test_common_words_narrow_a_page_and_its_count_alike(
    office: Office, most: int, cap: int, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(fulltext, "MOST_IDS", most)
    monkeypatch.setattr(listing, "CAP", cap)
    people = [(f"Gast {number:02}", office.unit.id) for number in range(25)]
    await executemany("INSERT INTO person (name, unit, language, theme, version) VALUES ({}, {}, 'de', '', 1)", people)

    found = await PEOPLE.page(await Where().find("person", "gas", "p"), Ask(sort="-name"), size=10)
    rare = await PEOPLE.page(await Where().find("person", "gast 07", "p"), Ask(), size=10)

    assert [row.name for row in found.rows] == [f"Gast {number:02}" for number in range(24, 14, -1)]
    assert found.count == min(25, cap + 1)
    assert ([row.name for row in rare.rows], rare.count) == (["Gast 07"], 1)


@pytest.mark.parametrize(
    ("condition", "args", "source"),
    [
        ("p.name LIKE {}", ("Gast%",), "person p"),
        ("u.name = {}", ("Infektionsschutz und Hygiene",), "person p JOIN unit u ON u.id = p.unit"),
        ("p.id IN (SELECT x.id FROM person x WHERE x.name LIKE {})", ("Gast%",), "person p"),
    ],
)
async def test_a_count_joins_only_what_its_conditions_ask(
    office: Office, condition: str, args: tuple[Any, ...], source: str
):
    listed = replace(PEOPLE, source=f"{HOME} LEFT JOIN unit o ON o.id = u.parent", counted=("person p", HOME))

    with counted() as said:
        number = await listed.count(Where().add(condition, *args))

    assert said[0].startswith(f"SELECT count(*) FROM (SELECT 1 FROM {source} WHERE")
    assert number == await replace(listed, counted=()).count(Where().add(condition, *args))
