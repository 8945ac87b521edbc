import os
import time
from pathlib import Path

import pytest

from training.intake.bits import chapters, is_bits, left_out
from training.intake.courses import files_in
from training.intake.entries import Mistakes
from training.intake.quizdown import questions
from training.intake.shortcodes import to_markdown, with_links

REAL = os.environ.get("ISMS_TEST_DATA")
FOLDER = "content/01 lektion e-mails"
INDEX = "---\ntitle: E-Mails\nweight: 7\n---\n## Umgang mit Post\nIn Ihrer {{< param Einrichtung >}} lernen Sie …\n"
PAGE = """---
title: "Phishing"
weight: 20
---
Fragen Sie Ihre [Ansprechperson](/ansprechpersonen/) oder lesen Sie
[weiter](02-Spam) und [dort](/02-lektion-viren/03-Folgen#ende).

{{%expand "Mehr (hier klicken)" %}}
{{% notice note%}}
- Nicht klicken in {{% param Einrichtungen %}}
{{% /notice %}}
{{% /expand%}}
{{< matomo >}}
"""
QUIZ = """---
title: "Quiz"
weight: 900
---
{{< quizdown >}}
---
shuffle_answers: true

shuffle_answers: true
---

## Was tun?

> Ein Tipp
> in zwei Zeilen

1. [X] Melden
   und abwarten
\t> > **Richtig**
3. [ ] Die {{< param Einrichtung>}} verlassen
\t>Falsch
{{< /quizdown >}}
"""
FILES = {
    f"{FOLDER}/_index.de.md": INDEX,
    f"{FOLDER}/02-Spam.de.md": "---\ntitle: Spam\nweight: 30\n---\nSpam nervt.",
    f"{FOLDER}/01-Phishing.de.md": PAGE,
    f"{FOLDER}/90-Quiz.de.md": QUIZ,
    f"{FOLDER}/01-Phishing.en.md": "---\ntitle: Phishing\n---\nEnglish",
    "content/02 lektion viren/_index.de.md": "---\ntitle: Viren\n---\nEin Text.",
    "content/einleitung/_index.de.md": "---\ntitle: Einleitung\n---\nText",
}


def read(files: dict[str, str] = FILES):
    return chapters({name: text.encode() for name, text in files.items()})


def test_a_chapter_becomes_a_course_with_its_licence():
    mails, viruses = read()

    assert mails.course is not None
    assert (mails.course.key, mails.course.title, mails.course.licence) == (
        "bits-e-mails",
        "BITS: E-Mails",
        "CC BY-SA 4.0",
    )
    assert "Kommunal Agentur NRW" in mails.course.attribution
    assert viruses.course is not None
    assert viruses.course.questions == ()


def test_pages_stand_in_the_order_of_their_weight_and_the_chapter_opens():
    course = read()[0].course

    assert course is not None
    assert [lesson.key for lesson in course.lessons] == ["index", "01-phishing", "02-spam"]


def test_shortcodes_become_text_and_boxes():
    text = read()[0].course.lessons[1].text

    assert "~~~~expand Mehr (hier klicken)\n~~~note\n- Nicht klicken in Behörden\n~~~\n~~~~" in text
    assert "{{" not in text
    assert "matomo" not in text


def test_links_lead_to_lessons_here_or_become_text():
    chapter = read()[0]
    text = chapter.course.lessons[1].text

    assert "Ihre Ansprechperson oder" in text
    assert "[weiter](02-spam)" in text
    assert "[dort](course:bits-viren/03-folgen)" in text
    assert chapter.lost == ("/ansprechpersonen/",)


def test_a_quiz_keeps_ticks_hints_and_feedback():
    (question,) = read()[0].course.questions

    assert (question.text, question.hint) == ("Was tun?", "Ein Tipp in zwei Zeilen")
    assert [(answer.text, answer.right, answer.feedback) for answer in question.answers] == [
        ("Melden und abwarten", True, "**Richtig**"),
        ("Die Behörde verlassen", False, "Falsch"),
    ]


