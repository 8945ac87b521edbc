"""What an object was before and what became of it, and what it takes along when it is merged or split."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from assets.queries.assessments import Damage
from assets.queries.objects import ROW, TABLES, ObjectDetail, ObjectRow
from assets.rules.kinds import LinkKind, SuccessionKind
from assets.rules.merging import Ends, Settled
from assets.rules.permissions import May
from assets.rules.protection import Goal, ProtectionNeed, ReasonKind
from assets.rules.scenarios import Finding
from isms.db.fulltext import matching
from isms.db.reading import Row, rows
from isms.people import Actor


class Relative(Row):
    """Another object that comes before or after one. Out of the reader's reach it has no name."""

    id: int
    short_id: str
    name: str | None
    kind: SuccessionKind
    later: bool
    happened_on: date
    reason: str

    @property
    def label(self) -> str:
        return f"{self.short_id} {self.name}" if self.name else self.short_id


class OpenLink(Row):
    """A link as it is now."""

    id: int
    source: int
    kind: LinkKind
    target: int

    @property
    def ends(self) -> Ends:
        return Ends(self.source, self.kind, self.target)


class Membership(Row):
    """An object within a scope, as it is now."""

    id: int
    scope: int
    target_object: int


class OwnedDevice(Row):
    """A device that belongs to an object."""

    id: int
    unit: int
    label: str

    @property
    def key(self) -> str:
        return f"device:{self.id}"


class _Settled(Row):
    target_object: int
    goal: Goal
    need: ProtectionNeed
    computed: ProtectionNeed
    reason_kind: ReasonKind
    reason: str


# A statement that begins with WITH would go to SQLite's writer.
ITSELF_AND_MERGED = """(SELECT id FROM (WITH RECURSIVE was(id) AS (SELECT CAST({} AS integer) UNION
    SELECT s.before FROM was a JOIN succession s ON s.after = a.id WHERE s.kind = 'merged')
    SELECT id FROM was) merged)"""
"""The ids of an object and of all that were merged into it: what hung on them is about it."""


async def relatives(id: int, *, seen_by: Actor) -> list[Relative]:
    """What an object was before, and what became of it, the latest first."""
    where, args = seen_by.reach(May.VIEW_OBJECTS).where("u.path", own="o.responsible")
    return await rows(
        Relative,
        f"""SELECT o.id, o.short_id, CASE WHEN {where} THEN o.name END AS name, s.kind,
                CASE WHEN s.before = {{}} THEN 1 ELSE 0 END AS later, s.happened_on, s.reason
            FROM succession s JOIN target_object o ON o.id = CASE WHEN s.before = {{}} THEN s.after ELSE s.before END
            JOIN unit u ON u.id = o.unit WHERE s.before = {{}} OR s.after = {{}} ORDER BY s.id DESC""",
        *args,
        *(id,) * 4,
    )


async def same_kind(
    target: ObjectDetail, words: str, chosen: Collection[int], *, seen_by: Actor, limit: int = 60
) -> list[ObjectRow]:
    """Objects of the same kind and office that the words find, and those that are chosen already."""
    where, args = seen_by.reach(May.MODEL).where("u.path")
    found, words_args = matching("target_object", words, alias="o")
    picked = listed(chosen)
    return await rows(
        ObjectRow,
        f"""SELECT {ROW} {TABLES} WHERE o.institution = {{}} AND o.kind = {{}} AND o.ended_on IS NULL AND o.id <> {{}}
            AND {where} AND ({found} OR o.id IN ({picked}))
            ORDER BY CASE WHEN o.id IN ({picked}) THEN 0 ELSE 1 END, o.short_id, o.id LIMIT {{}}""",
        target.institution,
        target.kind.value,
        target.id,
        *args,
        *words_args,
        limit,
    )


async def open_links(ids: Collection[int]) -> list[OpenLink]:
    """Every link from or to one of these objects."""
    among = listed(ids)
    return await rows(
        OpenLink,
        f"""SELECT id, source, kind, target FROM object_link
            WHERE ended_on IS NULL AND (source IN ({among}) OR target IN ({among})) ORDER BY id""",
    )


async def memberships(ids: Collection[int]) -> list[Membership]:
    """The scopes that these objects lie in."""
    return await rows(
        Membership,
        f"""SELECT id, scope, target_object FROM scope_member
            WHERE ended_on IS NULL AND target_object IN ({listed(ids)}) ORDER BY id""",
    )


async def owned_devices(ids: Collection[int]) -> list[OwnedDevice]:
    """The devices that stand behind these objects, those that are gone included."""
    return await rows(
        OwnedDevice,
        f"""SELECT id, unit, inventory_number || ' ' || name AS label FROM device
            WHERE it_system IN ({listed(ids)}) ORDER BY inventory_number, id""",
    )


async def settlements(ids: Collection[int]) -> dict[int, list[Settled]]:
    """What is settled for each of these objects now."""
    found = await rows(
        _Settled,
        f"""SELECT s.target_object, s.goal, s.need, s.computed, s.reason_kind, s.reason FROM settled_need s
            WHERE s.target_object IN ({listed(ids)}) AND s.need IS NOT NULL AND NOT EXISTS (SELECT 1
                FROM settled_need n WHERE n.target_object = s.target_object AND n.goal = s.goal AND n.id > s.id)
            ORDER BY s.id""",
    )
    settled: dict[int, list[Settled]] = {id: [] for id in ids}
    for one in found:
        settled[one.target_object].append(Settled(one.goal, one.need, one.computed, one.reason_kind, one.reason))
    return settled


async def latest_findings(ids: Collection[int]) -> list[Finding]:
    """How bad it would be scenario by scenario, as the assessments that count for these objects found."""
    found = await rows(
        Damage,
        f"""SELECT f.scenario, f.confidentiality, f.integrity, f.availability, f.reason FROM scenario_finding f
            WHERE f.assessment IN (SELECT max(a.id) FROM need_assessment a
                WHERE a.target_object IN ({listed(ids)}) GROUP BY a.target_object) ORDER BY f.id""",
    )
    return [one.finding for one in found]


def listed(ids: Iterable[int]) -> str:
    """Numbers for an IN; without any it finds nothing."""
    return ", ".join(str(int(id)) for id in ids) or "0"
