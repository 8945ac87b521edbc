from datetime import timedelta
from typing import Any

import pytest

from assets.commands.consignments import Certificate, Waybill, hand_over, record_certificate
from assets.commands.destruction import settle_destruction
from assets.commands.erasing import plan_erasure
from assets.commands.media import put_in, take_out
from assets.queries.consignments import late_manifests, manifest, ready_to_go
from assets.queries.destruction import settled_fineness
from assets.queries.media import medium
from assets.rules.destruction import STARTER, Carrier, Fineness
from assets.rules.dossier import DisposalWay, MediumState
from assets.rules.lifecycle import Stage
from assets.rules.protection import ProtectionNeed
from assets.tables import Consignment, DestructionRule
from isms.files import KeptFile
from isms.rules.errors import Forbidden, Incomplete, Refused
from tests.assets.dossiers import TO_PROVIDER, a_disk, a_finished_device, a_retired_device, again, approved
from tests.assets.things import YESTERDAY, a_device, held, trail
from tests.office import TODAY, Office

WAYBILL = Waybill("Aktenmühle Nord", container="BX-12", seal="P-4711", transport="Kastenwagen", received_by="T. Voß")
PAPER = KeptFile("ab" * 32, 1000, "nachweis.pdf", "application/pdf")


async def to_destroy(office: Office, number: str, serial: str):
    """A retired device whose disk a provider destroys; approved."""
    device = await a_retired_device(office, number, serial=f"G-{number}")
    await plan_erasure(await a_disk(office, device, serial), TO_PROVIDER, by=office.brandt, on=TODAY)
    return await approved(office, device, DisposalWay.DESTRUCTION)


async def a_loose_disk(office: Office, serial: str, number: str = ""):
    disk = await a_disk(office, await a_device(office, number or f"PC-{serial}"), serial, maker="Samsung", model="PM9")
    await take_out(disk, reason="getauscht", by=office.brandt, on=TODAY)
    alone = await medium(disk.id, seen_by=office.brandt)
    await plan_erasure(alone, TO_PROVIDER, by=office.brandt, on=TODAY)
    return await approved(office, alone, DisposalWay.DESTRUCTION)


async def handed_over(office: Office, *subjects, **told):
    facts: dict[str, Any] = {"unit": office.unit, "witness": office.yildiz, "by": office.brandt, "on": TODAY} | told
    id = await hand_over(subjects, WAYBILL, **facts)
    return await manifest(id, seen_by=office.brandt)


async def certified(office: Office, found, *marks: str, fineness: Fineness = STARTER[ProtectionNeed.VERY_HIGH]):
    told = Certificate(TODAY, fineness, "\n".join(marks), number="V-9")
    await record_certificate(found, PAPER, told, unit=office.unit, by=office.brandt, on=TODAY)
    return await manifest(found.consignment.id, seen_by=office.brandt)


async def test_a_pallet_takes_devices_and_disks_together(office: Office):
    first, second = await to_destroy(office, "NB-0001", "S4EV-1"), await to_destroy(office, "NB-0002", "S4EV-2")
    loose = await a_loose_disk(office, "S4EV-3")
    assert {one.key for one in await ready_to_go(seen_by=office.brandt)} == {first.key, second.key, loose.key}

    found = await handed_over(office, first, second, loose)

    assert [line.mark for line in found.to_destroy] == ["S4EV-1", "S4EV-2", "S4EV-3"]
    assert [line.mark for line in found.lines if line.device] == ["G-NB-0001", "G-NB-0002"]
    assert (await held(office, first.device)).stage is Stage.DISPOSED
    assert (await again(office, loose.alone)).media[0].state is MediumState.HANDED_OVER
    assert await ready_to_go(seen_by=office.brandt) == []
    assert (await trail())[0].action in {"disposal.handed_over", "consignment.handed_over"}


async def test_a_certificate_that_names_everything_closes_the_proof(office: Office):
    found = await handed_over(office, await to_destroy(office, "NB-0001", "S4EV-1"))

    after = await certified(office, found, "s4ev-1")

    assert after.is_proven
    assert after.returned.is_complete
    assert after.certificates[0].sha256 == PAPER.sha256
    device = next(line.device for line in found.lines if line.device)
    assert (await again(office, await held(office, device))).media[0].state is MediumState.DESTROYED


async def test_what_a_certificate_misses_and_adds_is_noticed(office: Office):
    first, second = await to_destroy(office, "NB-0001", "S4EV-1"), await to_destroy(office, "NB-0002", "S4EV-2")
    found = await handed_over(office, first, second)

    after = await certified(office, found, "S4EV-1", "ZZ-99")

    assert (after.returned.missing, after.returned.extra) == (("S4EV-2",), ("ZZ-99",))
    assert not after.is_proven
    assert (await again(office, second.device)).media[0].state is MediumState.HANDED_OVER
    assert (await certified(office, after, "S4EV-2")).is_proven


