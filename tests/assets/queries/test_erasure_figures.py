from datetime import timedelta

import pytest

from assets.commands.erasing import plan_erasure, record_erasure
from assets.commands.steps import Given, take
from assets.queries import disposal_duties
from assets.queries.indicators.erasure import NO_CERTIFICATE, NO_DOSSIER, erasure_proven
from assets.queries.reports.disposal import DISPOSALS
from assets.rules.dossier import Verdict
from assets.rules.lifecycle import Step
from assets.tables import Device, StageChange
from isms.db.writing import insert
from tests.assets.dossiers import (
    HIGH_PURGE,
    SANITIZED,
    a_disk,
    a_finished_device,
    a_retired_device,
    again,
    decide,
    erased_and_checked,
    requested,
)
from tests.assets.test_consignments import certified, handed_over, to_destroy
from tests.assets.things import YESTERDAY, a_device, held
from tests.office import TODAY, Office


async def dispose(office: Office, device) -> None:
    await take(await held(office, device), Step.DISPOSE, Given(reason="Wertstoff"), by=office.brandt, on=TODAY)


async def gone_without_proof(office: Office, number: str = "NB-0099"):
    """As it came from an older register: disposed of, and nothing is known about its disks."""
    device = await a_device(office, number)
    await Device.update({Device.stage: "disposed"}).where(Device.id == device.id)
    await insert(StageChange, device=device.id, stage="disposed", taken_on=TODAY, taken_by=office.brandt.id)
    return device


class TestProven:
    async def test_what_left_with_a_whole_file_counts(self, office: Office):
        await dispose(office, await a_finished_device(office))
        old = await gone_without_proof(office)

        found = await erasure_proven(office.unit.path, on=TODAY)

        assert (found.numerator, found.denominator) == (1, 2)
        assert {fact.key: fact.note for fact in found.facts if not fact.counts} == {old.key: NO_DOSSIER}

    async def test_what_is_still_here_does_not_count_at_all(self, office: Office):
        await a_finished_device(office)

        assert (await erasure_proven(office.unit.path, on=TODAY)).denominator == 0

    async def test_a_past_day_is_answered_as_it_was(self, office: Office):
        await dispose(office, await a_finished_device(office))

        assert (await erasure_proven(office.unit.path, on=YESTERDAY)).denominator == 0
        assert (await erasure_proven(office.elsewhere.path, on=TODAY)).denominator == 0

    async def test_a_certificate_counts_from_the_day_it_is_there(self, office: Office):
        pallet = await handed_over(office, await to_destroy(office, "NB-0001", "S4EV-1"))
        before = await erasure_proven(office.unit.path, on=TODAY)
        assert (before.numerator, before.facts[0].note) == (0, NO_CERTIFICATE)

        await certified(office, pallet, "S4EV-1")

        assert (await erasure_proven(office.unit.path, on=TODAY)).numerator == 1


async def test_the_protocol_has_a_row_per_medium(office: Office):
    device = await a_retired_device(office)
    for serial in ("S4EV-1", "S4EV-2"):
        await erased_and_checked(office, await a_disk(office, device, serial))
    await requested(office, device)
    await decide(office, await again(office, device), Verdict.APPROVED)
    await dispose(office, device)
    await gone_without_proof(office)

    rows = [dict(zip([column.name for column in DISPOSALS.columns], row, strict=True)) async for row in lines(office)]

    assert [row["serial"] for row in rows] == ["S4EV-1", "S4EV-2", ""]
    assert {row["verifier"] for row in rows[:2]} == {"Sabine Yıldız"}
    assert [bool(row["gap"]) for row in rows] == [False, False, True]


def lines(office: Office):
    return DISPOSALS.rows(office.unit.path, on=TODAY)


class TestDuties:
    async def test_an_approval_waits_for_those_who_may_give_it(self, office: Office):
        device = await a_retired_device(office)
        await erased_and_checked(office, await a_disk(office, device))
        await requested(office, device)

        for who in (office.albrecht, office.yildiz):
            (duty,) = await disposal_duties.approvals(who, seen_by=who, on=TODAY)
            assert duty.href == f"/devices/{device.id}/disposal-verdict"
        for who in (office.brandt, office.lindner, office.petersen):
            assert not await disposal_duties.approvals(who, seen_by=who, on=TODAY)

    async def test_an_erasure_waits_for_somebody_else(self, office: Office):
        disk = await a_disk(office, await a_retired_device(office))
        await plan_erasure(disk, HIGH_PURGE, by=office.brandt, on=TODAY)
        await record_erasure(disk, SANITIZED, by=office.brandt, on=TODAY)

        (duty,) = await disposal_duties.checks(office.yildiz, seen_by=office.yildiz, on=TODAY)
        assert duty.href == f"/media/{disk.id}/checks/new"
        assert not await disposal_duties.checks(office.brandt, seen_by=office.brandt, on=TODAY)

    @pytest.mark.parametrize(("days", "count"), [(0, 0), (23, 1), (60, 1)])
    async def test_what_lies_too_long_comes_to_the_desk_of_it(self, office: Office, days: int, count: int):
        await a_retired_device(office)
        later = TODAY + timedelta(days=days)

        assert len(await disposal_duties.left_lying(office.brandt, seen_by=office.brandt, on=later)) == count
        assert not await disposal_duties.left_lying(office.yildiz, seen_by=office.yildiz, on=later)

    async def test_what_is_approved_does_not_lie(self, office: Office):
        await a_finished_device(office)

        later = TODAY + timedelta(days=60)
        assert not await disposal_duties.left_lying(office.brandt, seen_by=office.brandt, on=later)

    async def test_a_late_certificate_is_asked_for(self, office: Office):
        pallet = await handed_over(office, await to_destroy(office, "NB-0001", "S4EV-1"))
        later = TODAY + timedelta(days=29)

        (duty,) = await disposal_duties.certificates(office.brandt, seen_by=office.brandt, on=later)
        assert duty.values["container"] == "BX-12"
        await certified(office, pallet, "S4EV-1")
        assert not await disposal_duties.certificates(office.brandt, seen_by=office.brandt, on=later)
