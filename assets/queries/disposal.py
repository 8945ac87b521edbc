"""Whether a device may leave the house: nothing does while data may still be on it."""

from __future__ import annotations

from assets.queries.devices import DeviceDetail
from assets.queries.dossiers import Subject, dossier_of
from assets.rules.dossier import check_erased, check_leaving, check_way
from assets.rules.lifecycle import Step
from isms.db import hold
from isms.db.reading import value
from isms.rules.errors import Refused
from isms.rules.texts import N_

UNCLEARED = N_(
    "Im Gerät sind Datenträger. Entscheiden Sie zuerst, was mit den Daten geschieht, bevor das Gerät aus dem Haus geht."
)


async def check_dossier(device: DeviceDetail, step: Step) -> None:
    """Raise Refused unless the file of the device's storage media allows the step.

    Asked inside the change that takes the step, and until that ends nobody else touches the file: an approval that is
    withdrawn at the same moment counts either before or not at all.
    """
    await hold(f"dossier device {device.id}")
    found = await dossier_of(device)
    if step is Step.REPAIR:
        await _check_repair(found)
    elif step is Step.ERASE:
        check_erased(found.dossier)
    else:
        check_leaving(found.dossier)
        if found.request:
            check_way(step, found.request.way)


async def _check_repair(found: Subject) -> None:
    """With a medium in it, somebody must have decided about the data since the device came back last."""
    if found.media and not await value(CLEARED, found.thing.id, found.thing.id):
        raise Refused(UNCLEARED)


CLEARED = """SELECT x.id FROM repair_clearance x WHERE x.device = {} AND x.recorded_at > COALESCE(
    (SELECT max(c.recorded_at) FROM stage_change c WHERE c.device = {} AND (c.step IS NULL OR c.step <> 'repair')),
    x.recorded_at)"""
