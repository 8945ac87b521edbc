"""Scopes (Informationsverbünde): drawn, described, and what lies within them from when until when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from assets.queries.objects import ObjectDetail
from assets.queries.scopes import MemberRow, ScopeRow
from assets.rules.permissions import May
from assets.rules.scopes import Method, SafeguardLevel
from assets.tables import Scope, ScopeMember
from isms.audit import change
from isms.db import hold
from isms.people import Actor, UnitRow
from isms.rules.errors import Refused, Stale
from isms.rules.texts import N_


async def add_scope(
    name: str, description: str, *, unit: UnitRow, method: Method, level: SafeguardLevel, by: Actor
) -> int:
    """Draw a scope; answers with its id."""
    by.needs(May.DRAW, at=unit.path)
    async with change("scope.added", by=by, unit=unit.id, name=name, method=method, safeguard_level=level) as made:
        scope = Scope(name=name, description=description, unit=unit.id, method=method, safeguard_level=level)
        await scope.save()
        made.about(scope)
        return int(scope.id)


async def change_scope(
    scope: ScopeRow, name: str, description: str, *, method: Method, level: SafeguardLevel, version: int, by: Actor
) -> None:
    """Describe a scope anew. `version` is what the form was opened with."""
    by.needs(May.DRAW, at=scope.path)
    before = {"name": scope.name, "method": scope.method, "safeguard_level": scope.safeguard_level}
    after: dict[Any, Any] = {"name": name, "method": method, "safeguard_level": level}
    async with change("scope.changed", scope, by=by, unit=scope.unit) as made:
        made.with_(**{key: {"before": before[key], "after": after[key]} for key in after if before[key] != after[key]})
        changed = (
            await Scope.update({**after, "description": description, "version": version + 1})
            .where((Scope.id == scope.id) & (Scope.version == version) & Scope.ended_on.is_null())
            .returning(Scope.id)
        )
        if not changed:
            raise Stale


async def include(scope: ScopeRow, targets: Sequence[ObjectDetail], *, by: Actor, on: date) -> None:
    """Take objects into a scope, all of them or none. An object may lie in several scopes."""
    by.needs(May.DRAW, at=scope.path)
    names = ", ".join(target.short_id for target in targets)
    async with change("scope.included", scope, by=by, unit=scope.unit, name=names):
        await hold(f"scope {scope.id}")
        for target in targets:
            await _refuse_misplaced(scope, target)
            await ScopeMember.insert(ScopeMember(scope=scope.id, target_object=target.id, starts_on=on))


async def leave_out(scope: ScopeRow, member: MemberRow, *, by: Actor, on: date) -> None:
    """Take an object out of a scope; that it lay in it stays on record."""
    by.needs(May.DRAW, at=scope.path)
    async with change("scope.left_out", scope, by=by, unit=scope.unit, name=member.label):
        ended = (
            await ScopeMember.update({ScopeMember.ended_on: on})
            .where((ScopeMember.id == member.id) & ScopeMember.ended_on.is_null())
            .returning(ScopeMember.id)
        )
        if not ended:
            raise Stale


async def _refuse_misplaced(scope: ScopeRow, target: ObjectDetail) -> None:
    if target.ended_on:
        raise Refused(N_("{name} gehört nicht mehr zur Struktur."), name=target.name)
    if target.institution != scope.institution:
        raise Refused(N_("{name} gehört zu einem anderen Amt."), name=target.name)
    if await ScopeMember.exists().where(
        (ScopeMember.scope == scope.id) & (ScopeMember.target_object == target.id) & ScopeMember.ended_on.is_null()
    ):
        raise Refused(N_("{name} liegt schon in diesem Informationsverbund."), name=target.name)
