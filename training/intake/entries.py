"""YAML as somebody wrote it: every mistake is noted with its file and line, and reading goes on to find the next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from isms.rules.texts import N_
from training.rules.content import Mistake

MISSING = N_("„{name}“ fehlt.")
NOT_A_TEXT = N_("„{name}“ muss ein Text sein, zum Beispiel „{name}: Beispiel“.")
NOT_A_NUMBER = N_("„{name}“ muss eine ganze Zahl von {low} bis {high} sein, hier steht „{found}“.")
NOT_A_FLAG = N_("„{name}“ muss true oder false sein, hier steht „{found}“.")
NOT_A_LIST = N_("„{name}“ muss eine Liste sein; jeder Eintrag beginnt mit einem Strich.")
NOT_AN_ENTRY = N_("Hier werden benannte Angaben erwartet, zum Beispiel „key: beispiel“.")
UNKNOWN = N_("„{name}“ ist hier nicht vorgesehen. Möglich ist: {names}.")
TWICE = N_("„{name}“ steht doppelt. Lassen Sie eine der Angaben weg.")
ALIAS = N_("Verweise wie „*{name}“ sind nicht erlaubt. Schreiben Sie den Text aus.")
UNREADABLE = N_("Das ist kein YAML. Prüfen Sie hier Einrückung, Doppelpunkte und Anführungszeichen.")
NOT_UTF8 = N_("Die Datei ist nicht in UTF-8 geschrieben. Speichern Sie sie als UTF-8.")


@dataclass
class Mistakes:
    """The mistakes found in one file so far."""

    file: str
    found: list[Mistake] = field(default_factory=list)

    def note(self, line: int | None, message: str, **values: object) -> None:
        self.found.append(Mistake(self.file, line, message, values))


class _WithoutAliases(yaml.SafeLoader):
    """Ten aliases of ten aliases of ten … would make a small file huge."""

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            event: yaml.AliasEvent = self.peek_event()  # type: ignore[no-untyped-call]
            raise _Alias(str(event.anchor), _line_of(event))
        return super().compose_node(parent, index)


def _line_of(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


class _Alias(Exception):
    def __init__(self, name: str, line: int) -> None:
        super().__init__(name, line)
        self.name, self.line = name, line


def read_entry(content: bytes, mistakes: Mistakes) -> Entry | None:
    """The topmost entry of a file, or None if there is no way to read on."""
    text = read_text(content, mistakes)
    node = None if text is None else _compose(text, mistakes)
    if isinstance(node, yaml.MappingNode):
        return Entry(node, mistakes)
    if not mistakes.found:
        mistakes.note(1, NOT_AN_ENTRY)
    return None


def read_text(content: bytes, mistakes: Mistakes) -> str | None:
    """Text in UTF-8 with line ends as Unix writes them."""
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        mistakes.note(content[: error.start].count(b"\n") + 1, NOT_UTF8)
        return None


def _compose(text: str, mistakes: Mistakes) -> yaml.Node | None:
    try:
        return yaml.compose(text, _WithoutAliases)
    except _Alias as alias:
        mistakes.note(alias.line, ALIAS, name=alias.name)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        mistakes.note(mark.line + 1 if mark else 1, UNREADABLE)
    return None


class Entry:
    """Named values with the lines they stand in. Asking for one that is missing or of another kind is noted."""

    def __init__(self, node: yaml.MappingNode, mistakes: Mistakes) -> None:
        self.line = node.start_mark.line + 1
        self.mistakes = mistakes
        self.nodes: dict[str, yaml.Node] = {}
        for key, value in node.value:
            if key.value in self.nodes:
                self.note(key.start_mark.line + 1, TWICE, name=key.value)
            self.nodes[str(key.value)] = value

    def note(self, line: int, message: str, **values: object) -> None:
        self.mistakes.note(line, message, **values)

    def line_of(self, name: str) -> int:
        node = self.nodes.get(name)
        return node.start_mark.line + 1 if node else self.line

    def only(self, *names: str) -> None:
        """A misspelt name would otherwise be passed over in silence."""
        for name in self.nodes.keys() - set(names):
            self.note(self.line_of(name), UNKNOWN, name=name, names=", ".join(names))

    def text(self, name: str, default: str | None = None) -> str:
        node = self._node(name, required=default is None)
        if node is None:
            return default or ""
        if isinstance(node, yaml.ScalarNode) and node.value.strip():
            return str(node.value).strip()
        self.note(self.line_of(name), NOT_A_TEXT, name=name)
        return ""

    def number(self, name: str, low: int, high: int) -> int | None:
        """A whole number, or None where the name is left out."""
        node = self._node(name, required=False)
        if node is None:
            return None
        if isinstance(node, yaml.ScalarNode) and node.value.isdecimal() and low <= int(node.value[:9]) <= high:
            return int(node.value)
        self.note(self.line_of(name), NOT_A_NUMBER, name=name, low=low, high=high, found=str(node.value)[:40])
        return None

    def flag(self, name: str) -> bool:
        node = self._node(name, required=False)
        if node is None:
            return False
        if node.value not in ("true", "false"):
            self.note(self.line_of(name), NOT_A_FLAG, name=name, found=str(node.value)[:40])
        return bool(node.value == "true")

    def texts(self, name: str) -> tuple[str, ...]:
        return tuple(node.value for node in self._items(name) if self._is_text(name, node))

    def entries(self, name: str) -> Iterator[Entry]:
        for node in self._items(name):
            if isinstance(node, yaml.MappingNode):
                yield Entry(node, self.mistakes)
            else:
                self.note(node.start_mark.line + 1, NOT_AN_ENTRY)

    def _is_text(self, name: str, node: yaml.Node) -> bool:
        is_text = isinstance(node, yaml.ScalarNode) and bool(node.value.strip())
        if not is_text:
            self.note(node.start_mark.line + 1, NOT_A_TEXT, name=name)
        return is_text

    def _items(self, name: str) -> list[yaml.Node]:
        node = self._node(name, required=False)
        if node is None:
            return []
        if isinstance(node, yaml.SequenceNode):
            return list(node.value)
        self.note(self.line_of(name), NOT_A_LIST, name=name)
        return []

    def _node(self, name: str, *, required: bool) -> yaml.Node | None:
        if required and name not in self.nodes:
            self.note(self.line, MISSING, name=name)
        return self.nodes.get(name)
