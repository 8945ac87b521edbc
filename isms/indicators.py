"""Figures before a reader: the people behind them show to those who may know them, to others only as a number."""

from dataclasses import replace

from isms.area import Indicator, Measurement
from isms.people import Actor
from isms.permissions import May
from isms.rules.privacy import may_show


def as_seen(measured: Measurement, indicator: Indicator, *, by: Actor, scope: str) -> Measurement:
    """Without the right to know them the rows about people go, and with a handful of people the figure, too."""
    people = sum(fact.person for fact in measured.facts)
    if not people or by.may(indicator.names or May.SEE_PEOPLE, scope):
        return measured
    rest = tuple(fact for fact in measured.facts if not fact.person)
    if may_show(people):
        return replace(measured, facts=rest, withheld=people)
    return replace(measured, numerator=0, denominator=0, facts=rest, withheld=people)
