"""Names before those who may not know them: employees appear under a pseudonym, the same for one reader ever after."""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from isms.db.reading import Row, rows
from isms.people import Actor
from isms.permissions import May
from isms.rules.packages import pseudonym
from isms.rules.roles import Role


@dataclass(frozen=True)
class Veil:
    """What a reader sees instead of a name: a pseudonym, or without a key nothing that tells people apart.

    Whoever holds an office acts under their name.
    """

    hidden: frozenset[str] = frozenset()
    key: bytes = b""

    def name(self, text: str) -> str:
        if text not in self.hidden:
            return text
        return pseudonym(text, self.key) if self.key else SOMEBODY


class _Name(Row):
    name: str


EMPLOYEES = """SELECT DISTINCT p.name FROM person p WHERE p.id <> {} AND p.name IN ($names)
    AND EXISTS (SELECT 1 FROM membership m WHERE m.person = p.id)
    AND NOT EXISTS (SELECT 1 FROM membership m WHERE m.person = p.id AND m.role <> {})"""


SOMEBODY = "…"


async def veil(names: Iterable[str], *, seen_by: Actor, secret: bytes = b"") -> Veil:
    """The veil over those of these names that belong to employees whom this reader may not see.

    Without the house's secret, which only pages know, nobody gets a pseudonym.
    """
    candidates = sorted({name for name in names if 0 < len(name) <= 120})
    if seen_by.may(May.SEE_PEOPLE) or not candidates:
        return Veil()
    sql = EMPLOYEES.replace("$names", ", ".join("{}" for _ in candidates))
    found = await rows(_Name, sql, seen_by.id, *candidates, Role.EMPLOYEE)
    key = hmac.new(secret, f"what {seen_by.key} reads".encode(), sha256).digest() if secret else b""
    return Veil(frozenset(one.name for one in found), key)
