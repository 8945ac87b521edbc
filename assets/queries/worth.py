"""What devices are still worth, and what will have to be replaced in which budget year, for how much."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assets.queries.devices import DeviceDetail
from assets.queries.narrowing import within_reach
from assets.rules.permissions import May
from assets.rules.upkeep import OTHERS, SERVICE_LIVES, book_value, replace_on, service_life
from isms.db.reading import Row, rows
from isms.people import Actor

Lives = Mapping[str, int]


@dataclass(frozen=True)
class Worth:
    """The book value of a device on a day, with what it follows from. Amounts in cents, `months` its service life."""

    value: int
    price: int
    bought_on: date
    months: int
    replace_on: date | None


@dataclass(frozen=True)
class Forecast:
    """What has to be replaced of a category in a year. `cents` counts those with a price; `unpriced` lack one."""

    year: int
    category: str
    count: int
    cents: int
    unpriced: int


class LifeRow(Row):
    """How long an office plans with devices of a category, in months."""

    category: str
    months: int


class _Ageing(Row):
    """What the day of a replacement follows from."""

    category: str
    institution: int
    purchased_on: date | None
    end_of_life_on: date | None

    def replace_on(self, lives: Lives) -> date | None:
        return replace_on(self.purchased_on, self.end_of_life_on, service_life(self.category, lives))


class AgeingRow(_Ageing):
    """A device in use, with what its replacement follows from."""

    id: int
    inventory_number: str
    name: str
    unit_name: str
    price_cents: int | None

    @property
    def label(self) -> str:
        return f"{self.inventory_number} {self.name}"


class _Alike(_Ageing):
    """How many devices in use are replaced for the same reasons, for how much in all; some have no price."""

    count: int
    cents: int
    unpriced: int


class _Life(LifeRow):
    institution: int


NEWEST = """SELECT s.institution, s.category, s.months FROM service_life s
    WHERE s.id IN (SELECT max(x.id) FROM service_life x GROUP BY x.institution, x.category)"""
IN_USE = """FROM device d JOIN unit u ON u.id = d.unit
    WHERE d.stage NOT IN ('lost', 'stolen', 'retired', 'disposed') AND """
AGEING = f"""SELECT d.id, d.inventory_number, d.name, d.category, d.institution, u.name AS unit_name, d.purchased_on,
        d.end_of_life_on, d.price_cents
    {IN_USE}"""
ALIKE = f"""SELECT d.category, d.institution, d.purchased_on, d.end_of_life_on, count(*) AS count,
        CAST(coalesce(sum(d.price_cents), 0) AS BIGINT) AS cents, count(*) - count(d.price_cents) AS unpriced
    {IN_USE}"""
ALIKE_BY = "GROUP BY d.category, d.institution, d.purchased_on, d.end_of_life_on"


async def service_lives(institution: int) -> Lives:
    """Months by category: what the office set, and where it set nothing what we start with."""
    own = await rows(LifeRow, f"{NEWEST} AND s.institution = {{}}", institution)
    return {**SERVICE_LIVES, **{one.category: one.months for one in own}}


async def worth(device: DeviceDetail, on: date) -> Worth | None:
    """None where price or day of purchase are not known."""
    months = service_life(device.category, await service_lives(device.institution))
    if device.price_cents is None or device.purchased_on is None:
        return None
    left = book_value(device.price_cents, device.purchased_on, months, on)
    until = replace_on(device.purchased_on, device.end_of_life_on, months)
    return Worth(left, device.price_cents, device.purchased_on, months, until)


async def forecast(*, seen_by: Actor, on: date, years: int = 6) -> Sequence[Forecast]:
    """Replacements by budget year and category, from this year on; what is late already counts as this year's."""
    found: dict[tuple[int, str], list[_Alike]] = defaultdict(list)
    lives = await _all_lives()
    where = within_reach(May.VIEW_UPKEEP, "d", "d.id", seen_by=seen_by)
    for one in await rows(_Alike, f"{ALIKE} {where.sql} {ALIKE_BY}", *where.args):
        due = one.replace_on(lives.get(one.institution, SERVICE_LIVES))
        if due and (year := max(due.year, on.year)) < on.year + years:
            found[year, one.category].append(one)
    return [_summed(year, category, some) for (year, category), some in sorted(found.items())]


async def to_replace(year: int, category: str, *, seen_by: Actor, on: date) -> list[tuple[AgeingRow, date]]:
    """The devices behind one line of the forecast, each with its day, the earliest first."""
    where = within_reach(May.VIEW_UPKEEP, "d", "d.id", seen_by=seen_by).add("d.category = {}", category)
    lives = await _all_lives()
    found = await rows(AgeingRow, f"{AGEING} {where.sql}", *where.args)
    dated = [(one, one.replace_on(lives.get(one.institution, SERVICE_LIVES))) for one in found]
    behind = [(one, due) for one, due in dated if due and max(due.year, on.year) == year]
    return sorted(behind, key=lambda pair: (pair[1], pair[0].inventory_number))


async def _all_lives() -> Mapping[int, Lives]:
    by_office: dict[int, dict[str, int]] = defaultdict(lambda: dict(SERVICE_LIVES))
    for one in await rows(_Life, NEWEST):
        by_office[one.institution][one.category] = one.months
    return dict(by_office)


def _summed(year: int, category: str, some: Sequence[_Alike]) -> Forecast:
    count, unpriced = sum(one.count for one in some), sum(one.unpriced for one in some)
    return Forecast(year, category or OTHERS, count, sum(one.cents for one in some), unpriced)
