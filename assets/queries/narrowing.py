"""Narrowing long lists so that an index serves them."""

from __future__ import annotations

from isms.listing import Where
from isms.people import Actor
from isms.rules.permissions import Permission

UNIT_PATH = "(SELECT path FROM unit WHERE id = {})"
UNDER = f"substr(u.path, 1, length({UNIT_PATH})) = {UNIT_PATH}"
"""A condition with the id of a unit, twice: the row's unit `u` is that one or lies below it."""
LARGEST = 2**31 - 1


def under(unit: int) -> tuple[str, *tuple[int, ...]]:
    """Within a unit that an address names; one whose number is too large for any is no unit."""
    return (UNDER, unit, unit) if 0 < unit <= LARGEST else ("1 = 0",)


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
