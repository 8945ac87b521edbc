"""XML from outside, read strictly: no document type and so no entities, nor more or deeper elements than expected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NoReturn
from xml.parsers import expat

from isms.intake import Unreadable
from isms.intake.sniff import refuse_oversized
from isms.intake.tables import MIB
from isms.rules.texts import N_

DEPTH = 64
MOST = 600_000
SEPARATOR = "\x1f"
DOCTYPE = N_("Die Datei enthält eine Dokumenttyp-Angabe (DOCTYPE). Solche Dateien werden nicht gelesen.")
BROKEN = N_("Das XML bricht in Zeile {row}, Spalte {column} ab.")
DEEP = N_("Die Datei ist tiefer als {depth} Ebenen verschachtelt.")
MANY = N_("Die Datei hat mehr als {limit} Elemente.")


@dataclass(slots=True)
class Element:
    """An element by its name without a namespace; `text` is what stands directly in it."""

    name: str
    namespace: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: list[Element] = field(default_factory=list)
    text: str = ""

    def all(self, name: str) -> Iterator[Element]:
        return (child for child in self.children if child.name == name)

    def one(self, name: str) -> Element | None:
        return next(self.all(name), None)

    def text_of(self, name: str) -> str:
        """What stands in the first child of this name; empty without one."""
        found = self.one(name)
        return found.text.strip() if found else ""


def read_xml(content: bytes, *, limit: int = 32 * MIB, depth: int = DEPTH, most: int = MOST) -> Element:
    """The outermost element of an XML file. Raises Unreadable, with line and column where the file breaks off."""
    refuse_oversized(content, limit)
    reader = _Reader(depth, most)
    parser = expat.ParserCreate(namespace_separator=SEPARATOR)
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = reader.data, _no_doctype
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise Unreadable(BROKEN, row=error.lineno, column=error.offset + 1) from error
    except (LookupError, ValueError) as error:  # an encoding that nobody knows
        raise Unreadable(BROKEN, row=1, column=1) from error
    return reader.root.children[0]


class _Reader:
    """What expat tells, as a tree."""

    def __init__(self, depth: int, most: int) -> None:
        self.depth, self.most, self.count = depth, most, 0
        self.root = Element("")
        self.open = [self.root]

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.count += 1
        if self.count > self.most:
            raise Unreadable(MANY, limit=self.most)
        if len(self.open) > self.depth:
            raise Unreadable(DEEP, depth=self.depth)
        namespace, _, local = name.rpartition(SEPARATOR)
        element = Element(local, namespace, attributes)
        self.open[-1].children.append(element)
        self.open.append(element)

    def end(self, name: str) -> None:
        self.open.pop()

    def data(self, text: str) -> None:
        self.open[-1].text += text


def _no_doctype(*_: object) -> NoReturn:
    raise Unreadable(DOCTYPE)
