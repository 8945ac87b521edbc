"""Measurements that this area offers: counted as of the end of a day, with the rows behind them."""

from datetime import date

from isms.area import Fact, Measurement
from isms.db.reading import Row, rows
from isms.rules.texts import N_


class _Counted(Row):
    id: int
    number: int
    title: str
    since: date | None


# Open at the end of a day: recorded by then, and its last step by then did not close it.
OPEN = """FROM risk r JOIN unit u ON u.id = r.unit
    WHERE substr(u.path, 1, {length}) = {} AND r.recorded_on <= {} AND 'closed' <> (SELECT s.stage FROM risk_step s
        WHERE s.id = (SELECT max(id) FROM risk_step WHERE risk = r.id AND taken_on <= {}))"""
COUNTED = "SELECT r.id, r.number, r.title, (SELECT min({day}) FROM {table} WHERE risk = r.id AND {day} <= {}) AS since "


async def risks_valued(scope: str, *, on: date, **params: str) -> Measurement:
    """How many of the open risks somebody has valued."""
    return await _counted("risk_valuation", "valued_on", scope, on)


async def risks_treated(scope: str, *, on: date, **params: str) -> Measurement:
    """For how many of the open risks it is decided what happens."""
    return await _counted("risk_treatment", "decided_on", scope, on)


async def _counted(table: str, day: str, scope: str, on: date) -> Measurement:
    counted = COUNTED.replace("{table}", table).replace("{day}", day)
    sql = counted + OPEN.replace("{length}", str(len(scope)))
    found = await rows(_Counted, f"{sql} ORDER BY r.number", on, scope, on, on)
    facts = tuple(
        Fact(
            key=f"risk:{each.id}",
            label=f"R-{each.number} {each.title}",
            counts=each.since is not None,
            since=each.since,
            note="" if each.since else N_("noch offen"),
        )
        for each in found
    )
    return Measurement(sum(fact.counts for fact in facts), len(facts), on, facts)
