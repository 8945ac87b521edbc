"""Which device of the register a report is of, and what it changes. What a person wrote down is never overwritten."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assets.rules.inventory import PROTECTION, FactName, Report, State, same
from assets.rules.lifecycle import GONE as GONE_STAGES
from assets.rules.lifecycle import Stage
from isms.rules.errors import Complaint
from isms.rules.texts import N_

Index = Mapping[tuple[FactName, str], frozenset[int]]

SEVERAL = N_("Auf „{what}“ {value} passen mehrere Geräte: {devices}. Berichtigen Sie die Angaben dort.")
TWO = N_("Die Inventarnummer gehört zu {first}, die Seriennummer zu {second}. Berichtigen Sie die Angaben dort.")
GONE = N_("{device} ist {stage}, meldet sich aber. Prüfen Sie, wo das Gerät ist.")
SWAPPED = N_("Die Kennung gehört zu {device}, aber die Seriennummer ist eine andere. Prüfen Sie, welches Gerät es ist.")


@dataclass(frozen=True)
class KnownDevice:
    """A device that a report may be of."""

    id: int
    label: str
    stage: Stage
    serial: str = ""
    reported_serial: str = ""

    def has_other_serial(self, serial: str) -> bool:
        known = [one for one in (self.serial, self.reported_serial) if one]
        return bool(serial and known) and all(not same(FactName.SERIAL, one, serial) for one in known)


@dataclass(frozen=True)
class Found:
    """The device of a report and by what it was recognised; neither for a new one; or why nobody can tell."""

    device: int | None = None
    by: FactName | None = None
    complaint: Complaint | None = None


def identify(report: Report, index: Index, known: Mapping[int, KnownDevice]) -> Found:
    """By the printed number, then the serial number, then what the mainboard and the agent call themselves."""
    serial = report.facts.get(FactName.SERIAL, "")
    for name, value in report.identities:
        ids = index.get((name, value), frozenset())
        if name is FactName.AGENT_ID:  # a cloned disk takes it along
            ids = frozenset(id for id in ids if not known[id].has_other_serial(serial))
        if len(ids) > 1:
            devices = tuple(sorted(known[id].label for id in ids))
            return Found(complaint=Complaint(SEVERAL, {"what": name, "value": value, "devices": devices}))
        if ids:
            return _checked(next(iter(ids)), report, index, by=name, known=known)
    return Found()


def _checked(id: int, report: Report, index: Index, *, by: FactName, known: Mapping[int, KnownDevice]) -> Found:
    device, serial = known[id], report.facts.get(FactName.SERIAL, "")
    others = index.get((FactName.SERIAL, serial), frozenset()) - {id}
    if by is FactName.ASSET_TAG and others:
        values = {"first": device.label, "second": known[min(others)].label}
        return Found(complaint=Complaint(TWO, values))
    if by is FactName.UUID and device.has_other_serial(serial):
        return Found(complaint=Complaint(SWAPPED, {"device": device.label}))
    if device.stage in GONE_STAGES:
        return Found(complaint=Complaint(GONE, {"device": device.label, "stage": device.stage}))
    return Found(id, by)


@dataclass(frozen=True)
class Changes:
    """What a report says that was not known: facts with what was known before, programs that came and went."""

    facts: Mapping[FactName, tuple[str, str]]
    confirmed: tuple[FactName, ...]

    @property
    def is_news(self) -> bool:
        return bool(self.facts)


def changes(report: Report, held: Mapping[FactName, str]) -> Changes:
    """Fact by fact. A protective fact that a report leaves unknown is no news where nothing was known before."""
    told = {
        name: value
        for name, value in report.facts.items()
        if not (name in PROTECTION and value == State.UNKNOWN and name not in held)
    }
    moved = {name: (held.get(name, ""), value) for name, value in told.items() if held.get(name) != value}
    return Changes(moved, tuple(name for name in told if name not in moved))


WRITTEN: Mapping[FactName, str] = {FactName.SERIAL: "serial", FactName.MAKER: "maker", FactName.MODEL: "model"}
"""Facts that the register has a field for, which people write into."""
COMPARED: Mapping[FactName, str] = {**WRITTEN, FactName.ASSET_TAG: "inventory_number"}


def filled(told: Iterable[tuple[FactName, str]], written: Mapping[str, str]) -> dict[str, str]:
    """Fields that nobody wrote anything into, and what was newly reported for them."""
    lengths = {"serial": 80, "maker": 120, "model": 250}
    return {
        field: value[: lengths[field]]
        for name, value in told
        if (field := WRITTEN.get(name)) and not written.get(field)
    }


def differing(facts: Mapping[FactName, str], written: Mapping[str, str]) -> frozenset[FactName]:
    """Where the office wrote down something else than the device reports."""
    return frozenset(
        name
        for name, field in COMPARED.items()
        if facts.get(name) and written.get(field) and not same(name, written[field], facts[name])
    )
