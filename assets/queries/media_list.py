"""The list of storage media: searched, narrowed to those in devices or on their own, sorted, paged."""

from __future__ import annotations

from dataclasses import dataclass

from assets.queries.media import COLUMNS, TABLES, MediumRow
from assets.queries.narrowing import within_reach
from assets.rules.permissions import May
from isms.listing import Ask, Listing, Page, Sort
from isms.people import Actor
from isms.rules.terms import Term
from isms.rules.texts import N_


class Whereabouts(Term):
    """Where a medium is, as the list is narrowed."""

    IN_DEVICES = "in_devices", N_("in Geräten")
    ALONE = "alone", N_("einzeln")


@dataclass(frozen=True)
class AskedMedia:
    """What the address asks for; the default asks for all."""

    q: str = ""
    whereabouts: Whereabouts | None = None

    @property
    def address(self) -> dict[str, object]:
        """As the list's address holds it."""
        return {"q": self.q, "whereabouts": str(self.whereabouts) if self.whereabouts else ""}


SORTS = {"serial": Sort("m.serial", "serial"), "kind": Sort("m.kind", "kind")}
LISTING = Listing(MediumRow, COLUMNS, TABLES.removeprefix("FROM "), "m.id", SORTS, ("storage_medium m",))
CONDITIONS = {Whereabouts.IN_DEVICES: "l.device IS NOT NULL", Whereabouts.ALONE: "l.device IS NULL"}


async def media(asked: AskedMedia, ask: Ask, *, seen_by: Actor) -> Page[MediumRow]:
    """One page of the list."""
    where = within_reach(May.VIEW_MEDIA, "m", "m.id", seen_by=seen_by)
    if asked.whereabouts:
        where.add(CONDITIONS[asked.whereabouts])
    return await LISTING.page(await where.find("storage_medium", asked.q, "m"), ask)
