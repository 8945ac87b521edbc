"""Hugo's shortcodes as BITS uses them, turned into the Markdown that our lessons are written in."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from isms.rules.texts import N_
from training.intake.entries import Mistakes

# An archive may hold anything: nothing here looks further than a bound, or tries the same letters twice.
SHORTCODE = re.compile(r"\{\{[<%]\s*+(?P<end>/?)\s*+(?P<name>\w++)(?P<rest>[^>%]{0,1000}+)[%>]\}\}")
PARAM = re.compile(r"\{\{[<%]\s*param\s+\"?(?P<name>\w+)\"?\s*[%>]\}\}")
LINK = re.compile(r"!?\[(?P<text>[^\]\n]{0,1000}+)\]\((?P<to>[^)\s]{1,2000}+)(?:\s{1,9}+\"[^\"]{0,1000}+\")?\)")
FENCE = re.compile(r"^~{3,}", re.MULTILINE)
BOXES = {"note": "note", "warning": "note", "info": "tip", "tip": "tip"}
UNKNOWN_PARAM = N_("Für den Platzhalter „{name}“ gibt es keinen Wert. Ergänzen Sie ihn in config.toml unter [params].")
NOT_CLOSED = N_("„{name}“ wird geöffnet, aber nicht geschlossen.")
NOT_OPENED = N_("„/{name}“ wird geschlossen, ohne geöffnet zu sein.")

# Where a link of BITS leads in our words, or None if there is no such place here.
Destination = Callable[[str], str | None]


@dataclass
class _Box:
    """A shortcode that is open: its first line, its fence and what stands inside so far."""

    name: str
    info: str
    line: int
    parts: list[str] = field(default_factory=list)


def to_markdown(text: str, params: Mapping[str, str], mistakes: Mistakes, first_line: int = 1) -> str:
    """Fill in parameters, turn notice and expand into fenced boxes; what only counted visits is dropped."""
    boxes = [_Box("", "", first_line)]
    at, line, counted = 0, first_line, 0
    for found in SHORTCODE.finditer(text):
        boxes[-1].parts.append(text[at : found.start()])
        line, counted = line + text.count("\n", counted, found.start()), found.start()
        if found["name"] == "param":
            boxes[-1].parts.append(_param(found["rest"], line, params, mistakes))
        elif found["name"] in ("notice", "expand"):
            _open_or_close(found, line, boxes, mistakes)
        at = found.end()
    boxes[-1].parts.append(text[at:])
    while len(boxes) > 1:
        mistakes.note(boxes[-1].line, NOT_CLOSED, name=boxes[-1].name)
        _close(boxes)
    return "".join(boxes[0].parts).strip()


def with_params(text: str, params: Mapping[str, str]) -> str:
    """Fill in parameters only; a quiz keeps its other marks until its questions are read."""
    return PARAM.sub(lambda found: params.get(found["name"], ""), text)


def _open_or_close(found: re.Match[str], line: int, boxes: list[_Box], mistakes: Mistakes) -> None:
    name = found["name"]
    if not found["end"]:
        boxes.append(_Box(name, _info(name, found["rest"]), line))
    elif boxes[-1].name == name:
        _close(boxes)
    else:
        mistakes.note(line, NOT_OPENED, name=name)


def _info(name: str, rest: str) -> str:
    title = rest.strip().strip('"').strip()
    return f"expand {title}" if name == "expand" else BOXES.get(title.split(" ")[0], "note")


def _param(name: str, line: int, params: Mapping[str, str], mistakes: Mistakes) -> str:
    name = name.strip().strip('"')
    if name not in params:
        mistakes.note(line, UNKNOWN_PARAM, name=name)
    return params.get(name, "")


def _close(boxes: list[_Box]) -> None:
    """A box around a box needs the longer fence."""
    box = boxes.pop()
    inside = "".join(box.parts).strip()
    fence = "~" * max([2, *(len(fence) for fence in FENCE.findall(inside))]) + "~"
    boxes[-1].parts.append(f"\n\n{fence}{box.info}\n{inside}\n{fence}\n\n")


def with_links(text: str, leads_to: Destination) -> tuple[str, list[str]]:
    """Links that lead somewhere here, others as plain text; also where those lost ones wanted to go."""
    lost: list[str] = []

    def turned(found: re.Match[str]) -> str:
        to = None if found[0].startswith("!") else leads_to(found["to"])
        if to is None:
            lost.append(found["to"])
        return found["text"] if to is None else f"[{found['text']}]({to})"

    return LINK.sub(turned, text), lost
