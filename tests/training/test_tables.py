import pytest

from isms.db import execute, transaction
from tests.office import TODAY, Office

COURSE = "INSERT INTO course (slug, unit, recorded_at) VALUES ('probe', {}, CURRENT_TIMESTAMP) RETURNING id"


@pytest.fixture
async def course(office: Office) -> int:
    (made,) = await execute(COURSE, office.unit.id)
    return int(made["id"])


@pytest.fixture
async def version(course: int) -> int:
    (made,) = await execute(
        """INSERT INTO course_version (course, number, version, title, summary, language, licence, attribution, source,
                                       pass_mark, topics, fingerprint, recorded_at)
           VALUES ({}, 1, '1', 'Probe', '', 'de', 'EUPL-1.2', '', '', 80, '[]', 'f', CURRENT_TIMESTAMP) RETURNING id""",
        course,
    )
    return int(made["id"])


async def test_what_a_version_says_never_changes(version: int):
    for change in ("title = 'Anders'", "pass_mark = 10", "validity_months = 99"):
        with pytest.raises(Exception, match="only grows"):
            async with transaction():
                await execute(f"UPDATE course_version SET {change} WHERE id = {{}}", version)


async def test_a_version_can_be_published(version: int):
    await execute("UPDATE course_version SET published_on = {} WHERE id = {}", TODAY, version)


async def test_a_completion_is_never_changed_or_removed(office: Office, course: int, version: int):
    await execute(
        """INSERT INTO completion (person, course, version, completed_on, recorded_on, percent, source)
           VALUES ({}, {}, {}, {}, {}, 90, 'own')""",
        office.weber.id,
        course,
        version,
        TODAY,
        TODAY,
    )

    for statement in ("UPDATE completion SET percent = 100", "DELETE FROM completion"):
        with pytest.raises(Exception, match="only grows"):
            async with transaction():
                await execute(statement)
