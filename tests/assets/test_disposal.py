import pytest
from msgspec import structs

from assets.commands.disposal import (
    confirm_mediumless,
    decide_disposal,
    remove_labels,
    request_disposal,
    state_mediumless,
)
from assets.commands.media import put_in, take_out
from assets.commands.steps import Given, take
from assets.queries.media import medium
from assets.rules.dossier import DisposalWay, Need, Verdict, missing
from assets.rules.lifecycle import Stage, Step
from assets.tables import DisposalRequest, DisposalVerdict
from isms.rules.errors import Forbidden, Incomplete, Refused, Stale
from tests.assets.dossiers import (
    a_disk,
    a_finished_device,
    a_retired_device,
    again,
    approved,
    decide,
    erased_and_checked,
    requested,
)
from tests.assets.things import a_device, held, trail
from tests.office import TODAY, Office


async def dispose(office: Office, device) -> None:
    await take(await held(office, device), Step.DISPOSE, Given(reason="Wertstoff Nord"), by=office.brandt, on=TODAY)


async def test_a_whole_dossier_opens_the_door(office: Office):
    device = await a_finished_device(office)
    assert missing((await again(office, device)).dossier) == []

    await dispose(office, device)

    assert (await held(office, device)).stage is Stage.DISPOSED
    assert (await trail())[0].action == "device.disposed"


class TestNothingLeavesWithout:
    async def test_a_dossier(self, office: Office):
        device = await a_retired_device(office)

        with pytest.raises(Refused, match="So darf es das Haus nicht verlassen"):
            await dispose(office, device)

        assert (await held(office, device)).stage is Stage.RETIRED

    async def test_approval(self, office: Office):
        device = await a_retired_device(office)
        await erased_and_checked(office, await a_disk(office, device))
        await requested(office, device)

        with pytest.raises(Refused, match="Freigabe durch eine zweite Person"):
            await dispose(office, device)

    async def test_an_approval_of_the_file_as_it_is(self, office: Office):
        device = await a_finished_device(office)
        await a_disk(office, await held(office, device), "S4EV-2")

        with pytest.raises(Refused, match="Es fehlt"):
            await dispose(office, device)
        subject = await again(office, device)
        assert not subject.is_approved
        assert not subject.is_unchanged

    async def test_an_approval_that_still_holds(self, office: Office):
        device = await a_finished_device(office)
        await decide(office, await again(office, device), Verdict.WITHDRAWN, reason="doch noch gebraucht")

        with pytest.raises(Refused, match="Antrag auf Freigabe"):
            await dispose(office, device)

    async def test_its_disks(self, office: Office):
        device = await a_finished_device(office)
        disk = (await again(office, device)).media[0].medium

        with pytest.raises(Refused, match="Es fehlt"):
            await take_out(disk, reason="doch gebraucht", by=office.brandt, on=TODAY)
            await dispose(office, device)


class TestFourEyes:
    async def test_who_asked_does_not_approve(self, office: Office):
        device = await a_retired_device(office)
        await erased_and_checked(office, await a_disk(office, device))
        subject = await requested(office, device)

        with pytest.raises(Forbidden):
            await decide(office, subject, Verdict.APPROVED, by=office.brandt)

    async def test_who_checked_may_approve_and_who_erased_may_not(self, office: Office):
        device = await a_retired_device(office)
        await erased_and_checked(office, await a_disk(office, device))
        subject = await requested(office, device)
        assert office.brandt.id in subject.involved
        assert office.yildiz.id not in subject.involved

        await decide(office, subject, Verdict.APPROVED, by=office.yildiz)

        assert (await again(office, device)).is_approved

    @pytest.mark.parametrize("who", ["weber", "lindner", "hansen", "petersen", "vogt"])
    async def test_only_head_and_isb_approve(self, office: Office, who: str):
        device = await a_retired_device(office)
        await erased_and_checked(office, await a_disk(office, device))

        with pytest.raises(Forbidden):
            await decide(office, await requested(office, device), Verdict.APPROVED, by=getattr(office, who))

    async def test_the_second_of_two_approvers_is_told(self, office: Office):
        device = await a_retired_device(office)
        await erased_and_checked(office, await a_disk(office, device))
        as_both_see_it = await requested(office, device)
        await decide(office, as_both_see_it, Verdict.APPROVED, by=office.albrecht)

        with pytest.raises(Stale):
            await decide(office, as_both_see_it, Verdict.REFUSED, by=office.yildiz)

        assert await DisposalVerdict.count() == 1

    async def test_nobody_approves_what_changed_after_they_read_it(self, office: Office):
        device = await a_retired_device(office)
        await erased_and_checked(office, await a_disk(office, device))
        as_read = await requested(office, device)
        await a_disk(office, await held(office, device), "S4EV-2")

        with pytest.raises(Stale, match="geändert, seit Sie sie gelesen haben"):
            await decide(office, as_read, Verdict.APPROVED)

    async def test_a_refusal_says_why_and_can_be_asked_again(self, office: Office):
        device = await a_retired_device(office)
        await erased_and_checked(office, await a_disk(office, device))
        subject = await requested(office, device)
        with pytest.raises(Incomplete):
            await decide(office, subject, Verdict.REFUSED, reason="")
        await decide(office, subject, Verdict.REFUSED, reason="Der Empfänger ist nicht zertifiziert.")
        refused = await again(office, device)
        assert missing(refused.dossier) == [Need.REQUEST, Need.APPROVAL]

        await request_disposal(refused, DisposalWay.RECYCLING, recipient="Andere", note="", by=office.brandt, on=TODAY)

        assert (await again(office, device)).waits

    async def test_an_approval_is_withdrawn_once(self, office: Office):
        device = await a_finished_device(office)
        subject = await again(office, device)
        await decide(office, subject, Verdict.WITHDRAWN)

        with pytest.raises(Refused, match="keine Freigabe"):
            await decide(office, subject, Verdict.WITHDRAWN)

    async def test_what_has_left_cannot_be_called_back(self, office: Office):
        device = await a_finished_device(office)
        subject = await again(office, device)
        await dispose(office, device)

        with pytest.raises(Refused, match="schon verlassen"):
            await decide(office, subject, Verdict.WITHDRAWN)


