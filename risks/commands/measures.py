"""Measures are reported done by those who answer for them."""

from datetime import date

from isms.audit import change
from isms.people import Actor
from isms.rules.errors import Complaint, Forbidden, Incomplete, Stale
from isms.rules.texts import N_
from risks.queries.decisions import MeasureRow
from risks.rules.permissions import May
from risks.tables import Measure


async def complete(measure: MeasureRow, result: str, *, by: Actor, on: date) -> None:
    """Report a measure as done, by whoever is responsible or analyses risks there. Raises Stale when it was done."""
    if by.id != measure.responsible and not by.may(May.ANALYSE, measure.path):
        raise Forbidden
    if not result.strip():
        raise Incomplete({"result": Complaint(N_("Schreiben Sie, was getan wurde und woran man es sieht."))})
    async with change("measure.completed", measure, by=by, unit=measure.unit, result=result, risk=measure.risk_number):
        done = (
            await Measure.update({Measure.done_on: on, Measure.done_by: by.id, Measure.result: result.strip()})
            .where((Measure.id == measure.id) & Measure.done_on.is_null())
            .returning(Measure.id)
        )
        if not done:
            raise Stale
