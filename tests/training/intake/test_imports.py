"""Bringing courses in: through the import pages, from a ZIP in our layout and from BITS."""

from io import BytesIO
from pathlib import Path
from secrets import token_hex
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from isms.area import Outcome, Plan, Upload
from isms.db.reading import value
from isms.intake import Unreadable
from tests.browser import Browser
from tests.office import TODAY, Office
from tests.training.intake.test_courses import COURSE, FILES
from training.intake.courses import COURSES, files_in
from training.intake.imports import plan
from training.queries.courses import courses

PUBLISH: dict[str, Any] = {"answer.publish": "yes"}
OWN = COURSES / "informationssicherheit-im-gesundheitsamt"


def zipped(files: dict[str, bytes]) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


async def planned(office: Office, content: bytes) -> Plan:
    return await plan(Upload("kurs.zip", content, office.unit.id), by=office.vogt, on=TODAY)


async def upload(office: Office, browser: Browser, content: bytes) -> str:
    answer = await browser.submit(
        "/imports",
        as_=office.vogt,
        kind="course",
        unit=office.unit.id,
        files={"file": ("kurs.zip", content, "application/zip")},
    )
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


async def test_a_course_is_uploaded_previewed_published_and_taken(office: Office, browser: Browser):
    run = await upload(office, browser, zipped(files_in(OWN)))

    preview = await browser.get(run, as_=office.vogt)
    assert "Informationssicherheit im Gesundheitsamt" in preview.text
    assert "Fassung 2026.1: 8 Lektionen, 30 Fragen" in preview.text
    assert not await value("SELECT count(*) FROM course")

    await browser.submit(f"{run}/answers", as_=office.vogt, **PUBLISH)
    done = await browser.submit(f"{run}/completion", as_=office.vogt, follow=True)
    assert "Der Import ist ausgeführt." in done.text
    (course,) = await courses(seen_by=office.weber)
    assert (course.title, course.lessons, course.questions, course.asked) == (
        "Informationssicherheit im Gesundheitsamt",
        8,
        30,
        16,
    )
    assert await value("SELECT import_run FROM course_version") == int(run.rsplit("/", 1)[1])


async def test_without_the_answer_it_stays_a_draft(office: Office, browser: Browser):
    run = await upload(office, browser, zipped(FILES))
    await browser.submit(f"{run}/completion", as_=office.vogt)

    assert await courses(seen_by=office.weber) == []
    assert [course.slug for course in await courses(seen_by=office.vogt)] == ["probe"]


async def test_the_same_archive_again_changes_nothing(office: Office, browser: Browser):
    await browser.submit(f"{await upload(office, browser, zipped(FILES))}/completion", as_=office.vogt)

    again = await planned(office, zipped(FILES))
    changed = await planned(office, zipped(FILES | {"eins.md": b"Ein anderer Text."}))

    assert [verdict.outcome for verdict in again.verdicts] == [Outcome.UNCHANGED]
    assert again.questions == ()
    assert [verdict.outcome for verdict in changed.verdicts] == [Outcome.CHANGED]


async def test_a_wrong_course_is_named_by_file_and_line_and_not_brought_in(office: Office, browser: Browser):
    wrong = FILES | {"course.yaml": COURSE.replace(b"eins.md", b"zwei.md")}
    run = await upload(office, browser, zipped(wrong))

    preview = await browser.get(run, as_=office.vogt)
    await browser.submit(f"{run}/completion", as_=office.vogt)

    assert "Die Datei „zwei.md“ gibt es nicht im Ordner der Schulung." in preview.text
    assert not await value("SELECT count(*) FROM course")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"kein zip", "kein lesbares ZIP-Archiv"),
        (zipped({"lies.mich": b"x"}), "In dem Archiv ist keine Schulung zu erkennen."),
        (zipped({"../course.yaml": COURSE}), "zeigt aus dem Archiv hinaus"),
        (zipped(FILES | {"eins.md": token_hex(600_000).encode()}), "ist größer als 1 MB"),
    ],
)
async def test_what_is_no_course_is_refused_in_a_sentence(office: Office, browser: Browser, content: bytes, said: str):
    with pytest.raises(Unreadable):
        await planned(office, content)

    answer = await browser.submit(
        "/imports",
        as_=office.vogt,
        kind="course",
        unit=office.unit.id,
        files={"file": ("kurs.zip", content, "application/zip")},
    )
    assert answer.status_code == 422
    assert said in answer.text


async def test_only_who_manages_brings_courses_in(office: Office, browser: Browser):
    answer = await browser.submit(
        "/imports",
        as_=office.yildiz,
        kind="course",
        unit=office.unit.id,
        files={"file": ("kurs.zip", zipped(FILES), "application/zip")},
    )

    assert answer.status_code == 403


async def test_the_ten_lessons_of_bits_become_ten_courses(office: Office, browser: Browser, real_data: Path):
    bits = {f"BITS-hugo-main/{name}": content for name, content in files_in(real_data / "bits").items()}

    found = await planned(office, zipped(bits))
    assert [verdict.outcome for verdict in found.verdicts] == [Outcome.NEW] * 10 + [Outcome.LEFT_OUT] * 2

    run = await upload(office, browser, zipped(bits))
    assert "Kommunal Agentur NRW" in (await browser.get(run, as_=office.vogt)).text
    await browser.submit(f"{run}/answers", as_=office.vogt, **PUBLISH)
    await browser.submit(f"{run}/completion", as_=office.vogt)

    offered = await courses(seen_by=office.weber)
    assert len(offered) == 10
    assert {course.licence for course in offered} == {"CC BY-SA 4.0"}
    (workplace,) = [course for course in offered if course.slug == "bits-mein-arbeitsplatz"]
    page = await browser.get(f"/courses/{workplace.id}/lessons/index", as_=office.weber)
    assert "Dr. Lutz Gollan" in page.text


async def test_every_lesson_of_bits_opens_and_its_links_lead_somewhere(
    office: Office, browser: Browser, real_data: Path
):
    run = await upload(office, browser, zipped(files_in(real_data / "bits")))
    await browser.submit(f"{run}/answers", as_=office.vogt, **PUBLISH)
    await browser.submit(f"{run}/completion", as_=office.vogt)

    links: set[str] = set()
    for course in await courses(seen_by=office.weber):
        (index,) = [await browser.get(f"/courses/{course.id}/lessons/index", as_=office.weber)]
        assert index.status_code == 200
        links |= await _links(browser, office, course.id)
    assert links
    for link in links:
        assert (await browser.get(link, as_=office.weber, follow=True)).status_code == 200, link


async def _links(browser: Browser, office: Office, course: int) -> set[str]:
    """Addresses of other courses in a course's lessons."""
    page = (await browser.get(f"/courses/{course}", as_=office.weber)).text
    found: set[str] = set()
    for part in page.split(f'href="/courses/{course}/lessons/')[1:]:
        lesson = await browser.get(f"/courses/{course}/lessons/{part.partition(chr(34))[0]}", as_=office.weber)
        found |= {"/courses/named/" + rest.partition('"')[0] for rest in lesson.text.split('href="/courses/named/')[1:]}
    return found
