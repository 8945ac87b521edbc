from dataclasses import replace
from datetime import timedelta

import pytest
from msgspec.structs import replace as replace_of

from isms.db.reading import value as first
from isms.rules.errors import Forbidden, Incomplete, Missing, Refused, Stale
from risks.commands.risks import RiskFacts, describe, link_control, record_risk, unlink_control
from risks.commands.steps import close, reopen
from risks.queries.decisions import controls
from risks.queries.risks import risk
from risks.rules.lifecycle import Stage
from risks.rules.treatment import Treatment
from risks.tables import Risk
from tests.assets.things import Entry, an_object, trail
from tests.office import TODAY, Office
from tests.risks.things import SOON, a_requirement, a_risk, a_treated_risk, an_edition, seen

FACTS = RiskFacts(title="Ausfall der Meldesoftware", threat="G 0.25", review_on=SOON)


async def test_recording_a_risk_leaves_a_trace(office: Office) -> None:
    found = await a_risk(office)

    assert (found.code, found.stage, found.owner_name) == ("R-1", Stage.RECORDED, "Jonas Brandt")
    assert (await trail())[0] == Entry(action="risk.recorded", subject=found.key, actor=office.yildiz.id)


async def test_every_risk_gets_its_own_number(office: Office) -> None:
    first_risk, second_risk = await a_risk(office), await a_risk(office, name="Terminbuch")

    assert (first_risk.number, second_risk.number) == (1, 2)


@pytest.mark.parametrize(
    ("facts", "missing"),
    [
        (replace(FACTS, title=" "), "title"),
        (replace(FACTS, review_on=TODAY), "review_on"),
        (replace(FACTS, review_on=TODAY + timedelta(days=400)), "review_on"),
    ],
)
async def test_an_incomplete_risk_is_not_recorded(office: Office, facts: RiskFacts, missing: str) -> None:
    of = await an_object(office, "Meldesoftware")

    with pytest.raises(Incomplete) as incomplete:
        await record_risk(facts, of=of, owner=office.brandt, by=office.yildiz, on=TODAY)

    assert set(incomplete.value.complaints) == {missing}
    assert not await Risk.exists()


async def test_an_object_that_has_ended_gets_no_new_risks(office: Office) -> None:
    of = replace_of(await an_object(office, "Altes Verfahren"), ended_on=TODAY)

    with pytest.raises(Refused, match="Altes Verfahren gehört nicht mehr zur Struktur"):
        await record_risk(FACTS, of=of, owner=office.brandt, by=office.yildiz, on=TODAY)


async def test_only_who_analyses_there_records_a_risk(office: Office) -> None:
    of = await an_object(office, "Meldesoftware")

    for stranger in (office.brandt, office.petersen, office.weber):
        with pytest.raises(Forbidden):
            await record_risk(FACTS, of=of, owner=office.brandt, by=stranger, on=TODAY)

    assert not await Risk.exists()


async def test_a_risk_shows_itself_only_where_it_is_and_to_its_owner(office: Office) -> None:
    found = await a_risk(office, owner=office.weber)

    assert (await risk(found.id, seen_by=office.weber)).title == found.title
    for stranger in (office.petersen, office.kaya, office.reuter):
        with pytest.raises(Missing):
            await risk(found.id, seen_by=stranger)


async def test_describing_a_risk_notes_before_and_after(office: Office) -> None:
    found = await a_risk(office)

    await describe(found, replace(FACTS, title="Stillstand"), owner=office.weber, by=office.yildiz, on=TODAY)

    again = await seen(office, found)
    assert (again.title, again.owner_name, again.version) == ("Stillstand", "Lukas Weber", 2)
    noted = str(await first("SELECT content FROM audit_payload ORDER BY id DESC LIMIT 1"))
    assert '"before":"Ausfall der Meldesoftware"' in noted.replace('": ', '":')


async def test_only_the_faster_of_two_describes_a_risk(office: Office) -> None:
    as_the_slower_sees_it = await a_risk(office)
    await describe(as_the_slower_sees_it, replace(FACTS, title="A"), owner=office.weber, by=office.yildiz, on=TODAY)

    with pytest.raises(Stale):
        await describe(as_the_slower_sees_it, replace(FACTS, title="B"), owner=office.weber, by=office.yildiz, on=TODAY)

    assert (await seen(office, as_the_slower_sees_it)).title == "A"


async def test_a_closed_risk_is_not_described_until_it_is_opened_again(office: Office) -> None:
    found = await a_treated_risk(office, Treatment.AVOID)
    await close(found, "Der Dienst ist abgeschaltet.", by=office.yildiz, on=TODAY)

    with pytest.raises(Refused, match="geschlossen"):
        await describe(await seen(office, found), FACTS, owner=office.weber, by=office.yildiz, on=TODAY)

    await reopen(await seen(office, found), "Der Dienst läuft wieder.", by=office.yildiz, on=TODAY)
    assert (await seen(office, found)).stage is Stage.VALUED


async def test_a_requirement_keeps_a_risk_in_check_until_it_no_longer_does(office: Office) -> None:
    await an_edition(office)
    found, requirement = await a_risk(office), await a_requirement(3)

    await link_control(found, requirement, by=office.yildiz, on=TODAY)
    linked = await controls(found.id, path=found.path, on=TODAY)
    assert [(each.code, each.implementation.label) for each in linked] == [("TEST.1.3", "offen")]
    with pytest.raises(Refused, match=r"TEST.1.3 ist mit diesem Risiko schon verknüpft"):
        await link_control(found, requirement, by=office.yildiz, on=TODAY)

    await unlink_control(found, linked[0], by=office.yildiz, on=TODAY)
    assert await controls(found.id, path=found.path, on=TODAY) == []
    with pytest.raises(Stale):
        await unlink_control(found, linked[0], by=office.yildiz, on=TODAY)
    assert [entry.action for entry in (await trail())[:3]] == [
        "risk.control_unlinked",
        "requirement.linked",
        "risk.control_linked",
    ]
