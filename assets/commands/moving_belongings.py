"""What names a target object follows it when it is merged: licences, and what people decided about support."""

from __future__ import annotations

from collections.abc import Sequence

from assets.commands.support_judging import Judgement, write
from assets.queries.objects import ObjectDetail
from assets.queries.support_ends import ends_of
from isms.audit import Change
from isms.db import execute

LICENCES = """UPDATE licence SET application = {}, version = version + 1 WHERE application = {}
    RETURNING id, unit"""


async def move_belongings(made: Change, into: ObjectDetail, gone: Sequence[ObjectDetail]) -> None:
    """Only inside a change. What the object itself has holds: a decision about the same product. Parts lists
    stay with the object that they were read in for: that table only grows."""
    for one in gone:
        for licence in await execute(LICENCES, into.id, one.id):
            told = {"before": one.short_id, "after": into.short_id}
            made.also("licence.changed", f"licence:{licence['id']}", unit=licence["unit"], application=told)
        await _move_decisions(made, into, one)


async def _move_decisions(made: Change, into: ObjectDetail, one: ObjectDetail) -> None:
    """Earlier days keep what held then: the old decision ends, the same one begins at the other object."""
    held = {end.product for end in await ends_of("target_object", into.id)}
    found = await ends_of("target_object", one.id)
    ended = [Judgement(one.key, one.unit, None, end) for end in found]
    begun = [Judgement(into.key, into.unit, end.ending) for end in found if end.product not in held]
    await write(made, [*ended, *begun])
