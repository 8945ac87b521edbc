"""Access for inventory agents: made for a unit, shown once, withdrawn."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime

from assets.queries.agent_tokens import TokenRow
from assets.rules.permissions import May
from assets.tables import AgentToken
from isms.audit import change
from isms.db.writing import insert
from isms.login import digest
from isms.people import Actor, UnitRow
from isms.rules.errors import Stale


async def make_token(name: str, *, unit: UnitRow, takes_in: bool, by: Actor) -> str:
    """Let agents report for a unit. Answers with the token, which nobody can read again: only its hash is stored."""
    by.needs(May.KEEP_AGENTS, at=unit.path)
    token = secrets.token_urlsafe(32)
    async with change("agent_token.made", by=by, unit=unit.id, name=name, takes_in=takes_in) as made:
        id = await insert(
            AgentToken, unit=unit.id, name=name, token_hash=digest(token), takes_in=takes_in, made_by=by.id
        )
        made.about(f"agent_token:{id}")
    return token


async def withdraw_token(token: TokenRow, *, by: Actor) -> None:
    """From now on nobody reports by it. Raises Stale where it was withdrawn already."""
    by.needs(May.KEEP_AGENTS, at=token.path)
    async with change("agent_token.withdrawn", token, by=by, unit=token.unit, name=token.name):
        withdrawn = (
            await AgentToken.update({AgentToken.withdrawn_at: datetime.now(UTC), AgentToken.withdrawn_by: by.id})
            .where((AgentToken.id == token.id) & AgentToken.withdrawn_at.is_null())
            .returning(AgentToken.id)
        )
        if not withdrawn:
            raise Stale
