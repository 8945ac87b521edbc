"""The text of a requirement with its parameters filled in."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

INSERT = re.compile(r"\{\{\s*insert:\s*param,\s*([^\s}]+)\s*\}\}")


@dataclass(frozen=True)
class Parameter:
    """A gap in a text: its values fill it, else a choice, else the label stands in brackets until somebody decides.

    `parts` names the parameters that this one is made of (NIST's prop `aggregates`).
    """

    label: str = ""
    values: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    parts: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class Span:
    """A piece of text; `is_gap` marks a parameter that nobody has set yet."""

    text: str
    is_gap: bool = False


def resolved(text: str, parameters: Mapping[str, Parameter]) -> list[Span]:
    """The text in pieces; parameters inside parameters are followed, circles are cut."""
    return list(_joined(_spans(text, parameters, frozenset())))


def inserted(text: str) -> list[str]:
    """The names of the parameters that a text inserts."""
    return INSERT.findall(text)


def _spans(text: str, parameters: Mapping[str, Parameter], inside: frozenset[str]) -> Iterator[Span]:
    at = 0
    for found in INSERT.finditer(text):
        yield Span(text[at : found.start()])
        yield from _filled(found[1], parameters, inside)
        at = found.end()
    yield Span(text[at:])


def _filled(name: str, parameters: Mapping[str, Parameter], inside: frozenset[str]) -> Iterator[Span]:
    parameter = parameters.get(name)
    if parameter is None or name in inside:
        yield Span(f"[{name}]", is_gap=True)
    elif parameter.values:
        yield from _spans(", ".join(parameter.values), parameters, inside | {name})
    else:
        yield Span(f"[{_wording(parameter, name, parameters, inside)}]", is_gap=True)


def _wording(parameter: Parameter, name: str, parameters: Mapping[str, Parameter], inside: frozenset[str]) -> str:
    """What stands in the gap: the label, the choices, or the labels of what it is made of."""
    if parameter.choices:
        return " | ".join(_flat(choice, parameters, inside | {name}) for choice in parameter.choices)
    if parameter.label:
        return parameter.label
    if parameter.parts and name not in inside:
        return ", ".join(_part(part, parameters, inside | {name}) for part in parameter.parts)
    return name


def _part(name: str, parameters: Mapping[str, Parameter], inside: frozenset[str]) -> str:
    if name in inside or name not in parameters:
        return name
    return _wording(parameters[name], name, parameters, inside)


def _flat(text: str, parameters: Mapping[str, Parameter], inside: frozenset[str]) -> str:
    return "".join(span.text for span in _spans(text, parameters, inside))


def _joined(spans: Iterator[Span]) -> Iterator[Span]:
    return (span for span in spans if span.text)


@dataclass(frozen=True)
class Line:
    """A line of a text; `depth` counts the items around it."""

    depth: int
    spans: tuple[Span, ...]


def by_line(spans: list[Span]) -> list[Line]:
    """The text line by line. Two blanks of indentation are one level."""
    lines: list[list[Span]] = [[]]
    for span in spans:
        first, *others = span.text.split("\n")
        lines[-1].append(Span(first, span.is_gap))
        lines += [[Span(text, span.is_gap)] for text in others]
    return [_line(pieces) for pieces in lines]


def _line(pieces: list[Span]) -> Line:
    first, *others = pieces
    text = first.text.lstrip(" ")
    kept = (Span(text, first.is_gap), *others)
    return Line((len(first.text) - len(text)) // 2, tuple(span for span in kept if span.text))
