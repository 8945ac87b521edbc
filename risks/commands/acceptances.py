"""The head takes over what is left of a risk."""

from dataclasses import dataclass
from datetime import date

from isms.audit import change
from isms.people import Actor
from risks.commands.advance import Taken, advance
from risks.queries.decisions import ValuationRow, controls, standing
from risks.queries.risks import RiskDetail
from risks.rules.lifecycle import Step, stage_after
from risks.rules.permissions import May
from risks.rules.requirements import BASIC, DONE
from risks.rules.treatment import Remainder, Takeover, check_acceptance, nothing_valued
from risks.tables import Acceptance


@dataclass(frozen=True)
class Terms:
    """Why the rest is bearable, under which conditions, and until when at most."""

    reason: str
    until: date | None
    conditions: str = ""


async def accept(risk: RiskDetail, terms: Terms, *, by: Actor, on: date) -> None:
    """Take over a residual risk until a day; nothing renews it. Raises Refused without four eyes."""
    by.needs(May.ACCEPT, at=risk.path)
    stage_after(Step.ACCEPT, risk.stage)
    valuation, remainder = await _remainder(risk, on)
    takeover = Takeover(by=by.id, is_head=by.may(May.ACCEPT, risk.path), reason=terms.reason, until=terms.until, on=on)
    until = check_acceptance(takeover, remainder)
    async with change("risk.accepted", risk, by=by, unit=risk.unit, risk_level=int(remainder.level)) as made:
        made.with_(reason=terms.reason, conditions=terms.conditions, until=until.isoformat())
        await advance(risk, Step.ACCEPT, Taken(by, on, terms.reason))
        await Acceptance.insert(
            Acceptance(
                risk=risk.id,
                valuation=valuation.id,
                reason=terms.reason.strip(),
                conditions=terms.conditions.strip(),
                until=until,
                accepted_on=on,
                accepted_by=by.id,
            )
        )


async def _remainder(risk: RiskDetail, on: date) -> tuple[ValuationRow, Remainder]:
    """What is left, by the valuation that says so, and who has had a hand in it."""
    now = await standing(risk.id)
    if now.remains is None or now.treatment is None:
        raise nothing_valued()
    remainder = Remainder(
        level=now.remains.level,
        owner=risk.owner,
        authors=frozenset({risk.recorded_by, now.remains.valued_by, now.treatment.decided_by}),
        open_basics=[
            control.code
            for control in await controls(risk.id, path=risk.path, on=on)
            if control.security_level == BASIC and control.implementation not in DONE
        ],
    )
    return now.remains, remainder
