"""Which part of the office a plan is asked for: a scope, a unit with all below it, or the reader's own office."""

from __future__ import annotations

from dataclasses import dataclass

from assets.queries.plans import Cut
from assets.queries.scopes import ScopeRow, scopes
from assets.rules.permissions import May
from isms.pages import Visit
from isms.people import UnitRow, units
from isms.rules.errors import Missing
from isms.rules.texts import N_
from isms.web.clock import today
from isms.web.trail import day_of

NO_SUCH_PLACE = N_("Diesen Informationsverbund oder diese Einheit gibt es nicht, oder Sie dürfen sie nicht sehen.")
TOO_MUCH = N_("Das ist zu viel für ein lesbares Bild. Wählen Sie einen kleineren Ausschnitt.")
MOST_BOXES = 500
EVERYWHERE = "/"


@dataclass(frozen=True)
class Place:
    """What was chosen, with what else there is to choose."""

    cut: Cut
    name: str
    scope: int | None
    unit: int | None
    scopes: list[ScopeRow]
    units: list[UnitRow]

    @property
    def address(self) -> dict[str, object]:
        on = "" if self.cut.on == today() else self.cut.on.isoformat()
        return {"within": self.scope or "", "unit": self.unit or "", "on": on}


async def place(request: Visit, *, scope: int | None, unit: int | None, on: str) -> Place:
    """Raises Missing for a scope or unit that is not there or out of reach."""
    day = min(day_of(on) or today(), today())
    all_scopes = await scopes(seen_by=request.user)
    all_units = await units(seen_by=request.user, asks=May.VIEW_OBJECTS)
    offers = (all_scopes, all_units)
    if scope:
        found = next((one for one in all_scopes if one.id == scope), None)
        if found is None:
            raise Missing(NO_SUCH_PLACE)
        return Place(Cut(EVERYWHERE, scope, day), found.name, scope, None, *offers)
    wanted = next((one for one in all_units if one.id == (unit or request.user.institution)), None)
    if wanted is None and unit:
        raise Missing(NO_SUCH_PLACE)
    chosen = wanted or next(iter(all_units), None)
    path, name = (chosen.path, chosen.name) if chosen else (request.user.path, request.user.office)
    return Place(Cut(path, None, day), name, None, unit, *offers)
