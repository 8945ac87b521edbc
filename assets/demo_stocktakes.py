"""The demo office takes stock: the notebooks are done, the whole office is being counted."""

from __future__ import annotations

from datetime import timedelta

from assets.commands.counting import count
from assets.commands.stocktakes import Extent, Rest, close_stocktake, let_help, open_stocktake, plan_stocktakes
from assets.queries.stocktake_list import AskedResults, all_results
from assets.queries.stocktakes import StocktakeRow, stocktake
from assets.rules.lifecycle import Stage
from assets.rules.permissions import May
from assets.rules.stocktakes import Code, Decision
from isms.area import DemoOffice
from isms.people import Actor, unit

PLANNED = timedelta(days=14)
SKIPPED = 5
"""Of the running stocktake every fifth device is not counted yet."""


async def demo_stocktakes(office: DemoOffice, it: Actor) -> None:
    await _finished(office, it)
    await _running(office, it)


async def _finished(office: DemoOffice, it: Actor) -> None:
    """All notebooks but one, which somebody works with at home."""
    one = await _opened(Extent("Notebooks", category="Notebook"), "amt", office, it)
    numbers = [row.number async for row in all_results(one, AskedResults(), seen_by=it)]
    for number in numbers[1:]:
        await count(one, Code(number), place="", by=it, on=office.on)
    rest = Rest(Decision.ELSEWHERE, note="Im Homeoffice; Foto des Typenschilds liegt vor.")
    await close_stocktake(one, rest, by=it, on=office.on)


async def _running(office: DemoOffice, it: Actor) -> None:
    """The yearly one, with a helper, a printer in the wrong room and a label that nobody knows."""
    home = await unit(office.units["amt"], seen_by=it, asks=May.STOCKTAKE)
    await plan_stocktakes(home, 12, by=it)
    name = f"Jahresinventur {office.on.year}"
    one = await _opened(Extent(name, planned_until=office.on + PLANNED), "amt", office, it)
    if helper := office.people.get("mitarbeit"):
        await let_help(one, helper, by=it)
    rows = [row async for row in all_results(one, AskedResults(), seen_by=it)]
    moved = next(place for place, row in enumerate(rows) if place % SKIPPED and row.stage is Stage.INSTALLED)
    for place, row in enumerate(rows):
        if place % SKIPPED:
            room = "Raum 9" if place == moved else row.expected_place or ""
            await count(one, Code(row.number), place=room, by=it, on=office.on)
    await count(one, Code("4006381333931"), place="Raum 9", by=it, on=office.on)


async def _opened(extent: Extent, place: str, office: DemoOffice, it: Actor) -> StocktakeRow:
    where = await unit(office.units[place], seen_by=it, asks=May.STOCKTAKE)
    return await stocktake(await open_stocktake(extent, unit=where, by=it, on=office.on), seen_by=it)
