"""Assigning, counting, excusing, publishing: whole, part, forbidden and invisible."""

from datetime import timedelta
from typing import Any

import pytest

from isms.people import Actor, person
from tests.browser import Browser
from tests.office import TODAY, Office
from tests.training.conftest import TEXT, make_assignment, pass_course
from training.commands.assignments import waive
from training.commands.courses import import_course
from training.queries import learning
from training.queries.courses import CourseRow
from training.rules.permissions import May

SOON = TODAY + timedelta(days=14)


@pytest.fixture
async def assigned(office: Office, course: CourseRow) -> CourseRow:
    await make_assignment(office, course, due_on=SOON)
    return course


PATHS = (
    "",
    "/figures",
    "/missing",
    "/missing.csv",
    "/missing.xlsx",
    "/assignments/new",
    "/assignments/reach",
    "/lessons/eins",
)


@pytest.mark.parametrize("path", PATHS)
async def test_a_course_of_another_office_is_not_there(office: Office, browser: Browser, course: CourseRow, path: str):
    answer = await browser.get(f"/courses/{course.id}{path}", as_=office.petersen)

    assert answer.status_code in (403, 404)
    assert "Sicher im Amt" not in answer.text


@pytest.mark.parametrize(
    ("path", "who", "status"),
    [
        ("/figures", "weber", 403),
        ("/figures", "albrecht", 200),
        ("/figures", "lindner", 200),
        ("/missing", "weber", 403),
        ("/missing", "yildiz", 403),
        ("/missing", "albrecht", 403),
        ("/missing", "vogt", 200),
        ("/missing.csv", "yildiz", 403),
        ("/missing.csv", "vogt", 200),
        ("/assignments/new", "weber", 403),
        ("/assignments/new", "albrecht", 403),
        ("/assignments/new", "yildiz", 200),
        ("/assignments/reach", "weber", 403),
    ],
)
async def test_who_may_open_what(
    office: Office, browser: Browser, assigned: CourseRow, *, path: str, who: str, status: int
):
    somebody: Actor = getattr(office, who)

    assert (await browser.get(f"/courses/{assigned.id}{path}", as_=somebody)).status_code == status


async def test_the_list_of_courses_tells_everybody_their_own(office: Office, browser: Browser, assigned: CourseRow):
    employee = await browser.get("/courses", as_=office.kaya)
    manager = await browser.get("/courses", as_=office.vogt)

    assert "bis " in employee.text
    assert "Von Ihnen betreut" not in employee.text
    assert f"/courses/{assigned.id}/figures" in manager.text


async def test_assigning_shows_how_many_people_it_means(office: Office, browser: Browser, course: CourseRow):
    path = f"/courses/{course.id}/assignments"
    form: dict[str, Any] = {"unit": office.hygiene.id, "role": "", "starts_on": TODAY, "due_on": SOON}

    part = await browser.get(f"{path}/reach?unit={office.unit.id}&role=head", as_=office.vogt, htmx=True)
    preview = await browser.submit(path, as_=office.vogt, _step="preview", **form)
    done = await browser.submit(path, as_=office.vogt, follow=True, **form)

    assert part.text.startswith('<p class="house-text" id="reach"')
    assert "1 Person" in part.text
    assert "2 Personen" in preview.text
    assert "„Sicher im Amt“ ist zugewiesen: Infektionsschutz und Hygiene, bis" in done.text


async def test_an_assignment_in_the_past_comes_back_with_everything_typed(
    office: Office, browser: Browser, course: CourseRow
):
    answer = await browser.submit(
        f"/courses/{course.id}/assignments",
        as_=office.vogt,
        unit=office.hygiene.id,
        starts_on=TODAY - timedelta(days=1),
        due_on=SOON,
    )

    assert answer.status_code == 422
    assert "Vergangene Tage ändern sich nicht mehr." in answer.text
    assert f'value="{SOON}"' in answer.text


async def test_ending_an_assignment(office: Office, browser: Browser, course: CourseRow):
    id = await make_assignment(office, course, due_on=SOON)

    ended = await browser.submit(f"/courses/{course.id}/assignments/{id}/ending", as_=office.vogt, follow=True)
    again = await browser.submit(f"/courses/{course.id}/assignments/{id}/ending", as_=office.vogt)
    stranger = await browser.submit(f"/courses/{course.id}/assignments/{id}/ending", as_=office.petersen)

    assert "beendet am" in ended.text
    assert again.status_code == 409
    assert stranger.status_code == 404


async def test_the_missing_are_listed_and_exported(office: Office, browser: Browser, assigned: CourseRow):
    await pass_course(assigned, office.weber)

    whole = await browser.get(f"/courses/{assigned.id}/missing", as_=office.vogt)
    part = await browser.get(f"/courses/{assigned.id}/missing?unit={office.hygiene.id}", as_=office.vogt, htmx=True)
    sheet = await browser.get(f"/courses/{assigned.id}/missing.csv?unit={office.hygiene.id}", as_=office.vogt)

    assert "Ayşe Kaya" in whole.text
    assert "Lukas Weber" not in whole.text
    assert part.text.startswith('<div id="missing">')
    assert "1 Person<" in part.text
    lines = sheet.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Name;Einheit;Frist;Stand"
    assert lines[1:] == [f"Ayşe Kaya;Infektionsschutz und Hygiene;{SOON.isoformat()};offen"]
    found = await browser.get(f"/courses/{assigned.id}/missing?q=kay", as_=office.vogt, htmx=True)
    assert "Ayşe Kaya" in found.text
    assert "Karin Vogt" not in found.text
    book = await browser.get(f"/courses/{assigned.id}/missing.xlsx?q=kay", as_=office.vogt)
    assert book.content.startswith(b"PK")
    assert "attachment" in sheet.headers["content-disposition"]


