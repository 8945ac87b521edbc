"""Forgetting former people: the name goes, their records and the chain of the trail stay."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

from isms.area import Forget
from isms.audit import change
from isms.db import Postgres, engine, execute
from isms.people import Actor
from isms.queries.checklists import Former, words_of
from isms.rules.errors import Refused
from isms.rules.texts import N_

NAMELESS = "Ehemalige Person {id}"
FORGET = """UPDATE person SET name = {}, login = NULL, email = '', password_hash = NULL,
    forgotten_on = {}, version = version + 1
    WHERE id = {} AND name = {} AND left_on IS NOT NULL AND forgotten_on IS NULL RETURNING id"""
ERASE_OWN = """UPDATE audit_payload SET content = NULL, erased_at = {}
    WHERE content IS NOT NULL AND sha256 IN (SELECT payload_sha256 FROM audit_entry WHERE subject = {})"""
EMPTY_IMPORTED = "UPDATE import_change SET before = 'null', after = 'null' WHERE record = {}"
ERASE_TOLD = """UPDATE audit_payload SET content = NULL, erased_at = {}
    WHERE content IS NOT NULL AND $find AND institution IN (SELECT institution FROM audit_entry WHERE subject = {})"""


async def forget(person: Former, *, areas: Sequence[Forget], by: Actor, on: date) -> None:
    """Take the name from somebody whose time is over, wherever the house wrote it, in one change.

    What the trail said about them is erased with its salt, and what imports remember to have corrected; the trail's
    lines, and so the chain, stay as they are. Areas forget what they wrote themselves. Only „System“ forgets. Raises
    Refused before the day, and where somebody else was faster.
    """
    if person.goes_on > on:
        raise Refused(N_("Der Name wird noch bis {day} aufbewahrt."), day=person.goes_on)
    async with change("person.forgotten", person, by=by, unit=person.unit):
        said = await words_of(person)
        gone = await execute(FORGET, NAMELESS.format(id=person.id), on, person.id, person.name)
        if not gone:
            raise Refused(N_("Diese Person ist schon vergessen."))
        for area in areas:
            await area(person.id)
        await _erase(person, said)


async def _erase(person: Former, said: Sequence[str]) -> None:
    """What the trail told about the person, where it holds one of these pieces of JSON to the letter."""
    now = datetime.now(UTC)
    await execute(ERASE_OWN, now, person.key)
    await execute(EMPTY_IMPORTED, person.key)
    find = "strpos(content, {}) > 0" if isinstance(engine(), Postgres) else "instr(content, {}) > 0"
    for text in said:
        await execute(ERASE_TOLD.replace("$find", find), now, text, person.key)
