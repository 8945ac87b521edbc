"""Inventory reports: placed, compared, kept. The same report twice changes nothing; what people wrote stays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from assets.commands.inventory_writing import How, confirm, write
from assets.commands.support_judging import judge
from assets.queries.inventory_view import Arrived, Seen, look
from assets.rules.permissions import May
from isms.audit import Change, change
from isms.db import hold, transaction
from isms.db.reading import value
from isms.people import SYSTEM, Actor
from isms.rules.errors import Forbidden
from isms.rules.texts import N_

WITHDRAWN = N_("Dieser Zugang wurde inzwischen entzogen.")


async def take_reports(arrived: Sequence[Arrived], how: How, *, by: Actor, on: date) -> Counter[str]:
    """Keep the reports of a file, in their order. Answers how many devices were new, changed, unchanged, unplaced."""
    by.needs(May.IMPORT_DEVICES, at=how.place.path)
    async with change("inventory.read_in", f"import_run:{how.run}", by=by, unit=how.place.id) as made:
        counts = await _keep(made, arrived, how, on=on)
        made.with_(**counts)
    return counts


async def take_agents_report(arrived: Arrived, how: How, *, by: Actor, on: date) -> Counter[str]:
    """Keep what one device reported through an agent whose token was checked. „System“ acts, for the token's office.

    A report that says nothing new is no change: only its day is noted.
    """
    if by.name != SYSTEM:
        raise Forbidden
    (seen,) = await look([arrived], how.place.institution, within=how.reach)
    if not seen.is_news(how.takes_in):
        async with transaction():
            await confirm([seen], on=on)
        return Counter(unchanged=1)
    async with change("inventory.reported", how.place, by=by, unit=how.place.id, agent=arrived.report.agent) as made:
        if not await value("SELECT 1 FROM agent_token WHERE id = {} AND withdrawn_at IS NULL", how.token):
            raise Forbidden(WITHDRAWN)
        counts = await _keep(made, [arrived], how, on=on)
        made.with_(token=f"agent_token:{how.token}", **counts)
    return counts


async def _keep(made: Change, arrived: Sequence[Arrived], how: How, *, on: date) -> Counter[str]:
    """Reports of the same device come one after the other, all others at once."""
    await hold(f"inventory {how.place.institution}")
    counts: Counter[str] = Counter()
    waiting = list(arrived)
    while waiting:
        seen = await look(waiting, how.place.institution, within=how.reach)
        now, waiting = _first_of_each(seen)
        quiet = [one for one in now if not one.is_news(how.takes_in)]
        counts["unchanged"] += len(quiet)
        await confirm(quiet, on=on)
        written = await write(made, [one for one in now if one.is_news(how.takes_in)], how, on=on)
        counts.update(written.counts)
        if written.devices:
            await judge(made, written.devices, how.place.path)
    return counts


def _first_of_each(seen: Sequence[Seen]) -> tuple[list[Seen], list[Arrived]]:
    """The first report of every device, and those that have to wait for it."""
    taken: set[object] = set()
    now: list[Seen] = []
    later: list[Arrived] = []
    for one in seen:
        names = {one.device.id} if one.device else set(one.report.identities)
        if taken.isdisjoint(names):
            now.append(one)
        else:
            later.append(one.arrived)
        taken |= names
    return now, later
