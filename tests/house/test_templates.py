"""Templates: whole pages extend, parts do not, and every word on screen goes through the catalogue."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from tests.house.tree import expect_none, files, here

ENVIRONMENT = Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do"], autoescape=True)
SPOKEN = {"alt", "aria-label", "aria-description", "placeholder", "title"}
JINJA = re.compile(r"{#.*?#}|{%-?\s*trans\b.*?endtrans\s*-?%}|{%.*?%}|{{.*?}}", re.S)
WORD = re.compile(r"[^\W\d_]{2,}")
NO_WORDS = re.compile(r"\S*--\S*|\b[kMG]B\b|[\w/-]*\.\w+|\b[A-Z]{2,}\b")  # classes, units, file names, formats
SILENT = {"script", "style", "code", "kbd"}


def misplaced(name: str, source: str) -> Iterator[str]:
    """What is wrong with a template as a page or as a part (its name begins with `_`)."""
    tree = ENVIRONMENT.parse(source)
    extends = next(tree.find_all(nodes.Extends), None)
    part = name.startswith("_")
    if part and extends:
        yield "a part never extends: a page includes it"
    if part and not source.startswith("{# needs:"):
        yield "a part opens with a line {# needs: … #} that says what it is given"
    if "<html" not in source and not part and extends is None and not only_macros(tree):
        yield "a page begins with {% extends %}; the name of a part begins with _"


def only_macros(tree: nodes.Template) -> bool:
    rest = [
        node for node in tree.body if not isinstance(node, nodes.Macro | nodes.Import | nodes.FromImport | nodes.Assign)
    ]
    return all(isinstance(node, nodes.Output) and not spoken_text(node) for node in rest)


def spoken_text(output: nodes.Output) -> bool:
    return any(not isinstance(node, nodes.TemplateData) or node.data.strip() for node in output.nodes)


class Words(HTMLParser):
    """Collects what a reader would see of a template from which Jinja was taken out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[int, str]] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in SILENT
        self.found += [
            (self.getpos()[0], value) for name, value in attrs if name in SPOKEN and value and WORD.search(value)
        ]

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in SILENT

    def handle_data(self, data: str) -> None:
        if not self.silent and '="' not in data and WORD.search(NO_WORDS.sub("", data)):
            self.found.append((self.getpos()[0], data.strip()))


def untranslatable(source: str) -> Iterator[str]:
    words = Words()
    words.feed(JINJA.sub(lambda match: "\n" * match[0].count("\n"), source))
    for line, text in words.found:
        yield f'line {line}: „{text}“ never reaches the catalogue: write {{{{ _("…") }}}} or {{% trans %}}'


INLINE = re.compile(r"""<style\b|<script(?![^>]*\bsrc=)|\s(?:style|on[a-z]+|hx-on[:\w-]*)\s*=\s*["']|javascript:""")
POSTED = re.compile(r"""<form\b[^>]*method="post".*?</form>""", re.S)


def inline(source: str) -> Iterator[str]:
    for found in INLINE.finditer(source):
        line = source.count("\n", 0, found.start()) + 1
        yield f"line {line}: {found[0].strip()} is refused by our content policy: use a class, or isms/static/house.js"


def forgeable(source: str) -> Iterator[str]:
    for found in POSTED.finditer(source):
        if "tokens()" not in found[0] and "_csrf" not in found[0]:
            line = source.count("\n", 0, found.start()) + 1
            yield f"line {line}: this form carries no token: write {{{{ forms.tokens() }}}} into it"


TEMPLATES = files("*.html", "templates")


@pytest.mark.parametrize("path", TEMPLATES, ids=here)
def test_a_template_is_a_page_or_a_part(path: Path):
    expect_none(misplaced(path.name, path.read_text("utf-8")))


@pytest.mark.parametrize("path", TEMPLATES, ids=here)
def test_every_word_on_screen_goes_through_the_catalogue(path: Path):
    expect_none(untranslatable(path.read_text("utf-8")))


def served() -> list[Path]:
    """Without documents that stand alone: they are read from a disk, where no policy and no style sheet is."""
    return [path for path in TEMPLATES if path.name == "layout.html" or "<html" not in path.read_text("utf-8")]


@pytest.mark.parametrize("path", served(), ids=here)
def test_no_template_holds_inline_style_or_script(path: Path):
    expect_none(inline(path.read_text("utf-8")))


@pytest.mark.parametrize("path", TEMPLATES, ids=here)
def test_every_form_that_posts_carries_a_token(path: Path):
    expect_none(forgeable(path.read_text("utf-8")))


def test_a_part_that_extends_is_found():
    assert list(misplaced("_row.html", '{# needs: row #}\n{% extends "layout.html" %}'))


def test_a_part_that_does_not_say_what_it_needs_is_found():
    assert list(misplaced("_row.html", "<tr></tr>"))


def test_a_page_without_the_layout_is_found():
    assert list(misplaced("devices.html", "<h1></h1>"))
    assert not list(
        misplaced("forms.html", "{# forms #}\n{% macro text(name) %}<input name='{{ name }}'>{% endmacro %}\n")
    )


@pytest.mark.parametrize("planted", ["<h1>Geräte</h1>", '<input placeholder="Suche">', "{{ x }} Stück"])
def test_an_untranslatable_word_is_found(planted: str):
    assert list(untranslatable(planted))


@pytest.mark.parametrize(
    "fine",
    [
        '<h1>{{ _("Geräte") }}</h1>',
        "{% trans n=3 %}{{ n }} Stück{% endtrans %}",
        "{{ a }} · {{ b }}",
        "<code>sha256sum</code>",
    ],
)
def test_what_the_catalogue_knows_is_fine(fine: str):
    assert not list(untranslatable(fine))


@pytest.mark.parametrize(
    "planted", ['<p style="color: red">', "<script>x()</script>", '<a onclick="x()">', '<b hx-on:click="x">']
)
def test_inline_style_and_script_are_found(planted: str):
    assert list(inline(planted))
    assert not list(inline('<script src="/static/htmx.js" defer></script><p class="on">'))


def test_a_form_without_a_token_is_found():
    assert list(forgeable('<form method="post" action="/x"><button>ok</button></form>'))
    assert not list(forgeable('<form method="get" action="/x"></form><form method="post">{{ forms.tokens() }}</form>'))
