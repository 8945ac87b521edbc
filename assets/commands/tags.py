"""Free words on target objects, each kept in its first spelling, from a day until a day."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime

from assets.tables import ObjectTag, Tag
from isms.db import execute

# Two people may think of the same word at once; whoever is first gives it its spelling.
KNOWN = """INSERT INTO tag (institution, word, folded, recorded_at) VALUES ({}, {}, {}, {})
    ON CONFLICT (institution, folded) DO UPDATE SET folded = tag.folded RETURNING id"""


async def retag(id: int, institution: int, before: Collection[str], after: Collection[str], *, on: date) -> None:
    """Put an object's tags in line with `after`, without regard to capitals. Inside a change only."""
    old, new = {word.casefold() for word in before}, {word.casefold(): word for word in after}
    if gone := sorted(old - set(new)):
        tags = await Tag.select(Tag.id).where((Tag.institution == institution) & Tag.folded.is_in(gone))
        await ObjectTag.update({ObjectTag.ended_on: on}).where(
            (ObjectTag.target_object == id)
            & ObjectTag.tag.is_in([tag["id"] for tag in tags])
            & ObjectTag.ended_on.is_null()
        )
    for folded in sorted(set(new) - old):
        known = await execute(KNOWN, institution, new[folded], folded, datetime.now(UTC))
        await ObjectTag.insert(ObjectTag(target_object=id, tag=known[0]["id"], starts_on=on))
