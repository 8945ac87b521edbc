"""The list of objects narrowed by chips: kind, stage, tag, and what is missing; the export holds the same."""

import re

import pytest

from assets.commands.links import link
from assets.commands.needs import assess
from assets.commands.objects import change_object
from assets.queries.object_list import HIGHEST, MARKS, AskedObjects, Mark, objects
from assets.rules.kinds import Kind, LinkKind, OperatingStage
from assets.rules.protection import Goal, ProtectionNeed
from isms.db import engine, execute
from isms.db.sqlite import SQLite
from isms.listing import Ask
from tests.assets.things import an_object, seen
from tests.browser import Browser
from tests.office import TODAY, Office


@pytest.fixture
async def structure(office: Office) -> None:
    """Four objects, each with something of its own."""
    records = await an_object(office, "Patientenakte", responsible=office.weber.id, personal_data=True)
    await assess(records, {Goal.CONFIDENTIALITY: ProtectionNeed.HIGH}, reason="", by=office.yildiz)
    portal = await an_object(office, "Portal", operating_stage=OperatingStage.PLANNED)
    centre = await an_object(office, "Rechenzentrum", Kind.SERVICE_PROVIDER, responsible=office.kaya.id)
    await link(portal, LinkKind.OPERATED_BY, centre, by=office.yildiz, on=TODAY)
    room = await an_object(office, "Lager", Kind.ROOM, responsible=office.weber.id)
    await change_object(room, room.facts, by=office.yildiz, on=TODAY, categories=[], version=1, tags=["Umzug 2027"])


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["AW-001", "AW-002", "DL-001", "RM-001"]),
        ("stage=planned", ["AW-002"]),
        ("tag=umzug 2027", ["RM-001"]),
        ("tag=unbekannt", []),
        ("only=unanswered", ["AW-002"]),
        ("only=unassessed", ["AW-002", "DL-001", "RM-001"]),
        ("only=unassessed unanswered", ["AW-002"]),
        ("only=provider", ["AW-002"]),
        ("only=personal", ["AW-001"]),
        ("only=unsinn&stage=unsinn&unit=unsinn", ["AW-001", "AW-002", "DL-001", "RM-001"]),
        ("kind=application&only=unassessed", ["AW-002"]),
    ],
)
async def test_a_chip_narrows_the_list_and_its_export(office: Office, browser: Browser, structure, query, found):
    shown = (await browser.get(f"/objects?{query}", as_=office.yildiz, htmx=True)).text
    export = (await browser.get(f"/objects/export.csv?{query}", as_=office.yildiz)).text

    assert re.findall(r">([A-Z]{2}-\d{3})<", shown) == found
    assert [line.partition(";")[0] for line in export.splitlines()[1:]] == found


async def test_a_second_click_takes_a_chip_back(office: Office, browser: Browser, structure):
    shown = (await browser.get("/objects?only=provider&q=po", as_=office.yildiz)).text

    assert 'href="/objects?q=po" aria-current="true">vom Dienstleister betrieben' in shown
    assert 'href="/objects?q=po&amp;only=unanswered+provider">ohne Verantwortliche' in shown
    assert 'name="only" value="provider"' in shown


async def test_tags_are_offered_to_those_who_see_an_object_that_bears_them(office: Office, browser: Browser, structure):
    assert "Umzug 2027" in (await browser.get("/objects", as_=office.yildiz)).text
    assert "Umzug 2027" not in (await browser.get("/objects", as_=office.petersen)).text


async def test_strangers_learn_nothing_by_filters(office: Office, structure):
    for mark in Mark:
        assert (await objects(AskedObjects(only=(mark,)), Ask(), seen_by=office.petersen)).count == 0


@pytest.mark.parametrize("mark", list(Mark))
async def test_every_mark_has_an_index_that_serves_it(office: Office, mark: Mark):
    plan = await planned(MARKS[mark], office.unit.institution)

    assert "_some_index" in plan, plan
    assert "TEMP B-TREE" not in plan, plan


async def test_the_highest_need_has_an_index_that_serves_it(office: Office):
    assert "target_object_highest_index" in await planned(HIGHEST, office.unit.institution, 3)


async def planned(condition: str, *args: object) -> str:
    """How the engine would find a page of the list; PostgreSQL is told not to read a small table from end to end."""
    sql = f"""SELECT o.id FROM target_object o WHERE o.institution = {{}} AND o.ended_on IS NULL AND {condition}
              ORDER BY o.short_id, o.id LIMIT 51"""
    if isinstance(engine(), SQLite):
        return " ".join(row["detail"] for row in await execute(f"EXPLAIN QUERY PLAN {sql}", *args))
    await execute("SET LOCAL enable_seqscan = off")
    await execute("SET LOCAL enable_sort = off")
    return " ".join(row["QUERY PLAN"] for row in await execute(f"EXPLAIN {sql}", *args))


async def test_a_group_shows_its_count(office: Office, browser: Browser):
    notebooks = await an_object(office, "Notebooks", Kind.IT_SYSTEM, number=20)

    assert (await seen(office, notebooks)).number == 20
    assert "× 20" in (await browser.get("/objects", as_=office.yildiz)).text
