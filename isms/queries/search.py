"""What the global search finds on the ground floor: people and units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from isms.area import Hit, Link
from isms.db.reading import Row, rows
from isms.listing import Where
from isms.people import SYSTEM, Actor
from isms.permissions import May
from isms.queries.keys import named
from isms.rules.texts import N_


class _Person(Row):
    id: int
    name: str
    unit_name: str


class _Unit(Row):
    id: int
    name: str


async def find(words: str, *, seen_by: Actor, limit: int) -> Sequence[Hit]:
    """People present and open units whose name or login holds every word."""
    if not words.strip() or not seen_by.may(May.SEE_PEOPLE):
        return []
    where, args = seen_by.reach(May.SEE_PEOPLE).where("u.path")
    people, units = Where().add(where, *args).add("p.name <> {}", SYSTEM), Where().add(where, *args)
    await people.find("person", words, "p")
    for word in words.lower().split():
        units.add(
            "lower(u.name) LIKE {} ESCAPE '!'", f"%{word.replace('!', '!!').replace('%', '!%').replace('_', '!_')}%"
        )
    found = await rows(
        _Person,
        f"""SELECT p.id, p.name, u.name AS unit_name FROM person p JOIN unit u ON u.id = p.unit
            WHERE p.left_on IS NULL AND {people.sql} ORDER BY p.name, p.id LIMIT {limit}""",
        *people.args,
    )
    places = await rows(
        _Unit,
        f"SELECT u.id, u.name FROM unit u WHERE u.closed_on IS NULL AND {units.sql} ORDER BY u.name LIMIT {limit}",
        *units.args,
    )
    return [
        *(Hit(one.name, f"/people/{one.id}", N_("Person"), one.unit_name) for one in found),
        *(Hit(one.name, f"/units/{one.id}", N_("Einheit")) for one in places),
    ]


HOMES = {"person": ("name", "/people/"), "unit": ("name", "/units/"), "evidence_package": ("name", "/evidence/")}


async def resolve(keys: Sequence[str]) -> Mapping[str, Link]:
    """Names of the people, units and evidence packages among the keys."""
    return await named(HOMES, keys)
