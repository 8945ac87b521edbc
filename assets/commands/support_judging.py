"""Judging support ends anew: after a report, after newer data, after a person decided. Only what differs is written."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from assets.queries.support_data import Known, known
from assets.queries.support_ends import (
    DeviceToJudge,
    EndRow,
    ObjectEnd,
    all_devices_to_judge,
    current_ends,
    devices_to_judge,
    object_ends,
    offices,
)
from assets.rules.support import Aspect, Basis, Ending, anew, ending, listed_on
from assets.rules.support_hardware import hardware_products, match_hardware
from assets.rules.support_systems import match_system, system_product
from isms.audit import Change
from isms.db import executemany
from isms.people import UnitRow

NAMED_EACH = 1_000
"""Up to so many things have an entry of their own when newer data change what holds of them."""

CLOSE = "UPDATE support_end SET replaced_at = {} WHERE id = {} AND replaced_at IS NULL"
ADD = """INSERT INTO support_end (device, target_object, aspect, verdict, basis, product, title, cycle, label, ends_on,
    ended, extended_until, listed_on, agreed, edition, reported, choices, reason, decided_by, recorded_at)
    VALUES ({}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {})"""


@dataclass(frozen=True)
class Judgement:
    """What is to hold of a device or an object from now on, and what held before."""

    key: str
    unit: int
    wanted: Ending | None
    before: EndRow | None = None

    @property
    def is_news(self) -> bool:
        said = self.before.ending.says() if self.before else None
        return said != (self.wanted.says() if self.wanted else None)


async def judge(made: Change, devices: Sequence[int], path: str) -> int:
    """Judge some devices of one office, whose unit lies at `path`. Answers how many say something else now."""
    return await _write(made, await _judged(await devices_to_judge(devices), path))


async def judge_all(made: Change, unit: UnitRow) -> int:
    """Judge every device and object of the offices that data at a unit concern."""
    news = 0
    for office in await offices(unit.path):
        found = await _judged(await all_devices_to_judge(office.id), office.path)
        found += await _objects_anew(await object_ends(office.id), office.path)
        news += await _write(made, found)
    return news


async def write(made: Change, judgements: Iterable[Judgement]) -> int:
    """Let this hold from now on."""
    return await _write(made, list(judgements))


async def _judged(devices: Sequence[DeviceToJudge], path: str) -> list[Judgement]:
    before = await current_ends([one.id for one in devices])
    data = await known(_products(devices, before.values()), path)
    found: list[Judgement] = []
    for device in devices:
        for aspect in (Aspect.SYSTEM, Aspect.HARDWARE):
            held = before.get((device.id, aspect))
            found.append(Judgement(device.key, device.unit, _wanted(device, aspect, held, data), held))
    return found


def _products(devices: Sequence[DeviceToJudge], before: Iterable[EndRow]) -> set[str]:
    named = {system_product(device.told) for device in devices if device.told}
    named |= {product for device in devices for product in hardware_products(*_line(device))}
    return (named | {one.product for one in before}) - {""}


def _wanted(device: DeviceToJudge, aspect: Aspect, held: EndRow | None, data: Known) -> Ending | None:
    if held and held.basis is Basis.CURATED:
        return _curated(held, data)
    if aspect is Aspect.SYSTEM:
        if device.told is None:
            return None
        match, shown = match_system(device.told, data.releases), device.told.shown
    else:
        maker, model = _line(device)
        line = match_hardware(maker, model, data.releases)
        if line is None:
            return None
        match, shown = line, f"{maker} {model}".strip()[:250]
    edition = data.editions.get(match.release.product) if match.release else None
    return ending(aspect, match, edition=edition, reported=shown)


def _line(device: DeviceToJudge) -> tuple[str, str]:
    """Maker and model as written down, else as reported."""
    if device.model:
        return device.maker or device.reported_maker or "", device.model
    return device.reported_maker or device.maker, device.reported_model or ""


def _curated(held: EndRow, data: Known) -> Ending:
    """A person's decision stays; the dates of the release are those of the newest data."""
    release = data.find(held.product, held.cycle)
    return anew(held.ending, release, edition=data.editions[held.product]) if release else held.ending


async def _objects_anew(held: Sequence[ObjectEnd], path: str) -> list[Judgement]:
    data = await known({one.product for one in held} - {""}, path)
    return [Judgement(one.key, one.unit, _curated(one, data), one) for one in held]


async def _write(made: Change, judgements: Sequence[Judgement]) -> int:
    now = datetime.now(UTC)
    moved = [one for one in judgements if (one.before.ending if one.before else None) != one.wanted]
    closed = [(now, one.before.id) for one in moved if one.before]
    added = [_columns(one.key, one.wanted, now) for one in moved if one.wanted]
    for sql, values in ((CLOSE, closed), (ADD, added)):
        if values:
            await executemany(sql, values)
    news = [one for one in moved if one.is_news]
    for one in news if len(news) <= NAMED_EACH else ():
        _note(made, one)
    return len(news)


def _note(made: Change, judged: Judgement) -> None:
    """A new sentence in the file of the thing: from what to what."""
    before, after = judged.before, judged.wanted
    made.also(
        "support.judged",
        judged.key,
        unit=judged.unit,
        release=moved(before.label if before else "", after.label if after else ""),
        ends_on=moved(_day(before), _day(after)),
    )


def moved(before: str, after: str) -> object:
    """What is new is said alone, what replaces something with what it replaces."""
    return {"before": before, "after": after or "–"} if before else after or "–"


def _day(end: EndRow | Ending | None) -> str:
    return end.ends_on.isoformat() if end and end.ends_on else ""


def _columns(key: str, end: Ending, now: datetime) -> tuple[object, ...]:
    kind, _, id = key.partition(":")
    return (
        int(id) if kind == "device" else None,
        int(id) if kind == "target_object" else None,
        end.aspect.value,
        end.verdict.value,
        end.basis.value,
        end.product,
        end.title,
        end.cycle,
        end.label,
        end.ends_on,
        end.ended,
        end.extended_until,
        listed_on(end.ends_on, end.ended),
        end.agreed,
        end.edition,
        end.reported,
        json.dumps(list(end.choices), ensure_ascii=False),
        end.reason,
        end.decided_by,
        now,
    )
