from dataclasses import replace
from datetime import timedelta

import pytest

from assets.commands.consignments import Waybill, hand_over
from assets.commands.erasing import Done, plan_erasure, record_erasure
from assets.commands.media import change_medium, put_in, take_out
from assets.commands.noting_media import note_media
from assets.queries.inventory_sockets import gone_media
from assets.queries.media import media_in, media_taken_out, medium, placements
from assets.rules.dossier import DisposalWay
from assets.rules.erasure import Method
from assets.rules.media import GIGABYTE, MediumFacts, MediumField, MediumKind, MediumSource
from assets.tables import StorageMedium
from isms.audit import change
from isms.rules.errors import Forbidden, Incomplete, Missing, Refused, Stale
from tests.assets.dossiers import TO_PROVIDER, a_disk, a_retired_device, again, approved
from tests.assets.things import a_device, a_medium, held, trail
from tests.office import TODAY, Office

DISK = MediumFacts(MediumKind.SSD, "S4EV-1", "Nordwind", "Spur 5", 512 * GIGABYTE)


async def noted(office: Office, device, *media: MediumFacts):
    """What the inventory of a device led to."""
    async with change("devices.imported", device, by=office.brandt, unit=device.unit, count=1) as made:
        return await note_media(made, device, media, on=TODAY)


async def test_a_medium_in_a_device_leaves_a_trace(office: Office):
    one = await a_medium(office, await a_device(office), serial=" S4EV-1 ")

    assert (one.serial, one.source, one.device_name) == ("S4EV-1", MediumSource.TYPED, "NB-0001 Notebook Außendienst")
    assert [(entry.action, entry.subject) for entry in (await trail())[:1]] == [("medium.added", one.key)]


async def test_a_serial_number_belongs_to_one_medium(office: Office):
    await a_medium(office, await a_device(office), serial="S4EV-1")

    with pytest.raises(Incomplete) as error:
        await a_medium(office, serial="S4EV-1")

    assert set(error.value.complaints) == {"serial"}


@pytest.mark.parametrize("who", ["yildiz", "lindner", "weber", "hansen"])
async def test_only_it_keeps_media(office: Office, who: str):
    one = await a_medium(office, await a_device(office))

    with pytest.raises(Forbidden):
        await take_out(one, reason="getauscht", by=getattr(office, who), on=TODAY)


@pytest.mark.parametrize("who", ["weber", "hansen", "vogt"])
async def test_media_are_not_for_everyone(office: Office, who: str):
    one = await a_medium(office, await a_device(office))

    with pytest.raises(Missing):
        await medium(one.id, seen_by=getattr(office, who))


async def test_a_medium_taken_out_stays_a_medium_of_the_office(office: Office):
    device = await a_device(office)
    one = await a_medium(office, device, serial="S4EV-1")

    await take_out(one, reason="gegen eine größere getauscht", by=office.brandt, on=TODAY)

    after = await medium(one.id, seen_by=office.brandt)
    assert (after.device, after.unit) == (None, office.unit.id)
    assert await media_in(device.id) == []
    assert [gone.id for gone in await media_taken_out(device.id)] == [one.id]
    assert [entry.action for entry in (await trail())[:2]] == ["device.medium_taken_out", "medium.taken_out"]


async def test_a_medium_is_taken_out_once(office: Office):
    one = await a_medium(office, await a_device(office))
    await take_out(one, reason="getauscht", by=office.brandt, on=TODAY)

    with pytest.raises(Stale):
        await take_out(one, reason="getauscht", by=office.brandt, on=TODAY)


async def test_a_medium_goes_into_one_device_at_a_time(office: Office):
    first, second = await a_device(office), await a_device(office, "NB-0002")
    one = await a_medium(office, first)
    with pytest.raises(Refused, match="schon in NB-0001"):
        await put_in(one, second, by=office.brandt, on=TODAY)
    await take_out(one, reason="getauscht", by=office.brandt, on=TODAY)
    lying = await medium(one.id, seen_by=office.brandt)

    await put_in(lying, second, by=office.brandt, on=TODAY)

    assert [stay.device for stay in await placements(one)] == [second.id, first.id]
    with pytest.raises(Stale):
        await put_in(lying, first, by=office.brandt, on=TODAY)


async def test_describing_anew_notices_who_was_faster(office: Office):
    one = await a_medium(office, await a_device(office))
    told = MediumFacts(MediumKind.SSD, "S4EV-1", encrypted=True)

    await change_medium(one, told, by=office.brandt, on=TODAY, version=one.version)

    after = await medium(one.id, seen_by=office.brandt)
    assert (after.serial, after.encrypted, after.encrypted_on) == ("S4EV-1", True, TODAY)
    with pytest.raises(Stale):
        await change_medium(one, told, by=office.brandt, on=TODAY, version=one.version)


