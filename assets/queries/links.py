"""Links between target objects, read from either end."""

from __future__ import annotations

from datetime import date

from assets.rules.kinds import LINKS, Kind, LinkKind
from assets.rules.permissions import May
from isms.db.reading import Row, one, rows
from isms.people import Actor
from isms.rules.texts import N_


class LinkRow(Row):
    """One link with both its ends."""

    id: int
    kind: LinkKind
    source: int
    source_short_id: str
    source_name: str
    source_kind: Kind
    source_unit: int
    source_path: str
    target: int
    target_short_id: str
    target_name: str
    target_kind: Kind
    institution: int
    starts_on: date

    @property
    def inherits(self) -> bool:
        return LINKS[self.kind].inherits


SELECT = """SELECT l.id, l.kind, l.source, s.short_id AS source_short_id, s.name AS source_name,
    s.kind AS source_kind, s.unit AS source_unit, u.path AS source_path, l.target, t.short_id AS target_short_id,
    t.name AS target_name, t.kind AS target_kind, s.institution, l.starts_on
    FROM object_link l JOIN target_object s ON s.id = l.source JOIN target_object t ON t.id = l.target
    JOIN unit u ON u.id = s.unit JOIN unit w ON w.id = t.unit
    WHERE l.ended_on IS NULL"""


async def links_of(id: int, *, seen_by: Actor) -> list[LinkRow]:
    """The links of an object in both directions, without ends that are out of reach."""
    reach = seen_by.reach(May.VIEW_OBJECTS)
    upper, upper_args = reach.where("u.path", own="s.responsible")
    lower, lower_args = reach.where("w.path", own="t.responsible")
    return await rows(
        LinkRow,
        f"""{SELECT} AND (l.source = {{}} OR l.target = {{}}) AND {upper} AND {lower}
            ORDER BY l.kind, s.short_id, t.short_id""",
        id,
        id,
        *upper_args,
        *lower_args,
    )


async def link(id: int, *, seen_by: Actor) -> LinkRow:
    """Raises Missing for a link that has ended or is out of reach."""
    upper, args = seen_by.reach(May.VIEW_OBJECTS).where("u.path", own="s.responsible")
    return await one(
        LinkRow,
        f"{SELECT} AND l.id = {{}} AND {upper}",
        id,
        *args,
        missing=N_("Diese Verknüpfung gibt es nicht mehr."),
    )
