"""Access of inventory agents, as IT sees it and as the door checks it."""

from __future__ import annotations

from datetime import datetime

from assets.rules.permissions import May
from isms.db.reading import Row, one, row, rows
from isms.login import digest
from isms.people import Actor


class TokenRow(Row):
    """Never the token itself. `last_at` is the newest report that came by it."""

    id: int
    unit: int
    path: str
    unit_name: str
    name: str
    takes_in: bool
    made_by: str
    recorded_at: datetime
    withdrawn_at: datetime | None
    last_at: datetime | None

    @property
    def key(self) -> str:
        return f"agent_token:{self.id}"


ROW = """SELECT t.id, t.unit, u.path, u.name AS unit_name, t.name, t.takes_in, p.name AS made_by, t.recorded_at,
    t.withdrawn_at, (SELECT max(r.last_at) FROM inventory_report r WHERE r.token = t.id) AS last_at
    FROM agent_token t JOIN unit u ON u.id = t.unit JOIN person p ON p.id = t.made_by"""


async def tokens(*, seen_by: Actor) -> list[TokenRow]:
    where, args = seen_by.reach(May.KEEP_AGENTS).where("u.path")
    return await rows(TokenRow, f"{ROW} WHERE {where} ORDER BY t.withdrawn_at IS NOT NULL, t.id DESC", *args)


async def token(id: int, *, seen_by: Actor) -> TokenRow:
    where, args = seen_by.reach(May.KEEP_AGENTS).where("u.path")
    return await one(TokenRow, f"{ROW} WHERE t.id = {{}} AND {where}", id, *args)


class Pass(Row):
    """What a valid token lets in, and for which unit."""

    id: int
    unit: int
    takes_in: bool


async def pass_of(token: str) -> Pass | None:
    """None for a token that nobody made, or that was withdrawn."""
    sql = "SELECT id, unit, takes_in FROM agent_token WHERE token_hash = {} AND withdrawn_at IS NULL"
    return await row(Pass, sql, digest(token))
