"""The list of reported devices: what they say about their protection, which fell silent, which differ."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from assets.queries.narrowing import under, within_reach
from assets.queries.support_ends import HERE
from assets.rules.inventory import FactName, State
from assets.rules.lifecycle import Stage
from assets.rules.permissions import May
from isms.db.reading import Row, rows
from isms.listing import Ask, Listing, Page, Sort, Where
from isms.people import Actor
from isms.rules.terms import Term
from isms.rules.texts import N_

SILENT_DAYS = 30
IN_USE = f"d.stage IN ('{Stage.ISSUED.value}', '{Stage.INSTALLED.value}')"


class Trait(Term):
    """What a device of the list may be looked for by."""

    SILENT = "silent", N_("meldet sich nicht mehr")
    DIFFERING = "differing", N_("weicht vom Verzeichnis ab")
    OPEN = "open", N_("nicht oder nicht ganz verschlüsselt")
    UNGUARDED = "unguarded", N_("Virenschutz nicht ein")


@dataclass(frozen=True)
class AskedReports:
    """What the address asks for; `days` without a report make a device silent."""

    trait: Trait | None = None
    days: int = SILENT_DAYS
    unit: int | None = None
    q: str = ""

    @property
    def address(self) -> dict[str, object]:
        return {
            "trait": str(self.trait) if self.trait else "",
            "days": self.days if self.days != SILENT_DAYS else "",
            "unit": self.unit or "",
            "q": self.q,
        }


class ReportedRow(Row):
    """A device with the newest of what it reported."""

    id: int
    inventory_number: str
    name: str
    stage: Stage
    unit_name: str
    last_at: datetime
    system: str | None
    encryption: State | None
    antivirus: State | None
    secure_boot: State | None
    differs: int

    def is_silent(self, on: date, days: int = SILENT_DAYS) -> bool:
        """In use, and not heard of for too long."""
        return self.stage in (Stage.ISSUED, Stage.INSTALLED) and self.last_at < since(on, days)


def since(on: date, days: int) -> datetime:
    return datetime.combine(on - timedelta(days=days), time.min, UTC)


def fact(name: FactName) -> str:
    return f"""(SELECT f.value FROM reported_fact f WHERE f.device = d.id AND f.name = '{name.value}'
        AND f.replaced_at IS NULL)"""


DIFFERS = """(SELECT count(*) FROM reported_fact f WHERE f.institution = d.institution AND f.device = d.id AND f.differs
    AND f.kept_at IS NULL AND f.replaced_at IS NULL)"""
COLUMNS = f"""d.id, d.inventory_number, d.name, d.stage, u.name AS unit_name, r.last_at,
    coalesce({fact(FactName.SYSTEM_FULL)}, {fact(FactName.SYSTEM)}) AS system,
    {fact(FactName.ENCRYPTION)} AS encryption, {fact(FactName.ANTIVIRUS)} AS antivirus,
    {fact(FactName.SECURE_BOOT)} AS secure_boot, {DIFFERS} AS differs"""
SOURCE = """device d JOIN inventory_report r ON r.device = d.id AND r.device IS NOT NULL AND r.replaced_at IS NULL
    JOIN unit u ON u.id = d.unit LEFT JOIN handover h ON h.device = d.id AND h.returned_on IS NULL"""
LIST = Listing(ReportedRow, COLUMNS, SOURCE, "d.id", {"number": Sort("d.inventory_number", "inventory_number")})


async def reported(asked: AskedReports, ask: Ask, *, seen_by: Actor, on: date) -> Page[ReportedRow]:
    return await LIST.page(await _narrowed(asked, seen_by, on), ask)


async def all_reported(asked: AskedReports, ask: Ask, *, seen_by: Actor, on: date) -> AsyncGenerator[ReportedRow, None]:
    async for one in LIST.each(await _narrowed(asked, seen_by, on), ask):
        yield one


async def _narrowed(asked: AskedReports, seen_by: Actor, on: date) -> Where:
    where = within_reach(May.VIEW_DEVICES, "d", "h.person", seen_by=seen_by).add(HERE)
    if asked.trait is Trait.SILENT:
        where.add(f"{IN_USE} AND r.last_at < {{}}", since(on, asked.days))
    elif asked.trait is Trait.DIFFERING:
        where.add(f"{DIFFERS} > 0")
    elif asked.trait is Trait.OPEN:
        where.add(f"coalesce({fact(FactName.ENCRYPTION)}, 'unknown') <> 'on'")
    elif asked.trait is Trait.UNGUARDED:
        where.add(f"coalesce({fact(FactName.ANTIVIRUS)}, 'unknown') <> 'on'")
    if asked.unit:
        where.add(*await under(asked.unit, "d"))
    return await where.find("device", asked.q, "d")


class StrayRow(Row):
    """An agent whose newest report nobody could place."""

    id: int
    agent_id: str
    itemtype: str
    complaint: str
    recorded_at: datetime
    last_at: datetime


async def strays(*, seen_by: Actor, limit: int = 50) -> list[StrayRow]:
    """Only for those who look after the devices of the whole office: nobody knows in which unit such a device is."""
    where, args = seen_by.reach(May.KEEP).where("u.path")
    return await rows(
        StrayRow,
        f"""SELECT r.id, r.agent_id, r.itemtype, r.complaint, r.recorded_at, r.last_at FROM inventory_report r
            JOIN unit u ON u.id = r.institution
            WHERE r.device IS NULL AND {where} AND NOT EXISTS (SELECT 1 FROM inventory_report y
                WHERE y.institution = r.institution AND y.agent_id = r.agent_id AND y.id > r.id)
            ORDER BY r.last_at DESC, r.id LIMIT {limit}""",
        *args,
    )


class FactRow(Row):
    """A fact as a device's page shows it. `written` is what the register says where that differs."""

    id: int
    name: FactName
    value: str
    confirmed_on: date
    recorded_at: datetime
    differs: bool
    kept_at: datetime | None


