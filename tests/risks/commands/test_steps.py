import pytest

from isms.rules.errors import Forbidden, Incomplete, Refused, Stale
from risks.commands.acceptances import Terms, accept
from risks.commands.measures import complete
from risks.commands.steps import Judgement, NewMeasure, close, review, treat, value
from risks.queries.decisions import acceptances, measure, measures, newest_treatment, steps, valuations
from risks.rules.levels import Frequency, Impact, RiskLevel, State
from risks.rules.lifecycle import Stage
from risks.rules.treatment import Decision, Treatment
from tests.assets.things import trail
from tests.office import TODAY, Office
from tests.risks.things import (
    BETTER,
    GRAVE,
    NEXT_YEAR,
    SOON,
    WITHOUT,
    a_risk,
    a_risk_to_accept,
    a_treated_risk,
    a_valued_risk,
    an_accepted_risk,
    seen,
)

TERMS = Terms("Der Umbau folgt 2027.", NEXT_YEAR)


async def actions(number: int) -> list[str]:
    return [entry.action for entry in (await trail())[:number]]


async def test_a_valuation_gives_the_level_and_leaves_a_trace(office: Office) -> None:
    found = await a_valued_risk(office)

    assert (found.stage, found.level) == (Stage.VALUED, RiskLevel.HIGH)
    assert await actions(1) == ["risk.valued"]


async def test_todays_level_is_with_existing_measures_whatever_comes_later(office: Office) -> None:
    found = await a_valued_risk(office)
    await value(found, WITHOUT, by=office.yildiz, on=TODAY)

    again = await seen(office, found)
    assert (again.level, again.frequency) == (RiskLevel.HIGH, Frequency.OFTEN)
    assert [each.state for each in await valuations(found.id)] == [State.WITHOUT, State.EXISTING]


async def test_a_planned_effect_does_not_change_todays_level(office: Office) -> None:
    found = await a_risk_to_accept(office)

    assert found.level is RiskLevel.HIGH
    assert (await valuations(found.id))[0].level is RiskLevel.MEDIUM


async def test_only_the_faster_of_two_values_a_risk(office: Office) -> None:
    as_the_slower_sees_it = await a_risk(office)
    await value(as_the_slower_sees_it, GRAVE, by=office.yildiz, on=TODAY)

    with pytest.raises(Stale):
        await value(as_the_slower_sees_it, WITHOUT, by=office.yildiz, on=TODAY)

    assert len(await valuations(as_the_slower_sees_it.id)) == 1


async def test_a_valuation_without_a_reason_is_refused(office: Office) -> None:
    found = await a_risk(office)

    with pytest.raises(Incomplete):
        await value(found, Judgement(State.EXISTING, Frequency.RARE, Impact.LIMITED, ""), by=office.yildiz, on=TODAY)
    with pytest.raises(Forbidden):
        await value(found, GRAVE, by=office.brandt, on=TODAY)

    assert not await valuations(found.id)


async def test_a_treatment_plans_measures_that_their_people_report_done(office: Office) -> None:
    found = await a_treated_risk(office)
    [planned] = await measures(found.id)

    assert await actions(2) == ["measure.planned", "risk.treated"]
    with pytest.raises(Forbidden):
        await complete(planned, "Liegt.", by=office.albrecht, on=TODAY)
    await complete(await measure(planned.id, seen_by=office.brandt), "Die Leitung liegt.", by=office.brandt, on=TODAY)

    [done] = await measures(found.id)
    assert (done.done_on, done.result) == (TODAY, "Die Leitung liegt.")
    assert await actions(1) == ["measure.completed"]
    with pytest.raises(Stale):
        await complete(planned, "Noch einmal.", by=office.yildiz, on=TODAY)


async def test_a_treatment_before_a_valuation_is_refused(office: Office) -> None:
    found = await a_risk(office)

    with pytest.raises(Refused, match="„Behandeln“ geht nicht: Das Risiko ist erfasst"):
        await treat(found, Decision(Treatment.AVOID, "Abschalten."), by=office.yildiz, on=TODAY)

    assert await newest_treatment(found.id) is None


async def test_only_the_faster_of_two_treats_a_risk(office: Office) -> None:
    as_the_slower_sees_it = await a_valued_risk(office)
    await treat(as_the_slower_sees_it, Decision(Treatment.AVOID, "Abschalten."), by=office.yildiz, on=TODAY)

    with pytest.raises(Stale):
        await treat(as_the_slower_sees_it, Decision(Treatment.ACCEPT, "So lassen."), by=office.yildiz, on=TODAY)


