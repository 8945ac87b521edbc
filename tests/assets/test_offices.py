"""Who has rights in two offices keeps their things apart."""

import pytest

from assets.commands.consignments import Waybill, hand_over
from assets.commands.devices import add_device
from assets.commands.licences import LicenceFacts, add_licence, give_seat
from assets.commands.steps import issue
from assets.queries.devices import DeviceDetail, device
from assets.queries.licences import licence
from assets.rules.facts import DeviceFacts
from assets.rules.licences import LicenceKind
from assets.rules.lifecycle import Stage
from isms.commands.people import insert_membership
from isms.db.reading import value
from isms.people import Actor, actor
from isms.rules.errors import Refused
from isms.rules.roles import Role
from tests.assets.dossiers import a_finished_device, again
from tests.assets.things import a_device, held
from tests.office import TODAY, Office


async def brandt_of_both(office: Office) -> Actor:
    await insert_membership(office.brandt.id, unit=office.elsewhere.id, role=Role.IT, starts_on=TODAY)
    return await actor(office.brandt.id, on=TODAY)


async def theirs(office: Office) -> DeviceDetail:
    facts = DeviceFacts(inventory_number="AB-1", name="Notebook drüben")
    id = await add_device(facts, unit=office.elsewhere, stage=Stage.IN_STOCK, place="Lager", by=office.hansen, on=TODAY)
    return await device(id, seen_by=office.hansen)


async def test_a_device_stays_with_people_of_its_office(office: Office):
    brandt, found = await brandt_of_both(office), await theirs(office)

    with pytest.raises(Refused, match="Lukas Weber gehört zu einem anderen Amt"):
        await issue(found, office.weber, by=brandt, on=TODAY)

    assert await value("SELECT count(*) FROM handover") == 0
    await issue(found, office.petersen, by=brandt, on=TODAY)
    await issue(await a_device(office), office.weber, by=brandt, on=TODAY)


@pytest.mark.parametrize("kind", [LicenceKind.PERSON, LicenceKind.DEVICE])
async def test_a_seat_stays_in_the_office_that_bought_it(office: Office, kind: LicenceKind):
    brandt, found = await brandt_of_both(office), await theirs(office)
    ours = await licence(
        await add_licence(LicenceFacts("Tabellenwerk", kind, seats=3), unit=office.unit, by=brandt), seen_by=brandt
    )

    with pytest.raises(Refused, match="gehört zu einem anderen Amt"):
        await give_seat(ours, person=office.hansen, device=found, by=brandt, on=TODAY)

    await give_seat(ours, person=office.weber, device=await held(office, await a_device(office)), by=brandt, on=TODAY)


async def test_a_pallet_holds_things_of_one_office(office: Office):
    brandt = await brandt_of_both(office)
    going = [await again(office, await a_finished_device(office))]
    waybill = Waybill("Aktenmühle Nord", container="BX-12", seal="P-4711")

    with pytest.raises(Refused, match="gehört zu einem anderen Amt"):
        await hand_over(going, waybill, unit=office.elsewhere, witness=None, by=brandt, on=TODAY)

    assert await value("SELECT count(*) FROM consignment") == 0