async def facts_shown(device: int) -> list[FactRow]:
    return await rows(
        FactRow,
        """SELECT id, name, value, confirmed_on, recorded_at, differs, kept_at FROM reported_fact
           WHERE device = {} AND replaced_at IS NULL ORDER BY id""",
        device,
    )


class ReportRow(Row):
    """A report of a device that said something new."""

    id: int
    agent: str
    partial: bool
    dropped: str
    token_name: str | None
    import_run: int | None
    recorded_at: datetime
    last_at: datetime

    @property
    def left_out(self) -> list[str]:
        """The names of what was personal in it."""
        names: dict[str, int] = json.loads(self.dropped)
        return sorted(names)


async def reports(device: int, limit: int = 5) -> list[ReportRow]:
    return await rows(
        ReportRow,
        f"""SELECT r.id, r.agent, r.partial, r.dropped, t.name AS token_name, r.import_run, r.recorded_at, r.last_at
            FROM inventory_report r LEFT JOIN agent_token t ON t.id = r.token
            WHERE r.device = {{}} ORDER BY r.id DESC LIMIT {limit}""",
        device,
    )


class ProgramRow(Row):
    """A program on a device, from when it was known until it was no longer reported."""

    id: int
    name: str
    version: str
    publisher: str
    recorded_at: datetime
    gone_at: datetime | None


PROGRAMS = Listing(
    ProgramRow,
    "s.id, p.name, p.version, p.publisher, s.recorded_at, s.gone_at",
    "device_software s JOIN software p ON p.id = s.software",
    "s.id",
    {"name": Sort("p.name", "name")},
)


async def programs(device: int, ask: Ask, *, gone: bool = False) -> Page[ProgramRow]:
    """What is on a device that the reader was shown already, or what was."""
    state = "s.gone_at IS NOT NULL" if gone else "s.gone_at IS NULL"
    return await PROGRAMS.page(Where().add("s.device = {}", device).add(state), ask)


async def count_programs(device: int) -> int:
    found = await rows(
        _Count, "SELECT count(*) AS count FROM device_software WHERE device = {} AND gone_at IS NULL", device
    )
    return found[0].count


class _Count(Row):
    count: int
