"""What is erased is what nobody has."""

import pytest

from assets.commands.disposal import clear_for_repair, remove_labels
from assets.commands.erasing import plan_erasure, record_erasure
from assets.commands.steps import Given, issue, take, take_back
from assets.queries.devices import DeviceDetail
from assets.queries.dossier_ways import way_on, ways_of
from assets.queries.medium_files import medium_file
from assets.rules.dossier import Clearance, MediumState
from assets.rules.lifecycle import Stage, Step
from isms.rules.errors import Refused
from tests.assets.dossiers import HIGH_PURGE, SANITIZED, a_disk, again
from tests.assets.things import a_device, held
from tests.office import TODAY, Office


@pytest.mark.parametrize("stage", [Stage.ISSUED, Stage.INSTALLED, Stage.IN_REPAIR])
async def test_nothing_is_erased_while_somebody_has_the_device(office: Office, stage: Stage):
    device = await a_device(office)
    disk = await a_disk(office, device)
    await in_use(office, device, stage)
    busy = await again(office, device)

    with pytest.raises(Refused, match=f"Das Gerät ist {stage.label}"):
        await plan_erasure(disk, HIGH_PURGE, by=office.brandt, on=TODAY)
    with pytest.raises(Refused, match="Nehmen Sie es zuerst zurück"):
        await remove_labels(busy, note="", by=office.brandt, on=TODAY)
    assert ways_of(busy, office.brandt) == {}
    assert way_on(busy.media[0], office.brandt) is None


async def in_use(office: Office, device: DeviceDetail, stage: Stage) -> None:
    if stage is Stage.ISSUED:
        await issue(await held(office, device), office.weber, by=office.brandt, on=TODAY)
    if stage is Stage.INSTALLED:
        await take(await held(office, device), Step.INSTALL, Given(place="Raum 3"), by=office.brandt, on=TODAY)
    if stage is Stage.IN_REPAIR:
        told = {"provider": "Küstentechnik", "reason": "Vertrag 17/2026"}
        await clear_for_repair(await held(office, device), Clearance.CONTRACT, **told, by=office.brandt, on=TODAY)
        await take(await held(office, device), Step.REPAIR, Given(reason="Akku"), by=office.brandt, on=TODAY)


async def test_what_was_planned_before_it_was_used_again_is_planned_anew(office: Office):
    device = await a_device(office)
    disk = await a_disk(office, device)
    await plan_erasure(disk, HIGH_PURGE, by=office.brandt, on=TODAY)
    await issue(await held(office, device), office.weber, by=office.brandt, on=TODAY)

    with pytest.raises(Refused, match="Das Gerät ist ausgegeben"):
        await record_erasure(disk, SANITIZED, by=office.brandt, on=TODAY)
    await take_back(await held(office, device), by=office.brandt, on=TODAY)

    assert (await medium_file(disk)).state is MediumState.OPEN
