from dataclasses import replace

import msgspec
import pytest

from isms.db.reading import value
from isms.people import Held, actor
from isms.rules.errors import Forbidden, Missing, Refused, Stale
from isms.rules.roles import Reach, Role
from tests.office import TODAY, Office
from tests.training.conftest import TEXT, make_assignment
from training.commands.courses import end_course, import_course, publish
from training.queries import courses as queries
from training.queries.courses import CourseRow, course_named, courses, courses_matching, versions

NEWER = replace(TEXT, version="2", title="Noch sicherer im Amt")


async def trail(subject: str) -> list[str]:
    return [await value("SELECT action FROM audit_entry WHERE subject = {} ORDER BY id DESC LIMIT 1", subject)]


async def test_importing_leaves_a_trace_and_a_draft(office: Office):
    version = await import_course(TEXT, unit=office.unit, by=office.vogt)

    assert version.published_on is None
    assert await trail(f"course:{version.course}") == ["course.imported"]
    assert await courses(seen_by=office.weber) == []


async def test_the_same_words_again_change_nothing(office: Office):
    first = await import_course(TEXT, unit=office.unit, by=office.vogt)
    entries = await value("SELECT count(*) FROM audit_entry")

    assert await import_course(TEXT, unit=office.unit, by=office.vogt) == first
    assert await value("SELECT count(*) FROM audit_entry") == entries


async def test_people_take_the_newest_published_version(office: Office, course: CourseRow):
    draft = await import_course(NEWER, unit=office.unit, by=office.vogt)
    assert (await course_named("probe", seen_by=office.weber)).title == "Sicher im Amt"

    await publish(draft, by=office.vogt, on=TODAY)

    assert (await course_named("probe", seen_by=office.weber)).title == "Noch sicherer im Amt"
    assert [one.number for one in await versions(course.id, seen_by=office.vogt)] == [2, 1]


async def test_only_the_faster_of_two_publishes(office: Office):
    version = await import_course(TEXT, unit=office.unit, by=office.vogt)
    await publish(version, by=office.vogt, on=TODAY)

    with pytest.raises(Stale):
        await publish(version, by=office.vogt, on=TODAY)


async def test_an_older_draft_is_not_published_after_a_newer_one(office: Office):
    old = await import_course(TEXT, unit=office.unit, by=office.vogt)
    await publish(await import_course(NEWER, unit=office.unit, by=office.vogt), by=office.vogt, on=TODAY)

    with pytest.raises(Refused, match="Eine neuere Fassung ist schon veröffentlicht"):
        await publish(old, by=office.vogt, on=TODAY)


async def test_an_ended_course_ends_its_assignments(office: Office, course: CourseRow):
    assignment = await make_assignment(office, course, due_on=TODAY)

    await end_course(course, by=office.vogt, on=TODAY)

    assert await trail(f"assignment:{assignment}") == ["assignment.ended"]
    assert await courses(seen_by=office.weber) == []
    with pytest.raises(Stale):
        await end_course(course, by=office.vogt, on=TODAY)


async def test_whoever_does_not_manage_brings_nothing_in(office: Office):
    with pytest.raises(Forbidden):
        await import_course(TEXT, unit=office.unit, by=office.yildiz)
    with pytest.raises(Forbidden):
        await import_course(TEXT, unit=office.elsewhere, by=office.vogt)

    assert not await value("SELECT count(*) FROM course")


async def test_another_office_does_not_see_the_course(office: Office, course: CourseRow):
    with pytest.raises(Missing):
        await queries.course(course.id, seen_by=office.petersen)


async def test_a_course_of_the_land_is_offered_in_every_office(office: Office):
    vogt_of_the_land = await actor(office.vogt.id, on=TODAY)
    held = (
        *vogt_of_the_land.held,
        Held(role=Role.TRAINING_MANAGER, reach=Reach.SUBTREE, unit=1, path=office.land.path),
    )
    lands = msgspec.structs.replace(vogt_of_the_land, held=held)
    await publish(await import_course(TEXT, unit=office.land, by=lands), by=lands, on=TODAY)

    for somebody in (office.weber, office.hansen, office.reuter):
        assert [one.slug for one in await courses(seen_by=somebody)] == ["probe"]


async def test_a_course_of_one_office_is_not_offered_next_door(office: Office, course: CourseRow):
    assert [one.slug for one in await courses(seen_by=office.kaya)] == ["probe"]
    assert await courses(seen_by=office.hansen) == []


async def test_search_finds_words_of_title_and_lessons(office: Office, course: CourseRow):
    for words in ("sicher", "wichtig", "melden klicken"):
        found = [one.slug for one in await courses_matching(words, seen_by=office.weber, limit=5)]
        assert found == (["probe"] if words != "melden klicken" else [])
