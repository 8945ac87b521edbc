"""Programs that devices report and whose support ends are known: on one device, and in all that one may see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from assets.queries.support_data import SOME, known, titles
from assets.queries.support_ends import HERE
from assets.rules.permissions import May
from assets.rules.support import Release, Standing, release_of, standing
from assets.rules.support_programs import product_of
from isms.db.reading import Row, rows, tuples
from isms.people import Actor


class ProgramEnd(Row):
    """A program in one version with its release, where the data know it, and on how many devices it is."""

    name: str
    version: str
    release: Release | None
    devices: int = 1

    def standing(self, on: date) -> Standing:
        return standing(self.release.ends_on, self.release.ended, on=on) if self.release else Standing.UNKNOWN


class _Program(Row):
    id: int
    name: str
    version: str
    publisher: str

    def product(self, titles: Mapping[str, str]) -> str | None:
        return product_of(self.name, self.version, self.publisher, titles)


PROGRAM = "SELECT p.id, p.name, p.version, p.publisher FROM"


async def programs_on(device: int, path: str) -> list[ProgramEnd]:
    """The programs on a device that are a product of the data in force at a unit, the next to end first."""
    there = await rows(
        _Program,
        f"""{PROGRAM} device_software s JOIN software p ON p.id = s.software
           WHERE s.device = {{}} AND s.gone_at IS NULL ORDER BY p.name, p.version""",
        device,
    )
    return await _ends(there, dict.fromkeys((one.id for one in there), 1), path)


async def programs_in_use(*, seen_by: Actor) -> list[ProgramEnd]:
    """The same for all devices within reach that the office answers for, without saying which devices they are."""
    wanted = await titles(seen_by.path)
    all_programs = await rows(_Program, f"{PROGRAM} software p ORDER BY p.name, p.version")
    products = [one for one in all_programs if one.product(wanted)]
    return await _ends(products, await _counts([one.id for one in products], seen_by), seen_by.path)


async def _counts(ids: list[int], seen_by: Actor) -> Mapping[int, int]:
    reach, args = seen_by.reach(May.VIEW_SOFTWARE).where("u.path")
    found: dict[int, int] = {}
    for start in range(0, len(ids), SOME):
        some = ids[start : start + SOME]
        sql = f"""SELECT s.software, count(*) FROM device_software s JOIN device d ON d.id = s.device
            JOIN unit u ON u.id = d.unit WHERE s.software IN ({", ".join("{}" for _ in some)}) AND s.gone_at IS NULL
            AND {HERE} AND {reach} GROUP BY s.software"""
        found |= dict(await tuples(sql, *some, *args))
    return found


async def _ends(programs: Iterable[_Program], devices: Mapping[int, int], path: str) -> list[ProgramEnd]:
    wanted = await titles(path)
    named = [(one, product) for one in programs if (product := one.product(wanted))]
    data = await known({product for _, product in named}, path) if named else None
    found = [
        ProgramEnd(one.name, one.version, release_of(one.version, data.releases.get(product, ())), devices[one.id])
        for one, product in named
        if data and one.id in devices
    ]
    return sorted(found, key=lambda one: (_listed(one.release), one.name, one.version))


def _listed(release: Release | None) -> date:
    """What is over without a day first, what nobody knows last."""
    if release is None:
        return date.max
    return release.ends_on or (date.min if release.ended else date.max)
