"""Whether a device may leave the house: nothing does while data may still be on it."""

from __future__ import annotations

from assets.queries.devices import DeviceDetail
from assets.queries.dossiers import Subject, dossier_of
from assets.rules.dossier import Clearance, check_clearance, check_erased, check_leaving, check_way
from assets.rules.lifecycle import Step
from isms.db import hold
from isms.db.reading import Row, row
from isms.rules.errors import Refused
from isms.rules.texts import N_

UNCLEARED = N_(
    "Im Gerät sind Datenträger. Entscheiden Sie zuerst, was mit den Daten geschieht, bevor das Gerät aus dem Haus geht."
)
UNKNOWN = N_(
    "Für das Gerät ist kein Datenträger erfasst. Halten Sie zuerst fest, dass es keinen hat, oder was mit den Daten "
    "geschieht."
)
OUTDATED = N_(
    "Was zu den Daten entschieden ist, stimmt nicht mehr: Die Datenträger im Gerät sind andere, oder ihr Nachweis gilt "
    "nicht mehr. Entscheiden Sie neu."
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
    """Somebody must have decided about the data since the device came back last, and it must still be true.

    Two people's statement that the device has no medium is decision enough.
    """
    if found.mediumless:
        return
    cleared = await row(_Cleared, CLEARED, *[found.thing.id] * 3)
    if cleared is None:
        raise Refused(UNCLEARED if found.media else UNKNOWN)
    try:
        check_clearance(cleared.clearance, found.media_at_stake, cleared.reason)
    except Refused as error:
        raise Refused(OUTDATED) from error


class _Cleared(Row):
    clearance: Clearance
    reason: str


# Whatever was put in or came home since asks anew.
CLEARED = """SELECT x.clearance, x.reason FROM repair_clearance x WHERE x.device = {} AND x.recorded_at >= COALESCE(
        (SELECT max(c.recorded_at) FROM stage_change c WHERE c.device = {}), x.recorded_at)
    AND x.recorded_at >= COALESCE((SELECT max(l.recorded_at) FROM medium_placement l
        WHERE l.device = {} AND l.ended_on IS NULL), x.recorded_at)
    ORDER BY x.id DESC LIMIT 1"""
