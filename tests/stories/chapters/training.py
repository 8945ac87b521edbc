"""A course: brought in, assigned, read and passed."""

import zipfile
from pathlib import Path

import yaml

from tests.house.tree import ROOT
from tests.stories.chapters.entrance import sign_in
from tests.stories.walker import Walker

COURSE = ROOT / "training/courses/informationssicherheit-im-gesundheitsamt"
TITLE = "Informationssicherheit im Gesundheitsamt"


def the_course_is_assigned(at: Walker, folder: Path) -> None:
    sign_in(at, "vogt")
    at.follow("Schulungen")
    at.follow("Schulung einspielen")
    at.attach("Datei", packed(COURSE, folder))
    at.select("Für welche Einheit?", "Gesundheitsamt Seestadt")
    at.press("Datei prüfen")
    at.sees("Es ist noch nichts gespeichert", TITLE)
    at.select("Sollen die neuen Fassungen", "Ja, sofort")
    at.press("Antworten übernehmen")
    at.sees("Ihre Antworten sind übernommen")
    at.press("Import ausführen")
    at.sees("Der Import ist ausgeführt.")

    at.follow("Schulungen")
    at.follow(TITLE)
    at.follow("Quote und Zuweisungen")
    at.follow("Zuweisen")
    at.select("Einheit", "Gesundheitsamt Seestadt")
    at.select("Rolle", "Beschäftigte")
    at.press("Zuweisen")
    at.sees("ist zugewiesen: Gesundheitsamt Seestadt")


def packed(course: Path, folder: Path) -> Path:
    target = folder / "kurs.zip"
    with zipfile.ZipFile(target, "w") as archive:
        for path in sorted(course.rglob("*")):
            archive.write(path, path.relative_to(course))
    return target


def an_employee_passes(at: Walker) -> None:
    sign_in(at, "weber")
    at.follow(f"Schulung: {TITLE}")
    at.follow("Mit dem Lesen beginnen")
    lessons = yaml.safe_load((COURSE / "course.yaml").read_text("utf-8"))["lessons"]
    for lesson in lessons:
        at.sees(lesson["title"], "Lektion")
        at.press("Gelesen")
        at.sees(f"„{lesson['title']}“ ist gelesen.")

    at.press("Fragen beantworten")
    at.sees("Kreuzen Sie an, was stimmt.")
    for answer in right_answers(at):
        at.choose(answer)
    at.press("Abgeben")
    at.sees("Bestanden: 16 von 16 Fragen richtig.")
    at.follow("Nachweis ansehen")
    at.sees("Lukas Weber", TITLE)


def right_answers(at: Walker) -> list[str]:
    """Of the questions that this attempt drew."""
    questions = yaml.safe_load((COURSE / "quiz.yaml").read_text("utf-8"))["questions"]
    asked = [question for question in questions if at.shows(question["text"])]
    return [answer["text"] for question in asked for answer in question["answers"] if answer.get("right")]
