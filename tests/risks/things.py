"""Risks and catalogues to test with."""

from datetime import timedelta
from typing import Any

from assets.queries.objects import ObjectDetail
from isms.people import Actor
from risks.commands.acceptances import Terms, accept
from risks.commands.catalogues import Edition, import_catalogue
from risks.commands.risks import RiskFacts, record_risk
from risks.commands.steps import Judgement, NewMeasure, treat, value
from risks.intake.oscal import read
from risks.queries.requirements import RequirementDetail, by_uuid
from risks.queries.risks import RiskDetail, risk
from risks.rules.levels import Frequency, Impact, State
from risks.rules.treatment import Decision, Treatment
from tests.assets.things import an_object
from tests.office import TODAY, Office
from tests.risks.intake.oscal_files import as_file, catalogue, control, prop, uuid

SOON = TODAY + timedelta(days=90)
NEXT_YEAR = TODAY + timedelta(days=365)
GRAVE = Judgement(State.EXISTING, Frequency.OFTEN, Impact.CONSIDERABLE, "Zwei Ausfälle im letzten Jahr.")
WITHOUT = Judgement(State.WITHOUT, Frequency.VERY_OFTEN, Impact.CONSIDERABLE, "Ohne Vorkehrung fällt es oft aus.")
BETTER = Judgement(State.TREATED, Frequency.MEDIUM, Impact.CONSIDERABLE, "Die zweite Leitung halbiert die Ausfälle.")


async def a_risk(office: Office, title: str = "Ausfall der Meldesoftware", **more: Any) -> RiskDetail:
    of: ObjectDetail = more.pop("of", None) or await an_object(office, more.pop("name", "Meldesoftware"))
    owner = more.pop("owner", office.brandt)
    facts = RiskFacts(**{"title": title, "threat": "G 0.25", "review_on": SOON, **more})
    return await seen(office, await record_risk(facts, of=of, owner=owner, by=office.yildiz, on=TODAY))


async def a_valued_risk(office: Office, judgement: Judgement = GRAVE, **more: Any) -> RiskDetail:
    found = await a_risk(office, **more)
    await value(found, judgement, by=office.yildiz, on=TODAY)
    return await seen(office, found)


async def a_treated_risk(office: Office, treatment: Treatment = Treatment.REDUCE, **more: Any) -> RiskDetail:
    found = await a_valued_risk(office, **more)
    measure = NewMeasure("Zweite Leitung legen", office.brandt, SOON)
    measures = [measure] if treatment is Treatment.REDUCE else []
    await treat(found, Decision(treatment, "Weniger Ausfälle.", "V-7"), measures=measures, by=office.yildiz, on=TODAY)
    return await seen(office, found)


async def a_risk_to_accept(office: Office) -> RiskDetail:
    found = await a_treated_risk(office)
    await value(found, BETTER, by=office.yildiz, on=TODAY)
    return await seen(office, found)


async def an_accepted_risk(office: Office) -> RiskDetail:
    found = await a_risk_to_accept(office)
    await accept(found, Terms("Der Umbau folgt.", NEXT_YEAR), by=office.albrecht, on=TODAY)
    return await seen(office, found)


async def seen(office: Office, found: RiskDetail | int, by: Actor | None = None) -> RiskDetail:
    """The risk as the ISB (or somebody else) sees it now."""
    return await risk(found if isinstance(found, int) else found.id, seen_by=by or office.yildiz)


def small_catalogue() -> bytes:
    """Three requirements: the first requires the second; the third is elevated and about networks."""
    return as_file(
        catalogue(
            control(1, links=[{"rel": "required", "href": "#TEST.1.2"}, {"rel": "related", "href": "#TEST.1.3"}]),
            control(
                2, params=[{"id": "p", "label": "wer", "props": []}], parts=[_said("{{ insert: param, p }} prüft.")]
            ),
            control(
                3,
                title="Netze trennen",
                props=[prop("alt-identifier", uuid(3)), prop("sec_level", "erhöht"), prop("effort_level", "3")],
                parts=[_said("Netze getrennt.", prop("modal_verb", "KANN"), prop("target_objects", "Netze"))],
            ),
        )
    )


def _said(prose: str, *props: dict[str, str]) -> dict[str, Any]:
    return {"name": "statement", "prose": prose, "props": list(props)}


async def an_edition(office: Office, content: bytes | None = None) -> int:
    content = content or small_catalogue()
    return await import_catalogue(Edition(read(content).catalogue, content), by=office.yildiz)


async def a_requirement(number: int) -> RequirementDetail:
    return (await by_uuid([uuid(number)]))[uuid(number)]
