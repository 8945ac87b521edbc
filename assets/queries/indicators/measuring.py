"""What figures about devices and objects have in common."""

from __future__ import annotations

from datetime import date

from assets.queries.past import STAGE_ON
from isms.area import Fact, Measurement
from isms.rules.errors import Refused
from isms.rules.texts import N_

DEVICES = f"""FROM device d JOIN unit u ON u.id = d.unit {STAGE_ON}"""
LABEL = "d.inventory_number || ' ' || d.name AS label"


def measured(facts: tuple[Fact, ...], on: date) -> Measurement:
    return Measurement(sum(fact.counts for fact in facts), len(facts), on, facts)


def days_of(given: str) -> int:
    if not given.isdigit() or not 0 < int(given) < 40_000:
        raise Refused(N_("„{given}“ ist keine Zahl von Tagen. Möglich ist zum Beispiel 365."), given=given)
    return int(given)
