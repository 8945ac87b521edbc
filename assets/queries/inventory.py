"""What devices reported, as commands compare it with a new report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from assets.queries.support_data import SOME
from assets.rules.inventory import FactName
from assets.rules.inventory_matching import Index, KnownDevice
from assets.rules.lifecycle import Stage
from isms.db.reading import Row, rows


class DeviceFound(Row):
    """A device that a report may be of, with the fields that a report could fill."""

    id: int
    unit: int
    path: str
    inventory_number: str
    name: str
    serial: str
    maker: str
    model: str
    category: str
    stage: Stage
    version: int

    @property
    def key(self) -> str:
        return f"device:{self.id}"

    @property
    def label(self) -> str:
        return f"{self.inventory_number} {self.name}"

    @property
    def written(self) -> dict[str, str]:
        return {
            "serial": self.serial,
            "maker": self.maker,
            "model": self.model,
            "inventory_number": self.inventory_number,
        }


class FactHeld(Row):
    id: int
    device: int
    name: FactName
    value: str
    confirmed_on: date
    differs: bool
    kept_at: datetime | None


class _Known(Row):
    device: int
    name: FactName
    value: str


FOUND = """SELECT d.id, d.unit, u.path, d.inventory_number, d.name, d.serial, d.maker, d.model, d.category, d.stage,
    d.version FROM device d JOIN unit u ON u.id = d.unit"""
HERE = "d.institution = {} AND d.stage <> 'withdrawn'"
BY_FACT = (FactName.SERIAL, FactName.UUID, FactName.AGENT_ID)


async def candidates(
    identities: Iterable[tuple[FactName, str]], institution: int
) -> tuple[Index, Mapping[int, DeviceFound]]:
    """All devices of an office that one of these identities leads to, and which leads to which."""
    wanted: dict[FactName, set[str]] = {}
    for name, value in identities:
        wanted.setdefault(name, set()).add(value)
    index: dict[tuple[FactName, str], set[int]] = {}
    devices: dict[int, DeviceFound] = {}
    for name, column in ((FactName.ASSET_TAG, "inventory_number"), (FactName.SERIAL, "serial")):
        for one in await _by_column(column, wanted.get(name, ()), institution):
            devices[one.id] = one
            index.setdefault((name, getattr(one, column)), set()).add(one.id)
    for name in BY_FACT:
        for fact in await _by_fact(name, wanted.get(name, ()), institution):
            index.setdefault((name, fact.value), set()).add(fact.device)
    missing = sorted({id for ids in index.values() for id in ids} - set(devices))
    devices |= {one.id: one for one in await devices_found(missing)}
    return {key: frozenset(ids & set(devices)) for key, ids in index.items()}, devices


async def known(devices: Mapping[int, DeviceFound]) -> Mapping[int, KnownDevice]:
    """These devices with the serial numbers that they reported themselves."""
    serials = {one.device: one.value for one in await facts_held(list(devices)) if one.name is FactName.SERIAL}
    return {
        one.id: KnownDevice(one.id, one.label, one.stage, one.serial, serials.get(one.id, ""))
        for one in devices.values()
    }


async def devices_found(ids: Sequence[int]) -> list[DeviceFound]:
    found: list[DeviceFound] = []
    for some in _parts(list(ids)):
        sql = f"{FOUND} WHERE d.id IN ({_marks(some)}) AND d.stage <> 'withdrawn'"
        found += await rows(DeviceFound, sql, *some)
    return found


async def facts_held(devices: Sequence[int]) -> list[FactHeld]:
    """All that these devices are known to have reported."""
    found: list[FactHeld] = []
    for some in _parts(list(devices)):
        sql = f"""SELECT id, device, name, value, confirmed_on, differs, kept_at FROM reported_fact
            WHERE device IN ({_marks(some)}) AND replaced_at IS NULL"""
        found += await rows(FactHeld, sql, *some)
    return found


class ProgramHeld(Row):
    """A program on a device, by the digest of its name, version and publisher."""

    id: int
    device: int
    digest: str


async def programs_held(devices: Sequence[int]) -> list[ProgramHeld]:
    found: list[ProgramHeld] = []
    for some in _parts(list(devices)):
        sql = f"""SELECT s.id, s.device, p.digest FROM device_software s JOIN software p ON p.id = s.software
            WHERE s.device IN ({_marks(some)}) AND s.gone_at IS NULL"""
        found += await rows(ProgramHeld, sql, *some)
    return found


class _Program(Row):
    id: int
    digest: str


async def programs(digests: Iterable[str]) -> dict[str, int]:
    """Those of these programs that some device had already."""
    found: dict[str, int] = {}
    for some in _parts(sorted(set(digests))):
        sql = f"SELECT id, digest FROM software WHERE digest IN ({_marks(some)})"
        found |= {one.digest: one.id for one in await rows(_Program, sql, *some)}
    return found


class LastReport(Row):
    id: int
    device: int | None
    agent_id: str
    complaint: str
    sha256: str
    last_at: datetime


async def last_reports(devices: Sequence[int]) -> dict[int, LastReport]:
    """The newest report of each device."""
    found: dict[int, LastReport] = {}
    for some in _parts(list(devices)):
        sql = f"""SELECT id, device, agent_id, complaint, sha256, last_at FROM inventory_report
            WHERE device IN ({_marks(some)}) AND replaced_at IS NULL"""
        found |= {one.device: one for one in await rows(LastReport, sql, *some) if one.device}
    return found


async def unplaced(agent_ids: Sequence[str], institution: int) -> dict[str, LastReport]:
    """The newest report of each agent, where nobody could place it."""
    found: dict[str, LastReport] = {}
    for some in _parts(list(agent_ids)):
        sql = f"""SELECT id, device, agent_id, complaint, sha256, last_at FROM inventory_report
            WHERE id IN (SELECT max(id) FROM inventory_report WHERE institution = {{}}
            AND agent_id IN ({_marks(some)}) GROUP BY agent_id) AND device IS NULL"""
        found |= {one.agent_id: one for one in await rows(LastReport, sql, institution, *some)}
    return found


async def _by_column(column: str, values: Iterable[str], institution: int) -> list[DeviceFound]:
    found: list[DeviceFound] = []
    for some in _parts(sorted(values)):
        sql = f"{FOUND} WHERE {HERE} AND d.{column} IN ({_marks(some)})"
        found += await rows(DeviceFound, sql, institution, *some)
    return found


async def _by_fact(name: FactName, values: Iterable[str], institution: int) -> list[_Known]:
    found: list[_Known] = []
    for some in _parts(sorted(values)):
        sql = f"""SELECT device, name, value FROM reported_fact WHERE institution = {{}} AND name = {{}}
            AND value IN ({_marks(some)}) AND replaced_at IS NULL"""
        found += await rows(_Known, sql, institution, name.value, *some)
    return found


def _parts(values: list[str] | list[int]) -> list[list[str | int]]:
    return [list(values[start : start + SOME]) for start in range(0, len(values), SOME)]


def _marks(values: Sequence[object]) -> str:
    return ", ".join("{}" for _ in values)
