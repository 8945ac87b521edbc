"""Reading, answering and being done: the pages of those who learn, and what they never say."""

from datetime import timedelta
from typing import Any

import pytest

from tests.browser import Browser
from tests.office import PASSWORD, TODAY, Office
from tests.training.conftest import begin, make_assignment, pass_course, read_all, right_answers
from training.queries import learning
from training.queries.courses import CourseRow
from training.queries.learning import AttemptRow

SOON = TODAY + timedelta(days=14)


@pytest.fixture
async def assigned(office: Office, course: CourseRow) -> CourseRow:
    await make_assignment(office, course, due_on=SOON)
    return course


def fields(given: dict[int, set[int]]) -> dict[str, Any]:
    return {f"q{question}": sorted(answers) for question, answers in given.items()}


async def test_an_employee_goes_from_the_desk_to_the_certificate(office: Office, browser: Browser, assigned: CourseRow):
    weber = office.weber
    desk = await browser.get("/", as_=weber)
    assert "Schulung: Sicher im Amt" in desk.text
    assert f'href="/courses/{assigned.id}"' in desk.text

    course = await browser.get(f"/courses/{assigned.id}", as_=weber)
    assert "Mit dem Lesen beginnen" in course.text
    for slug, following in (("eins", "/lessons/zwei"), ("zwei", "/lessons/drei"), ("drei", f"/courses/{assigned.id}")):
        read = await browser.submit(f"/courses/{assigned.id}/lessons/{slug}", as_=weber)
        assert read.status_code == 303
        assert read.headers["location"].endswith(following)

    started = await browser.submit(f"/courses/{assigned.id}/attempts", as_=weber)
    quiz = started.headers["location"]
    attempt = await learning.attempt(int(quiz.rsplit("/", 1)[1]), of=weber)
    assert (await browser.get(quiz, as_=weber)).text.count('class="kern-fieldset"') == 3

    handed_in = await browser.submit(quiz, as_=weber, follow=True, **fields(await right_answers(attempt)))
    assert "Bestanden: 3 von 3 Fragen richtig." in handed_in.text
    (earned,) = await learning.completions(of=weber)
    certificate = await browser.get(f"/completions/{earned.id}", as_=weber)
    assert "Lukas Weber hat die Schulung „Sicher im Amt“ am" in certificate.text
    assert "Schulung: Sicher im Amt" not in (await browser.get("/", as_=weber)).text


async def test_a_quiz_says_nothing_about_what_is_right(office: Office, browser: Browser, course: CourseRow):
    attempt = await begin(course, office.weber)

    page = await browser.get(f"/attempts/{attempt.id}", as_=office.weber)

    assert "Genau, Nummer" not in page.text
    assert "is_right" not in page.text
    assert page.text.count('type="checkbox"') == 9
    assert "checked" not in page.text


async def test_forgotten_questions_are_named_and_nothing_ticked_is_lost(
    office: Office, browser: Browser, course: CourseRow
):
    attempt = await begin(course, office.weber)
    given = await right_answers(attempt)
    first, *others = given

    answer = await browser.submit(f"/attempts/{attempt.id}", as_=office.weber, **fields({q: given[q] for q in others}))

    assert answer.status_code == 422
    assert f'href="#field-q{first}"' in answer.text
    assert answer.text.count(" checked") == sum(len(given[question]) for question in others)
    assert "Bitte kreuzen Sie mindestens eine Antwort an." in answer.text


async def test_whoever_fails_reads_what_to_learn_and_not_what_was_right(
    office: Office, browser: Browser, course: CourseRow
):
    attempt = await begin(course, office.weber)
    given = {question: {wrong_one(attempt, question, await right_answers(attempt))} for question in attempt.order}

    page = await browser.submit(f"/attempts/{attempt.id}", as_=office.weber, follow=True, **fields(given))

    assert "Noch nicht bestanden: 0 von 3 Fragen richtig." in page.text
    assert "Leider nein" in page.text
    assert "Richtig wäre" not in page.text
    assert "Genau, Nummer" not in page.text
    assert f'href="/courses/{course.id}/lessons/eins"' in page.text


