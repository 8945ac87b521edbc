"""The demo office has its structure with needs that explain themselves, and its devices in people's hands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from assets.commands.criteria import decide
from assets.commands.devices import add_device, see
from assets.commands.disposal import clear_for_repair
from assets.commands.links import link
from assets.commands.needs import assess, settle
from assets.commands.objects import add
from assets.commands.scopes import add_scope, include
from assets.commands.steps import Given, take
from assets.demo_disposal import demo_disposal
from assets.demo_handovers import demo_handovers
from assets.demo_needs import FINDINGS, WHY_WORDS, WORDS
from assets.demo_reports import reports
from assets.demo_stocktakes import demo_stocktakes
from assets.demo_structure import FURTHER, FURTHER_LINKS
from assets.demo_things import BOUNDARY, LINKS, PIECES, SCOPE, SETTLED, THINGS, Piece, Thing
from assets.demo_upkeep import PRICES, demo_upkeep
from assets.queries.devices import device
from assets.queries.objects import ObjectDetail, target_object
from assets.queries.scopes import scope
from assets.rules.categories import category_named
from assets.rules.dossier import Clearance
from assets.rules.facts import DeviceFacts, ObjectFacts
from assets.rules.lifecycle import IN_THE_HOUSE, Demand, Step
from assets.rules.permissions import May
from assets.rules.protection import Goal
from assets.rules.scenarios import own_need
from assets.rules.scopes import Method, SafeguardLevel
from assets.rules.steps import demands
from isms.area import DemoOffice
from isms.people import Actor, unit

LAST_STOCKTAKE = 160
WORKSHOP = {"provider": "Bürotechnik am Hafen", "reason": "Auftragsverarbeitung, Vertrag AV-2025-07"}


@dataclass(frozen=True)
class Cast:
    """Who plays, by login or name, and the ids of what was modelled so far."""

    office: DemoOffice
    isb: Actor
    it: Actor
    objects: dict[str, int]

    def ago(self, days: int) -> date:
        return self.office.on - timedelta(days=days)

    async def object(self, name: str) -> ObjectDetail:
        return await target_object(self.objects[name], seen_by=self.isb)


async def demo(office: DemoOffice) -> None:
    if not {"isb", "it"} <= set(office.people):
        return
    cast = Cast(office, office.people["isb"], office.people["it"], {})
    await _structure(cast)
    await _needs(cast)
    await _scope(cast)
    for piece in PIECES:
        await _equip(piece, cast)
    await demo_upkeep(office, cast.it)
    await demo_stocktakes(office, cast.it)
    await demo_disposal(office)
    await reports(office, cast.it)
    await demo_handovers(office)


async def _structure(cast: Cast) -> None:
    for thing in (*THINGS, *FURTHER):
        cast.objects[thing.name] = await _model(thing, cast)
    for source, kind, target in (*LINKS, *FURTHER_LINKS):
        await link(await cast.object(source), kind, await cast.object(target), by=cast.isb, on=cast.office.on)


async def _scope(cast: Cast) -> None:
    """The whole office is one scope, the site on the harbour street included."""
    home = await unit(cast.office.units["amt"], seen_by=cast.isb, asks=May.DRAW)
    method, level = Method.GRUNDSCHUTZ_PLUS_PLUS, SafeguardLevel.STANDARD
    id = await add_scope(SCOPE, BOUNDARY, unit=home, method=method, level=level, by=cast.isb)
    drawn = await scope(id, seen_by=cast.isb)
    await include(drawn, [await cast.object(name) for name in cast.objects], by=cast.isb, on=cast.office.on)


async def _needs(cast: Cast) -> None:
    """First the words, then what was found by them, then what deviates."""
    home = await unit(cast.office.units["amt"], seen_by=cast.isb, asks=May.ASSESS)
    await decide(home, WORDS, reason=WHY_WORDS, after=0, by=cast.isb)
    for thing in (*THINGS, *FURTHER):
        if thing.own:
            own = dict(zip(Goal, thing.own, strict=True))
            await assess(await cast.object(thing.name), own, reason=thing.why, by=cast.isb)
    for name, findings in FINDINGS.items():
        found = await cast.object(name)
        await assess(found, own_need(findings), reason="", by=cast.isb, findings=findings)
    for name, goal, need, kind, reason in SETTLED:
        await settle(await cast.object(name), goal, need, kind=kind, reason=reason, by=cast.isb)


async def _model(thing: Thing, cast: Cast) -> int:
    place = await unit(cast.office.units[thing.unit], seen_by=cast.isb, asks=May.MODEL)
    facts = ObjectFacts(
        name=thing.name,
        description=thing.description,
        responsible=cast.office.people[thing.responsible].id,
        number=thing.number,
        personal_data=thing.personal_data,
        **thing.more,
    )
    named = [category_named(name) for name in thing.categories]
    categories = [found.uuid for found in named if found]
    return await add(
        thing.kind, facts, unit=place, by=cast.isb, on=cast.office.on, categories=categories, tags=thing.tags
    )


async def _equip(piece: Piece, cast: Cast) -> None:
    place = await unit(cast.office.units[piece.unit], seen_by=cast.it, asks=May.KEEP)
    facts = DeviceFacts(
        inventory_number=piece.number,
        name=piece.name,
        serial=f"NW{piece.number[-4:]}{piece.days:05d}",
        maker=piece.maker,
        model=piece.model,
        category=piece.category,
        purchased_on=cast.ago(piece.days + 10),
        price_cents=PRICES.get(piece.category),
        warranty_until=cast.ago(-piece.warranty) if piece.warranty else None,
        it_system=cast.objects[piece.of] if piece.of else None,
    )
    began = cast.ago(piece.days)
    id = await add_device(facts, unit=place, stage=piece.stage, place="Lager IT", by=cast.it, on=began)
    for step, days, told in piece.steps:
        found = await device(id, seen_by=cast.it)
        if step is Step.REPAIR:
            await clear_for_repair(found, Clearance.CONTRACT, **WORKSHOP, by=cast.it, on=cast.ago(days))
        await take(found, step, _given(step, told, cast), by=cast.it, on=cast.ago(days))
    found = await device(id, seen_by=cast.it)
    if found.stage in IN_THE_HOUSE and found.since < cast.ago(LAST_STOCKTAKE):
        await see(found, place=found.place, by=cast.it, on=cast.ago(LAST_STOCKTAKE))


def _given(step: Step, told: str, cast: Cast) -> Given:
    """Whom, where or why; „Name, bis -6“ is a loan that was due six days ago."""
    if step is Step.ISSUE:
        name, _, until = told.partition(", bis ")
        holder = _named(cast.office.people, name)
        return Given(holder=holder, due_back_on=cast.ago(-int(until)) if until else None)
    asked = demands(step)
    return Given(reason=told) if Demand.REASON in asked else Given(place=told, is_reset=Demand.RESET in asked)


def _named(people: Mapping[str, Actor], name: str) -> Actor:
    return next(person for person in people.values() if person.name == name)
