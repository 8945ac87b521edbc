"""Narrowing long lists so that an index serves them."""

from __future__ import annotations

from isms.db import Postgres, engine
from isms.db.reading import Row, rows
from isms.listing import Where
from isms.people import Actor
from isms.rules.permissions import Permission

BELOW = """SELECT id, institution, (SELECT count(*) FROM unit) AS units FROM unit
    WHERE substr(path, 1, length((SELECT path FROM unit WHERE id = {}))) = (SELECT path FROM unit WHERE id = {})"""
LARGEST = 2**31 - 1
MANY = 20
"""From one in so many units on, a page is found faster along the list's order than by collecting their rows."""


class _Unit(Row):
    id: int
    institution: int
    units: int


async def under(unit: int, alias: str) -> tuple[str, *tuple[object, ...]]:
    """A condition with its arguments: the row's unit is the one that an address names, or lies below it.

    It names an office or the units themselves, because an index serves those and none serves the beginning of a
    path. A unit whose number is too large for any has no rows.
    """
    found = await rows(_Unit, BELOW, unit, unit) if 0 < unit <= LARGEST else []
    if not found:
        return ("1 = 0",)
    if all(one.institution == unit for one in found):
        return f"{alias}.institution = {{}}", unit
    ids = ", ".join(str(one.id) for one in found)
    if len(found) == 1:
        return (f"{alias}.unit = {ids}",)
    among = len(found) * MANY > found[0].units and not isinstance(engine(), Postgres)
    return (f"{'+' if among else ''}{alias}.unit IN ({ids})",)


def imported_by(run: int) -> tuple[str, *tuple[int, ...]]:
    """What an import run brought; one whose number is too large for any brought nothing."""
    return ("d.import_run = {}", run) if 0 < run <= LARGEST else ("1 = 0",)


def within_reach(permission: Permission, alias: str, own: str, *, seen_by: Actor) -> Where:
    """What a list may show. Who sees whole units gets those, by their institution's index where one is enough;
    who sees none gets what is their own."""
    reach = seen_by.reach(permission)
    where = Where()
    if not (reach.subtrees or reach.units):
        condition, args = reach.where("u.path", own=own)
        return where.add(condition, *args)
    home = _institution_path(seen_by)
    if home and all(path.startswith(home) for path in (*reach.subtrees, *reach.units)):
        where.add(f"{alias}.institution = {{}}", seen_by.institution)
        if home in reach.subtrees:
            return where
    condition, args = reach.where("u.path")
    return where.add(condition, *args)


def _institution_path(actor: Actor) -> str:
    """The path of the actor's institution, the beginning of their own unit's; a Land has others below it."""
    if actor.over_offices:
        return ""
    before, found, _ = actor.path.partition(f"/{actor.institution}/")
    return f"{before}{found}" if found else ""
