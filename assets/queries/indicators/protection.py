"""How devices are protected by their own account, on any day: disk encryption and virus protection."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from assets.queries.indicators.devices import HOUSE
from assets.queries.indicators.measuring import DEVICES, LABEL, measured
from assets.queries.past import WITHIN, day, day_ends
from assets.rules.inventory import FactName, State, is_computer, stores_data
from isms.area import Fact, Measurement
from isms.db.reading import Row, rows
from isms.rules.texts import N_

NEVER = N_("hat sich nie gemeldet")


class _Told(Row):
    id: int
    label: str
    category: str
    state: State | None
    since: date | None

    @property
    def note(self) -> str:
        return self.state.label if self.state else NEVER


async def encryption_on(scope: str, *, on: date, **_: str) -> Measurement:
    """Of the devices in the house that hold data, those that report all their disks as encrypted."""
    return await _measured(scope, on, FactName.ENCRYPTION, stores_data)


async def protection_on(scope: str, *, on: date, **_: str) -> Measurement:
    """Of the computers in the house, those that report a virus protection that is switched on."""
    return await _measured(scope, on, FactName.ANTIVIRUS, is_computer)


async def _measured(scope: str, on: date, name: FactName, belongs: Callable[[str], bool]) -> Measurement:
    """What did not report does not count: nobody can say how it is protected."""
    found = await rows(
        _Told,
        f"""SELECT d.id, {LABEL}, d.category, f.value AS state, f.confirmed_on AS since {DEVICES}
            LEFT JOIN reported_fact f ON f.device = d.id AND f.name = {{}} AND f.recorded_at < {{}}
                AND (f.replaced_at IS NULL OR f.replaced_at >= {{}})
            WHERE s.stage IN ({HOUSE}) AND {WITHIN} ORDER BY d.inventory_number""",
        *day(on),
        name.value,
        day_ends(on),
        day_ends(on),
        scope,
        scope,
    )
    facts = tuple(
        Fact(f"device:{one.id}", one.label, one.state is State.ON, since=one.since, note=one.note)
        for one in found
        if one.state is not None or belongs(one.category)
    )
    return measured(facts, on)
