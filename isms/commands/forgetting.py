"""Forgetting former people: the name goes, their records and the chain of the trail stay."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime

from isms.area import Forget
from isms.audit import change
from isms.db import execute
from isms.people import Actor
from isms.queries.checklists import Former, names_of
from isms.rules.errors import Refused
from isms.rules.texts import N_

NAMELESS = "Ehemalige Person {id}"
FORGET = """UPDATE person SET name = {}, login = NULL, email = '', password_hash = NULL,
    forgotten_on = {}, version = version + 1
    WHERE id = {} AND name = {} AND left_on IS NOT NULL AND forgotten_on IS NULL RETURNING id"""
ERASE = """UPDATE audit_payload SET content = NULL, erased_at = {}
    WHERE institution = {} AND content IS NOT NULL
        AND (sha256 IN (SELECT payload_sha256 FROM audit_entry WHERE subject = {}) OR $said)"""


async def forget(person: Former, *, areas: Sequence[Forget], by: Actor, on: date) -> None:
    """Take the name from somebody whose time is over, wherever the house wrote it, in one change.

    What the trail said about them is erased with its salt; its lines, and so the chain, stay as they are. Areas
    forget what they wrote themselves. Only „System“ forgets. Raises Refused before the day, and where somebody
    else was faster.
    """
    if person.goes_on > on:
        raise Refused(N_("Der Name wird noch bis {day} aufbewahrt."), day=person.goes_on)
    async with change("person.forgotten", person, by=by, unit=person.unit):
        said = await names_of(person)
        gone = await execute(FORGET, NAMELESS.format(id=person.id), on, person.id, person.name)
        if not gone:
            raise Refused(N_("Diese Person ist schon vergessen."))
        for area in areas:
            await area(person.id)
        await _erase(person, said)


async def _erase(person: Former, said: Sequence[str]) -> None:
    """What the trail told about the person, and wherever it holds one of these texts, as JSON writes them."""
    conditions = " OR ".join("content LIKE {} ESCAPE '!'" for _ in said)
    patterns = [f"%{_literally(_as_json(text))}%" for text in said]
    given = (datetime.now(UTC), person.institution, person.key, *patterns)
    await execute(ERASE.replace("$said", conditions), *given)


def _literally(text: str) -> str:
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_")


def _as_json(text: str) -> str:
    """As the payload holds it; a login keeps the quotation marks around it."""
    quoted = text.startswith('"')
    inner = json.dumps(text.strip('"') if quoted else text, ensure_ascii=False)
    return inner if quoted else inner[1:-1]
