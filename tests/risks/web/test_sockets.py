from datetime import timedelta

from isms import texts
from isms.house import House
from isms.people import Actor
from isms.trail import history
from risks.commands.acceptances import Terms, accept
from risks.commands.requirements import Judgement, judge
from risks.commands.risks import link_control
from risks.commands.steps import close, review, treat, value
from risks.queries import reports
from risks.queries.indicators import risks_treated, risks_valued
from risks.rules.levels import RiskLevel
from risks.rules.lifecycle import Stage
from risks.rules.requirements import Implementation
from risks.rules.sentences import SENTENCES
from risks.rules.treatment import Decision, Treatment
from risks.web.reports import REPORTS
from risks.web.sockets import bindings, due, panels, search
from tests.assets.things import trail
from tests.office import TODAY, Office
from tests.risks.things import (
    BETTER,
    GRAVE,
    NEXT_YEAR,
    SOON,
    a_requirement,
    a_risk,
    a_risk_to_accept,
    a_treated_risk,
    a_valued_risk,
    an_accepted_risk,
    an_edition,
    seen,
)

YESTERDAY = TODAY - timedelta(days=1)


async def duties(who: Actor, on: object = TODAY) -> list[str]:
    return [texts.say(duty.title, duty.values) for duty in await due(who, seen_by=who, on=on)]  # type: ignore[arg-type]


async def test_the_desk_names_what_is_due_for_whom(office: Office) -> None:
    await a_risk_to_accept(office)

    assert await duties(office.albrecht) == ["Über das Restrisiko von R-1 Ausfall der Meldesoftware entscheiden"]
    assert await duties(office.brandt) == ["Maßnahme umsetzen: Zweite Leitung legen"]
    assert await duties(office.brandt, SOON) == [
        "R-1 Ausfall der Meldesoftware überprüfen",
        "Maßnahme umsetzen: Zweite Leitung legen",
    ]
    assert await duties(office.yildiz) == []
    assert await duties(office.petersen) == []


async def test_an_acceptance_that_ends_comes_to_the_isb(office: Office) -> None:
    found = await a_risk_to_accept(office)
    await accept(found, Terms("Bis zum Umbau.", TODAY + timedelta(days=10)), by=office.albrecht, on=TODAY)

    assert await duties(office.albrecht) == []
    assert await duties(office.yildiz) == ["Die Übernahme von R-1 Ausfall der Meldesoftware endet"]
    assert await duties(office.petersen) == []
    assert await duties(office.albrecht, TODAY + timedelta(days=10)) == []
    assert await duties(office.albrecht, TODAY + timedelta(days=11)) == [
        "Über das Restrisiko von R-1 Ausfall der Meldesoftware entscheiden"
    ]


async def test_the_head_is_not_asked_about_a_risk_of_her_own(office: Office) -> None:
    found = await a_treated_risk(office, owner=office.albrecht)
    await value(found, BETTER, by=office.yildiz, on=TODAY)

    assert await duties(office.albrecht) == []


async def test_the_search_finds_risks_and_requirements_within_reach(office: Office) -> None:
    await an_edition(office)
    await a_valued_risk(office)

    async def found(words: str, who: Actor) -> list[str]:
        return [hit.title for hit in await search(words, seen_by=who, limit=5)]

    assert await found("ausfall", office.yildiz) == ["R-1 Ausfall der Meldesoftware"]
    assert await found("netze trennen", office.yildiz) == ["TEST.1.3 Netze trennen"]
    assert await found("ausfall", office.petersen) == []
    assert await found("ausfall netze", office.weber) == []


async def test_an_object_shows_its_risks(office: Office) -> None:
    found = await a_valued_risk(office)
    key = f"target_object:{found.object}"

    [panel] = await panels(key, seen_by=office.yildiz, on=TODAY)
    assert [risk.title for risk in panel.context["risks"]] == ["Ausfall der Meldesoftware"]  # type: ignore[attr-defined]
    assert await panels(key, seen_by=office.vogt, on=TODAY) != [panel]
    assert await panels("device:1", seen_by=office.yildiz, on=TODAY) == ()


async def test_the_shipped_rules_name_requirements_by_what_is_here(office: Office) -> None:
    before = await bindings("/", on=TODAY)

    supported = [named for binding in before for named in binding.supports.items()]
    assert before
    assert all(uuid == printed for uuid, printed in supported)


async def test_every_change_is_told_as_a_sentence(office: Office, house: House) -> None:
    await an_edition(office)
    found = await an_accepted_risk(office)
    await link_control(found, await a_requirement(1), by=office.yildiz, on=TODAY)

    told = [str(line.sentence) for line in await history(found.key, seen_by=office.yildiz, house=house)]

    assert told[0].startswith("Sabine Yıldız hat")
    assert any("hoch" in sentence for sentence in told)
    assert not [sentence for sentence in told if "…" in sentence]
    actions = {entry.action for entry in await trail()}
    assert {action for action in actions if action.startswith(("risk.", "measure."))} <= set(SENTENCES)


async def test_figures_count_as_of_a_day(office: Office) -> None:
    await a_valued_risk(office)
    await a_risk(office, name="Terminbuch")

    valued, treated = await risks_valued("/", on=TODAY), await risks_treated("/", on=TODAY)
    before = await risks_valued("/", on=YESTERDAY)

    assert (valued.numerator, valued.denominator, treated.numerator) == (1, 2, 0)
    assert [fact.counts for fact in valued.facts] == [True, False]
    assert (before.numerator, before.denominator) == (0, 0)
    assert (await risks_valued(office.elsewhere.path, on=TODAY)).denominator == 0


async def test_registers_show_a_past_day_as_it_was(office: Office) -> None:
    found = await a_valued_risk(office)
    later = TODAY + timedelta(days=5)
    await treat(found, Decision(Treatment.AVOID, "Abschalten."), by=office.yildiz, on=later)
    await close(await seen(office, found), "Abgeschaltet.", by=office.yildiz, on=later)

    [then] = [row async for row in reports.risks(office.unit.path, on=TODAY)]
    [now] = [row async for row in reports.risks(office.unit.path, on=later)]

    assert (then[5], now[5]) == (Stage.VALUED, Stage.CLOSED)
    assert then[8] is RiskLevel.HIGH
    assert [row async for row in reports.risks(office.elsewhere.path, on=later)] == []
    assert [row async for row in reports.treatments("/", on=TODAY)] == []


async def test_every_register_has_a_cell_for_every_column(office: Office) -> None:
    await an_edition(office)
    found = await an_accepted_risk(office)
    requirement = await a_requirement(1)
    await link_control(found, requirement, by=office.yildiz, on=TODAY)
    await judge(requirement, Judgement(Implementation.YES, "", None), unit=office.unit, by=office.yildiz, on=TODAY)

    for report in REPORTS:
        written = [row async for row in report.rows(office.land.path, on=TODAY)]
        assert written, report.name
        assert {len(row) for row in written} == {len(report.columns)}, report.name


async def test_a_reviewed_risk_is_due_when_its_next_day_comes(office: Office) -> None:
    found = await a_valued_risk(office)
    await review(found, "Unverändert.", next_on=NEXT_YEAR, by=office.yildiz, on=TODAY)
    await value(await seen(office, found), GRAVE, by=office.yildiz, on=TODAY)

    assert await duties(office.brandt, SOON) == []
    assert await duties(office.brandt, NEXT_YEAR) == ["R-1 Ausfall der Meldesoftware überprüfen"]
