from dataclasses import replace

import pytest

from assets.commands.erasing import Checked, Decision, Done, check_erasure, plan_erasure, record_erasure
from assets.commands.media import put_in, take_out
from assets.commands.needs import assess
from assets.commands.steps import issue, take_back
from assets.queries.destruction import derived_need
from assets.queries.media import medium
from assets.queries.medium_files import medium_file
from assets.rules.dossier import MediumState
from assets.rules.erasure import ErasureLevel, Extent, Method
from assets.rules.kinds import Kind
from assets.rules.media import MediumKind
from assets.rules.protection import Goal, ProtectionNeed
from assets.tables import Erasure, ErasureCheck, ErasurePlan
from isms.rules.errors import Forbidden, Incomplete, Refused
from tests.assets.dossiers import HIGH_PURGE, LOOKED, SANITIZED, TO_PROVIDER, a_disk, a_retired_device
from tests.assets.things import YESTERDAY, a_device, a_medium, an_object, held, seen, trail
from tests.office import TODAY, Office

NORMAL, HIGH, VERY_HIGH = ProtectionNeed


async def test_erasing_and_checking_leaves_a_proof_and_a_trace(office: Office):
    disk = await a_disk(office, await a_retired_device(office))

    await plan_erasure(disk, HIGH_PURGE, by=office.brandt, on=TODAY)
    await record_erasure(disk, SANITIZED, by=office.brandt, on=TODAY)
    assert (await medium_file(disk)).state is MediumState.ERASED
    await check_erasure(disk, LOOKED, by=office.yildiz, on=TODAY)

    file = await medium_file(disk)
    assert file.state is MediumState.PROVEN
    assert file.last
    assert (file.last.operator_name, file.last.verifier_name) == ("Jonas Brandt", "Sabine Yıldız")
    assert (file.last.tool, file.last.tool_version, file.last.level) == ("hdparm", "9.65", ErasureLevel.PURGE)
    found = [entry.action for entry in (await trail())[:3]]
    assert found == ["medium.erasure_checked", "medium.erased", "medium.erasure_planned"]


async def test_nobody_checks_their_own_erasure(office: Office):
    disk = await a_disk(office, await a_retired_device(office))
    await plan_erasure(disk, HIGH_PURGE, by=office.brandt, on=TODAY)
    await record_erasure(disk, SANITIZED, by=office.brandt, on=TODAY)

    with pytest.raises(Refused, match="zweite Person"):
        await check_erasure(disk, LOOKED, by=office.brandt, on=TODAY)

    assert not await ErasureCheck.exists()


async def test_an_erasure_is_checked_once(office: Office):
    disk = await a_disk(office, await a_retired_device(office))
    await plan_erasure(disk, HIGH_PURGE, by=office.brandt, on=TODAY)
    await record_erasure(disk, SANITIZED, by=office.brandt, on=TODAY)
    await check_erasure(disk, LOOKED, by=office.yildiz, on=TODAY)

    with pytest.raises(Refused, match="nichts zu prüfen"):
        await check_erasure(disk, LOOKED, by=office.yildiz, on=TODAY)


@pytest.mark.parametrize("who", ["weber", "lindner", "albrecht", "hansen"])
async def test_only_it_erases(office: Office, who: str):
    disk = await a_disk(office, await a_retired_device(office))

    with pytest.raises(Forbidden):
        await plan_erasure(disk, HIGH_PURGE, by=getattr(office, who), on=TODAY)


@pytest.mark.parametrize("who", ["weber", "lindner", "albrecht", "petersen"])
async def test_not_everybody_may_be_the_second_person(office: Office, who: str):
    disk = await a_disk(office, await a_retired_device(office))
    await plan_erasure(disk, HIGH_PURGE, by=office.brandt, on=TODAY)
    await record_erasure(disk, SANITIZED, by=office.brandt, on=TODAY)

    with pytest.raises(Forbidden):
        await check_erasure(disk, LOOKED, by=getattr(office, who), on=TODAY)


async def test_overwriting_an_ssd_is_not_enough_for_a_high_need(office: Office):
    disk = await a_disk(office, await a_retired_device(office))
    await plan_erasure(disk, HIGH_PURGE, by=office.brandt, on=TODAY)

    with pytest.raises(Incomplete) as error:
        await record_erasure(disk, Done(Method.OVERWRITE, "nwipe"), by=office.brandt, on=TODAY)

    assert "Sanitize" in str(error.value.complaints["method"])
    assert not await Erasure.exists()


