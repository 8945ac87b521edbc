"""What an agent calls a disk, in the words of the register of storage media."""

from __future__ import annotations

from assets.rules.inventory import Disk, State
from assets.rules.media import MediumFacts, MediumKind

MEGABYTE = 10**6
BY_WORD = (("nvme", MediumKind.NVME), ("ssd", MediumKind.SSD), ("solid", MediumKind.SSD), ("usb", MediumKind.FLASH))


def medium_of(disk: Disk, itemtype: str) -> MediumFacts:
    """Kind by the words of name, model and interface; whatever says nothing turns."""
    words = f"{disk.name} {disk.model} {disk.kind} {disk.interface}".casefold()
    kind = next((found for word, found in BY_WORD if word in words), MediumKind.HDD)
    encrypted = {State.ON: True, State.OFF: False}.get(disk.encrypted)
    return MediumFacts(
        kind=MediumKind.PHONE if itemtype == "Phone" else kind,
        serial=disk.serial,
        maker=disk.maker,
        model=disk.model or disk.name,
        capacity_bytes=disk.capacity_mb * MEGABYTE if disk.capacity_mb else None,
        encrypted=encrypted,
    )