class TestWithoutMedium:
    async def test_two_people_state_it(self, office: Office):
        device = await a_retired_device(office, name="Monitor")
        await state_mediumless(await again(office, device), reason="Monitor", by=office.brandt, on=TODAY)
        with pytest.raises(Refused, match="zweite Person"):
            await confirm_mediumless(await again(office, device), by=office.brandt, on=TODAY)
        assert Need.MEDIA in missing((await again(office, device)).dossier)

        await confirm_mediumless(await again(office, device), by=office.yildiz, on=TODAY)

        assert (await again(office, device)).mediumless
        await approved(office, device)
        await dispose(office, device)

    async def test_not_with_a_medium_in_it(self, office: Office):
        device = await a_retired_device(office)
        await a_disk(office, device)

        with pytest.raises(Refused, match="sind Datenträger erfasst"):
            await state_mediumless(await again(office, device), reason="keiner", by=office.brandt, on=TODAY)

    async def test_a_medium_that_turns_up_ends_the_statement(self, office: Office):
        device = await a_retired_device(office)
        await state_mediumless(await again(office, device), reason="Monitor", by=office.brandt, on=TODAY)
        await confirm_mediumless(await again(office, device), by=office.yildiz, on=TODAY)

        await a_disk(office, device)

        assert not (await again(office, device)).mediumless


async def test_asking_comes_after_the_rest(office: Office):
    device = await a_retired_device(office)
    await a_disk(office, device)
    subject = await again(office, device)

    with pytest.raises(Refused, match="noch nicht so weit"):
        await request_disposal(subject, DisposalWay.SALE, recipient="X", note="", by=office.brandt, on=TODAY)
    with pytest.raises(Incomplete):
        await request_disposal(subject, DisposalWay.SALE, recipient=" ", note="", by=office.brandt, on=TODAY)

    assert not await DisposalRequest.exists()


async def test_it_is_asked_for_once(office: Office):
    device = await a_retired_device(office)
    await erased_and_checked(office, await a_disk(office, device))
    subject = await requested(office, device)

    with pytest.raises(Refused, match="schon beantragt"):
        await request_disposal(subject, DisposalWay.RECYCLING, recipient="X", note="", by=office.brandt, on=TODAY)


async def test_a_disk_on_its_own_has_a_dossier_of_its_own(office: Office):
    device = await a_device(office)
    disk = await a_disk(office, device)
    await take_out(disk, reason="getauscht", by=office.brandt, on=TODAY)
    alone = await medium(disk.id, seen_by=office.brandt)
    await erased_and_checked(office, alone)

    subject = await approved(office, alone)

    assert (subject.key, missing(subject.dossier)) == (disk.key, [])
    await put_in(alone, device, by=office.brandt, on=TODAY)
    with pytest.raises(Stale):
        await remove_labels(subject, note="", by=office.brandt, on=TODAY)


async def test_a_right_that_is_gone_in_mid_step_stops_the_step(office: Office):
    device = await a_retired_device(office)
    await erased_and_checked(office, await a_disk(office, device))
    subject = await requested(office, device)
    no_longer = structs.replace(office.albrecht, held=())
    with pytest.raises(Forbidden):
        await decide_disposal(subject, Verdict.APPROVED, reason="", seen=subject.as_read, by=no_longer, on=TODAY)


async def test_an_approval_is_for_the_request_that_was_read(office: Office):
    """The same file, asked for again with another recipient, is another question."""
    device = await a_retired_device(office)
    await erased_and_checked(office, await a_disk(office, device))
    as_the_head_read_it = await requested(office, device)
    seen = as_the_head_read_it.as_read
    await decide_disposal(as_the_head_read_it, Verdict.REFUSED, reason="Nein", seen=seen, by=office.yildiz, on=TODAY)
    again_asked = await requested(office, device)

    with pytest.raises(Stale):
        await decide_disposal(again_asked, Verdict.APPROVED, reason="", seen=seen, by=office.albrecht, on=TODAY)