async def test_nothing_is_erased_without_a_decision(office: Office):
    disk = await a_disk(office, await a_retired_device(office))

    with pytest.raises(Refused, match="noch nichts festgelegt"):
        await record_erasure(disk, SANITIZED, by=office.brandt, on=TODAY)


async def test_days_run_forward(office: Office):
    disk = await a_disk(office, await a_retired_device(office))
    await plan_erasure(disk, HIGH_PURGE, by=office.brandt, on=TODAY)
    with pytest.raises(Incomplete):
        await record_erasure(disk, SANITIZED, by=office.brandt, on=YESTERDAY)
    await record_erasure(disk, SANITIZED, by=office.brandt, on=TODAY)
    with pytest.raises(Incomplete):
        await check_erasure(disk, LOOKED, by=office.yildiz, on=YESTERDAY)


class TestFailing:
    async def test_a_failed_erasure_leaves_only_destruction(self, office: Office):
        disk = await a_disk(office, await a_retired_device(office))
        await plan_erasure(disk, HIGH_PURGE, by=office.brandt, on=TODAY)
        await record_erasure(disk, Done(Method.SANITIZE, "hdparm", succeeded=False), by=office.brandt, on=TODAY)
        assert (await medium_file(disk)).state is MediumState.FAILED

        with pytest.raises(Incomplete) as error:
            await plan_erasure(disk, HIGH_PURGE, by=office.brandt, on=TODAY)
        assert set(error.value.complaints) == {"level"}

        await plan_erasure(disk, TO_PROVIDER, by=office.brandt, on=TODAY)
        assert (await medium_file(disk)).state is MediumState.TO_HAND_OVER

    async def test_data_found_at_the_check_is_a_failed_erasure(self, office: Office):
        disk = await a_disk(office, await a_retired_device(office))
        await plan_erasure(disk, HIGH_PURGE, by=office.brandt, on=TODAY)
        await record_erasure(disk, SANITIZED, by=office.brandt, on=TODAY)

        await check_erasure(disk, Checked(Extent.SAMPLE, passed=False), by=office.yildiz, on=TODAY)

        assert (await medium_file(disk)).state is MediumState.FAILED


class TestDeciding:
    async def test_a_need_that_nobody_knows_wants_a_reason(self, office: Office):
        disk = await a_disk(office, await a_retired_device(office))

        with pytest.raises(Incomplete) as error:
            await plan_erasure(disk, Decision(HIGH, ErasureLevel.PURGE), by=office.brandt, on=TODAY)

        assert set(error.value.complaints) == {"need_reason"}

    async def test_less_than_proposed_wants_a_reason_and_stands_in_the_file(self, office: Office):
        disk = await a_disk(office, await a_retired_device(office))
        less = Decision(HIGH, ErasureLevel.CLEAR, need_reason="Adressen")
        with pytest.raises(Incomplete) as error:
            await plan_erasure(disk, less, by=office.brandt, on=TODAY)
        assert set(error.value.complaints) == {"reason"}

        told = Decision(HIGH, ErasureLevel.CLEAR, need_reason="Adressen", reason="bleibt im Amt")
        await plan_erasure(disk, told, by=office.brandt, on=TODAY)

        plan = (await medium_file(disk)).plan
        assert plan
        assert (plan.proposed, plan.level, plan.reason) == (
            ErasureLevel.PURGE,
            ErasureLevel.CLEAR,
            "bleibt im Amt",
        )

    async def test_only_what_is_destroyed_goes_out_with_data_on_it(self, office: Office):
        disk = await a_disk(office, await a_retired_device(office))

        with pytest.raises(Incomplete) as error:
            wrong = Decision(HIGH, ErasureLevel.PURGE, by_provider=True, need_reason="Adressen")
            await plan_erasure(disk, wrong, by=office.brandt, on=TODAY)

        assert set(error.value.complaints) == {"by_provider"}

    async def test_destruction_is_ordered_as_finely_as_the_office_settled(self, office: Office):
        disk = await a_medium(office, await a_retired_device(office), MediumKind.HDD)

        await plan_erasure(disk, TO_PROVIDER, by=office.brandt, on=TODAY)

        plan = (await medium_file(disk)).plan
        assert plan
        assert (plan.protection_class, plan.security_level) == (3, 5)

    async def test_a_newer_decision_supersedes_what_was_done_by_the_older(self, office: Office):
        disk = await a_disk(office, await a_retired_device(office))
        await plan_erasure(disk, HIGH_PURGE, by=office.brandt, on=TODAY)
        await record_erasure(disk, SANITIZED, by=office.brandt, on=TODAY)

        destroy = Decision(VERY_HIGH, ErasureLevel.DESTROY, need_reason="doch Befunde")
        await plan_erasure(disk, destroy, by=office.brandt, on=TODAY)

        assert (await medium_file(disk)).state is MediumState.PLANNED
        assert await ErasurePlan.count() == 2


