"""Whether a device may leave the house: nothing does while data may still be on it."""

from __future__ import annotations

from assets.queries.devices import DeviceDetail
from assets.rules.lifecycle import Step


async def check_dossier(device: DeviceDetail, step: Step) -> None:
    """Raise Refused unless the file of the device's storage media allows the step (those that demand DOSSIER).

    Asked inside the change that takes the step. Until dossiers are kept, nothing stands in the way.
    """
