"""The demo office can be shown: its structure explains itself, its devices are somewhere, and nobody real is in it."""

from msgspec.structs import replace

from assets.demo import demo
from assets.demo_reports import MACHINES
from assets.demo_structure import FURTHER
from assets.demo_things import PIECES, THINGS
from assets.intake.support import brings
from assets.queries.consignments import late_manifests
from assets.queries.disposals import waiting
from assets.queries.indicators.devices import devices_assigned
from assets.queries.indicators.erasure import erasure_proven
from assets.rules.lifecycle import Step
from assets.rules.permissions import May
from isms.area import DemoOffice
from isms.db.reading import value
from tests.office import TODAY, Office

UNITS = ("amt", "verwaltung", "hygiene", "kinder", "spd", "hafen")


def stage_set(office: Office) -> DemoOffice:
    """All parts of the demo played by the cast."""
    holders = {told.partition(", bis ")[0] for piece in PIECES for step, _, told in piece.steps if step is Step.ISSUE}
    names = holders | {thing.responsible for thing in (*THINGS, *FURTHER)}
    people = {name: replace(office.weber, name=name) for name in names}
    return DemoOffice(
        units=dict.fromkeys(UNITS, office.unit.id),
        people=people | {"isb": office.yildiz, "it": office.brandt},
        on=TODAY,
    )


async def test_the_office_is_modelled_and_equipped(office: Office):
    await demo(stage_set(office))

    assert await value("SELECT count(*) FROM target_object") == len(THINGS) + len(FURTHER) == 38
    assert await value("SELECT count(*) FROM device") >= len(PIECES) == 24
    assert await value("SELECT confidentiality FROM target_object WHERE name = 'Anwendungsserver'") == 3
    assert await value("SELECT availability FROM target_object WHERE name = 'Anwendungsserver'") == 3
    assert await value("SELECT confidentiality FROM target_object WHERE name = 'Internetanschluss'") == 1
    assert await value("SELECT count(*) FROM scope_member") == len(THINGS) + len(FURTHER)
    found = await devices_assigned(office.unit.path, on=TODAY)
    assert found.percent is not None
    assert found.percent > 90


async def test_notebooks_are_counted_and_the_whole_office_is_being_counted(office: Office):
    await demo(stage_set(office))

    assert await value("SELECT count(*) FROM stocktake WHERE closed_on IS NULL") == 1
    assert await value("SELECT count(*) FROM stocktake WHERE closed_on IS NOT NULL") == 1
    assert await value("SELECT count(*) FROM stocktake_decision") == 1
    assert await value("SELECT count(DISTINCT finding) FROM scan") == 3


async def test_without_its_people_there_is_nothing_to_show(office: Office):
    await demo(DemoOffice(units={}, people={}, on=TODAY))

    assert not await value("SELECT count(*) FROM target_object")


async def test_it_shows_what_became_of_old_devices(office: Office):
    await demo(stage_set(office))

    gone = await erasure_proven(office.unit.path, on=TODAY)
    assert (gone.numerator, gone.denominator) == (1, 3)
    assert [one.title for one in await waiting(May.VIEW_MEDIA, seen_by=office.yildiz)] == ["NB-0008 Notebook"]
    (pallet,) = await late_manifests(seen_by=office.brandt, on=TODAY)
    assert [line.mark for line in pallet.to_destroy] == ["TR2-55310", "TR2-55311", "SP9-70001"]


async def test_machines_report_and_some_are_out_of_support(office: Office):
    await brings(office.system)
    await demo(stage_set(office))

    assert await value("SELECT count(*) FROM inventory_report WHERE device IS NOT NULL") == len(MACHINES)
    ends = "SELECT label FROM support_end e JOIN device d ON d.id = e.device WHERE inventory_number = {}"
    assert await value(ends, "SV-0031") == "Debian 12"
    assert await value("SELECT count(*) FROM reported_fact WHERE differs AND replaced_at IS NULL") == 1
