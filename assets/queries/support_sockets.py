"""What is due about support ends, and what the pages of devices and objects say about them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from assets.queries.support_ends import EndRow, ends_of
from assets.queries.support_list import groups
from assets.rules.permissions import May
from assets.rules.support import Standing
from isms.area import Duty, Panel
from isms.db.reading import Row, row
from isms.people import Actor, Someone
from isms.rules.roles import Role
from isms.rules.texts import N_

SOON = N_("{release} auf {count} Geräten: Der Support endet")
OVER = N_("Geräte ohne Support: {count}")


async def ending(for_: Someone, *, seen_by: Actor, on: date) -> Sequence[Duty]:
    """For IT: what runs out within 90 days, release by release, and that something did."""
    if for_.id != seen_by.id or not seen_by.has(Role.IT) or not seen_by.may(May.MATCH_SUPPORT):
        return ()
    soon = [
        Duty(
            SOON,
            "/support?standing=soon",
            one.ends_on,
            values={"release": one.label, "count": one.count},
        )
        for one in await groups(Standing.SOON, seen_by=seen_by, on=on)
    ]
    over = await groups(Standing.OVER, seen_by=seen_by, on=on, limit=1_000)
    if not over:
        return soon
    count = sum(one.count for one in over)
    names = tuple(one.label for one in over[:5])
    detail = N_("{releases}")
    return [Duty(OVER, "/support?standing=over", detail=detail, values={"count": count, "releases": names}), *soon]


class _Home(Row):
    path: str
    kind: str = ""
    its: int | None = None


async def panels(key: str, *, seen_by: Actor, on: date) -> Sequence[Panel]:
    """The support of a device or an object, with where each value comes from."""
    kind, _, id = key.partition(":")
    home = await _home(kind, int(id))
    if home is None or not _may_look(kind, home, seen_by):
        return ()
    found = await ends_of(kind, int(id))
    may_match = seen_by.may(May.MATCH_SUPPORT, at=home.path)
    if not found and not (may_match and _fits(kind, home)):
        return ()
    context = {"ends": found, "standing": _standing(found, on), "key": key, "may_match": may_match}
    return [Panel(N_("Support des Herstellers"), "assets/_support.html", context | {"base": BASES[kind] + id})]


BASES = {"device": "/devices/", "target_object": "/objects/"}
HOMES = {
    "device": """SELECT u.path, d.category AS kind, h.person AS its FROM device d JOIN unit u ON u.id = d.unit
        LEFT JOIN handover h ON h.device = d.id AND h.returned_on IS NULL WHERE d.id = {}""",
    "target_object": "SELECT u.path, o.kind FROM target_object o JOIN unit u ON u.id = o.unit WHERE o.id = {}",
}


async def _home(kind: str, id: int) -> _Home | None:
    return await row(_Home, HOMES[kind], id) if kind in HOMES else None


def _may_look(kind: str, home: _Home, seen_by: Actor) -> bool:
    right = May.VIEW_DEVICES if kind == "device" else May.VIEW_OBJECTS
    return seen_by.may(right, at=home.path) or home.its == seen_by.id


def _fits(kind: str, home: _Home) -> bool:
    """Processes, rooms and people have no maker's support."""
    return kind == "device" or home.kind in ("application", "it_system")


def _standing(found: Sequence[EndRow], on: date) -> dict[int, Standing]:
    return {one.id: one.standing(on) for one in found}
