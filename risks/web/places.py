"""Which unit and which day a page is about: what its address asks for, within the reader's reach."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from isms.pages import Visit
from isms.people import UnitRow, units
from isms.rules.errors import Missing
from isms.rules.permissions import Permission
from isms.rules.texts import N_
from isms.web.clock import today


@dataclass(frozen=True)
class Place:
    """The unit that was chosen, and those to choose from."""

    unit: UnitRow
    units: Sequence[UnitRow]


async def place_of(request: Visit, asks: Permission) -> Place:
    """The unit that the address names, or the reader's institution. Raises Missing for one out of reach."""
    reachable = await units(seen_by=request.user, asks=asks)
    wanted = number(request.query_params.get("unit"))
    chosen = [unit for unit in reachable if unit.id == wanted] if wanted else _usual(request, reachable)
    if not chosen:
        raise Missing(N_("Diese Einheit gibt es nicht, oder sie liegt außerhalb Ihres Bereichs."))
    return Place(chosen[0], reachable)


def _usual(request: Visit, reachable: Sequence[UnitRow]) -> list[UnitRow]:
    return [unit for unit in reachable if unit.id == request.user.institution] or list(reachable[:1])


def number(text: str | None) -> int | None:
    """A whole number out of an address; anything else counts as not given."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None


def day_of(request: Visit) -> date:
    """The day that the address names, at most today."""
    try:
        return min(date.fromisoformat(request.query_params.get("on", "")), today())
    except ValueError:
        return today()
