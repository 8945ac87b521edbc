"""Pages need as many statements for many rows as for few."""

from dataclasses import replace
from datetime import timedelta

import pytest

from isms.commands.people import NewPerson, insert_membership, insert_person
from isms.rules.roles import Role
from tests.browser import Browser
from tests.counting import counted
from tests.office import LONG_AGO, TODAY, Office
from tests.training.conftest import TEXT, make_assignment, make_course
from training.queries.courses import CourseRow


async def statements(browser: Browser, path: str, office: Office) -> int:
    await browser.get(path, as_=office.vogt)
    with counted() as said:
        answer = await browser.get(path, as_=office.vogt)
    assert answer.status_code == 200
    return len(said)


async def more(office: Office) -> None:
    """Four more courses for everybody, and thirty more people to take them."""
    for number in range(4):
        another = await make_course(office, replace(TEXT, key=f"mehr-{number}", title=f"Mehr {number}"))
        await make_assignment(office, another, due_on=TODAY + timedelta(days=9))
    for number in range(30):
        person = await insert_person(NewPerson(name=f"Person {number}"), unit=office.hygiene.id)
        await insert_membership(person, unit=office.hygiene.id, role=Role.EMPLOYEE, starts_on=LONG_AGO)


@pytest.mark.parametrize("path", ["", "/{id}", "/{id}/figures", "/{id}/missing", "/{id}/lessons/eins"])
async def test_more_rows_need_no_more_statements(office: Office, browser: Browser, course: CourseRow, path: str):
    await make_assignment(office, course, due_on=TODAY)
    address = "/courses" + path.format(id=course.id)
    few = await statements(browser, address, office)

    await more(office)

    assert await statements(browser, address, office) == few
    assert few <= 16


async def test_the_desk_asks_once_for_all_courses(office: Office, browser: Browser, course: CourseRow):
    await make_assignment(office, course, due_on=TODAY)
    few = await statements(browser, "/", office)

    await more(office)

    assert await statements(browser, "/", office) == few