async def test_a_measure_without_a_name_or_day_is_not_planned(office: Office) -> None:
    found = await a_valued_risk(office)
    decision = Decision(Treatment.REDUCE, "Weniger Ausfälle.")

    for wrong in (NewMeasure(" ", office.brandt, SOON), NewMeasure("Leitung", office.brandt, TODAY)):
        with pytest.raises(Incomplete):
            await treat(found, decision, measures=[wrong], by=office.yildiz, on=TODAY)

    assert not await measures(found.id)


async def test_the_head_takes_over_what_is_left(office: Office) -> None:
    found = await an_accepted_risk(office)

    [taken] = await acceptances(found.id)
    assert (found.stage, taken.level, taken.until) == (Stage.ACCEPTED, RiskLevel.MEDIUM, NEXT_YEAR)
    assert await actions(1) == ["risk.accepted"]


async def test_nobody_but_the_head_takes_over(office: Office) -> None:
    found = await a_risk_to_accept(office)

    for other in (office.yildiz, office.brandt, office.petersen):
        with pytest.raises(Forbidden):
            await accept(found, TERMS, by=other, on=TODAY)

    assert not await acceptances(found.id)


async def test_the_head_does_not_take_over_a_risk_of_her_own(office: Office) -> None:
    found = await a_treated_risk(office, owner=office.albrecht)
    await value(found, BETTER, by=office.yildiz, on=TODAY)

    with pytest.raises(Refused, match="Vier Augen"):
        await accept(await seen(office, found), TERMS, by=office.albrecht, on=TODAY)


async def test_nothing_is_taken_over_before_somebody_valued_what_is_left(office: Office) -> None:
    found = await a_treated_risk(office)

    with pytest.raises(Refused, match="Noch hat niemand bewertet"):
        await accept(found, TERMS, by=office.albrecht, on=TODAY)


async def test_what_was_valued_before_the_newest_treatment_no_longer_says_what_is_left(office: Office) -> None:
    found = await a_risk_to_accept(office)
    await treat(found, Decision(Treatment.TRANSFER, "Versichert.", "Police 1"), by=office.yildiz, on=TODAY)

    with pytest.raises(Refused, match="Noch hat niemand bewertet"):
        await accept(await seen(office, found), TERMS, by=office.albrecht, on=TODAY)


async def test_only_the_faster_of_two_decides(office: Office) -> None:
    as_the_head_sees_it = await a_risk_to_accept(office)
    await value(as_the_head_sees_it, BETTER, by=office.yildiz, on=TODAY)

    with pytest.raises(Stale):
        await accept(as_the_head_sees_it, TERMS, by=office.albrecht, on=TODAY)

    assert not await acceptances(as_the_head_sees_it.id)


async def test_a_new_valuation_ends_what_the_head_took_over(office: Office) -> None:
    found = await an_accepted_risk(office)

    await value(found, GRAVE, by=office.yildiz, on=TODAY)

    assert (await seen(office, found)).stage is Stage.TREATED


async def test_a_review_moves_the_day_of_the_next_one(office: Office) -> None:
    found = await a_valued_risk(office)

    await review(found, "Unverändert.", next_on=NEXT_YEAR, by=office.yildiz, on=TODAY)

    assert (await seen(office, found)).review_on == NEXT_YEAR
    assert (await steps(found.id))[0].note == "Unverändert."
    with pytest.raises(Stale):
        await review(found, "Unverändert.", next_on=NEXT_YEAR, by=office.yildiz, on=TODAY)
    with pytest.raises(Incomplete):
        await review(await seen(office, found), "", next_on=TODAY, by=office.yildiz, on=TODAY)


async def test_a_risk_is_closed_when_nothing_is_left_to_do(office: Office) -> None:
    found = await an_accepted_risk(office)

    with pytest.raises(Refused, match=r"Maßnahmen offen \(1\)"):
        await close(found, "Erledigt.", by=office.yildiz, on=TODAY)
    [planned] = await measures(found.id)
    await complete(planned, "Die Leitung liegt.", by=office.yildiz, on=TODAY)
    await close(found, "Erledigt.", by=office.yildiz, on=TODAY)

    assert (await seen(office, found)).stage is Stage.CLOSED
    assert await actions(1) == ["risk.closed"]


async def test_a_grave_rest_that_nobody_took_over_stays_open(office: Office) -> None:
    found = await a_treated_risk(office, Treatment.ACCEPT)

    with pytest.raises(Refused, match="Das Restrisiko ist hoch"):
        await close(found, "Erledigt.", by=office.yildiz, on=TODAY)
    with pytest.raises(Incomplete):
        await close(found, " ", by=office.yildiz, on=TODAY)

    assert (await seen(office, found)).stage is Stage.TREATED
