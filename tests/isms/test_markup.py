"""What a template puts out is escaped as Jinja would, only quicker."""

import pytest
from jinja2 import Environment
from markupsafe import Markup, escape

from isms import texts
from isms.markup import QuickEnvironment, escaped
from isms.rules.terms import Term
from isms.templates import environment


class Word(Term):
    HOSTILE = "<b>", "<u>"


class Drawn:
    def __html__(self) -> str:
        return "<svg>"


VALUES = ("<a href='x'>&\"", "", 7, True, None, 1.5, Markup("<i>"), Word.HOSTILE, Drawn(), b"<", ["<"])


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_every_kind_of_value_comes_out_as_jinja_escapes_it(value: object):
    assert escaped(value) == escape(value)
    assert not isinstance(value, str) or isinstance(escaped(value), str)


@pytest.mark.parametrize(
    "source",
    [
        "{{ x }}",
        "{{ x|safe }}",
        "{{ x ~ '<' }}",
        "{{ [x]|join('<') }}",
        "{% macro m(y) %}<u>{{ y }}</u>{{ caller() }}{% endmacro %}{% call m(x) %}{{ x }}{% endcall %}",
        "{% set y %}{{ x }}<br>{% endset %}{{ y }}",
        "{% autoescape false %}{{ x }}{% endautoescape %}",
        "{% filter upper %}{{ x }}{% endfilter %}",
        "{{ '<literal>' }}",
    ],
)
def test_every_construct_comes_out_as_with_jinjas_own_environment(source: str):
    ours, theirs = (kind(autoescape=True).from_string(source) for kind in (QuickEnvironment, Environment))

    for value in VALUES[:2] + VALUES[6:7]:
        assert ours.render(x=value) == theirs.render(x=value)


def test_a_text_in_a_template_is_translated_filled_and_escaped():
    template = environment().from_string("{{ _('%(mark)s %% von <b>', mark=x) }}|{{ _('100 %%') }}|{{ _('Gerät') }}")

    assert template.render(x="<7>") == "&lt;7&gt; % von <b>|100 %|Gerät"


@pytest.mark.parametrize(
    ("language", "number", "text"),
    [("de", 1234567, "1.234.567"), ("en", 1234567, "1,234,567"), ("de", -1000, "-1.000"), ("de", 1234.5, "1.234,5")],
)
def test_numbers_have_the_readers_separators(language: str, number: float, text: str):
    token = texts.language.set(language)
    try:
        assert texts.number_text(number) == text
    finally:
        texts.language.reset(token)
