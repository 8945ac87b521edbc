"""Which office something belongs to: who has rights in several must not mix them up."""

from __future__ import annotations

from isms.db.reading import value
from isms.people import Someone
from isms.rules.errors import Refused
from isms.rules.texts import N_

OTHER_OFFICE = N_("{thing} gehört zu einem anderen Amt. Möglich ist nur, was zu demselben Amt gehört.")


async def check_person(person: Someone, institution: int) -> None:
    """Raise Refused for somebody who belongs neither to this institution nor to one below it."""
    path = await value("SELECT u.path FROM person p JOIN unit u ON u.id = p.unit WHERE p.id = {}", person.id)
    await check_path(str(path), institution, thing=person.name)


async def check_path(path: str, institution: int, *, thing: str) -> None:
    """Raise Refused for a unit's path that lies neither in this institution nor in one below it."""
    home = str(await value("SELECT path FROM unit WHERE id = {}", institution))
    if not path.startswith(home):
        raise Refused(OTHER_OFFICE, thing=thing)
