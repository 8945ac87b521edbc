import pytest

from risks.rules.prose import Parameter, Span, by_line, resolved

PARAMETERS = {
    "set": Parameter(label="zuständige Personen", values=("Sabine Yıldız",)),
    "open": Parameter(label="zuständige Personen"),
    "choice": Parameter(choices=("täglich", "am {{ insert: param, day }}")),
    "day": Parameter(label="Wochentag"),
    "made": Parameter(parts=("open", "day")),
    "circle": Parameter(values=("{{ insert: param, circle }}",)),
    "ring": Parameter(choices=("{{ insert: param, ring }}",)),
}

TEXTS = [
    ("no gap", [Span("no gap")]),
    ("by {{ insert: param, set }}.", [Span("by "), Span("Sabine Yıldız"), Span(".")]),
    ("{{insert:param,open}}", [Span("[zuständige Personen]", is_gap=True)]),
    ("{{ insert: param, choice }}", [Span("[täglich | am [Wochentag]]", is_gap=True)]),
    ("{{ insert: param, made }}", [Span("[zuständige Personen, Wochentag]", is_gap=True)]),
    ("{{ insert: param, circle }}", [Span("[circle]", is_gap=True)]),
    ("{{ insert: param, ring }}", [Span("[[ring]]", is_gap=True)]),
    ("{{ insert: param, unknown }}", [Span("[unknown]", is_gap=True)]),
]


@pytest.mark.parametrize(("text", "spans"), TEXTS)
def test_parameters_fill_the_text_or_leave_a_visible_gap(text: str, spans: list[Span]) -> None:
    assert resolved(text, PARAMETERS) == spans


def test_a_text_comes_line_by_line_with_its_depth() -> None:
    lines = by_line(resolved("a. Wer {{ insert: param, open }}:\n  1. prüft\n    (a) täglich", PARAMETERS))

    assert [(line.depth, "".join(span.text for span in line.spans)) for line in lines] == [
        (0, "a. Wer [zuständige Personen]:"),
        (1, "1. prüft"),
        (2, "(a) täglich"),
    ]
