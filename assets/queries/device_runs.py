"""What an import of devices brought and changed, as it stands now."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import msgspec

from assets.queries.registers import KnownDevice
from assets.rules.lifecycle import Stage
from isms.db.reading import Row, rows
from isms.queries.keys import ids_of


class BroughtDevice(KnownDevice):
    @property
    def title(self) -> str:
        return f"{self.inventory_number} {self.name}"


class BroughtHolder(Row):
    """Somebody whom the run took in because they hold a device."""

    id: int
    name: str
    unit: int

    @property
    def key(self) -> str:
        return f"person:{self.id}"

    @property
    def title(self) -> str:
        return self.name


class _Other(Row):
    person: int
    device: int


DEVICE = """SELECT d.id, d.unit, u.path, d.inventory_number, d.name, d.stage, d.version, d.serial, d.maker, d.model,
    d.category, d.supplier, d.order_number, d.purchased_on, d.price_cents, d.warranty_until, d.end_of_life_on, d.notes
    FROM device d JOIN unit u ON u.id = d.unit"""
AT_ONCE = 500


async def brought_devices(run: int) -> list[BroughtDevice]:
    """Those that are still there."""
    sql = f"{DEVICE} WHERE d.import_run = {{}} AND d.stage <> {{}} ORDER BY d.id"
    return await rows(BroughtDevice, sql, run, Stage.WITHDRAWN.value)


async def devices_named(keys: Sequence[str]) -> list[BroughtDevice]:
    """Devices by their keys, some hundred at a time."""
    ids = ids_of("device", keys)
    found: list[BroughtDevice] = []
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        marks = ", ".join("{}" for _ in some)
        found += await rows(BroughtDevice, f"{DEVICE} WHERE d.id IN ({marks}) ORDER BY d.id", *some)
    return found


async def brought_holders(run: int) -> list[BroughtHolder]:
    sql = "SELECT id, name, unit FROM person WHERE import_run = {} AND withdrawn_on IS NULL ORDER BY id"
    return await rows(BroughtHolder, sql, run)


async def holding_on(run: int, going: Collection[int]) -> set[int]:
    """Whom of the people that the run took in something stays with: a device that does not go with it."""
    sql = """SELECT h.person, h.device FROM handover h JOIN person p ON p.id = h.person WHERE p.import_run = {}"""
    return {one.person for one in await rows(_Other, sql, run) if one.device not in going}


def stands(device: BroughtDevice, field: str) -> object:
    """What a field holds now, as a run noted it."""
    return msgspec.to_builtins(getattr(device, field))