async def test_those_who_only_count_see_no_small_group(office: Office, browser: Browser, assigned: CourseRow):
    counting = await browser.get(f"/courses/{assigned.id}/figures", as_=office.albrecht)
    naming = await browser.get(f"/courses/{assigned.id}/figures", as_=office.vogt)

    assert counting.text.count("verdeckt") >= 2
    assert "0 von 6" in counting.text
    assert "0 von 2" in naming.text


async def test_excusing_somebody(office: Office, browser: Browser, assigned: CourseRow):
    path = f"/courses/{assigned.id}/waivers"
    blank = await browser.get(f"{path}/new?person_id={office.weber.id}", as_=office.vogt)
    form: dict[str, Any] = {"person": office.weber.id, "starts_on": TODAY, "ends_on": SOON}
    wrong = await browser.submit(path, as_=office.vogt, **form)
    done = await browser.submit(path, as_=office.vogt, follow=True, reason="Schulung des Landes", **form)
    stranger = await browser.get(f"{path}/new?person_id={office.weber.id}", as_=office.petersen)

    assert "Lukas Weber befreien" in blank.text
    assert wrong.status_code == 422
    assert "Bitte nennen Sie den Grund" in wrong.text
    assert "Lukas Weber ist bis" in done.text
    assert "Schulung: Sicher im Amt" not in (await browser.get("/", as_=office.weber)).text
    assert stranger.status_code == 404
    assert "Schulung des Landes" in (await browser.get(f"/courses/{assigned.id}/figures", as_=office.vogt)).text
    assert "Schulung des Landes" not in (await browser.get(f"/courses/{assigned.id}/figures", as_=office.yildiz)).text


async def test_ending_a_waiver(office: Office, browser: Browser, assigned: CourseRow):
    weber = await person(office.weber.id, seen_by=office.vogt, asks=May.ASSIGN)
    id = await waive(assigned, weber, starts_on=TODAY, ends_on=SOON, reason="x", by=office.vogt, on=TODAY)
    path = f"/courses/{assigned.id}/waivers/{id}/ending"

    ended = await browser.submit(path, as_=office.vogt, follow=True)
    again = await browser.submit(path, as_=office.vogt)
    stranger = await browser.submit(path, as_=office.petersen)

    assert "Die Befreiung endet heute." in ended.text
    assert again.status_code == 409
    assert stranger.status_code == 404


async def test_noting_an_absence_moves_the_deadline(office: Office, browser: Browser, assigned: CourseRow):
    path = f"/courses/{assigned.id}/waivers/pauses"
    form: dict[str, Any] = {"person": office.weber.id, "starts_on": TODAY}
    wrong = await browser.submit(path, as_=office.vogt, ends_on=TODAY - timedelta(days=1), **form)
    await browser.submit(path, as_=office.vogt, ends_on=TODAY, **form)

    moved = SOON + timedelta(days=1)
    assert wrong.status_code == 422
    assert f"bis {moved:%d.%m.%Y}" in (await browser.get("/", as_=office.weber)).text


async def test_publishing_a_version_and_ending_a_course(office: Office, browser: Browser):
    version = await import_course(TEXT, unit=office.unit, by=office.vogt)
    path = f"/courses/{version.course}"
    assert (await browser.get(path, as_=office.weber)).status_code == 404

    published = await browser.submit(f"{path}/versions/{version.id}/publication", as_=office.vogt, follow=True)
    refused = await browser.submit(f"{path}/versions/{version.id}/publication", as_=office.yildiz)
    ended = await browser.submit(f"{path}/ending", as_=office.vogt, follow=True)

    assert "Fassung 1 ist veröffentlicht." in published.text
    assert "hat Fassung 1 der Schulung" in published.text
    assert refused.status_code == 403
    assert "wird nicht mehr angeboten" in ended.text
    assert (await browser.get(path, as_=office.weber)).status_code == 404


async def test_search_and_a_persons_page_know_courses(office: Office, browser: Browser, assigned: CourseRow):
    house = browser.house

    assert [hit.title for hit in await house.search("sicher", seen_by=office.weber)] == ["Sicher im Amt"]
    assert await house.search("sicher", seen_by=office.petersen) == []
    for who, panels in ((office.vogt, 1), (office.weber, 1), (office.kaya, 0), (office.yildiz, 0)):
        found = await house.panels(office.weber.key, seen_by=who, on=TODAY)
        assert len([panel for panel in found if panel.template.startswith("training/")]) == panels, who.name


async def test_every_record_of_ours_has_a_name_in_the_trail(office: Office, browser: Browser, assigned: CourseRow):
    attempt = await pass_course(assigned, office.weber)
    (earned,) = await learning.completions(of=office.weber)
    keys = [assigned.key, attempt.key, earned.key, f"course_version:{assigned.version}"]

    links = await browser.house.resolve(keys)

    assert {links[key].title for key in keys} == {"Sicher im Amt"}
