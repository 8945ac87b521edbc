from datetime import timedelta

import msgspec
import pytest

from assets.commands.devices import add_device, change_device, see
from assets.commands.steps import Given, issue, retire, take, take_back
from assets.queries.devices import device, handovers, held_by, stages
from assets.rules.dossier import DisposalWay
from assets.rules.facts import DeviceFacts
from assets.rules.lifecycle import Ownership, Stage, Step
from assets.tables import Device, Handover, Sighting, StageChange
from isms.files import KeptFile
from isms.queries.files import files_of
from isms.rules.errors import Forbidden, Incomplete, Missing, Refused, Stale
from tests.assets.dossiers import free_to_leave
from tests.assets.things import YESTERDAY, a_device, held, trail
from tests.office import TODAY, Office


async def test_recording_a_device_leaves_a_trace(office: Office):
    one = await a_device(office, serial="SN-4711")

    assert (one.stage, one.place, one.since, one.seen_on) == (Stage.IN_STOCK, "Lager", TODAY, TODAY)
    entry = (await trail())[0]
    assert (entry.action, entry.subject, entry.actor) == ("device.added", one.key, office.brandt.id)


async def test_inventory_numbers_are_given_once(office: Office):
    await a_device(office, "NB-0001")

    with pytest.raises(Incomplete) as error:
        await a_device(office, "NB-0001")

    assert set(error.value.complaints) == {"inventory_number"}
    assert await Device.count() == 1


async def test_a_new_device_is_ordered_or_in_stock(office: Office):
    with pytest.raises(Refused, match="Ein neues Gerät ist beantragt, bestellt oder im Lager, nicht „ausgegeben“"):
        await a_device(office, stage=Stage.ISSUED)


@pytest.mark.parametrize("who", ["weber", "yildiz", "lindner", "hansen"])
async def test_only_it_keeps_devices(office: Office, who: str):
    facts = DeviceFacts("NB-0001", "Notebook")

    with pytest.raises(Forbidden):
        await add_device(facts, unit=office.unit, stage=Stage.IN_STOCK, place="", by=getattr(office, who), on=TODAY)


async def test_a_device_is_described_anew(office: Office):
    one = await a_device(office)

    await change_device(one, DeviceFacts("NB-0009", "Notebook Labor"), by=office.brandt, version=one.version)

    after = await held(office, one)
    assert (after.inventory_number, after.name, after.version) == ("NB-0009", "Notebook Labor", 2)
    with pytest.raises(Stale):
        await change_device(one, one.facts, by=office.brandt, version=one.version)


async def test_a_taken_number_is_not_taken_over(office: Office):
    await a_device(office, "NB-0001")
    other = await a_device(office, "NB-0002")

    with pytest.raises(Incomplete):
        await change_device(other, DeviceFacts("NB-0001", "Notebook"), by=office.brandt, version=1)


async def test_a_device_moves_within_its_office_only(office: Office):
    one = await a_device(office)

    await change_device(one, one.facts, by=office.brandt, version=1, unit=office.hygiene)

    assert (await held(office, one)).unit_name == office.hygiene.name
    with pytest.raises(Forbidden):
        await change_device(await held(office, one), one.facts, by=office.brandt, version=2, unit=office.elsewhere)


