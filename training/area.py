"""Training as the house knows it."""

from isms.area import Area, Entry, Indicator
from isms.rules.texts import N_
from training.demo import demo
from training.intake.imports import COURSE
from training.queries.coverage import coverage
from training.queries.reports import REPORTS
from training.queries.sockets import due, panels, resolve, search
from training.rules.permissions import May
from training.web.assignments import Assignments, Versions, Waivers
from training.web.attempts import Attempts, NewAttempts
from training.web.completions import Completions
from training.web.courses import Courses, Lessons
from training.web.missing import Missing

TRAINING = Area(
    title=N_("Schulungen"),
    home="/courses",
    routes=[Courses, Lessons, NewAttempts, Attempts, Completions, Assignments, Waivers, Versions, Missing],
    permissions=May,
    navigation=[
        Entry(N_("Schulungen"), "/courses", May.TAKE),
        Entry(N_("Meine Nachweise"), "/completions", May.TAKE),
    ],
    due=due,
    search=search,
    panels=panels,
    resolve=resolve,
    indicators=[
        Indicator(
            "training.coverage",
            N_("Wer eine Schulung machen soll und einen gültigen Nachweis hat"),
            coverage,
            names=May.SEE_NAMES,
        )
    ],
    reports=REPORTS,
    sentences={
        "course.imported": N_("{actor} hat Fassung {version} der Schulung „{subject}“ eingespielt."),
        "course.published": N_("{actor} hat Fassung {version} der Schulung „{subject}“ veröffentlicht."),
        "course.ended": N_("{actor} bietet die Schulung „{subject}“ nicht mehr an."),
        "assignment.made": N_("{actor} hat die Schulung „{subject}“ bis zum {due_on} zugewiesen."),
        "assignment.ended": N_("{actor} hat eine Zuweisung der Schulung „{subject}“ beendet."),
        "lesson.read": N_("{actor} hat eine Lektion der Schulung „{subject}“ gelesen."),
        "attempt.started": N_("{actor} hat die Fragen zur Schulung „{subject}“ begonnen."),
        "attempt.submitted": N_("{actor} hat die Fragen zur Schulung „{subject}“ abgegeben."),
        "completion.earned": N_("{actor} hat die Schulung „{subject}“ abgeschlossen."),
        "waiver.granted": N_("{actor} hat jemanden bis zum {ends_on} von der Schulung „{subject}“ befreit."),
        "waiver.ended": N_("{actor} hat eine Befreiung von der Schulung „{subject}“ beendet."),
        "pause.noted": N_("{actor} hat Tage eingetragen, an denen Fristen für Schulungen ruhen."),
    },
    private_acts=frozenset({"lesson.read", "attempt.started", "attempt.submitted", "completion.earned"}),
    imports=[COURSE],
    demo=demo,
)
