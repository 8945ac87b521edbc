from isms.area import DemoOffice
from tests.office import TODAY, Office
from training.demo import BEGAN, COURSE, demo
from training.queries.coverage import coverage
from training.queries.obligations import obligations


async def test_the_demo_office_has_learnt_and_some_are_missing(office: Office):
    cast = (office.albrecht, office.yildiz, office.brandt, office.weber, office.kaya, office.vogt, office.lindner)

    await demo(DemoOffice(units={"hafen": office.hygiene.id}, people={one.name: one for one in cast}, on=TODAY))

    figures = [
        await coverage(office.unit.path, on=TODAY.replace(year=TODAY.year - back), course=COURSE) for back in (0, 1)
    ]
    assert 0 < figures[0].numerator < figures[0].denominator == 6
    assert figures[1].denominator == 0
    assert BEGAN.days < 365
    assert [one.title for one in await obligations(office.weber.id, on=TODAY)] == [
        "Informationssicherheit im Gesundheitsamt"
    ]


async def test_an_office_without_a_training_manager_stays_as_it_is(office: Office):
    await demo(DemoOffice(units={}, people={"weber": office.weber}, on=TODAY))