class TestIssuing:
    async def test_it_leaves_a_trace_and_a_handover(self, office: Office):
        one = await a_device(office)

        await issue(one, office.weber, by=office.brandt, on=TODAY, due_back_on=TODAY + timedelta(days=14))

        after = await held(office, one)
        assert (after.stage, after.holder_name, after.place) == (Stage.ISSUED, "Lukas Weber", office.hygiene.name)
        assert after.due_back_on == TODAY + timedelta(days=14)
        assert {"device.issued", "handover.recorded"} <= {entry.action for entry in await trail()}
        assert (await stages(one))[0].step is Step.ISSUE

    async def test_only_the_faster_of_two_clerks_issues_a_device(self, office: Office):
        as_the_slower_clerk_sees_it = await a_device(office)
        await issue(as_the_slower_clerk_sees_it, office.weber, by=office.brandt, on=TODAY)

        with pytest.raises(Stale):
            await issue(as_the_slower_clerk_sees_it, office.kaya, by=office.brandt, on=TODAY)

        assert await Handover.count() == 1
        assert await StageChange.count() == 2

    async def test_a_retired_device_stays_where_it_is(self, office: Office):
        one = await a_device(office)
        await retire(one, reason="defekt", by=office.brandt, on=TODAY)

        with pytest.raises(Refused) as refusal:
            await issue(await held(office, one), office.weber, by=office.brandt, on=TODAY)

        assert str(refusal.value).startswith("„Ausgeben“ geht nicht: Das Gerät ist ausgesondert. Möglich ist: ")
        assert not await Handover.exists()

    async def test_somebody_must_get_it(self, office: Office):
        with pytest.raises(Incomplete) as error:
            await take(await a_device(office), Step.ISSUE, Given(), by=office.brandt, on=TODAY)

        assert set(error.value.complaints) == {"holder"}

    @pytest.mark.parametrize("who", ["weber", "yildiz", "hansen", "reuter"])
    async def test_only_it_hands_out(self, office: Office, who: str):
        with pytest.raises(Forbidden):
            await issue(await a_device(office), office.weber, by=getattr(office, who), on=TODAY)

    async def test_not_before_the_device_was_there(self, office: Office):
        with pytest.raises(Refused, match="Der nächste Schritt kann nicht davor liegen"):
            await issue(await a_device(office), office.weber, by=office.brandt, on=YESTERDAY)


async def test_taking_back_closes_the_handover(office: Office):
    one = await a_device(office)
    await issue(one, office.weber, by=office.brandt, on=TODAY)

    await take_back(await held(office, one), place="Lager 2", by=office.brandt, on=TODAY)

    after = await held(office, one)
    assert (after.stage, after.holder, after.place) == (Stage.RETURNED, None, "Lager 2")
    (past,) = await handovers(after, seen_by=office.brandt)
    assert (past.person_name, past.returned_on) == ("Lukas Weber", TODAY)


async def test_a_device_that_is_not_out_cannot_come_back(office: Office):
    with pytest.raises(Refused, match="„Zurücknehmen“ geht nicht: Das Gerät ist im Lager"):
        await take_back(await a_device(office), by=office.brandt, on=TODAY)


async def test_a_loss_ends_the_handover_too(office: Office):
    one = await a_device(office)
    await issue(one, office.weber, by=office.brandt, on=TODAY)

    await take(await held(office, one), Step.REPORT_LOST, Given(reason="im Zug vergessen"), by=office.brandt, on=TODAY)

    assert (await held(office, one)).holder is None
    assert (await held(office, one)).steps(office.brandt) == [Step.REPORT_STOLEN, Step.FIND]


@pytest.mark.parametrize(
    ("step", "field"), [(Step.INSTALL, "place"), (Step.MOVE, "place"), (Step.REPAIR, "reason"), (Step.RETIRE, "reason")]
)
async def test_steps_say_what_they_need(office: Office, step: Step, field: str):
    with pytest.raises(Incomplete) as error:
        await take(await a_device(office), step, Given(), by=office.brandt, on=TODAY)

    assert set(error.value.complaints) == {field}
    assert await StageChange.count() == 1


async def test_what_came_back_is_checked_and_reset(office: Office):
    one = await a_device(office)
    await issue(one, office.weber, by=office.brandt, on=TODAY)
    await take_back(await held(office, one), by=office.brandt, on=TODAY)

    with pytest.raises(Incomplete) as error:
        await take(await held(office, one), Step.RESET, Given(), by=office.brandt, on=TODAY)
    await take(await held(office, one), Step.RESET, Given(is_reset=True, place="Lager"), by=office.brandt, on=TODAY)

    assert set(error.value.complaints) == {"is_reset"}
    assert (await held(office, one)).stage is Stage.IN_STOCK