def test_an_archive_with_its_own_words_uses_them():
    config = '[params]\nVer = "6.1"\n[Languages.de]\nEinrichtung = "Amtsstube"\n'
    course = read(FILES | {"config/_default/config.toml": config})[0].course

    assert "Ihrer Amtsstube" in course.lessons[0].text
    assert course.version == "6.1"


@pytest.mark.parametrize(
    ("page", "old", "new", "said"),
    [
        ("90-Quiz.de.md", "[X]", "[ ]", "90-Quiz.de.md:12: Bei der Frage „Was tun?“ ist keine Antwort als richtig"),
        ("90-Quiz.de.md", "## Was tun?", "Was tun?", "90-Quiz.de.md:11: Das Quiz enthält keine Frage."),
        ("01-Phishing.de.md", "{{% /notice %}}", "", "01-Phishing.de.md:12: „/expand“ wird geschlossen"),
        ("01-Phishing.de.md", "param Einrichtungen", "param Amtsleiter", "01-Phishing.de.md:10: Für den Platzhalter"),
        ("01-Phishing.de.md", 'title: "Phishing"\n', "", f"{FOLDER}/01-Phishing.de.md:2: „title“ fehlt."),
        ("01-Phishing.de.md", "---\n", "", f"{FOLDER}/01-Phishing.de.md:1: Am Anfang der Seite fehlen"),
    ],
)
def test_a_mistake_is_named_and_does_not_stop_the_other_chapters(page: str, old: str, new: str, said: str):
    name = f"{FOLDER}/{page}"
    mails, viruses = read(FILES | {name: FILES[name].replace(old, new, 1)})

    assert mails.course is None
    assert any(str(mistake).startswith(said) for mistake in mails.mistakes), [str(each) for each in mails.mistakes]
    assert viruses.course is not None


@pytest.mark.parametrize(
    "page", ["{{< a" + " " * 20_000, "{{< quizdown >}}\n" * 20_000, "[" * 100_000, "![a](" * 50_000]
)
def test_a_page_made_to_be_read_for_ever_is_read_at_once(page: str):
    """Read letter by letter again and again, a thousand blanks took nine seconds, and nobody else got an answer.

    Twice the page takes twice the time, whatever the machine: four times would be that again.
    """
    half = reading(page[: len(page) // 2])

    assert reading(page) < 3 * max(half, 0.1)


def reading(page: str) -> float:
    """Seconds of the processor, the best of two."""
    took = []
    for _ in range(2):
        began = time.process_time()
        to_markdown(page, {}, Mistakes("seite.md"))
        with_links(page, lambda to: None)
        questions(page, Mistakes("seite.md"), "")
        took.append(time.process_time() - began)
    return min(took)


def test_what_is_left_out_is_named():
    assert left_out({name: text.encode() for name, text in FILES.items()}) == ["einleitung"]


@pytest.mark.skipif(not REAL, reason="ISMS_TEST_DATA is not set")
def test_all_ten_lessons_of_the_real_bits_import():
    files = files_in(Path(REAL or "") / "bits")
    found = chapters(files)

    assert is_bits(files)
    assert [str(mistake) for chapter in found for mistake in chapter.mistakes] == []
    assert [len(chapter.course.lessons) for chapter in found] == [12, 9, 6, 10, 10, 4, 6, 10, 8, 6]
    assert [len(chapter.course.questions) for chapter in found] == [4, 4, 6, 4, 4, 4, 4, 4, 0, 3]
    assert {to for chapter in found for to in chapter.lost} == {"/ansprechpersonen/"}


@pytest.mark.skipif(not REAL, reason="ISMS_TEST_DATA is not set")
def test_nothing_of_hugo_is_left_in_the_real_bits():
    courses = [chapter.course for chapter in chapters(files_in(Path(REAL or "") / "bits"))]
    words = [lesson.text for course in courses for lesson in course.lessons]
    words += [answer.text + answer.feedback for course in courses for one in course.questions for answer in one.answers]

    assert not any("{{" in text or "}}" in text for text in words)
    assert all(sum(answer.right for answer in one.answers) == 1 for course in courses for one in course.questions)
