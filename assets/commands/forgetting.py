"""What this area forgets with a person's name: the texts of what they signed. That they signed stays, and its hash."""

from __future__ import annotations

from isms.db import execute

EMPTY_PROTOCOLS = "UPDATE handover_protocol SET content = NULL, note = '' WHERE person = {} AND content IS NOT NULL"
EMPTY_SIGNATURES = """UPDATE signature SET content = NULL, name = '', drawing = NULL
    WHERE (person = {} OR protocol IN (SELECT id FROM handover_protocol WHERE person = {}))
        AND (content IS NOT NULL OR drawing IS NOT NULL OR name <> '')"""


async def forget(person: int) -> None:
    """Only inside the change by which the house forgets a person."""
    await execute(EMPTY_PROTOCOLS, person)
    await execute(EMPTY_SIGNATURES, person, person)
