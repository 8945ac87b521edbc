"""The demo office has its risks: some decided, one taken over, one overdue, one closed, one nobody valued yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from assets.queries.objects import ObjectDetail, choices, target_object
from assets.rules.kinds import Kind
from isms.area import DemoOffice
from isms.people import Actor, UnitRow, unit
from isms.rules.roles import Role
from risks.commands.acceptances import Terms, accept
from risks.commands.catalogues import import_catalogue
from risks.commands.measures import complete
from risks.commands.requirements import Judgement as Check
from risks.commands.requirements import judge
from risks.commands.risks import RiskFacts, link_control, record_risk
from risks.commands.steps import Judgement, NewMeasure, close, treat, value
from risks.demo_risks import CHECKS, RISKS, Told
from risks.intake.starter import starter_edition
from risks.queries.decisions import measures
from risks.queries.requirements import RequirementDetail, by_uuid
from risks.queries.risks import RiskDetail, risk
from risks.rules.levels import State
from risks.rules.permissions import May
from risks.rules.treatment import Decision


@dataclass(frozen=True)
class Stage:
    """Who plays in the demo, on which objects, with which requirements at hand."""

    isb: Actor
    head: Actor
    people: Mapping[str, Actor]
    place: UnitRow
    on: date
    objects: Mapping[Kind, Sequence[ObjectDetail]] = field(default_factory=dict)
    requirements: Mapping[str, RequirementDetail] = field(default_factory=dict)

    def before(self, days: int) -> date:
        return self.on - timedelta(days=days)


async def demo(office: DemoOffice) -> None:
    isb, head = _playing(office, Role.SECURITY_OFFICER), _playing(office, Role.HEAD)
    if isb is None or head is None:
        return
    await import_catalogue(starter_edition(), by=isb)
    stage = Stage(
        isb=isb,
        head=head,
        people=office.people,
        place=await unit(isb.institution, seen_by=isb, asks=May.JUDGE),
        on=office.on,
        objects={kind: await _objects(kind, isb) for kind in Kind},
        requirements=await _requirements(),
    )
    for code, days, implementation, statement in CHECKS:
        check = Check(implementation, statement, None)
        await judge(stage.requirements[code], check, unit=stage.place, by=isb, on=stage.before(days))
    for told in RISKS:
        await _tell(told, stage)


def _playing(office: DemoOffice, role: Role) -> Actor | None:
    return next((one for one in office.people.values() if one.has(role)), None)


async def _objects(kind: Kind, isb: Actor) -> list[ObjectDetail]:
    return [await target_object(found.id, seen_by=isb) for found in await choices("", seen_by=isb, kind=kind)]


async def _requirements() -> dict[str, RequirementDetail]:
    known = await by_uuid([each.uuid for each in starter_edition().catalogue.requirements])
    return {each.code: each for each in known.values()}


async def _tell(told: Told, stage: Stage) -> None:
    """Take a risk as far on its way as it is told; nothing is told of a kind of object that the office lacks."""
    offered = stage.objects[told.kind]
    if not offered:
        return
    of = offered[told.rank % len(offered)]
    owner = stage.people.get(told.owner, stage.isb)
    facts = RiskFacts(
        title=told.title.format(object=of.name),
        threat=told.threat,
        review_on=stage.on + timedelta(days=told.review_in),
        description=told.description,
    )
    began = stage.before(told.days)
    id = await record_risk(facts, of=of, owner=owner, by=stage.isb, on=began)
    for code in told.controls:
        await link_control(await _now(id, stage), stage.requirements[code], by=stage.isb, on=began)
    for state, valued in ((State.WITHOUT, told.without), (State.EXISTING, told.existing)):
        if valued:
            await _value(id, Judgement(state, *valued), stage, began + timedelta(days=1))
    if told.treatment:
        await _decide(id, told, told.treatment, stage)


async def _decide(id: int, told: Told, decision: Decision, stage: Stage) -> None:
    decided = stage.before(max(told.days - 7, 0))
    planned = [
        NewMeasure(title, stage.people.get(who, stage.isb), stage.on + timedelta(days=due_in))
        for title, who, due_in in told.measures
    ]
    await treat(await _now(id, stage), decision, measures=planned, by=stage.isb, on=decided)
    if told.treated:
        await _value(id, Judgement(State.TREATED, *told.treated), stage, decided)
    if told.accepted:
        reason, days, until_in = told.accepted
        terms = Terms(reason, stage.on + timedelta(days=until_in))
        await accept(await _now(id, stage), terms, by=stage.head, on=stage.before(days))
    if told.closed:
        for measure in await measures(id):
            await complete(measure, "Umgesetzt und geprüft.", by=stage.isb, on=stage.before(20))
        await close(await _now(id, stage), told.closed, by=stage.isb, on=stage.before(15))


async def _value(id: int, judgement: Judgement, stage: Stage, on: date) -> None:
    await value(await _now(id, stage), judgement, by=stage.isb, on=min(on, stage.on))


async def _now(id: int, stage: Stage) -> RiskDetail:
    return await risk(id, seen_by=stage.isb)
