"""The lists of the structure analysis and the figure about who answers, for today and for days gone by."""

from datetime import UTC, datetime, timedelta
from typing import Any

from assets.commands.links import link
from assets.queries.indicators.objects import objects_answered_for
from assets.queries.objects import ObjectDetail
from assets.queries.reports.objects import objects
from assets.queries.reports.structure import LISTS, STRUCTURE
from assets.rules.kinds import Kind, LinkKind
from assets.tables import EffectiveNeed, Responsibility, TargetObject
from isms.db import execute
from tests.assets.things import YESTERDAY, an_object
from tests.office import TODAY, Office


async def listed(office: Office, name: str, on=TODAY, scope: str | None = None) -> list[dict[str, Any]]:
    report = next(one for one in STRUCTURE if one.name == name)
    titles = [column.name for column in report.columns]
    return [dict(zip(titles, row, strict=True)) async for row in report.rows(scope or office.unit.path, on=on)]


def test_every_kind_is_in_exactly_one_list():
    assert sorted(kind for one in LISTS for kind in one.kinds) == sorted(Kind)


async def test_an_application_says_what_it_serves_and_what_it_runs_on(office: Office):
    process = await an_object(office, "Meldewesen", Kind.PROCESS)
    findings = await an_object(office, "Befunde", Kind.INFORMATION)
    records = await an_object(office, "Akte", vendor="Nordwind", release="4.2", responsible=office.weber.id)
    server = await an_object(office, "Server", Kind.IT_SYSTEM)
    for source, kind, target in (
        (process, LinkKind.USES, records),
        (findings, LinkKind.PROCESSED_BY, records),
        (records, LinkKind.RUNS_ON, server),
    ):
        await link(source, kind, target, by=office.yildiz, on=TODAY)

    found = (await listed(office, "a1_applications"))[0]

    assert found["responsible"] == office.weber.name
    assert (found["vendor"], found["release"], found["used_by"]) == ("Nordwind", "4.2", "GP-001 Meldewesen")
    assert (found["processes"], found["runs_on"], found["operator"]) == ("IN-001 Befunde", "IT-001 Server", "")
    assert await listed(office, "a1_applications", YESTERDAY) == []


async def test_a_communication_link_is_listed_with_its_ends_and_why_it_is_critical(office: Office):
    vpn = await an_object(office, "VPN", Kind.COMMUNICATION_LINK, critical="k1 k5", variety="VPN")
    server = await an_object(office, "Server", Kind.IT_SYSTEM)
    await link(server, LinkKind.START_OF, vpn, by=office.yildiz, on=TODAY)

    found = (await listed(office, "a1_communication_links"))[0]

    assert (found["from"], found["to"], found["variety"]) == ("IT-001 Server", "", "VPN")
    assert found["critical"] == "K1 Außenverbindung, K5 darf nicht übertragen werden"


async def test_what_lies_outside_keeps_its_name_to_itself(office: Office):
    records = await an_object(office, "Akte", unit=office.hygiene)
    server = await an_object(office, "Geheimserver", Kind.IT_SYSTEM)
    await link(records, LinkKind.RUNS_ON, server, by=office.yildiz, on=TODAY)

    inside = (await listed(office, "a1_applications", scope=office.hygiene.path))[0]

    assert inside["runs_on"] == "IT-001"
    assert await listed(office, "a1_it_systems", scope=office.hygiene.path) == []


async def test_who_answered_on_a_day_gone_by(office: Office):
    for name, responsible in (("Akte", office.weber.id), ("Buch", None)):
        await two_days_ago(await an_object(office, name), responsible)
    first = (await TargetObject.select(TargetObject.id).order_by(TargetObject.id))[0]["id"]
    await Responsibility(target_object=first, responsible=None).save()

    before = await objects_answered_for(office.unit.path, on=YESTERDAY)
    now = await objects_answered_for(office.unit.path, on=TODAY)

    assert (before.numerator, before.denominator) == (1, 2)
    assert (now.numerator, now.denominator) == (0, 2)
    assert {fact.note for fact in now.facts} == {"niemand ist verantwortlich"}
    assert [row[5] async for row in objects(office.unit.path, on=YESTERDAY)] == [office.weber.name, None]


async def test_who_left_answers_for_nothing(office: Office):
    one = await an_object(office, "Akte", responsible=office.weber.id)
    await execute("UPDATE person SET left_on = {} WHERE id = {}", TODAY, office.weber.id)

    found = await objects_answered_for(office.unit.path, on=TODAY)

    assert [(fact.key, fact.counts) for fact in found.facts] == [(one.key, False)]
    assert found.facts[0].note == "die verantwortliche Person ist ausgeschieden"


async def two_days_ago(one: ObjectDetail, responsible: int | None) -> None:
    """Let an object have been there for two days, and somebody have answered for it since."""
    then = datetime.now(UTC) - timedelta(days=2)
    await TargetObject.update({TargetObject.recorded_at: then}).where(TargetObject.id == one.id)
    need = EffectiveNeed(target_object=one.id, confidentiality=1, integrity=1, availability=1, recorded_at=then)
    await need.save()
    await Responsibility(target_object=one.id, responsible=responsible, recorded_at=then).save()
