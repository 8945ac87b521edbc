from dataclasses import replace

import pytest

from assets.commands.disposal import clear_for_repair, confirm_mediumless, state_mediumless
from assets.commands.media import change_medium
from assets.commands.steps import Given, take
from assets.rules.dossier import Clearance
from assets.rules.lifecycle import Stage, Step
from isms.rules.errors import Incomplete, Refused
from tests.assets.dossiers import a_disk, again
from tests.assets.things import a_device, held
from tests.office import TODAY, Office


class TestRepair:
    async def repair(self, office: Office, device) -> None:
        await take(await held(office, device), Step.REPAIR, Given(reason="Scharnier"), by=office.brandt, on=TODAY)

    async def clear(self, office: Office, device, clearance: Clearance, reason: str = "") -> None:
        facts = {"provider": "Küstentechnik", "reason": reason}
        await clear_for_repair(await held(office, device), clearance, **facts, by=office.brandt, on=TODAY)

    async def test_a_disk_inside_wants_a_decision_first(self, office: Office):
        device = await a_device(office)
        await a_disk(office, device, encrypted=True)
        with pytest.raises(Refused, match="Im Gerät sind Datenträger"):
            await self.repair(office, device)

        await self.clear(office, device, Clearance.ENCRYPTED)

        await self.repair(office, device)
        assert (await held(office, device)).stage is Stage.IN_REPAIR

    async def test_the_decision_is_for_one_repair(self, office: Office):
        device = await a_device(office)
        await a_disk(office, device, encrypted=True)
        await self.clear(office, device, Clearance.ENCRYPTED)
        await self.repair(office, device)
        await take(await held(office, device), Step.RECEIVE, Given(), by=office.brandt, on=TODAY)

        with pytest.raises(Refused, match="Im Gerät sind Datenträger"):
            await self.repair(office, device)

    async def test_only_what_is_true_can_be_decided(self, office: Office):
        device = await a_device(office)
        await a_disk(office, device)
        for clearance in (Clearance.ERASED, Clearance.REMOVED, Clearance.ENCRYPTED):
            with pytest.raises(Refused):
                await self.clear(office, device, clearance)
        with pytest.raises(Incomplete):
            await self.clear(office, device, Clearance.CONTRACT)

        await self.clear(office, device, Clearance.CONTRACT, "Vertrag 17/2026")
        await self.repair(office, device)

    async def test_without_a_recorded_medium_somebody_says_that_there_is_none(self, office: Office):
        printer = await a_device(office, name="Drucker")
        with pytest.raises(Refused, match="kein Datenträger erfasst"):
            await self.repair(office, printer)
        for clearance in (Clearance.ERASED, Clearance.ENCRYPTED):
            with pytest.raises(Refused, match="kein Datenträger erfasst"):
                await self.clear(office, printer, clearance)

        await self.clear(office, printer, Clearance.NONE)

        await self.repair(office, printer)
        assert (await held(office, printer)).stage is Stage.IN_REPAIR

    async def test_two_people_who_stated_it_are_enough(self, office: Office):
        monitor = await a_device(office, name="Monitor")
        await state_mediumless(await again(office, monitor), reason="Monitor", by=office.brandt, on=TODAY)
        await confirm_mediumless(await again(office, monitor), by=office.yildiz, on=TODAY)

        await self.repair(office, monitor)

        assert (await held(office, monitor)).stage is Stage.IN_REPAIR

    async def test_a_disk_that_came_in_since_asks_anew(self, office: Office):
        device = await a_device(office)
        await a_disk(office, device, "S4EV-1", encrypted=True)
        await self.clear(office, device, Clearance.CONTRACT, "Vertrag 17/2026")
        await a_disk(office, device, "S4EV-2")

        with pytest.raises(Refused, match="Im Gerät sind Datenträger"):
            await self.repair(office, device)

    async def test_what_was_true_has_to_be_true_when_it_leaves(self, office: Office):
        device = await a_device(office)
        disk = await a_disk(office, device, encrypted=True)
        await self.clear(office, device, Clearance.ENCRYPTED)
        await change_medium(
            disk, replace(disk.facts, encrypted=False), by=office.brandt, on=TODAY, version=disk.version
        )

        with pytest.raises(Refused, match="stimmt nicht mehr"):
            await self.repair(office, device)

        await self.clear(office, device, Clearance.CONTRACT, "Vertrag 17/2026")
        await self.repair(office, device)