async def test_one_line_of_a_certificate_proves_one_disk(office: Office):
    twins = [await a_loose_disk(office, "", number) for number in ("PC-1", "PC-2")]
    marks = [one.media[0].medium.mark for one in twins]
    assert len(set(marks)) == 2
    found = await handed_over(office, *twins)

    after = await certified(office, found, marks[0])

    assert after.returned.missing == (marks[1],)

    states = [(await again(office, await medium(one.thing.id, seen_by=office.brandt))).media[0].state for one in twins]
    assert states == [MediumState.DESTROYED, MediumState.HANDED_OVER]


async def test_a_coarser_destruction_than_ordered_proves_nothing(office: Office):
    found = await handed_over(office, await to_destroy(office, "NB-0001", "S4EV-1"))

    after = await certified(office, found, "S4EV-1", fineness=Fineness(2, 4))

    assert after.too_coarse
    assert not after.is_proven


async def test_erased_devices_go_along_without_a_certificate(office: Office):
    device = await a_finished_device(office)

    found = await handed_over(office, await again(office, device))

    assert not found.to_destroy
    assert found.is_proven
    assert (await held(office, device)).stage is Stage.DISPOSED


async def test_what_was_handed_over_is_put_into_nothing_any_more(office: Office):
    loose = await a_loose_disk(office, "S4EV-3")
    await handed_over(office, loose)
    assert loose.alone

    with pytest.raises(Refused, match="hat das Haus verlassen"):
        await put_in(loose.alone, await a_device(office, "NB-0009"), by=office.brandt, on=TODAY)


class TestTheDoor:
    async def test_what_is_not_approved_stays_and_takes_the_whole_pallet_back(self, office: Office):
        good = await to_destroy(office, "NB-0001", "S4EV-1")
        bad = await again(office, await a_retired_device(office, "NB-0002"))

        with pytest.raises(Refused, match=r"NB-0002.* darf das Haus nicht verlassen"):
            await handed_over(office, good, bad)

        assert not await Consignment.exists()
        assert (await held(office, good.device)).stage is Stage.RETIRED

    async def test_nothing_goes_twice(self, office: Office):
        subject = await to_destroy(office, "NB-0001", "S4EV-1")
        await handed_over(office, subject)

        with pytest.raises(Refused, match="schon verlassen"):
            await handed_over(office, subject)

    async def test_container_and_seal_are_named(self, office: Office):
        subject = await to_destroy(office, "NB-0001", "S4EV-1")

        with pytest.raises(Incomplete) as error:
            empty = Waybill("", "", " ")
            await hand_over([], empty, unit=office.unit, witness=office.brandt, by=office.brandt, on=TODAY)

        assert set(error.value.complaints) == {"provider", "container", "seal", "things", "witness"}
        assert not (await again(office, subject.device)).has_left

    @pytest.mark.parametrize("who", ["weber", "yildiz", "albrecht", "hansen"])
    async def test_only_it_hands_over(self, office: Office, who: str):
        subject = await to_destroy(office, "NB-0001", "S4EV-1")

        with pytest.raises(Forbidden):
            await handed_over(office, subject, by=getattr(office, who), witness=None)


async def test_a_certificate_cannot_be_older_than_the_handover(office: Office):
    found = await handed_over(office, await to_destroy(office, "NB-0001", "S4EV-1"))

    with pytest.raises(Incomplete) as error:
        told = Certificate(YESTERDAY, Fineness(3, 5), "S4EV-1")
        await record_certificate(found, PAPER, told, unit=office.unit, by=office.brandt, on=TODAY)

    assert set(error.value.complaints) == {"certified_on"}


async def test_a_late_certificate_is_noticed(office: Office):
    found = await handed_over(office, await to_destroy(office, "NB-0001", "S4EV-1"))
    in_time, late = TODAY + timedelta(days=28), TODAY + timedelta(days=29)

    assert await late_manifests(seen_by=office.brandt, on=in_time) == []
    (one,) = await late_manifests(seen_by=office.brandt, on=late)
    assert one.consignment.id == found.consignment.id
    assert await late_manifests(seen_by=office.hansen, on=late) == []


class TestSettling:
    async def test_an_office_settles_its_own_values(self, office: Office):
        chosen = {**STARTER, ProtectionNeed.VERY_HIGH: Fineness(3, 6)}

        await settle_destruction(office.unit, Carrier.ELECTRONIC, chosen, reason="Beschluss 4/26", by=office.yildiz)

        settled = await settled_fineness(office.unit.id)
        assert settled[Carrier.ELECTRONIC][ProtectionNeed.VERY_HIGH] == Fineness(3, 6)
        assert settled[Carrier.HARD_DISK] == STARTER
        assert await DestructionRule.count() == 1

    async def test_only_with_a_reason_in_order_and_by_the_isb(self, office: Office):
        with pytest.raises(Incomplete):
            await settle_destruction(office.unit, Carrier.PAPER, STARTER, reason="", by=office.yildiz)
        coarse = {**STARTER, ProtectionNeed.VERY_HIGH: Fineness(1, 3)}
        with pytest.raises(Incomplete):
            await settle_destruction(office.unit, Carrier.PAPER, coarse, reason="x", by=office.yildiz)
        with pytest.raises(Forbidden):
            await settle_destruction(office.unit, Carrier.PAPER, STARTER, reason="x", by=office.brandt)
