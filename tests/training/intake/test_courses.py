from collections import Counter

import pytest

from training.intake.courses import COURSES, course_from, files_in, shipped
from training.rules.content import fingerprint

OWN = "informationssicherheit-im-gesundheitsamt"
COURSE = b"""key: probe
title: Probe
version: "1"
language: de
licence: EUPL-1.2
topics:
  - {key: mail, title: E-Mail}
lessons:
  - {key: eins, file: eins.md, title: Eins, topics: [mail]}
"""
QUIZ = b"""questions:
  - key: f1
    lesson: eins
    topic: mail
    text: Was tun?
    answers:
      - {text: Melden, right: true, feedback: Ja.}
      - {text: Schweigen, feedback: Nein.}
"""
FILES = {"course.yaml": COURSE, "eins.md": b"Ein Text.", "quiz.yaml": QUIZ}


def test_the_course_that_ships_is_complete():
    course = shipped(OWN)

    assert len(course.lessons) >= 7
    assert all(400 <= len(lesson.text.split()) <= 800 for lesson in course.lessons)
    assert all("~~~takeaway" in lesson.text for lesson in course.lessons)


def test_every_lesson_and_topic_of_it_is_asked_about():
    course = shipped(OWN)

    assert len(course.questions) >= 24
    assert {question.lesson for question in course.questions} == {lesson.key for lesson in course.lessons}
    assert {question.topic for question in course.questions} == {topic.key for topic in course.topics}


def test_every_answer_of_it_explains_itself():
    answers = [question.answers for question in shipped(OWN).questions]

    assert all(answer.feedback for some in answers for answer in some)
    assert {len(some) for some in answers} == {3, 4}
    assert sum(Counter(answer.right for answer in some)[True] > 1 for some in answers) >= 5


def test_ticking_the_longest_answer_does_not_pass_it():
    questions = shipped(OWN).questions

    guessed = sum(max(question.answers, key=lambda answer: len(answer.text)).right for question in questions)

    assert guessed * 100 < 80 * len(questions)


def test_the_same_words_have_the_same_fingerprint():
    assert fingerprint(shipped(OWN)) == fingerprint(shipped(OWN))


def test_a_course_may_lie_in_a_folder_of_the_upload():
    course, mistakes = course_from({f"probe-main/{name}": content for name, content in FILES.items()})

    assert mistakes == []
    assert course is not None
    assert (course.pass_mark, course.validity_months, course.lessons[0].text) == (80, None, "Ein Text.")


def test_a_course_without_quiz_is_a_course():
    course, _ = course_from({"course.yaml": COURSE, "eins.md": b"Ein Text."})

    assert course is not None
    assert course.questions == ()


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("course.yaml", b"title: Probe", b"titel: Probe", "course.yaml:1: „title“ fehlt."),
        ("course.yaml", b"title: Probe", b"titel: Probe", "course.yaml:2: „titel“ ist hier nicht vorgesehen."),
        ("course.yaml", b"title: Probe", b"title: Probe\ntitle: Noch", "course.yaml:3: „title“ steht doppelt."),
        ("course.yaml", b"key: probe", b"key: Pr\xc3\xbcfung 1", "course.yaml:1: „Prüfung 1“ taugt nicht als"),
        ("course.yaml", b"language: de", b"language: deutsch", "course.yaml:4: „deutsch“ ist keine Sprache."),
        ("course.yaml", b"language: de", b"language: de\npass_mark: 120", "course.yaml:5: „pass_mark“ muss eine"),
        ("course.yaml", b"language: de", b"language: de\nminutes: -5", "course.yaml:5: „minutes“ muss eine ganze"),
        ("course.yaml", b"language: de", b"language: de\nquestions_per_attempt: 2", "course.yaml:5: Gefragt werden"),
        ("course.yaml", b"eins.md", b"zwei.md", "course.yaml:9: Die Datei „zwei.md“ gibt es nicht"),
        ("course.yaml", b"eins.md", b"../eins.md", "course.yaml:9: Die Datei „../eins.md“ gibt es nicht"),
        ("course.yaml", b"topics: [mail]", b"topics: [post]", "course.yaml:9: Das Thema „post“ steht nicht"),
        ("course.yaml", b"topics: [mail]", b"topics: mail", "course.yaml:9: „topics“ muss eine Liste sein"),
        ("course.yaml", b"title: Probe", b"title: [Probe", "course.yaml:3: Das ist kein YAML."),
        ("course.yaml", b"key: probe", b"key: &a probe\nsummary: *a", "course.yaml:2: Verweise wie „*a“"),
        ("course.yaml", b"title: Probe", b"title: Pr\xfcfung", "course.yaml:2: Die Datei ist nicht in UTF-8"),
        ("eins.md", b"Ein Text.", b" \n", "eins.md:1: Die Lektion ist leer."),
        ("quiz.yaml", b", right: true", b"", "quiz.yaml:7: Die Frage „f1“ hat keine richtige Antwort."),
        ("quiz.yaml", b", right: true", b", right: yes", "quiz.yaml:7: „right“ muss true oder false sein"),
        ("quiz.yaml", b"      - {text: Schweigen, feedback: Nein.}\n", b"", "quiz.yaml:7: Die Frage „f1“ braucht"),
        ("quiz.yaml", b"lesson: eins", b"lesson: zwei", "quiz.yaml:3: Die Lektion „zwei“ steht nicht"),
        ("quiz.yaml", b"topic: mail", b"topic: post", "quiz.yaml:4: Das Thema „post“ steht nicht"),
        ("quiz.yaml", b"    text: Was tun?\n", b"", "quiz.yaml:2: „text“ fehlt."),
    ],
)
def test_every_mistake_is_named_by_file_and_line(file: str, old: bytes, new: bytes, said: str):
    course, mistakes = course_from(FILES | {file: FILES[file].replace(old, new)})

    assert course is None
    assert any(str(mistake).startswith(said) for mistake in mistakes), [str(mistake) for mistake in mistakes]


def test_several_mistakes_are_named_at_once():
    wrong = FILES | {"course.yaml": COURSE.replace(b"language: de\n", b""), "quiz.yaml": QUIZ.replace(b"eins", b"zwei")}

    assert {mistake.file for mistake in course_from(wrong)[1]} == {"course.yaml", "quiz.yaml"}


def test_what_ships_is_read_from_its_folder():
    assert "course.yaml" in files_in(COURSES / OWN)
