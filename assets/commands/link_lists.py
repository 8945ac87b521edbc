"""Links between target objects out of a list: all or none, with one hand-down at the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from assets.commands.links import mark_operated
from assets.commands.needs import hand_down
from assets.queries.registers import LinkEnd
from assets.rules.kinds import LinkKind
from assets.rules.permissions import May
from isms.audit import change
from isms.db import execute, hold
from isms.people import Actor, UnitRow
from isms.rules.errors import Stale

ADD = """INSERT INTO object_link (source, kind, target, starts_on, import_run, recorded_at)
    SELECT s.id, {}, t.id, {}, {}, {} FROM target_object s, target_object t
    WHERE s.id = {} AND t.id = {} AND s.ended_on IS NULL AND t.ended_on IS NULL
    ON CONFLICT DO NOTHING RETURNING id"""


@dataclass(frozen=True)
class WantedLink:
    source: LinkEnd
    kind: LinkKind
    target: LinkEnd


async def link_up(wanted: Sequence[WantedLink], *, unit: UnitRow, run: int, by: Actor, on: date) -> None:
    """Make every link. Raises Stale where one was made, or an end of it ended, meanwhile."""
    for path in {one.source.path for one in wanted}:
        by.needs(May.IMPORT_OBJECTS, at=path)
    async with change("links.imported", f"import_run:{run}", by=by, unit=unit.id, count=len(wanted)) as made:
        await hold(f"needs of {unit.institution}")
        now = datetime.now(UTC)
        for one in wanted:
            if not await execute(ADD, one.kind.value, on, run, now, one.source.id, one.target.id):
                raise Stale
            made.also(
                "link.imported", one.source, unit=one.source.unit, link_kind=one.kind.value, to=one.target.short_id
            )
        await mark_operated([one.source.id for one in wanted if one.kind is LinkKind.OPERATED_BY])
        await hand_down(made, unit.institution)
