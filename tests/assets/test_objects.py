from typing import Any

import pytest

from assets.commands.objects import add, change_object
from assets.queries.objects import choices, target_object
from assets.rules.categories import category_named
from assets.rules.facts import ObjectFacts
from assets.rules.kinds import Kind, OperatingStage
from assets.tables import TargetObject
from isms.rules.errors import Forbidden, Incomplete, Missing, Stale
from tests.assets.things import an_object, seen, trail
from tests.office import TODAY, Office

CLOUD = category_named("Cloud-Dienste").uuid
WEB = category_named("Webanwendungen").uuid


async def test_short_ids_are_given_once_per_kind(office: Office):
    found = [await an_object(office, "Meldewesen"), await an_object(office, "Impfbuch")]
    found.append(await an_object(office, "Serverraum", Kind.ROOM))

    assert [one.short_id for one in found] == ["AW-001", "AW-002", "RM-001"]


async def test_adding_leaves_a_trace(office: Office):
    one = await an_object(office, "Meldewesen")

    entry = (await trail())[0]
    assert (entry.action, entry.subject, entry.actor) == ("object.added", one.key, office.yildiz.id)


@pytest.mark.parametrize("who", ["weber", "lindner", "petersen", "albrecht"])
async def test_only_those_who_model_add_objects(office: Office, who: str):
    with pytest.raises(Forbidden):
        await add(Kind.APPLICATION, ObjectFacts("Meldewesen"), unit=office.unit, by=getattr(office, who), on=TODAY)

    assert not await TargetObject.exists()


async def test_an_object_is_described_anew(office: Office):
    one = await an_object(office, "Meldewesen")
    facts = ObjectFacts("Meldewesen", number=3, operating_stage=OperatingStage.PLANNED, personal_data=True)

    await change_object(one, facts, by=office.yildiz, on=TODAY, categories=[CLOUD], version=one.version)

    after = await seen(office, one)
    assert (after.number, after.operating_stage, after.categories) == (3, OperatingStage.PLANNED, (CLOUD,))
    assert [category.name for category in after.all_categories] == [
        "Cloud-Dienste",
        "Dienstleistungen",
        "Einkäufe",
        "Outsourcing",
    ]
    assert (await trail())[0].action == "object.changed"


async def test_an_object_moves_within_its_office_only(office: Office):
    one = await an_object(office, "Meldewesen")
    given: dict[str, Any] = {"by": office.yildiz, "on": TODAY, "categories": []}

    await change_object(one, one.facts, **given, version=1, unit=office.hygiene)

    assert (await seen(office, one)).unit_name == office.hygiene.name
    with pytest.raises(Forbidden):
        await change_object(await seen(office, one), one.facts, **given, version=2, unit=office.elsewhere)


async def test_categories_come_and_go(office: Office):
    one = await an_object(office, "Meldewesen")
    await change_object(one, one.facts, by=office.yildiz, on=TODAY, categories=[CLOUD, WEB], version=1)
    one = await seen(office, one)
    await change_object(one, one.facts, by=office.yildiz, on=TODAY, categories=[WEB], version=2)

    assert (await seen(office, one)).categories == (WEB,)


async def test_a_category_that_nobody_knows(office: Office):
    one = await an_object(office, "Meldewesen")

    with pytest.raises(Incomplete):
        await change_object(one, one.facts, by=office.yildiz, on=TODAY, categories=["frei erfunden"], version=1)


async def test_two_people_edit_the_same_object(office: Office):
    one = await an_object(office, "Meldewesen")
    await change_object(one, ObjectFacts("Erste Fassung"), by=office.yildiz, on=TODAY, categories=[], version=1)

    with pytest.raises(Stale):
        await change_object(one, ObjectFacts("Zweite"), by=office.brandt, on=TODAY, categories=[], version=1)

    assert (await seen(office, one)).name == "Erste Fassung"


async def test_another_office_sees_nothing(office: Office):
    one = await an_object(office, "Meldewesen")

    for stranger in (office.petersen, office.hansen, office.weber):
        with pytest.raises(Missing):
            await target_object(one.id, seen_by=stranger)
    assert await choices("Melde", seen_by=office.petersen) == []
    assert [found.id for found in await choices("melde", seen_by=office.brandt)] == [one.id]
