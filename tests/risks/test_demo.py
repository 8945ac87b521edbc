from datetime import timedelta

from assets.rules.kinds import Kind
from isms.area import DemoOffice
from isms.listing import Ask
from isms.people import Actor, UnitRow
from risks.demo import demo
from risks.demo_risks import CHECKS, RISKS
from risks.queries.register import acceptances_ending, waiting_for_the_head
from risks.queries.risks import Filters, risks
from risks.rules.lifecycle import Stage
from risks.tables import RequirementCheck, Risk
from tests.assets.things import an_object
from tests.office import TODAY, Office


def stage_for(office: Office, **people: Actor) -> DemoOffice:
    place: UnitRow = office.unit
    return DemoOffice(units={"amt": place.id}, people=people, on=TODAY)


async def test_the_demo_office_has_risks_in_every_state(office: Office) -> None:
    for kind in Kind:
        for rank in range(3):
            await an_object(office, f"{kind.label} {rank}", kind)

    await demo(stage_for(office, isb=office.yildiz, leitung=office.albrecht, it=office.brandt, hygiene=office.weber))

    found = await risks(Filters(), Ask(), seen_by=office.yildiz)
    closed = await risks(Filters(stage=Stage.CLOSED), Ask(), seen_by=office.yildiz)
    assert (found.count + closed.count, closed.count) == (len(RISKS), 1)
    assert {row.stage for row in found.rows} == {Stage.RECORDED, Stage.VALUED, Stage.TREATED, Stage.ACCEPTED}
    assert await RequirementCheck.count() == len(CHECKS)
    assert await waiting_for_the_head(seen_by=office.albrecht, on=TODAY)
    assert await acceptances_ending(seen_by=office.yildiz, until=TODAY + timedelta(days=30))


async def test_an_office_without_objects_has_no_risks(office: Office) -> None:
    await demo(stage_for(office, isb=office.yildiz, leitung=office.albrecht))

    assert await Risk.count() == 0


async def test_nobody_plays_without_an_isb(office: Office) -> None:
    await demo(stage_for(office, it=office.brandt))

    assert await RequirementCheck.count() == 0
