"""How reports compare with the register: which device each is of, what is new, what stays as people wrote it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from assets.queries.inventory import (
    DeviceFound,
    FactHeld,
    LastReport,
    ProgramHeld,
    candidates,
    facts_held,
    known,
    last_reports,
    programs_held,
    unplaced,
)
from assets.rules.inventory import FactName, Package, Report
from assets.rules.inventory_matching import Changes, Found, changes, differing, identify
from isms.rules.errors import Complaint
from isms.rules.texts import N_


@dataclass(frozen=True)
class Arrived:
    """A report as it came, with the hash of the bytes before anything was dropped, and its name in a file."""

    report: Report
    sha256: str
    name: str = ""


@dataclass(frozen=True)
class Seen:
    """A report beside the register. Without a device it is a new one, or nobody can tell which (`found.complaint`)."""

    arrived: Arrived
    found: Found
    device: DeviceFound | None
    changes: Changes
    held: Mapping[FactName, FactHeld] = field(default_factory=dict)
    came: Mapping[str, Package] = field(default_factory=dict)
    went: Sequence[ProgramHeld] = ()
    last: LastReport | None = None
    differs: frozenset[FactName] = frozenset()

    @property
    def report(self) -> Report:
        return self.arrived.report

    @property
    def is_new(self) -> bool:
        return self.device is None and self.found.complaint is None

    def is_news(self, takes_in: bool) -> bool:
        """Whether anything is to be written, apart from that the device reported again."""
        if self.found.complaint:
            return self.last is None or self.last.complaint != str(self.found.complaint)
        if self.device is None and not takes_in:
            return self.last is None
        marked = {name for name, fact in self.held.items() if fact.differs}
        return bool(
            self.device is None
            or self.last is None
            or self.changes.is_news
            or self.came
            or self.went
            or marked != self.differs
        )


def digest(program: Package) -> str:
    return sha256("\0".join((program.name, program.version, program.publisher)).encode()).hexdigest()


async def look(arrived: Sequence[Arrived], institution: int, *, within: str = "") -> list[Seen]:
    """Compare reports with what is known, in as many questions for one as for many.

    Whatever came on a way that is good only for the units under `within` says nothing about devices elsewhere.
    """
    reports = [one.report for one in arrived]
    index, devices = await candidates([pair for report in reports for pair in report.identities], institution)
    about = await known(devices)
    found = [_kept_within(identify(report, index, about), devices, within) for report in reports]
    ids = sorted({one.device for one in found if one.device is not None})
    held, programs = await facts_held(ids), await programs_held(ids)
    lasts, strays = await last_reports(ids), await unplaced([report.agent_id for report in reports], institution)
    facts: dict[int, dict[FactName, FactHeld]] = {}
    for fact in held:
        facts.setdefault(fact.device, {})[fact.name] = fact
    there: dict[int, dict[str, ProgramHeld]] = {}
    for program in programs:
        there.setdefault(program.device, {})[program.digest] = program
    return [
        _seen(one, where, devices.get(where.device or 0), facts=facts, there=there, lasts=lasts, strays=strays)
        for one, where in zip(arrived, found, strict=True)
    ]


def _kept_within(found: Found, devices: Mapping[int, DeviceFound], within: str) -> Found:
    device = devices.get(found.device or 0)
    if device is None or device.path.startswith(within):
        return found
    return Found(complaint=Complaint(ELSEWHERE, {"device": device.label}))


ELSEWHERE = N_(
    "{device} gehört zu einer Einheit, für die der Zugang des Agenten nicht gilt. Versetzen Sie das Gerät, oder geben "
    "Sie dem Agenten einen Zugang für das Amt."
)


def _seen(
    arrived: Arrived,
    found: Found,
    device: DeviceFound | None,
    *,
    facts: Mapping[int, Mapping[FactName, FactHeld]],
    there: Mapping[int, Mapping[str, ProgramHeld]],
    lasts: Mapping[int, LastReport],
    strays: Mapping[str, LastReport],
) -> Seen:
    report = arrived.report
    if device is None:
        packages = {digest(one): one for one in report.software or ()}
        last = strays.get(report.agent_id)
        return Seen(arrived, found, None, changes(report, {}), came=packages, last=last)
    held, programs = facts.get(device.id, {}), there.get(device.id, {})
    told = None if report.software is None else {digest(one): one for one in report.software}
    values = {name: fact.value for name, fact in held.items()}
    return Seen(
        arrived,
        found,
        device,
        changes(report, values),
        held=held,
        came={key: one for key, one in (told or {}).items() if key not in programs},
        went=[one for key, one in programs.items() if told is not None and key not in told],
        last=lasts.get(device.id),
        differs=differing({**values, **report.facts}, device.written),
    )