class TestInventories:
    async def test_the_same_account_twice_changes_nothing(self, office: Office):
        device = await a_device(office)
        first = await noted(office, device, DISK, MediumFacts(MediumKind.NVME, "", "", "Ohne Nummer"))
        entries = len(await trail())

        second = await noted(office, device, DISK, MediumFacts(MediumKind.NVME, "", "", "Ohne Nummer"))

        assert (len(first.added), second.added, second.ids, second.missing) == (2, [], first.ids, [])
        assert await StorageMedium.count() == 2
        assert len(await trail()) == entries + 1

    async def test_what_a_person_typed_is_not_overwritten_but_completed(self, office: Office):
        device = await a_device(office)
        typed = await a_medium(office, device, serial="S4EV-1", model="Spur 4")

        found = await noted(office, device, DISK)

        after = await medium(typed.id, seen_by=office.brandt)
        assert (after.model, after.maker, after.source) == ("Spur 4", "Nordwind", MediumSource.TYPED)
        assert [one.field for one in found.differing[typed.id]] == [MediumField.MODEL]

    async def test_a_typed_medium_without_a_number_gets_the_one_that_was_read(self, office: Office):
        device = await a_device(office)
        typed = await a_medium(office, device)

        found = await noted(office, device, DISK)

        assert found.ids == [typed.id]
        assert (await medium(typed.id, seen_by=office.brandt)).serial == "S4EV-1"

    async def test_a_disk_moves_with_its_history(self, office: Office):
        first, second = await a_device(office), await a_device(office, "NB-0002")
        (id,) = (await noted(office, first, DISK)).ids

        found = await noted(office, second, DISK)

        assert (found.moved, await media_in(first.id)) == ([id], [])
        stays = await placements(await medium(id, seen_by=office.brandt))
        assert [(stay.device, stay.ended_on) for stay in stays] == [(second.id, None), (first.id, TODAY)]

    async def test_what_is_not_told_any_more_is_named_and_stays(self, office: Office):
        device = await a_device(office)
        (gone,) = (await noted(office, device, DISK)).ids

        found = await noted(office, device, MediumFacts(MediumKind.SSD, "S4EV-2"))

        assert found.missing == [gone]
        assert len(await media_in(device.id)) == 2

    async def test_a_newer_account_renews_an_older_one(self, office: Office):
        device = await a_device(office)
        (id,) = (await noted(office, device, DISK)).ids

        await noted(office, device, MediumFacts(MediumKind.SSD, "S4EV-1", encrypted=True))

        after = await medium(id, seen_by=office.brandt)
        assert (after.encrypted, after.encrypted_on, after.model) == (True, TODAY, "Spur 5")


@pytest.mark.parametrize("over", ["destroyed", "handed over"])
async def test_a_disk_that_cannot_be_there_stays_what_it_is(office: Office, over: str):
    disk = await a_disk(office, await a_retired_device(office, "NB-0007"), "S4EV-1")
    if over == "destroyed":
        await plan_erasure(disk, replace(TO_PROVIDER, by_provider=False), by=office.brandt, on=TODAY)
        await record_erasure(disk, Done(Method.SHRED, "Schredder"), by=office.brandt, on=TODAY)
    else:
        await take_out(disk, reason="defekt", by=office.brandt, on=TODAY)
        alone = await medium(disk.id, seen_by=office.brandt)
        await plan_erasure(alone, TO_PROVIDER, by=office.brandt, on=TODAY)
        await approved(office, alone, DisposalWay.DESTRUCTION)
        waybill = Waybill("Aktenmühle", "B-1", "P-1")
        going = [await again(office, alone)]
        await hand_over(going, waybill, unit=office.unit, witness=None, by=office.brandt, on=TODAY)
    before = await medium(disk.id, seen_by=office.brandt)
    device = await a_device(office)

    told = await noted(office, device, DISK)

    assert (told.impossible, told.moved) == ([disk.id], [])
    assert (await medium(disk.id, seen_by=office.brandt)).device == before.device
    assert await media_in(device.id) == []
    said = {entry.action for entry in (await trail())[:4]}
    assert {"medium.reported_again", "device.reported_gone_medium"} <= said
    (duty,) = await gone_media(office.brandt, seen_by=office.brandt, on=TODAY)
    assert (duty.href, duty.values) == (f"/devices/{device.id}", {"device": "NB-0001 Notebook Außendienst"})
    assert await gone_media(office.brandt, seen_by=office.brandt, on=TODAY + timedelta(days=40)) == []
    assert await gone_media(office.hansen, seen_by=office.hansen, on=TODAY) == []
    assert await gone_media(office.yildiz, seen_by=office.yildiz, on=TODAY) == ()


async def test_a_disposed_device_gets_no_media_any_more(office: Office):
    device = await a_device(office)
    await StorageMedium.raw("UPDATE device SET stage = 'disposed'")

    with pytest.raises(Refused, match="seine Akte abgeschlossen"):
        await a_medium(office, await held(office, device))
