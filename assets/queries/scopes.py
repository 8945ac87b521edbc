"""Scopes and what lies within them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from assets.queries.objects import ROW, TABLES, ObjectRow
from assets.rules.kinds import Kind
from assets.rules.permissions import May
from assets.rules.protection import Protection, ProtectionNeed
from assets.rules.scopes import Method, SafeguardLevel
from isms.db.fulltext import matching
from isms.db.reading import Row, one, rows
from isms.people import Actor
from isms.rules.texts import N_


class ScopeRow(Row):
    """A scope with how many objects lie within."""

    id: int
    name: str
    description: str
    unit: int
    unit_name: str
    path: str
    institution: int
    method: Method
    safeguard_level: SafeguardLevel
    version: int
    members: int

    @property
    def key(self) -> str:
        return f"scope:{self.id}"


class MemberRow(Row):
    """An object within a scope."""

    id: int
    target_object: int
    short_id: str
    name: str
    kind: Kind
    confidentiality: ProtectionNeed
    integrity: ProtectionNeed
    availability: ProtectionNeed
    starts_on: date

    @property
    def label(self) -> str:
        return f"{self.short_id} {self.name}"

    @property
    def needs(self) -> Protection:
        return Protection(self.confidentiality, self.integrity, self.availability)


SCOPES = """SELECT s.id, s.name, s.description, s.unit, u.name AS unit_name, u.path, u.institution, s.method,
    s.safeguard_level, s.version, (SELECT count(*) FROM scope_member m
        WHERE m.scope = s.id AND m.ended_on IS NULL) AS members
    FROM scope s JOIN unit u ON u.id = s.unit WHERE s.ended_on IS NULL AND """
MEMBERS = """SELECT m.id, m.target_object, o.short_id, o.name, o.kind, o.confidentiality, o.integrity, o.availability,
    m.starts_on FROM scope_member m JOIN target_object o ON o.id = m.target_object JOIN unit u ON u.id = o.unit
    WHERE m.scope = {} AND m.ended_on IS NULL AND """


async def scopes(*, seen_by: Actor) -> list[ScopeRow]:
    where, args = seen_by.reach(May.VIEW_OBJECTS).where("u.path")
    return await rows(ScopeRow, f"{SCOPES} {where} ORDER BY s.name, s.id", *args)


async def scope(id: int, *, seen_by: Actor) -> ScopeRow:
    """Raises Missing for a scope that is not there or out of reach."""
    where, args = seen_by.reach(May.VIEW_OBJECTS).where("u.path")
    missing = N_("Diesen Informationsverbund gibt es nicht, oder Sie dürfen ihn nicht sehen.")
    return await one(ScopeRow, f"{SCOPES} {where} AND s.id = {{}}", *args, id, missing=missing)


async def members(scope: ScopeRow, *, seen_by: Actor) -> list[MemberRow]:
    """The objects within, as far as the reader may see them."""
    where, args = seen_by.reach(May.VIEW_OBJECTS).where("u.path", own="o.responsible")
    return await rows(MemberRow, f"{MEMBERS} {where} ORDER BY o.short_id, o.id", scope.id, *args)


async def member(id: int, scope: ScopeRow, *, seen_by: Actor) -> MemberRow:
    """Raises Missing for an object that does not lie within, or is out of reach."""
    where, args = seen_by.reach(May.VIEW_OBJECTS).where("u.path", own="o.responsible")
    missing = N_("Dieses Zielobjekt liegt nicht in diesem Informationsverbund.")
    return await one(MemberRow, f"{MEMBERS} {where} AND m.id = {{}}", scope.id, *args, id, missing=missing)


async def scopes_of(target: int, *, seen_by: Actor) -> list[ScopeRow]:
    """The scopes that an object lies in."""
    where, args = seen_by.reach(May.VIEW_OBJECTS).where("u.path")
    within = "s.id IN (SELECT m.scope FROM scope_member m WHERE m.target_object = {} AND m.ended_on IS NULL)"
    return await rows(ScopeRow, f"{SCOPES} {where} AND {within} ORDER BY s.name, s.id", *args, target)


async def outside(
    scope: ScopeRow, words: str, chosen: Collection[int], *, seen_by: Actor, limit: int = 60
) -> list[ObjectRow]:
    """Objects of the office that do not lie within: what the words find, and those that are chosen already."""
    where, args = seen_by.reach(May.VIEW_OBJECTS).where("u.path", own="o.responsible")
    found, words_args = matching("target_object", words, alias="o")
    picked = ", ".join(str(int(id)) for id in chosen) or "0"
    return await rows(
        ObjectRow,
        f"""SELECT {ROW} {TABLES} WHERE o.institution = {{}} AND o.ended_on IS NULL AND {where}
            AND ({found} OR o.id IN ({picked})) AND NOT EXISTS (SELECT 1 FROM scope_member m
                WHERE m.scope = {{}} AND m.target_object = o.id AND m.ended_on IS NULL)
            ORDER BY CASE WHEN o.id IN ({picked}) THEN 0 ELSE 1 END, o.short_id, o.id LIMIT {{}}""",
        scope.institution,
        *args,
        *words_args,
        scope.id,
        limit,
    )
