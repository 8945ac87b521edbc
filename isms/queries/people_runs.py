"""What an import of people or units brought and changed, as it stands now."""

from __future__ import annotations

from collections.abc import Sequence

from isms.db.reading import rows
from isms.people import PERSON, UNIT, PersonRow, UnitRow
from isms.queries.keys import ids_of

AT_ONCE = 500


async def brought_people(run: int) -> list[PersonRow]:
    return await rows(PersonRow, f"{PERSON} WHERE p.import_run = {{}} AND p.withdrawn_on IS NULL ORDER BY p.id", run)


async def brought_units(run: int) -> list[UnitRow]:
    """Open ones, those that hang under others first."""
    found = await rows(UnitRow, f"{UNIT} WHERE import_run = {{}} AND closed_on IS NULL", run)
    return sorted(found, key=lambda one: one.depth, reverse=True)


async def people_named(keys: Sequence[str]) -> list[PersonRow]:
    """People by their keys, as far as nobody took them back."""
    ids = ids_of("person", keys)
    found: list[PersonRow] = []
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        marks = ", ".join("{}" for _ in some)
        found += await rows(PersonRow, f"{PERSON} WHERE p.id IN ({marks}) AND p.withdrawn_on IS NULL", *some)
    return found
