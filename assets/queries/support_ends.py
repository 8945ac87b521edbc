"""Support ends as they are held of devices and objects: for their pages, for judging them anew, and for lists."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from assets.queries.support_data import SOME
from assets.rules.inventory import FactName
from assets.rules.lifecycle import IN_THE_HOUSE
from assets.rules.support import Aspect, Basis, Ending, Standing, Verdict, standing
from assets.rules.support_systems import ReportedSystem
from isms.db.reading import Row, rows

HERE = f"d.stage IN ({', '.join(repr(stage.value) for stage in sorted(IN_THE_HOUSE))})"
"""A condition on a device `d`: the office answers for it."""


class EndRow(Row):
    """What is held of one thing now, with the data that it rests on."""

    id: int
    device: int | None
    target_object: int | None
    aspect: Aspect
    verdict: Verdict
    basis: Basis
    product: str
    title: str
    cycle: str
    label: str
    ends_on: date | None
    ended: bool | None
    extended_until: date | None
    agreed: bool
    edition: int | None
    reported: str
    choices: str
    reason: str
    decided_by: int | None
    recorded_at: datetime
    decider: str | None
    edition_title: str | None
    published_on: date | None

    @property
    def ways(self) -> list[str]:
        """Between which releases it can't be decided."""
        given: list[str] = json.loads(self.choices)
        return given

    @property
    def ending(self) -> Ending:
        return Ending(
            aspect=self.aspect,
            verdict=self.verdict,
            basis=self.basis,
            product=self.product,
            title=self.title,
            cycle=self.cycle,
            label=self.label,
            ends_on=self.ends_on,
            ended=self.ended,
            extended_until=self.extended_until,
            agreed=self.agreed,
            edition=self.edition,
            reported=self.reported,
            choices=tuple(self.ways),
            reason=self.reason,
            decided_by=self.decided_by,
        )

    def standing(self, on: date) -> Standing:
        return standing(self.ends_on, self.ended, on=on)


END = """SELECT s.id, s.device, s.target_object, s.aspect, s.verdict, s.basis, s.product, s.title, s.cycle, s.label,
    s.ends_on, s.ended, s.extended_until, s.agreed, s.edition, s.reported, s.choices, s.reason, s.decided_by,
    s.recorded_at, p.name AS decider, e.title AS edition_title, e.published_on
    FROM support_end s LEFT JOIN support_edition e ON e.id = s.edition LEFT JOIN person p ON p.id = s.decided_by"""


async def ends_of(column: str, id: int) -> list[EndRow]:
    """What holds now of a `device` or a `target_object` that the reader was shown already."""
    return await rows(EndRow, f"{END} WHERE s.{column} = {{}} AND s.replaced_at IS NULL ORDER BY s.aspect DESC", id)


class DeviceToJudge(Row):
    """A device with all that its system and its line of hardware are recognised by."""

    id: int
    unit: int
    label: str
    maker: str
    model: str
    system: str | None
    system_full: str | None
    system_version: str | None
    kernel: str | None
    reported_maker: str | None
    reported_model: str | None

    @property
    def key(self) -> str:
        return f"device:{self.id}"

    @property
    def told(self) -> ReportedSystem | None:
        """The operating system that it reported, where it did."""
        if not (self.system or self.system_full):
            return None
        return ReportedSystem(self.system or "", self.system_full or "", self.system_version or "", self.kernel or "")


TOLD: Mapping[str, FactName] = {
    "system": FactName.SYSTEM,
    "system_full": FactName.SYSTEM_FULL,
    "system_version": FactName.SYSTEM_VERSION,
    "kernel": FactName.KERNEL,
    "reported_maker": FactName.MAKER,
    "reported_model": FactName.MODEL,
}
JUDGED = f"""SELECT d.id, d.unit, d.inventory_number || ' ' || d.name AS label, d.maker, d.model,
    {", ".join(f"{column}.value AS {column}" for column in TOLD)} FROM device d JOIN unit u ON u.id = d.unit
    {
    " ".join(
        f"LEFT JOIN reported_fact {column} ON {column}.device = d.id AND {column}.replaced_at IS NULL"
        f" AND {column}.name = '{name}'"
        for column, name in TOLD.items()
    )
}"""


async def devices_to_judge(ids: Sequence[int]) -> list[DeviceToJudge]:
    found: list[DeviceToJudge] = []
    for start in range(0, len(ids), SOME):
        some = ids[start : start + SOME]
        found += await rows(DeviceToJudge, f"{JUDGED} WHERE d.id IN ({', '.join('{}' for _ in some)})", *some)
    return found


async def all_devices_to_judge(institution: int) -> list[DeviceToJudge]:
    """The devices of an office; what is disposed of is left as it was."""
    return await rows(DeviceToJudge, f"{JUDGED} WHERE d.institution = {{}} AND d.stage <> 'disposed'", institution)


async def current_ends(devices: Sequence[int]) -> dict[tuple[int, Aspect], EndRow]:
    """What holds of these devices now."""
    found: list[EndRow] = []
    for start in range(0, len(devices), SOME):
        some = devices[start : start + SOME]
        marks = ", ".join("{}" for _ in some)
        found += await rows(EndRow, f"{END} WHERE s.device IN ({marks}) AND s.replaced_at IS NULL", *some)
    return {(one.device, one.aspect): one for one in found if one.device is not None}


class ObjectEnd(EndRow):
    unit: int

    @property
    def key(self) -> str:
        return f"target_object:{self.target_object}"


async def object_ends(institution: int) -> list[ObjectEnd]:
    """What people decided about the objects of an office."""
    sql = END.replace(
        "FROM support_end s", ", o.unit FROM support_end s JOIN target_object o ON o.id = s.target_object"
    )
    return await rows(ObjectEnd, f"{sql} WHERE o.institution = {{}} AND s.replaced_at IS NULL", institution)


class Home(Row):
    """An office and its place in the tree."""

    id: int
    path: str


async def offices(under: str) -> list[Home]:
    """The offices below a path, and the one that the path lies in."""
    return await rows(
        Home,
        """SELECT id, path FROM unit WHERE institution = id
           AND (substr(path, 1, length({})) = {} OR substr({}, 1, length(path)) = path)""",
        under,
        under,
        under,
    )


class _Over(Row):
    label: str


async def out_of_support(target_object: int, *, on: date) -> list[str]:
    """What of an object, or of the devices that form it, the maker no longer looks after (method D16)."""
    found = await rows(
        _Over,
        f"""SELECT DISTINCT s.label FROM support_end s WHERE s.replaced_at IS NULL AND s.listed_on < {{}}
            AND (s.target_object = {{}} OR s.device IN (SELECT d.id FROM device d WHERE d.it_system = {{}}
                AND {HERE})) ORDER BY s.label""",
        on,
        target_object,
        target_object,
    )
    return [one.label for one in found]