async def test_nobody_approves_what_they_asked_for_themselves(office: Office):
    one = await a_device(office, stage=Stage.REQUESTED)
    assert Step.APPROVE in (await held(office, one)).steps(office.albrecht)
    asker_and_head = msgspec.structs.replace(office.albrecht, held=office.albrecht.held + office.brandt.held)
    facts = DeviceFacts("NB-0002", "Notebook")
    id = await add_device(facts, unit=office.unit, stage=Stage.REQUESTED, place="", by=asker_and_head, on=TODAY)
    own = await device(id, seen_by=asker_and_head)

    with pytest.raises(Refused, match="„Genehmigen“ braucht eine zweite Person"):
        await take(own, Step.APPROVE, Given(), by=asker_and_head, on=TODAY)
    await take(one, Step.APPROVE, Given(), by=asker_and_head, on=TODAY)

    assert Step.APPROVE not in own.steps(asker_and_head)
    assert (await held(office, one)).stage is Stage.APPROVED


async def test_a_lost_device_is_written_off_by_somebody_else(office: Office):
    one = await a_device(office)
    await take(one, Step.REPORT_LOST, Given(reason="weg"), by=office.brandt, on=TODAY)

    with pytest.raises(Forbidden):
        await take(await held(office, one), Step.WRITE_OFF, Given(reason="Ein Jahr"), by=office.brandt, on=TODAY)
    await take(await held(office, one), Step.WRITE_OFF, Given(reason="Ein Jahr"), by=office.albrecht, on=TODAY)

    after = await held(office, one)
    assert (after.stage, after.steps(office.brandt)) == (Stage.WRITTEN_OFF, [Step.FIND])


async def test_leased_devices_go_back_to_their_owner_with_a_proof(office: Office):
    one = await a_device(office, ownership=Ownership.LEASED)
    await retire(one, reason="Vertragsende", by=office.brandt, on=TODAY)
    await free_to_leave(office, one, DisposalWay.RETURN)

    with pytest.raises(Incomplete) as error:
        await take(await held(office, one), Step.GIVE_BACK, Given(), by=office.brandt, on=TODAY)
    proof = KeptFile("0" * 64, 10, "rueckgabe.pdf", "application/pdf")
    await take(await held(office, one), Step.GIVE_BACK, Given(document=proof), by=office.brandt, on=TODAY)

    assert set(error.value.complaints) == {"document"}
    assert (await held(office, one)).stage is Stage.GIVEN_BACK
    (file,) = await files_of(one.key, seen_by=office.brandt)
    assert file.name == "rueckgabe.pdf"


async def test_seeing_a_device_is_noted(office: Office):
    one = await a_device(office, stage=Stage.IN_STOCK)

    await see(one, place="Raum 112", by=office.brandt, on=TODAY)

    assert await Sighting.count() == 2
    assert (await trail())[0].action == "device.seen"


async def test_a_lost_device_is_found_first(office: Office):
    one = await a_device(office)
    await take(one, Step.REPORT_LOST, Given(reason="weg"), by=office.brandt, on=TODAY)

    with pytest.raises(Refused, match="Das Gerät ist verloren"):
        await see(await held(office, one), place="", by=office.brandt, on=TODAY)


async def test_everybody_sees_their_own_devices_and_strangers_none(office: Office):
    one, other = await a_device(office, "NB-0001"), await a_device(office, "NB-0002")
    await issue(one, office.weber, by=office.brandt, on=TODAY)

    assert (await device(one.id, seen_by=office.weber)).steps(office.weber) == []
    for id, person in ((other.id, office.weber), (one.id, office.kaya), (one.id, office.hansen)):
        with pytest.raises(Missing):
            await device(id, seen_by=person)
    assert [row.id for row in await held_by(office.weber.id, seen_by=office.weber)] == [one.id]
    assert [row.id for row in await held_by(office.weber.id, seen_by=office.lindner)] == [one.id]
    assert await held_by(office.weber.id, seen_by=office.hansen) == []


async def test_a_device_that_moves_stays_with_who_has_it(office: Office):
    one = await a_device(office)
    await issue(one, office.weber, by=office.brandt, on=TODAY)

    await take(await held(office, one), Step.MOVE, Given(place="Raum 112"), by=office.brandt, on=TODAY)

    now = await held(office, one)
    assert (now.stage, now.place, now.holder) == (Stage.ISSUED, "Raum 112", office.weber.id)
    assert (await stages(now))[0].place == "Raum 112"
    assert (await trail())[0].action == "device.moved"
