"""What happens to a risk once it is recorded: valued, treated, reviewed, closed, opened again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from isms.audit import change
from isms.people import Actor, Someone
from isms.rules.errors import Complaint, Incomplete
from isms.rules.texts import N_
from risks.commands.advance import Taken, advance
from risks.queries.decisions import newest_acceptance, newest_by_state, open_measures, standing
from risks.queries.risks import RiskDetail
from risks.rules.levels import MATRIX_NAME, Frequency, Impact, State, counts_today, level_of
from risks.rules.lifecycle import Stage, Step, stage_after
from risks.rules.permissions import May
from risks.rules.treatment import (
    Decision,
    Settlement,
    Treatment,
    check_closing,
    check_review,
    check_state,
    check_treatment,
    nothing_valued,
)
from risks.tables import Measure, Risk, RiskTreatment, RiskValuation


@dataclass(frozen=True)
class Judgement:
    """How grave somebody finds a risk, in which state, and why."""

    state: State
    frequency: Frequency
    impact: Impact
    reason: str


@dataclass(frozen=True)
class NewMeasure:
    title: str
    responsible: Someone
    due_on: date


async def value(risk: RiskDetail, judgement: Judgement, *, by: Actor, on: date) -> None:
    """Value a risk anew. Older valuations stay; one that is only planned does not change today's level."""
    by.needs(May.ANALYSE, at=risk.path)
    level = level_of(judgement.frequency, judgement.impact)
    check_state(judgement.state, risk.stage, judgement.reason)
    async with change("risk.valued", risk, by=by, unit=risk.unit, state=judgement.state.value) as made:
        before = await newest_by_state(risk.id)
        known = before.get(judgement.state)
        made.with_(risk_level={"before": int(known.level), "after": int(level)} if known else int(level))
        counts = counts_today(judgement.state, State.EXISTING in before)
        today = {Risk.frequency: judgement.frequency, Risk.impact: judgement.impact, Risk.level: level}
        await advance(risk, Step.VALUE, Taken(by, on, judgement.reason), today if counts else None)
        await RiskValuation.insert(
            RiskValuation(
                risk=risk.id,
                state=judgement.state,
                frequency=judgement.frequency,
                impact=judgement.impact,
                level=level,
                matrix=MATRIX_NAME,
                reason=judgement.reason.strip(),
                valued_on=on,
                valued_by=by.id,
            )
        )


async def treat(
    risk: RiskDetail, decision: Decision, *, measures: Sequence[NewMeasure] = (), by: Actor, on: date
) -> None:
    """Decide what to do about a risk. Ends an acceptance that was given for less or more."""
    by.needs(May.ANALYSE, at=risk.path)
    stage_after(Step.TREAT, risk.stage)
    check_treatment(decision, len(measures) + await open_measures(risk.id))
    _check_measures(measures, on)
    async with change("risk.treated", risk, by=by, unit=risk.unit, treatment=decision.treatment.value) as made:
        made.with_(reason=decision.reason.strip(), contract=decision.contract)
        await advance(risk, Step.TREAT, Taken(by, on, decision.reason))
        treatment = RiskTreatment(
            risk=risk.id,
            treatment=decision.treatment,
            reason=decision.reason.strip(),
            contract=decision.contract.strip(),
            decided_on=on,
            decided_by=by.id,
        )
        await treatment.save()
        for new in measures:
            measure = Measure(
                risk=risk.id,
                treatment=treatment.id,
                title=new.title.strip(),
                responsible=new.responsible.id,
                due_on=new.due_on,
            )
            await measure.save()
            made.also("measure.planned", measure, title=new.title, responsible=new.responsible.key, risk=risk.code)


async def review(risk: RiskDetail, note: str, *, next_on: date, by: Actor, on: date) -> None:
    """Look at a risk again, say what was found, and when somebody looks next."""
    by.needs(May.ANALYSE, at=risk.path)
    check_review(note, next_on, on)
    async with change("risk.reviewed", risk, by=by, unit=risk.unit, note=note) as made:
        made.with_(review_on={"before": risk.review_on.isoformat(), "after": next_on.isoformat()})
        await advance(risk, Step.REVIEW, Taken(by, on, note), {Risk.review_on: next_on})


async def close(risk: RiskDetail, note: str, *, by: Actor, on: date) -> None:
    """Close a risk for which nothing is left to do. It stays on record and can be opened again."""
    by.needs(May.ANALYSE, at=risk.path)
    stage_after(Step.CLOSE, risk.stage)
    _check_note(note, N_("Schreiben Sie, warum das Risiko geschlossen wird."))
    check_closing(await _settlement(risk), on)
    async with change("risk.closed", risk, by=by, unit=risk.unit, note=note):
        await advance(risk, Step.CLOSE, Taken(by, on, note))


async def reopen(risk: RiskDetail, note: str, *, by: Actor, on: date) -> None:
    """Open a closed risk again, because something about it changed."""
    by.needs(May.ANALYSE, at=risk.path)
    stage_after(Step.REOPEN, risk.stage)
    _check_note(note, N_("Schreiben Sie, warum das Risiko wieder geöffnet wird."))
    async with change("risk.reopened", risk, by=by, unit=risk.unit, note=note):
        await advance(risk, Step.REOPEN, Taken(by, on, note))


async def _settlement(risk: RiskDetail) -> Settlement:
    now, acceptance = await standing(risk.id), await newest_acceptance(risk.id)
    avoided = now.treatment is not None and now.treatment.treatment is Treatment.AVOID
    remains = now.remains or (now.today if avoided else None)
    if remains is None:
        raise nothing_valued()
    return Settlement(
        level=remains.level,
        avoided=avoided,
        open_measures=await open_measures(risk.id),
        accepted_until=acceptance.until if acceptance and risk.stage is Stage.ACCEPTED else None,
    )


def _check_measures(measures: Sequence[NewMeasure], on: date) -> None:
    if any(not new.title.strip() for new in measures):
        raise Incomplete({"measure": N_("Benennen Sie die Maßnahme.")})
    if any(new.due_on <= on for new in measures):
        raise Incomplete({"due_on": N_("Nennen Sie einen Tag nach heute.")})


def _check_note(note: str, complaint: str) -> None:
    if not note.strip():
        raise Incomplete({"note": Complaint(complaint)})
