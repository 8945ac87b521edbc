"""The chapters of the main job, each with one person in front of the browser."""

import io
import subprocess
import time
import zipfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import bagit  # type: ignore[import-untyped]
import yaml

from tests.house.tree import ROOT
from tests.office import PASSWORD
from tests.stories.walker import Walker

Chapter = Callable[[Walker], None]
COURSE = ROOT / "training/courses/informationssicherheit-im-gesundheitsamt"
TITLE = "Informationssicherheit im Gesundheitsamt"
PATIENCE = 60


def chapters(data: Path, folder: Path) -> Sequence[Chapter]:
    """`data` holds real input, `folder` takes what is made on the way."""
    return (
        partial(the_course_is_assigned, folder=folder),
        it_issues_a_laptop,
        an_employee_passes_the_course,
        partial(the_auditor_takes_the_evidence_home, folder=folder),
    )


def sign_in(at: Walker, login: str) -> None:
    at.forget()
    at.open("/")
    at.fill("Anmeldename", login)
    at.fill("Passwort", PASSWORD)
    at.press("Anmelden")
    at.sees("Meine Aufgaben")


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


def it_issues_a_laptop(at: Walker) -> None:
    sign_in(at, "brandt")
    at.follow("Geräte")
    at.follow("Gerät aufnehmen")
    at.choose("im Lager")
    at.fill("Wo es steht", "Lager IT, Schrank 2")
    at.fill("Inventarnummer", "NB-0042")
    at.fill("Bezeichnung", "Notebook Außendienst")
    at.press("Gerät aufnehmen")
    at.sees("NB-0042", "im Lager")

    at.follow("Ausgeben")
    at.look_up("Wer bekommt das Gerät?", "Weber", "Lukas Weber")
    at.press("Ausgeben")
    at.sees("Notebook Außendienst ist an Lukas Weber ausgegeben.", "ausgegeben")


def an_employee_passes_the_course(at: Walker) -> None:
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


def the_auditor_takes_the_evidence_home(at: Walker, folder: Path) -> None:
    sign_in(at, "lindner")
    at.follow("Nachweise")
    at.press("Paket erstellen")
    at.sees("Nachweispaket")
    content = at.download(ready(at))

    bag = unpacked(content, folder / f"taken home by {at.kind}")
    bagit.Bag(str(bag)).validate()
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        subprocess.run(["sha256sum", "--check", "--quiet", "--strict", manifest], cwd=bag, check=True)


def ready(at: Walker) -> str:
    """The name of the package, as soon as it is made."""
    until = time.monotonic() + PATIENCE
    while not at.shows("So prüfen Sie das Paket") and time.monotonic() < until:
        time.sleep(0.3)
        at.open(at.where())
    at.sees("So prüfen Sie das Paket")
    return "nachweis-"


def unpacked(content: bytes, folder: Path) -> Path:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(folder)
    (bag,) = folder.iterdir()
    return bag
