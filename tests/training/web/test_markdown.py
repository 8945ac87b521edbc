import re

import pytest

from training.intake.courses import shipped
from training.web.markdown import lesson_html, line_html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("<script>alert(1)</script>", "&lt;script&gt;"),
        ("<b onclick=x>fett</b>", "&lt;b onclick=x&gt;"),
        ("[x](javascript:alert(1))", "[x](javascript:alert(1))"),
        ("[x](JaVaScRiPt:alert(1))", "[x](JaVaScRiPt:alert(1))"),
        ("[x](data:text/html,hier)", "[x](data:text/html,hier)"),
        ("[x](//fremd.example/a)", "[x](//fremd.example/a)"),
        ("[x](/logout)", "[x](/logout)"),
        ("![Bild vom Server](https://fremd.example/a.png)", "<p>Bild vom Server</p>"),
        ("![<i>](https://fremd.example/a.png)", "<p>&lt;i&gt;</p>"),
        ("[BSI](https://www.bsi.bund.de)", 'rel="noopener noreferrer nofollow external"'),
        ("[Post](mailto:isb@example.org)", 'href="mailto:isb@example.org"'),
        ("[vorige](vorfall)", 'href="vorfall"'),
        ("[andere](course:bits-viren/02-typen)", 'href="/courses/named/bits-viren/02-typen"'),
        ("~~~expand <img src=x onerror=alert(1)>\nText\n~~~", "&lt;img src=x"),
        ("```\n<script>\n```", "<pre><code>&lt;script&gt;"),
    ],
)
def test_nothing_from_a_lesson_runs_or_leads_astray(text: str, html: str):
    assert html in lesson_html(text)


def test_no_picture_is_fetched_from_elsewhere():
    assert "<img" not in lesson_html("![a](https://fremd.example/a.png) ![b](b.png)")


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("# a\n## b\n### c", "234"),
        ("## a\n### b", "23"),
        ("### a\n## b\n### c", "223"),
        ("# a\n### b\n# c", "232"),
        ("##### a", "2"),
    ],
)
def test_headings_stand_below_the_pages_own_and_skip_no_level(text: str, levels: str):
    assert re.findall(r"<h(\d)", lesson_html(text)) == list(levels)


def test_a_box_says_what_it_is_and_keeps_its_list():
    box = lesson_html("~~~takeaway\n- Melden\n~~~")

    assert 'role="note" aria-label="Das nehme ich mit"' in box
    assert "<li>Melden</li>" in box


def test_a_box_in_a_box_and_a_heading_in_a_box():
    box = lesson_html("~~~~expand Mehr dazu\n### Titel\n~~~note\nAchtung\n~~~\n~~~~")

    assert "<summary>Mehr dazu</summary>" in box
    assert "<p><strong>Titel</strong></p>" in box
    assert "house-box--note" in box


def test_a_box_speaks_the_language_of_its_lesson():
    assert "Important" in lesson_html("~~~note\nx\n~~~", "en")


def test_an_answer_keeps_its_emphasis_and_nothing_more():
    assert line_html("**ja** <b>nein</b>") == "<strong>ja</strong> &lt;b&gt;nein&lt;/b&gt;"


def test_the_course_that_ships_renders_whole():
    for lesson in shipped("informationssicherheit-im-gesundheitsamt").lessons:
        html = lesson_html(lesson.text)
        assert "~~~" not in html
        assert html.count("house-box--takeaway") == 1


def test_boxes_without_end_become_code():
    """Each box within a box is read anew: a thousand of them broke the page for everybody who opened it."""
    nested = "\n".join("~" * (1000 - depth) + "note" for depth in range(900))

    html = lesson_html(nested)

    assert html.count('role="note"') == 4
    assert html.count("<pre>") == 1
