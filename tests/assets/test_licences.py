"""Licences: never more seats than were bought, and nobody elsewhere sees who has one."""

from datetime import timedelta

import pytest

from assets.commands.licences import LicenceFacts, add_licence, change_licence, free_seat, give_seat
from assets.queries.licences import AskedLicences, LicenceDetail, licence, licences, licences_of, seats
from assets.queries.reports.upkeep import licences as licence_lines
from assets.rules.licences import LicenceKind
from isms.listing import Ask
from isms.people import Someone, someone
from isms.rules.errors import Forbidden, Incomplete, Missing, Refused, Stale
from tests.assets.things import a_device, an_object
from tests.office import TODAY, Office


async def bought(office: Office, *, seats: int = 1, kind: LicenceKind = LicenceKind.PERSON, **more) -> LicenceDetail:
    facts = LicenceFacts("Tabellenwerk", kind, seats=seats, **more)
    return await licence(await add_licence(facts, unit=office.unit, by=office.brandt), seen_by=office.brandt)


async def known(office: Office, who: str) -> Someone:
    return await someone(getattr(office, who).id, within=office.brandt)


async def test_the_last_seat_goes_once(office: Office):
    one = await bought(office)
    await give_seat(one, person=await known(office, "weber"), by=office.brandt, on=TODAY)

    with pytest.raises(Refused, match="Von „Tabellenwerk“ ist kein Platz mehr frei"):
        await give_seat(one, person=await known(office, "kaya"), by=office.brandt, on=TODAY)

    (taken,) = await seats(one, seen_by=office.brandt)
    await free_seat(one, taken, by=office.brandt, on=TODAY)
    await give_seat(one, person=await known(office, "kaya"), by=office.brandt, on=TODAY)
    assert [seat.person_name for seat in await seats(one, seen_by=office.brandt)] == ["Ayşe Kaya"]
    with pytest.raises(Stale):
        await free_seat(one, taken, by=office.brandt, on=TODAY)


async def test_nobody_sits_twice(office: Office):
    one = await bought(office, seats=5)
    await give_seat(one, person=await known(office, "weber"), by=office.brandt, on=TODAY)

    with pytest.raises(Refused, match="schon ein Platz"):
        await give_seat(one, person=await known(office, "weber"), by=office.brandt, on=TODAY)


async def test_a_licence_counts_people_or_devices_or_nothing(office: Office):
    per_device = await bought(office, kind=LicenceKind.DEVICE)
    everywhere = await bought(office, kind=LicenceKind.SITE)
    device = await a_device(office)

    with pytest.raises(Incomplete):
        await give_seat(per_device, person=await known(office, "weber"), by=office.brandt, on=TODAY)
    with pytest.raises(Refused, match="ganze Amt"):
        await give_seat(everywhere, device=device, by=office.brandt, on=TODAY)
    await give_seat(per_device, device=device, by=office.brandt, on=TODAY)
    assert [one.name for one in await licences_of("device", device.id, seen_by=office.brandt)] == ["Tabellenwerk"]


async def test_fewer_seats_than_are_taken_are_refused(office: Office):
    one = await bought(office, seats=2)
    for who in ("weber", "kaya"):
        await give_seat(one, person=await known(office, who), by=office.brandt, on=TODAY)

    with pytest.raises(Incomplete) as refused:
        await change_licence(
            one, LicenceFacts("Tabellenwerk", LicenceKind.PERSON, seats=1), version=1, by=office.brandt
        )
    assert "seats" in refused.value.complaints


async def test_what_is_full_can_be_asked_for(office: Office):
    full, _ = await bought(office), await bought(office, seats=9, vendor="Nordlicht")
    await give_seat(full, person=await known(office, "weber"), by=office.brandt, on=TODAY)

    found = await licences(AskedLicences(full=True), Ask(), seen_by=office.brandt)
    by_word = await licences(AskedLicences(q="nordl"), Ask(), seen_by=office.brandt)

    assert [one.id for one in found.rows] == [full.id]
    assert [one.vendor for one in by_word.rows] == ["Nordlicht"]
    assert (await licences(AskedLicences(), Ask(), seen_by=office.hansen)).rows == []


async def test_an_application_shows_its_licences(office: Office):
    target = await an_object(office, "Terminlotse")
    await bought(office, application=target.id)

    assert [one.name for one in await licences_of("target_object", target.id, seen_by=office.yildiz)] == [
        "Tabellenwerk"
    ]


async def test_auditors_see_seats_without_names(office: Office):
    one = await bought(office)
    await give_seat(one, person=await known(office, "weber"), by=office.brandt, on=TODAY)

    (seat,) = await seats(await licence(one.id, seen_by=office.lindner), seen_by=office.lindner)

    assert (seat.person_name, seat.starts_on) == (None, TODAY)
    with pytest.raises(Missing):
        await licence(one.id, seen_by=office.weber)
    with pytest.raises(Forbidden):
        await give_seat(one, person=await known(office, "kaya"), by=office.yildiz, on=TODAY)


async def test_the_register_counts_the_seats_of_a_past_day(office: Office):
    one = await bought(office, seats=3)
    await give_seat(one, person=await known(office, "weber"), by=office.brandt, on=TODAY - timedelta(days=0))

    lines = [line async for line in licence_lines(office.unit.path, on=TODAY)]
    before = [line async for line in licence_lines(office.unit.path, on=TODAY - timedelta(days=1))]

    assert [(line[1], line[5], line[6]) for line in lines] == [("Tabellenwerk", 3, 1)]
    assert before == []


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"seats": 0}, "seats"),
        ({"starts_on": TODAY, "ends_on": TODAY - timedelta(days=1)}, "ends_on"),
        ({"cost_cents": -1}, "cost"),
    ],
)
async def test_a_licence_makes_sense(office: Office, facts, field: str):
    with pytest.raises(Incomplete) as refused:
        await add_licence(LicenceFacts("X", LicenceKind.PERSON, **facts), unit=office.unit, by=office.brandt)

    assert list(refused.value.complaints) == [field]
