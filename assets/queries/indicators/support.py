"""Devices in support, on any day, by what was known then."""

from __future__ import annotations

from datetime import date

from assets.queries.indicators.devices import HOUSE
from assets.queries.indicators.measuring import DEVICES, LABEL, measured
from assets.queries.past import WITHIN, day, day_ends
from assets.rules.inventory import stores_data
from assets.rules.support import Aspect, Standing, Verdict, standing
from isms.area import Fact, Measurement
from isms.db.reading import Row, rows
from isms.rules.texts import N_

NOTHING = N_("nicht bekannt, welche Version läuft")
OPEN = N_("mehrdeutig oder nicht erkannt")


class _Held(Row):
    id: int
    label: str
    category: str
    aspect: Aspect | None
    verdict: Verdict | None
    release: str | None
    ends_on: date | None
    ended: bool | None

    @property
    def note(self) -> str:
        if self.aspect is None:
            return NOTHING
        return (self.release or OPEN) if self.verdict is Verdict.MATCHED else OPEN

    def counts(self, on: date) -> bool:
        """In support until the day is over; an end that nobody has named yet is not over."""
        known = self.verdict is Verdict.MATCHED
        return known and standing(self.ends_on, self.ended, on=on) not in (Standing.OVER, Standing.UNKNOWN)


async def in_support(scope: str, *, on: date, **_: str) -> Measurement:
    """Of the devices in the house that run a system, those whose system and line are known to be in support.

    What is not known does not count: nobody can say that it is looked after.
    """
    found = await rows(
        _Held,
        f"""SELECT d.id, {LABEL}, d.category, e.aspect, e.verdict, e.label AS release, e.ends_on, e.ended {DEVICES}
            LEFT JOIN support_end e ON e.device = d.id AND e.recorded_at < {{}}
                AND (e.replaced_at IS NULL OR e.replaced_at >= {{}})
            WHERE s.stage IN ({HOUSE}) AND {WITHIN} ORDER BY d.inventory_number, e.aspect""",
        *day(on),
        day_ends(on),
        day_ends(on),
        scope,
        scope,
    )
    devices: dict[int, list[_Held]] = {}
    for one in found:
        if one.aspect is not None or stores_data(one.category):
            devices.setdefault(one.id, []).append(one)
    return measured(tuple(_fact(held, on) for held in devices.values()), on)


def _fact(held: list[_Held], on: date) -> Fact:
    """What is worst about a device speaks for it."""
    worst = min(held, key=lambda one: (one.counts(on), one.ends_on or date.max))
    return Fact(
        f"device:{worst.id}",
        worst.label,
        all(one.counts(on) for one in held),
        since=worst.ends_on,
        note=worst.note,
    )
