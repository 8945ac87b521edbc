"""What the registers say about a requirement: bound figures as of a day, with the rows behind them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from isms.area import Binding, Fact, Measurement
from isms.house import House
from isms.indicators import as_seen
from isms.people import Actor
from isms.rules.errors import Missing
from risks.rules.requirements import Implementation, proposal

SHOWN = 100


@dataclass(frozen=True)
class Figure:
    """A bound indicator. `measurement` is None where no area of this installation offers it."""

    binding: Binding
    title: str
    measurement: Measurement | None

    @property
    def proposes(self) -> Implementation | None:
        percent = self.measurement.percent if self.measurement else None
        return proposal(percent, self.binding.yes_from, self.binding.partly_from)

    @property
    def facts(self) -> Sequence[Fact]:
        """The rows behind it, those that do not count first: there is something to do."""
        found = self.measurement.facts if self.measurement else ()
        return sorted(found, key=lambda fact: fact.counts)[:SHOWN]


async def figures(house: House, uuid: str, *, seen_by: Actor, scope: str, on: date) -> list[Figure]:
    """Every figure that speaks for the requirement in the units under a path, as this reader may see it."""
    bound = [binding for binding in await house.bindings(scope, on=on) if uuid in binding.supports]
    return [await _measured(house, binding, seen_by=seen_by, scope=scope, on=on) for binding in bound]


async def _measured(house: House, binding: Binding, *, seen_by: Actor, scope: str, on: date) -> Figure:
    try:
        indicator = house.indicator(binding.indicator)
        measurement = await indicator.measure(scope, on=on, **dict(binding.parameters))
    except Missing:
        return Figure(binding, "", None)
    return Figure(binding, indicator.title, as_seen(measurement, indicator, by=seen_by, scope=scope))