class TestWhatWasOnIt:
    async def test_the_need_comes_from_the_system_that_the_device_belongs_to(self, office: Office):
        system = await an_object(office, "Notebooks im Außendienst", Kind.IT_SYSTEM)
        device = await a_device(office, it_system=system.id)
        disk = await a_disk(office, device)
        await assess(await seen(office, system), {Goal.CONFIDENTIALITY: VERY_HIGH}, reason="x", by=office.yildiz)

        found = await derived_need(disk)

        assert found
        assert (found.need, found.object) == (VERY_HIGH, system.id)

    async def test_what_was_higher_once_still_counts(self, office: Office):
        system = await an_object(office, "Notebooks im Außendienst", Kind.IT_SYSTEM)
        disk = await a_disk(office, await a_device(office, it_system=system.id))
        for need in (VERY_HIGH, NORMAL):
            await assess(await seen(office, system), {Goal.CONFIDENTIALITY: need}, reason="x", by=office.yildiz)

        found = await derived_need(disk)

        assert found
        assert found.need is VERY_HIGH

    async def test_a_disk_remembers_the_device_that_it_was_in(self, office: Office):
        system = await an_object(office, "Notebooks im Außendienst", Kind.IT_SYSTEM)
        await assess(await seen(office, system), {Goal.CONFIDENTIALITY: HIGH}, reason="x", by=office.yildiz)
        disk = await a_disk(office, await a_device(office, it_system=system.id))

        await take_out(disk, reason="getauscht", by=office.brandt, on=TODAY)

        found = await derived_need(await medium(disk.id, seen_by=office.brandt))
        assert found
        assert found.need is HIGH

    async def test_a_known_need_wants_no_words(self, office: Office):
        system = await an_object(office, "Notebooks im Außendienst", Kind.IT_SYSTEM)
        await assess(await seen(office, system), {Goal.CONFIDENTIALITY: HIGH}, reason="x", by=office.yildiz)
        disk = await a_disk(office, await a_device(office, it_system=system.id))

        await plan_erasure(disk, Decision(HIGH, ErasureLevel.PURGE), by=office.brandt, on=TODAY)

        plan = (await medium_file(disk)).plan
        assert plan
        assert (plan.derived, plan.derived_from) == (HIGH, system.id)


async def test_what_was_erased_before_somebody_used_it_again_proves_nothing(office: Office):
    device = await a_device(office)
    disk = await a_disk(office, device)
    await plan_erasure(disk, HIGH_PURGE, by=office.brandt, on=TODAY)
    await record_erasure(disk, SANITIZED, by=office.brandt, on=TODAY)
    await check_erasure(disk, LOOKED, by=office.yildiz, on=TODAY)
    assert (await medium_file(disk)).state is MediumState.PROVEN

    await issue(await held(office, device), office.weber, by=office.brandt, on=TODAY)
    await take_back(await held(office, device), by=office.brandt, on=TODAY)

    assert (await medium_file(disk)).state is MediumState.OPEN


async def test_a_failed_erasure_stays_with_the_disk_wherever_it_goes(office: Office):
    device = await a_retired_device(office)
    disk = await a_disk(office, device)
    await plan_erasure(disk, HIGH_PURGE, by=office.brandt, on=TODAY)
    await record_erasure(disk, replace(SANITIZED, succeeded=False), by=office.brandt, on=TODAY)

    await take_out(await medium(disk.id, seen_by=office.brandt), reason="defekt", by=office.brandt, on=TODAY)
    await put_in(await medium(disk.id, seen_by=office.brandt), device, by=office.brandt, on=TODAY)

    inside = await medium(disk.id, seen_by=office.brandt)
    assert (await medium_file(inside)).state is MediumState.FAILED
    with pytest.raises(Incomplete):
        await plan_erasure(inside, HIGH_PURGE, by=office.brandt, on=TODAY)
