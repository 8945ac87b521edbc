"""Devices out of a list: all of it or nothing, in bulk, because a list may hold a hundred thousand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from assets.queries.registers import KnownDevice
from assets.rules.device_lines import DeviceLine, HolderLine
from assets.rules.facts import DeviceField, plain
from assets.rules.lifecycle import Stage
from assets.rules.permissions import May
from assets.tables import Device
from isms.audit import Change, InBulk, change
from isms.commands.people import NewPerson, insert_membership, insert_person
from isms.commands.undoing import keep_before
from isms.db import executemany
from isms.db.reading import Row, rows, value
from isms.people import Actor, UnitRow
from isms.rules.errors import Stale
from isms.rules.roles import Role

ENTRY_EACH = 1_000
"""Up to so many new devices have an entry of their own; beyond, the run's entry and each row's run tell it."""
AT_ONCE = 2_000
Some = TypeVar("Some")
FACTS = tuple(field.value for field in DeviceField)
COLUMNS = ("unit", "institution", "stage", "place", "import_run", "version", "recorded_at", *FACTS)
ADD_DEVICE = f"INSERT INTO device ({', '.join(COLUMNS)}) VALUES ({', '.join('{}' for _ in COLUMNS)})"
BRING_BACK = f"""UPDATE device SET {", ".join(f"{name} = {{}}" for name in COLUMNS)}
    WHERE id = {{}} AND version = {{}} AND stage = '{Stage.WITHDRAWN.value}'"""
ADD_STAGE = """INSERT INTO stage_change (device, stage, place, reason, taken_on, taken_by, recorded_at)
    VALUES ({}, {}, {}, '', {}, {}, {})"""
ADD_HANDOVER = """INSERT INTO handover (device, person, issued_on, issued_by, note, recorded_at)
    VALUES ({}, {}, {}, {}, '', {})"""


@dataclass(frozen=True, slots=True)
class WantedDevice:
    """A line to carry out. `known` is the device that it changes in these fields, None makes a new one.

    Where `known` was withdrawn with an earlier list, this one brings it back.
    `holder` is somebody known; `new_holder` is taken in first.
    """

    line: DeviceLine
    known: KnownDevice | None = None
    fields: tuple[DeviceField, ...] = ()
    holder: int | None = None
    new_holder: HolderLine | None = None

    @property
    def stage(self) -> Stage:
        return self.line.stage(has_holder=self.holder is not None or self.new_holder is not None)

    @property
    def arrives(self) -> bool:
        return self.known is None or self.known.is_withdrawn

    def since(self, on: date) -> date:
        return min(self.line.issued_on or on, on)


class _Numbered(Row):
    id: int
    inventory_number: str


async def take_over(wanted: Sequence[WantedDevice], *, unit: UnitRow, run: int, by: Actor, on: date) -> None:
    """Carry out the lines of a list."""
    by.needs(May.IMPORT_DEVICES, at=unit.path)
    whole = InBulk(f"import_run:{run}")
    async with change("devices.imported", whole, by=by, unit=unit.id, count=len(wanted)) as made:
        people = await _take_in(made, wanted, unit=unit, run=run, on=on)
        fresh = [one for one in wanted if one.arrives]
        await _add(made, fresh, people, unit=unit, run=run, on=on)
        changed = [
            (one.known.key, await _change(made, one, one.known)) for one in wanted if one.known and not one.arrives
        ]
        await keep_before(run, changed)


async def _take_in(
    made: Change, wanted: Iterable[WantedDevice], *, unit: UnitRow, run: int, on: date
) -> Mapping[HolderLine, int]:
    """Take in the holders that nobody knew, each once, without an account."""
    people: dict[HolderLine, int] = {}
    for line in dict.fromkeys(one.new_holder for one in wanted if one.new_holder):
        login = line.login.lower() or None
        free = login and not await value("SELECT id FROM person WHERE login = {}", login)
        new = NewPerson(
            name=line.name or line.known_as, login=login if free else None, email=line.email, import_run=run
        )
        people[line] = await insert_person(new, unit=unit.id)
        await insert_membership(people[line], unit=unit.id, role=Role.EMPLOYEE, starts_on=on)
        made.also("person.added", f"person:{people[line]}", unit=unit.id, name=new.name, login=new.login)
    return people


async def _add(
    made: Change,
    wanted: Sequence[WantedDevice],
    people: Mapping[HolderLine, int],
    *,
    unit: UnitRow,
    run: int,
    on: date,
) -> None:
    now, by = datetime.now(UTC), made.by.id
    home = (unit.id, unit.institution)
    for some in _parts([one for one in wanted if one.known is None]):
        await executemany(ADD_DEVICE, [_device(one, home, run, now) for one in some])
    for back in _parts([(one, one.known) for one in wanted if one.known]):
        await executemany(BRING_BACK, [(*_device(one, home, run, now), was.id, was.version) for one, was in back])
    numbered = await rows(_Numbered, "SELECT id, inventory_number FROM device WHERE import_run = {}", run)
    if len(numbered) != len(wanted):
        raise Stale
    ids = {one.inventory_number: one.id for one in numbered}
    steps = [(ids[one.line.inventory_number], one) for one in wanted]
    for part in _parts(steps):
        await executemany(ADD_STAGE, [(id, one.stage, one.line.place, one.since(on), by, now) for id, one in part])
        held = [(id, _holder(one, people), one.since(on), by, now) for id, one in part if one.stage is Stage.ISSUED]
        await executemany(ADD_HANDOVER, [one for one in held if one[1] is not None])
    for id, one in steps if len(steps) <= ENTRY_EACH else ():
        made.also("device.imported", f"device:{id}", unit=unit.id, run=f"import_run:{run}", stage=one.stage.value)


def _parts(many: Sequence[Some]) -> Iterator[Sequence[Some]]:
    """So many at a time that everybody else gets their turn in between."""
    return (many[start : start + AT_ONCE] for start in range(0, len(many), AT_ONCE))


def _device(wanted: WantedDevice, home: tuple[int, int], run: int, now: datetime) -> tuple[object, ...]:
    line = wanted.line
    return (
        *home,
        wanted.stage,
        line.place,
        run,
        wanted.known.version + 1 if wanted.known else 1,
        now,
        *(line.title if field == "name" else getattr(line, field) for field in FACTS),
    )


def _holder(wanted: WantedDevice, people: Mapping[HolderLine, int]) -> int | None:
    return people[wanted.new_holder] if wanted.new_holder else wanted.holder


async def _change(made: Change, wanted: WantedDevice, known: KnownDevice) -> dict[str, tuple[object, object]]:
    """Answers with before and after, by field."""
    after: dict[Any, Any] = {field.value: getattr(wanted.line, field.value) for field in wanted.fields}
    changed = (
        await Device.update({**after, "version": known.version + 1})
        .where((Device.id == known.id) & (Device.version == known.version))
        .returning(Device.id)
    )
    if not changed:
        raise Stale
    differing = {name: (plain(getattr(known, name)), plain(new)) for name, new in after.items()}
    told = {name: {"before": before, "after": now} for name, (before, now) in differing.items()}
    made.also("device.changed", known, unit=known.unit, **told)
    return differing
