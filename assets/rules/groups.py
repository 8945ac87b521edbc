"""When one object may stand for many: only for what is alike in every way that counts (BSI 200-2, section 8.1.1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assets.rules.protection import Goal
from isms.rules.errors import Complaint
from isms.rules.texts import N_

COUNT = N_("Angegeben sind {number}, im Haus sind {devices} Geräte.")
ROOMS = N_("Die Gruppe steht an mehreren Orten: {names}.")
NETWORKS = N_("Die Gruppe hängt an mehreren Netzen: {names}.")
UNITS = N_("Die Geräte der Gruppe gehören zu mehreren Einheiten: {names}.")
SETTLED = N_(
    "Für die Gruppe ist festgesetzt: {goals}. Gilt das nicht für alle {number}, dann teilen Sie die Gruppe auf."
)


@dataclass(frozen=True)
class Group:
    """What is known about an object that stands for many. `devices` counts those in the house; places, networks and
    units by name."""

    number: int
    counts_devices: bool = False
    devices: int = 0
    places: Sequence[str] = ()
    networks: Sequence[str] = ()
    units: Sequence[str] = ()
    settled: Sequence[Goal] = ()


def doubts(group: Group) -> list[Complaint]:
    """What speaks against one object for all of them, as sentences; nothing for what stands for one only."""
    return list(_doubts(group)) if group.number > 1 or group.devices > 1 else []


def _doubts(group: Group) -> Iterator[Complaint]:
    if group.devices and not group.counts_devices and group.devices != group.number:
        yield Complaint(COUNT, {"number": group.number, "devices": group.devices})
    for said, names in ((ROOMS, group.places), (NETWORKS, group.networks), (UNITS, group.units)):
        if len(names) > 1:
            yield Complaint(said, {"names": tuple(names)})
    if group.settled:
        yield Complaint(SETTLED, {"goals": tuple(group.settled), "number": group.number})
