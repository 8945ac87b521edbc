"""Writing down what reports say: each fact with its day, programs that came and went, disks, new devices."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from assets.commands.noting_media import note_media
from assets.queries.devices import device_numbered
from assets.queries.inventory import DeviceFound, devices_found, programs
from assets.queries.inventory_view import Seen
from assets.rules.inventory import FactName, Package, category_of
from assets.rules.inventory_disks import medium_of
from assets.rules.inventory_matching import differing, filled
from assets.rules.lifecycle import Stage
from assets.tables import Device, InventoryReport, StageChange
from isms.audit import Change
from isms.db import execute, executemany
from isms.db.reading import value
from isms.db.writing import insert
from isms.people import UnitRow
from isms.rules.errors import Stale
from isms.rules.texts import N_

NOT_THERE = N_("Dieses Gerät steht noch nicht im Verzeichnis.")
FIRST_REASON = N_("Vom Inventar gemeldet")

ADD_FACT = """INSERT INTO reported_fact (institution, device, name, value, report, confirmed_on, differs, recorded_at)
    VALUES ({}, {}, {}, {}, {}, {}, {}, {})"""
CLOSE_FACT = "UPDATE reported_fact SET replaced_at = {} WHERE id = {} AND replaced_at IS NULL"
CONFIRM_FACT = "UPDATE reported_fact SET confirmed_on = {}, differs = {} WHERE id = {}"
ADD_PROGRAM = "INSERT INTO software (digest, name, version, publisher) VALUES ({}, {}, {}, {}) ON CONFLICT DO NOTHING"
PUT_PROGRAM = "INSERT INTO device_software (device, software, recorded_at) VALUES ({}, {}, {})"
END_PROGRAM = "UPDATE device_software SET gone_at = {} WHERE id = {} AND gone_at IS NULL"
CONFIRM_REPORT = "UPDATE inventory_report SET last_at = {} WHERE id = {}"
REPLACE_REPORT = "UPDATE inventory_report SET replaced_at = {} WHERE device = {} AND replaced_at IS NULL"


@dataclass(frozen=True)
class How:
    """On which way reports came: with an import's run or an agent's token, and whether unknown devices are taken in."""

    place: UnitRow
    takes_in: bool = False
    run: int | None = None
    token: int | None = None

    @property
    def reach(self) -> str:
        """Under which path devices may be told about: an agent's token is good for its unit. Who reads in a file sees
        in its preview what lies out of their own reach."""
        return self.place.path if self.token else ""


@dataclass
class Written:
    """What became of reports: how many devices are new, changed, unplaced; which devices something was said about."""

    counts: Counter[str] = field(default_factory=Counter)
    devices: list[int] = field(default_factory=list)


async def write(made: Change, seen: Sequence[Seen], how: How, *, on: date) -> Written:
    """Within the change `made`: keep what these reports say. No two of them are of the same device."""
    written, now = Written(), datetime.now(UTC)
    pairs: list[tuple[Seen, DeviceFound, int]] = []
    for one in seen:
        device = one.device
        if one.found.complaint or (one.is_new and not how.takes_in):
            await _unplaced(one, how)
            written.counts["unplaced"] += 1
            continue
        if device is None:
            device = await _take_in(made, one, how, on=on)
        written.counts["new" if one.is_new else "changed"] += 1
        pairs.append((one, device, await _report(one, how, device.id)))
    await _facts(pairs, how, on=on, now=now)
    await _programs(pairs, now)
    for one, device, _ in pairs:
        await _fill(made, one, device)
        await _disks(made, one, device, how, on=on)
        _note(made, one, device)
    written.devices = [device.id for _, device, _ in pairs]
    return written


async def confirm(seen: Sequence[Seen], *, on: date) -> None:
    """These devices reported again and said nothing new: their facts are known to hold today, too."""
    now = datetime.now(UTC)
    reports = [(now, one.last.id) for one in seen if one.last]
    facts = [
        (on, fact.differs, fact.id)
        for one in seen
        for name, fact in one.held.items()
        if name in one.report.facts and fact.confirmed_on < on
    ]
    for sql, values in ((CONFIRM_REPORT, reports), (CONFIRM_FACT, facts)):
        if values:
            await executemany(sql, values)


async def _unplaced(seen: Seen, how: How) -> None:
    await _report(seen, how, None, str(seen.found.complaint) if seen.found.complaint else NOT_THERE)


async def _report(seen: Seen, how: How, device: int | None, complaint: str = "") -> int:
    report, now = seen.report, datetime.now(UTC)
    if device is not None:
        await execute(REPLACE_REPORT, now, device)
    return await insert(
        InventoryReport,
        institution=how.place.institution,
        device=device,
        agent_id=report.agent_id,
        itemtype=report.itemtype,
        agent=report.agent,
        partial=report.partial,
        sha256=seen.arrived.sha256,
        dropped=json.dumps(dict(report.dropped)),
        complaint=complaint,
        token=how.token,
        import_run=how.run,
        recorded_at=now,
        last_at=now,
    )


async def _take_in(made: Change, seen: Seen, how: How, *, on: date) -> DeviceFound:
    """A machine that reports is running somewhere: it is installed, at a place that nobody has written down yet."""
    facts, place = seen.report.facts, how.place
    number = await _free_number(seen, place.institution)
    id = await insert(
        Device,
        inventory_number=number,
        unit=place.id,
        institution=place.institution,
        name=seen.report.title[:120],
        serial=facts.get(FactName.SERIAL, "")[:80],
        maker=facts.get(FactName.MAKER, "")[:120],
        model=facts.get(FactName.MODEL, ""),
        category=category_of(seen.report),
        stage=Stage.INSTALLED,
        import_run=how.run,
    )
    await insert(StageChange, device=id, stage=Stage.INSTALLED, reason=FIRST_REASON, taken_on=on, taken_by=made.by.id)
    made.also("device.reported_new", f"device:{id}", unit=place.id, inventory_number=number)
    return (await devices_found([id]))[0]


async def _free_number(seen: Seen, institution: int) -> str:
    """The printed number; else one that says that nobody has given one yet."""
    facts = seen.report.facts
    told = facts.get(FactName.ASSET_TAG) or f"NEU-{facts.get(FactName.SERIAL) or seen.arrived.sha256[:8]}"
    for number in (told[:40], f"{told[:31]}-{seen.arrived.sha256[:8]}"):
        taken = "SELECT 1 FROM device WHERE institution = {} AND inventory_number = {}"
        if not await value(taken, institution, number):
            return number
    raise Stale


Pairs = Sequence[tuple[Seen, DeviceFound, int]]


async def _facts(pairs: Pairs, how: How, *, on: date, now: datetime) -> None:
    closed: list[tuple[object, ...]] = []
    added: list[tuple[object, ...]] = []
    confirmed: list[tuple[object, ...]] = []
    for seen, device, report in pairs:
        values = {name: fact.value for name, fact in seen.held.items()} | dict(seen.report.facts)
        differs = differing(values, device.written | filled(seen.report.facts.items(), device.written))
        closed += [(now, seen.held[name].id) for name in seen.changes.facts if name in seen.held]
        added += [
            (how.place.institution, device.id, name.value, told, report, on, name in differs, now)
            for name, (_, told) in seen.changes.facts.items()
        ]
        confirmed += [
            (on if name in seen.report.facts else fact.confirmed_on, name in differs, fact.id)
            for name, fact in seen.held.items()
            if name not in seen.changes.facts
        ]
    for sql, rows in ((CLOSE_FACT, closed), (ADD_FACT, added), (CONFIRM_FACT, confirmed)):
        if rows:
            await executemany(sql, rows)


async def _programs(pairs: Pairs, now: datetime) -> None:
    wanted: dict[str, Package] = {key: one for seen, _, _ in pairs for key, one in seen.came.items()}
    ids = await programs(wanted)
    if fresh := {key: one for key, one in wanted.items() if key not in ids}:
        await executemany(ADD_PROGRAM, [(key, one.name, one.version, one.publisher) for key, one in fresh.items()])
        ids |= await programs(fresh)
    put = [(device.id, ids[key], now) for seen, device, _ in pairs for key in seen.came]
    end = [(now, one.id) for seen, _, _ in pairs for one in seen.went]
    for sql, rows in ((END_PROGRAM, end), (PUT_PROGRAM, put)):
        if rows:
            await executemany(sql, rows)


async def _fill(made: Change, seen: Seen, device: DeviceFound) -> None:
    """Fields that nobody wrote anything into take what was newly reported."""
    told = [(name, after) for name, (_, after) in seen.changes.facts.items()]
    after: dict[Any, Any] = dict(filled(told, device.written))
    if not device.category and (category := category_of(seen.report)):
        after["category"] = category
    if not after:
        return
    changed = (
        await Device.update({**after, "version": device.version + 1})
        .where((Device.id == device.id) & (Device.version == device.version))
        .returning(Device.id)
    )
    if not changed:
        raise Stale
    details = {name: {"before": getattr(device, name), "after": told} for name, told in after.items()}
    made.also("device.changed", device, unit=device.unit, **details)


async def _disks(made: Change, seen: Seen, device: DeviceFound, how: How, *, on: date) -> None:
    """Built-in media come into their own register, when a report names others than the last one did."""
    if not seen.report.disks or FactName.DISKS not in seen.changes.facts:
        return
    found = await device_numbered(device.inventory_number, how.place.institution)
    if found is not None:
        media = [medium_of(disk, seen.report.itemtype) for disk in seen.report.disks]
        await note_media(made, found, media, on=on, run=how.run)


def _note(made: Change, seen: Seen, device: DeviceFound) -> None:
    """Counts only: what changed in detail stands in the facts themselves."""
    made.also(
        "device.reported",
        device,
        unit=device.unit,
        facts=len(seen.changes.facts),
        came=len(seen.came),
        went=len(seen.went),
        dropped=sorted(seen.report.dropped),
    )
