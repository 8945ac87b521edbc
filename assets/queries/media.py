"""Storage media as pages and commands see them: those of a device, one with where it was, the list of all."""

from __future__ import annotations

from datetime import date, datetime

from assets.rules.lifecycle import Stage
from assets.rules.media import OUT_OF_THE_HOUSE, MediumFacts, MediumKind, MediumSource
from assets.rules.permissions import May
from isms.db.reading import Row, one, row, rows
from isms.people import Actor
from isms.rules.texts import N_

MISSING = N_("Diesen Datenträger gibt es nicht, oder Sie dürfen ihn nicht sehen.")


class MediumRow(Row):
    """A medium, and the device that it is in. `path` is that of the unit which answers for it today."""

    id: int
    kind: MediumKind
    serial: str
    maker: str
    model: str
    capacity_bytes: int | None
    encrypted: bool | None
    encrypted_on: date | None
    source: MediumSource
    version: int
    recorded_at: datetime
    unit: int
    unit_name: str
    path: str
    institution: int
    device: int | None
    device_name: str | None
    device_stage: Stage | None
    placed_on: date | None

    @property
    def key(self) -> str:
        return f"storage_medium:{self.id}"

    @property
    def name(self) -> str:
        """What is printed on it, as far as it is known; the kind is said beside it."""
        return " ".join(part for part in (self.maker, self.model) if part)

    @property
    def is_gone(self) -> bool:
        """Whether its device has left the house for good, and it with it."""
        return self.device_stage in OUT_OF_THE_HOUSE

    @property
    def mark(self) -> str:
        """What a certificate can name it by, and no other medium of the register: without a serial number our own."""
        return self.serial or f"{self.kind.name}-{self.id}"

    @property
    def facts(self) -> MediumFacts:
        return MediumFacts(self.kind, self.serial, self.maker, self.model, self.capacity_bytes, self.encrypted)


class PlacementRow(Row):
    """A stay of a medium in a device."""

    id: int
    device: int
    device_name: str
    starts_on: date
    ended_on: date | None
    end_reason: str


COLUMNS = """m.id, m.kind, m.serial, m.maker, m.model, m.capacity_bytes, m.encrypted, m.encrypted_on, m.source,
    m.version, m.recorded_at, u.id AS unit, u.name AS unit_name, u.path, m.institution, l.device,
    d.inventory_number || ' ' || d.name AS device_name, d.stage AS device_stage, l.starts_on AS placed_on"""
TABLES = """FROM storage_medium m LEFT JOIN medium_placement l ON l.medium = m.id AND l.ended_on IS NULL
    LEFT JOIN device d ON d.id = l.device JOIN unit u ON u.id = COALESCE(d.unit, m.unit)"""


async def medium(id: int, *, seen_by: Actor) -> MediumRow:
    """Raises Missing for a medium that is not there or out of reach."""
    where, args = seen_by.reach(May.VIEW_MEDIA).where("u.path")
    return await one(MediumRow, f"SELECT {COLUMNS} {TABLES} WHERE m.id = {{}} AND {where}", id, *args, missing=MISSING)


async def media_in(device: int) -> list[MediumRow]:
    """The media in a device that the reader was shown already."""
    return await rows(MediumRow, f"SELECT {COLUMNS} {TABLES} WHERE l.device = {{}} ORDER BY m.id", device)


async def media_where(where: str, *args: object) -> list[MediumRow]:
    """All media that a condition on `m` and its placement `l` selects, whoever asks."""
    return await rows(MediumRow, f"SELECT {COLUMNS} {TABLES} WHERE {where} ORDER BY m.id", *args)


async def media_taken_out(device: int) -> list[MediumRow]:
    """The media that were in a device once and are not now; each shows where it is today."""
    return await rows(
        MediumRow,
        f"""SELECT {COLUMNS} {TABLES} WHERE m.id IN (SELECT x.medium FROM medium_placement x
            WHERE x.device = {{}} AND x.ended_on IS NOT NULL) AND (l.device IS NULL OR l.device <> {{}})
            ORDER BY m.id""",
        device,
        device,
    )


async def medium_with_serial(serial: str, institution: int) -> MediumRow | None:
    """For inventories: the serial number tells which medium of an office it is."""
    return await row(
        MediumRow,
        f"SELECT {COLUMNS} {TABLES} WHERE m.institution = {{}} AND m.serial = {{}} AND m.serial <> ''",
        institution,
        serial,
    )


async def placements(medium: MediumRow) -> list[PlacementRow]:
    """Where a medium was, newest first."""
    return await rows(
        PlacementRow,
        """SELECT l.id, l.device, d.inventory_number || ' ' || d.name AS device_name, l.starts_on, l.ended_on,
            l.end_reason FROM medium_placement l JOIN device d ON d.id = l.device
            WHERE l.medium = {} ORDER BY l.id DESC""",
        medium.id,
    )