def wrong_one(attempt: AttemptRow, question: int, right: dict[int, set[int]]) -> int:
    return next(answer for answer in attempt.order[question] if answer not in right[question])


async def test_handing_in_twice_says_so(office: Office, browser: Browser, course: CourseRow):
    attempt = await begin(course, office.weber)
    given = fields(await right_answers(attempt))
    await browser.submit(f"/attempts/{attempt.id}", as_=office.weber, **given)

    again = await browser.submit(f"/attempts/{attempt.id}", as_=office.weber, **given)

    assert again.status_code == 409
    assert "Diesen Versuch haben Sie schon abgegeben." in again.text
    assert len(await learning.completions(of=office.weber)) == 1


async def test_nobody_opens_results_and_certificates_of_others(office: Office, browser: Browser, course: CourseRow):
    attempt = await pass_course(course, office.weber)
    (earned,) = await learning.completions(of=office.weber)

    for other in (office.kaya, office.vogt, office.yildiz, office.albrecht):
        for path in (f"/attempts/{attempt.id}", f"/completions/{earned.id}"):
            assert (await browser.get(path, as_=other)).status_code == 404


async def test_questions_before_reading_are_refused(office: Office, browser: Browser, course: CourseRow):
    answer = await browser.submit(f"/courses/{course.id}/attempts", as_=office.weber)

    assert answer.status_code == 409
    assert "Bitte lesen Sie vorher noch" in answer.text


async def test_a_lesson_shows_its_text_and_where_one_is(office: Office, browser: Browser, course: CourseRow):
    page = await browser.get(f"/courses/{course.id}/lessons/eins", as_=office.weber)

    assert "Lektion 1 von 3" in page.text
    assert "<strong>wichtig</strong>" in page.text
    assert "Gelesen, weiter" in page.text
    assert (await browser.get(f"/courses/{course.id}/lessons/vier", as_=office.weber)).status_code == 404


async def test_links_between_courses_find_the_course_by_its_name(office: Office, browser: Browser, course: CourseRow):
    found = await browser.get("/courses/named/probe/zwei", as_=office.weber)

    assert found.headers["location"] == f"/courses/{course.id}/lessons/zwei"
    assert (await browser.get("/courses/named/probe", as_=office.weber)).headers["location"] == f"/courses/{course.id}"
    assert (await browser.get("/courses/named/unbekannt", as_=office.weber)).status_code == 404


async def test_a_course_without_questions_ends_with_one_button(office: Office, browser: Browser):
    from tests.training.conftest import READING, make_course

    reading = await make_course(office, READING)
    await read_all(reading, office.weber)
    assert "Schulung abschließen" in (await browser.get(f"/courses/{reading.id}", as_=office.weber)).text

    done = await browser.submit(f"/courses/{reading.id}/completions", as_=office.weber, follow=True)

    assert "Geschafft. Ihr Nachweis ist ausgestellt." in done.text
    assert len(await learning.completions(of=office.weber)) == 1


async def test_my_completions_are_mine(office: Office, browser: Browser, course: CourseRow):
    await pass_course(course, office.weber)

    assert "Sicher im Amt" in (await browser.get("/completions", as_=office.weber)).text
    assert "Sie haben noch keine Schulung abgeschlossen." in (await browser.get("/completions", as_=office.kaya)).text


async def test_an_expired_session_loses_no_answer(office: Office, browser: Browser, course: CourseRow):
    attempt = await begin(course, office.weber)
    quiz = f"/attempts/{attempt.id}"
    given = fields(await right_answers(attempt))
    stale = await browser.submit(quiz, **given)
    assert stale.status_code == 401
    kept: dict[str, Any] = {f"resume.{name}": answers for name, answers in given.items()}
    assert all(stale.text.count(f'name="{name}"') == len(answers) for name, answers in kept.items())

    back = await browser.submit("/sign-in", login="weber", password=PASSWORD, next=quiz, **kept)

    assert f'action="{quiz}"' in back.text
    assert all(back.text.count(f'name="{name}"') == len(answers) for name, answers in given.items())
