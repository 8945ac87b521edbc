"""What an inventory agent sends over the network: unpacked within limits, dropped at the door, kept, answered.

The protocol is that of GLPI's agent: JSON, by default compressed with zlib (RFC 1950) or gzip (RFC 1952); the answer is
JSON with a status, and errors are answered with HTTP 200 as the agent expects.
"""

from __future__ import annotations

import zlib
from asyncio import Semaphore, to_thread
from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from typing import Any

from assets.commands.inventory import take_agents_report
from assets.commands.inventory_writing import How
from assets.queries.agent_tokens import Pass
from assets.queries.inventory_view import Arrived
from assets.rules.inventory_door import at_the_door
from assets.rules.inventory_reading import report_of
from isms.commands.founding import system
from isms.db.reading import one
from isms.intake import Unreadable
from isms.intake.strict_json import read_json
from isms.people import UNIT, UnitRow
from isms.rules.errors import Answer, Incomplete
from isms.rules.texts import N_

PACKED_LIMIT = 4 * 1024 * 1024
OPEN_LIMIT = 16 * 1024 * 1024
RATIO = 200
"""JSON of a real inventory packs to a tenth; a bomb packs a thousandfold."""
ZLIB, GZIP = 15, 31
PACKINGS: Mapping[str, int] = {"application/x-compress-zlib": ZLIB, "application/x-compress-gzip": GZIP}
PLAIN = ("application/json", "application/octet-stream", "")
AGAIN = "24h"
ONE_AT_A_TIME = Semaphore(1)
"""Reports unfold one after the other: however many come at once, they take one thread and one report's memory."""

LARGE = N_("Die Meldung ist ausgepackt größer als {limit} MB.")
BROKEN = N_("Die Meldung ist nicht lesbar gepackt.")
FOREIGN = N_("Dieses Format wird nicht gelesen. Erwartet wird JSON, auch mit zlib oder gzip gepackt.")
NO_OBJECT = N_("Die Meldung ist kein JSON-Objekt.")
UNKNOWN_ACTION = N_("Diese Aktion gibt es hier nicht. Möglich sind contact und inventory.")


async def answer(content: bytes, kind: str, by: Pass, *, on: date) -> dict[str, Any]:
    """Take in what an agent sent with a valid token, and say what it expects to hear."""
    try:
        return await _answered(content, kind, by, on)
    except Incomplete as error:
        return refused(str(next(iter(error.complaints.values()))))
    except Answer as error:
        return refused(str(error))


def refused(message: str) -> dict[str, Any]:
    return {"status": "error", "message": message}


async def _answered(content: bytes, kind: str, by: Pass, on: date) -> dict[str, Any]:
    async with ONE_AT_A_TIME:
        arrived = await to_thread(_told, content, kind)
    if arrived is None:
        return {"status": "ok", "expiration": AGAIN}
    place = await one(UnitRow, f"{UNIT} WHERE id = {{}}", by.unit)
    how = How(place, takes_in=by.takes_in, token=by.id)
    await take_agents_report(arrived, how, by=await system(on=on), on=on)
    return {"status": "ok", "expiration": AGAIN}


def _told(content: bytes, kind: str) -> Arrived | None:
    """The report in a body, None for an agent that only says hello. Off the loop: a page must not wait for it."""
    document = read_json(unpacked(content, kind), limit=OPEN_LIMIT)
    if not isinstance(document, dict):
        raise Unreadable(NO_OBJECT)
    action = document.get("action", "inventory")
    if action == "contact":
        return None
    if action not in ("inventory", "netinventory"):
        raise Unreadable(UNKNOWN_ACTION)
    return Arrived(report_of(at_the_door(document)), sha256(content).hexdigest())


def unpacked(content: bytes, kind: str) -> bytes:
    """The JSON in a body. Raises Unreadable for what is packed otherwise, broken, or would not stop unfolding."""
    kind = kind.partition(";")[0].strip().casefold()
    if kind in PLAIN:
        return content
    if kind not in PACKINGS:
        raise Unreadable(FOREIGN)
    limit = min(OPEN_LIMIT, max(RATIO * len(content), 1024 * 1024))
    unfolding = zlib.decompressobj(PACKINGS[kind])
    try:
        unfolded = unfolding.decompress(content, limit)
    except zlib.error as error:
        raise Unreadable(BROKEN) from error
    if unfolding.unconsumed_tail:
        raise Unreadable(LARGE, limit=limit // 1_000_000)
    if not unfolding.eof:
        raise Unreadable(BROKEN)
    return unfolded
